import { type Attempt, blind, differs, type Names, refused } from "../attempt.ts";

/** SQLite's own tables that tell of all objects. */
export function schemaTables(names: Names): Attempt[] {
  return [
    ...reading(names),
    ...stored(),
    ...writing(names),
    ...statistics(names),
    ...pages(),
    ...past(),
  ];
}

const NONE = { rows: [] };

function reading({ meta, prefix, watch, peek, vault }: Names): Attempt[] {
  const wanted = `lower(name) LIKE '${prefix.slice(0, 3)}%'`;
  return [
    blind("sqlite_master", `SELECT name FROM sqlite_master WHERE ${wanted}`, NONE),
    blind("sqlite_schema", `SELECT name FROM sqlite_schema WHERE ${wanted}`, NONE),
    blind("all of it", "SELECT * FROM sqlite_master"),
    blind("its sql", "SELECT group_concat(sql) FROM main.sqlite_master"),
    blind("by string", `SELECT name FROM 'sqlite_master' WHERE ${wanted}`, NONE),
    blind("in brackets, upper case", `SELECT name FROM [SQLITE_MASTER] WHERE ${wanted}`, NONE),
    blind("with a comment", `SELECT name FROM main/**/./**/sqlite_master WHERE ${wanted}`, NONE),
    blind("its triggers", "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", NONE),
    blind(
      "by tbl_name",
      "SELECT name FROM sqlite_master WHERE tbl_name = 't' AND name <> 't'",
      NONE,
    ),
    blind("by the name itself", `SELECT 1 FROM sqlite_master WHERE name = '${meta}'`, NONE),
    blind("by a bound name", [["SELECT 1 FROM sqlite_master WHERE name = ?", watch]], NONE),
    blind("by rowid", `SELECT rowid, name FROM sqlite_master WHERE rowid > 0 AND ${wanted}`, NONE),
    blind("qualified", "SELECT main.sqlite_master.name, rowid FROM sqlite_master"),
    blind(
      "twice",
      `SELECT y.name FROM sqlite_master x LEFT JOIN sqlite_schema y ON y.tbl_name = x.name`,
    ),
    blind("EXISTS", `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE ${wanted})`, { rows: [[0]] }),
    blind("count", `SELECT count(*) FROM sqlite_master WHERE ${wanted}`, { rows: [[0]] }),
    blind(
      "a row IN it",
      `SELECT ('view', '${peek}', '${peek}', 0, 'CREATE VIEW ${peek} AS SELECT id, secret ` +
        `FROM ${vault}') IN sqlite_master`,
      { rows: [[0]] },
    ),
    blind(
      "names IN it",
      `SELECT a FROM t WHERE '${meta}' IN (SELECT name FROM sqlite_master)`,
      NONE,
    ),
    blind(
      "a common table",
      `WITH c AS (SELECT name FROM sqlite_master) SELECT * FROM c WHERE ${wanted}`,
      NONE,
    ),
    blind(
      "a common table of its name",
      `WITH sqlite_master AS (SELECT * FROM main.sqlite_master) SELECT name FROM sqlite_master WHERE ${wanted}`,
      NONE,
    ),
    blind(
      "a common table that ends before",
      `INSERT INTO u WITH sqlite_master AS (SELECT 7 AS x, 8) SELECT * FROM sqlite_master RETURNING (SELECT group_concat(name) FROM sqlite_master)`,
    ),
    blind(
      "a recursion over its sql",
      `WITH RECURSIVE c(n, s) AS (SELECT 1, group_concat(sql) FROM sqlite_master UNION ALL SELECT n + 1, s FROM c WHERE n < 3) SELECT * FROM c`,
    ),
    blind("UPDATE to it", [
      "UPDATE t SET b = (SELECT group_concat(name) FROM sqlite_master)",
      "SELECT b FROM t",
    ]),
    blind("UPDATE FROM it", ["UPDATE t SET b = m.name FROM sqlite_master m", "SELECT b FROM t"]),
    blind("RETURNING it", "DELETE FROM t RETURNING (SELECT group_concat(sql) FROM sqlite_master)"),
    blind("UPSERT from it", [
      "INSERT INTO t VALUES (1, 'x') ON CONFLICT DO UPDATE SET b = (SELECT group_concat(name) FROM sqlite_schema)",
      "SELECT b FROM t",
    ]),
    blind("CREATE TABLE AS", [
      "CREATE TABLE mine AS SELECT * FROM sqlite_master",
      "SELECT * FROM mine",
    ]),
    blind("INSERT from it", [
      "INSERT INTO u SELECT name, sql FROM sqlite_master",
      "SELECT * FROM u",
    ]),
    blind(
      "an error for rows of others",
      `SELECT name FROM sqlite_master WHERE CASE WHEN ${wanted} THEN json('{') ELSE 0 END`,
      NONE,
    ),
    blind("json of it", "SELECT json_group_array(name) FROM sqlite_master"),
    blind("EXPLAIN", "EXPLAIN SELECT name FROM sqlite_master"),
    blind("EXPLAIN of a change", "EXPLAIN INSERT INTO t VALUES (3, 'three')"),
    blind("EXPLAIN QUERY PLAN of a change", "EXPLAIN QUERY PLAN INSERT INTO t VALUES (3, 'x')"),
    differs(
      "sqlite_temp_master",
      "SELECT * FROM sqlite_temp_master",
      { shard: "unsupported", embedded: "blind", worker: "unsupported" },
      NONE,
    ),
    differs(
      "a NUL behind it",
      `SELECT name FROM sqlite_master WHERE ${wanted} \0 FROM`,
      { shard: "sqlite", embedded: "blind", worker: "sqlite" },
      NONE,
    ),
    refused(
      "syntax that only SQLite might know",
      "SELECT name FROM sqlite_master WINDOWED BY x",
      "sqlite",
    ),
    refused(
      "parentheses too deep for a tree",
      `SELECT name FROM sqlite_master WHERE ${"(".repeat(1100)}1${")".repeat(1100)}`,
      "limit",
    ),
  ];
}

/** Views and triggers outlive the statement that made them. */
function stored(): Attempt[] {
  return [
    blind("a view that was there before", "SELECT * FROM old"),
    blind("a view", ["CREATE VIEW mine AS SELECT * FROM sqlite_master", "SELECT * FROM mine"]),
    blind("a view of a view", [
      "CREATE VIEW one AS SELECT name AS n, sql AS s FROM sqlite_schema",
      "CREATE VIEW two AS SELECT n || s AS x FROM one",
      "SELECT * FROM two",
    ]),
    blind("a view with rowids", [
      "CREATE VIEW mine AS SELECT rowid AS i, name FROM sqlite_master",
      "SELECT * FROM mine",
    ]),
    blind("a view of a count", [
      "CREATE VIEW mine AS SELECT (SELECT group_concat(name) FROM sqlite_master)",
      "SELECT * FROM mine",
    ]),
    blind("a view of columns", [
      "CREATE VIEW mine AS SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c",
      "SELECT * FROM mine",
    ]),
    blind(
      "a view through a view's text",
      [
        "CREATE VIEW mine AS SELECT * FROM sqlite_master",
        "SELECT name, tbl_name FROM sqlite_master WHERE name = 'mine'",
      ],
      { rows: [["mine", "mine"]] },
    ),
    blind("a renamed view's table", [
      "CREATE VIEW mine AS SELECT t.a, m.name FROM t, sqlite_master m",
      "ALTER TABLE t RENAME TO z",
      "SELECT name FROM mine",
    ]),
    blind("a trigger", [
      "CREATE TRIGGER mine AFTER UPDATE ON t BEGIN INSERT INTO u SELECT name, sql FROM sqlite_master; END",
      "UPDATE t SET b = 'x' WHERE a = 1",
      "SELECT * FROM u",
    ]),
    blind("a trigger's WHEN", [
      "CREATE TRIGGER mine BEFORE UPDATE ON t WHEN (SELECT count(*) FROM sqlite_master WHERE name LIKE '%dosql%') BEGIN SELECT RAISE(ABORT, 'seen'); END",
      "UPDATE t SET b = 'x'",
    ]),
    blind("a trigger in place of a view's", [
      "CREATE VIEW mine AS SELECT name FROM sqlite_master",
      "CREATE TRIGGER instead INSTEAD OF DELETE ON mine BEGIN INSERT INTO u VALUES (OLD.name, 0); END",
      "DELETE FROM mine",
      "SELECT * FROM u",
    ]),
    blind("a trigger that asks a pragma", [
      "CREATE TRIGGER mine AFTER UPDATE ON t BEGIN INSERT INTO u SELECT name, 1 FROM pragma_table_list; END",
      "UPDATE t SET b = 'x' WHERE a = 1",
      "SELECT * FROM u",
    ]),
  ];
}

function writing({ meta, watch }: Names): Attempt[] {
  return [
    refused(
      "UPDATE sqlite_master",
      `UPDATE sqlite_master SET sql = 'x' WHERE name = '${meta}'`,
      "sqlite",
    ),
    refused("UPDATE RETURNING", "UPDATE sqlite_schema SET name = name RETURNING sql", "sqlite"),
    refused(
      "DELETE from sqlite_master",
      `DELETE FROM main.sqlite_master WHERE name = '${watch}'`,
      "sqlite",
    ),
    refused(
      "INSERT into sqlite_master",
      "INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 2, '')",
      "sqlite",
    ),
    differs(
      "after writable_schema",
      ["PRAGMA writable_schema = ON", `DELETE FROM sqlite_master WHERE name = '${watch}'`],
      { shard: "unsupported", embedded: "sqlite", worker: "unsupported" },
    ),
    differs(
      "after writable_schema, by string",
      ["PRAGMA main.'writable_schema' = 1", "UPDATE 'sqlite_schema' SET name = 'mine'"],
      { shard: "unsupported", embedded: "sqlite", worker: "unsupported" },
    ),
    refused(
      "a trigger that writes to it",
      "CREATE TRIGGER mine AFTER INSERT ON t BEGIN DELETE FROM sqlite_master; END",
      "sqlite",
    ),
    refused(
      "a trigger on it",
      "CREATE TRIGGER mine AFTER INSERT ON sqlite_master BEGIN SELECT 1; END",
      "sqlite",
    ),
    refused("an index on it", "CREATE INDEX mine ON sqlite_master (name)", "sqlite"),
    refused("DROP TABLE sqlite_master", "DROP TABLE sqlite_master", "sqlite"),
    refused("ALTER TABLE sqlite_master", "ALTER TABLE sqlite_master RENAME TO mine", "sqlite"),
    blind(
      "sqlite_sequence",
      [
        "CREATE TABLE mine (a INTEGER PRIMARY KEY AUTOINCREMENT)",
        "INSERT INTO mine DEFAULT VALUES",
        `INSERT INTO sqlite_sequence VALUES ('${meta}', 99)`,
        "SELECT name FROM sqlite_sequence WHERE name = 'mine'",
      ],
      { rows: [["mine"]] },
    ),
  ];
}

function statistics({ meta, prefix, vault, byId }: Names): Attempt[] {
  const none = `SELECT tbl FROM sqlite_stat1 WHERE tbl LIKE '%${prefix.slice(1)}%'`;
  return [
    blind("sqlite_stat1", "SELECT * FROM sqlite_stat1"),
    blind("sqlite_stat1 after ANALYZE", ["ANALYZE", "SELECT * FROM sqlite_stat1"]),
    blind("what PRAGMA optimize would do", "PRAGMA optimize(-1)"),
    blind("sqlite_stat1 after PRAGMA optimize", ["PRAGMA optimize", "SELECT * FROM sqlite_stat1"]),
    blind("sqlite_stat1 by rowid", "SELECT rowid, tbl, idx FROM sqlite_stat1 WHERE rowid < 99"),
    blind("a row IN sqlite_stat1", `SELECT ('${vault}', '${byId}', '1 1 1') IN sqlite_stat1`, {
      rows: [[0]],
    }),
    refused("ANALYZE of the engine's", `ANALYZE ${meta}`),
    blind("UPDATE of statistics", "UPDATE sqlite_stat1 SET stat = stat RETURNING *"),
    blind("UPDATE of their names", ["UPDATE sqlite_stat1 SET tbl = 'x' || tbl", none], NONE),
    blind(
      "UPDATE WHERE",
      "UPDATE sqlite_stat1 AS s SET tbl = 'x' WHERE s.rowid > 0 OR 1 RETURNING idx, tbl",
    ),
    blind(
      "UPDATE FROM statistics",
      "UPDATE sqlite_stat1 SET idx = o.tbl FROM sqlite_stat1 AS o RETURNING idx",
    ),
    blind("DELETE of statistics", "DELETE FROM sqlite_stat1 RETURNING *"),
    blind("DELETE WHERE", "DELETE FROM main.sqlite_stat1 WHERE 1 OR tbl = 't' RETURNING tbl, idx"),
    refused(
      "UPSERT of statistics",
      "INSERT INTO sqlite_stat1 (rowid, tbl) VALUES (1, 'x') ON CONFLICT DO UPDATE SET tbl = 'x' || sqlite_stat1.tbl RETURNING *",
      "unsupported",
    ),
    blind("a view of statistics", [
      "CREATE VIEW mine AS SELECT * FROM sqlite_stat1",
      "SELECT * FROM mine",
    ]),
    blind(
      "a trigger that renames them",
      [
        "CREATE TRIGGER mine AFTER UPDATE ON t BEGIN UPDATE sqlite_stat1 SET tbl = 'x' || tbl; END",
        "UPDATE t SET b = 'x'",
        none,
      ],
      NONE,
    ),
    blind(
      "an error for statistics of others",
      `SELECT tbl FROM sqlite_stat1 WHERE CASE WHEN tbl LIKE '%${prefix.slice(1)}%' THEN json('{') ELSE 0 END`,
      NONE,
    ),
    differs("sqlite_stat4", "SELECT * FROM sqlite_stat4", {
      shard: "sqlite",
      embedded: "sqlite",
      worker: "sqlite",
    }),
  ];
}

/** What shows the pages of the file. */
function pages(): Attempt[] {
  const onNode = { shard: "blind", embedded: "blind", worker: "sqlite" } as const;
  return [
    differs("dbstat", "SELECT DISTINCT name FROM dbstat", onNode),
    differs("dbstat, aggregated", "SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE", onNode),
    differs("dbstat of a schema", "SELECT name FROM dbstat('main', 1)", onNode),
    differs("dbstat by its schema", "SELECT s.* FROM dbstat AS s WHERE s.schema = 'main'", onNode),
    differs(
      "a view of dbstat",
      ["CREATE VIEW mine AS SELECT name FROM dbstat", "SELECT * FROM mine"],
      { shard: "sqlite", embedded: "sqlite", worker: "sqlite" },
    ),
    refused("dbstat of each", "SELECT d.name FROM t, dbstat(t.b) d", "unsupported"),
    refused("a table of dbstat", "CREATE VIRTUAL TABLE mine USING dbstat(main)", "unsupported"),
    refused(
      "a table of dbstat in quotes",
      "CREATE VIRTUAL TABLE mine USING 'DBSTAT'",
      "unsupported",
    ),
    refused("sqlite_dbpage", "SELECT data FROM sqlite_dbpage", "unsupported"),
    refused(
      "UPDATE sqlite_dbpage",
      "UPDATE sqlite_dbpage SET data = zeroblob(4096) WHERE pgno = 2",
      "unsupported",
    ),
    refused(
      "a table of sqlite_dbpage",
      "CREATE VIRTUAL TABLE mine USING sqlite_dbpage",
      "unsupported",
    ),
    refused("sqlite_dbdata", "SELECT * FROM sqlite_dbdata", "unsupported"),
    refused("sqlite_stmt", "SELECT sql FROM sqlite_stmt", "unsupported"),
  ];
}

/** The same tables as they were. */
function past(): Attempt[] {
  const at = "FOR SYSTEM_TIME AS OF '2100-01-01'";
  const hint = "/*dosql_as_of='2100-01-01'*/";
  return [
    refused("sqlite_master as of", `SELECT name FROM sqlite_master ${at}`, "stopped"),
    refused("sqlite_schema as of", `SELECT m.sql FROM main.sqlite_schema ${at} m`, "stopped"),
    refused("sqlite_stat1 as of", `SELECT * FROM sqlite_stat1 ${at}`, "stopped"),
    refused("pragma_table_list as of", `SELECT * FROM pragma_table_list ${at}`, "stopped"),
    refused("dbstat as of", `SELECT name FROM dbstat ${at}`, "stopped"),
    refused(
      "a view of it as of",
      ["CREATE VIEW mine AS SELECT name FROM sqlite_master", `SELECT * FROM mine ${at}`],
      "stopped",
    ),
    refused(
      "a view as of",
      [`CREATE VIEW mine AS SELECT name FROM sqlite_master ${at}`, "SELECT * FROM mine"],
      "stopped",
    ),
    refused("a table of the past's own", "SELECT * FROM temp.dosql_past_1", "stopped"),
    differs("a hint of time", `${hint} SELECT name FROM sqlite_master`, ANYHOW),
    differs("a hint of time and a pragma", `${hint} SELECT * FROM pragma_table_list`, ANYHOW),
  ];
}

/** With or without a log. */
const ANYHOW = { shard: "own", embedded: "own", worker: "own" } as const;
