import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { hideEngineObjects } from "../../src/sql/change/hidden.ts";

const USER = `
  CREATE TABLE a(x PRIMARY KEY);
  CREATE INDEX ai ON a(x);
  CREATE TABLE b(z UNIQUE);
  CREATE TRIGGER b AFTER INSERT ON b BEGIN SELECT 1; END;
  CREATE VIEW v AS SELECT * FROM a;
  CREATE TABLE xcf_dosqly_(not_hidden);
  CREATE TABLE c(y REFERENCES a(x));
`;

const ENGINE = `
  CREATE TABLE _cf_dosql_log(lsn PRIMARY KEY, a UNIQUE);
  CREATE TABLE _CF_DOSQL_txn(lsn PRIMARY KEY) WITHOUT ROWID;
  CREATE TRIGGER _cf_dosql_a AFTER INSERT ON a BEGIN SELECT 1; END;
  CREATE INDEX _cf_dosql_i ON b(z);
`;

/** The same database for a user: with the engine's objects, and as if they were not there. */
const full = new DatabaseSync(":memory:");
full.exec(USER + ENGINE + "INSERT INTO a VALUES (1); INSERT INTO _cf_dosql_log VALUES (1, 2);");
full.exec("ANALYZE");
const clean = new DatabaseSync(":memory:");
clean.exec(USER + "INSERT INTO a VALUES (1); ANALYZE");

function answer(database: DatabaseSync, sql: string): unknown {
  const statement = database.prepare(sql);
  const columns = statement.columns().map(({ name }) => name);
  statement.setReturnArrays(true);
  return { columns, rows: statement.all() };
}

const READS = [
  "SELECT type, name, tbl_name, sql FROM sqlite_master",
  "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name DESC",
  "SELECT count(*) FROM sqlite_master",
  "SELECT count(*) FROM main.sqlite_schema AS s WHERE s.type = 'table'",
  'SELECT m."name" FROM "main"."sqlite_master" m',
  "SELECT name FROM 'sqlite_master'",
  "SELECT sqlite_master.name FROM sqlite_master",
  "SELECT main.sqlite_master.name, typeof(rootpage) FROM sqlite_master",
  "SELECT typeof(rowid), name FROM sqlite_master",
  "SELECT typeof(m.oid), m.type, m.name FROM sqlite_master m WHERE m._rowid_ > 0",
  "SELECT name FROM sqlite_master WHERE rowid IN (SELECT rowid FROM sqlite_master)",
  "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c",
  "SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c ORDER BY 1, 2",
  "SELECT x, name FROM a, sqlite_master",
  "SELECT x, name FROM a LEFT JOIN sqlite_master ON name = x",
  "SELECT p.name, q.name FROM sqlite_master p LEFT JOIN sqlite_master q ON q.tbl_name = p.name",
  "SELECT name FROM (sqlite_master NATURAL JOIN (SELECT 'table' AS type))",
  "SELECT name FROM sqlite_master NOT INDEXED",
  "SELECT (SELECT count(*) FROM sqlite_master)",
  "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '_cf_dosql_log')",
  "SELECT DISTINCT 1 + (SELECT count(*) FROM sqlite_master), type AS t FROM sqlite_master",
  "WITH c AS (SELECT name FROM sqlite_master) SELECT * FROM c UNION SELECT 'x'",
  "SELECT name FROM a JOIN sqlite_master ON 1 WHERE name IN (SELECT name FROM sqlite_schema)",
  "SELECT type, count(*) FROM sqlite_master GROUP BY type HAVING count(*) > 0 ORDER BY 2, 1",
  "SELECT * FROM sqlite_stat1",
  "SELECT name, type FROM pragma_table_list WHERE schema = 'main' ORDER BY name",
  "SELECT 1 FROM sqlite_temp_master",
  "; SELECT count(*) FROM sqlite_master;",
  "SELECT * FROM (SELECT type, (SELECT count(*) FROM sqlite_master) FROM sqlite_master)",
  "SELECT m.name FROM sqlite_master m ORDER BY (SELECT count(*) FROM sqlite_master), m.'rowid'",
  "SELECT name FROM pragma_table_list() WHERE schema = 'main' ORDER BY name",
  "SELECT l.name FROM pragma_table_list(NULL) AS l WHERE l.schema = 'main' ORDER BY 1",
  "SELECT name FROM \"pragma_table_list\"('_cf_' || 'dosql_log')",
  "WITH c AS (SELECT name FROM sqlite_master), sqlite_stat1 AS (SELECT 1) SELECT * FROM c",
  "SELECT (WITH sqlite_master(n) AS (SELECT 1) SELECT n FROM sqlite_master), name FROM sqlite_master",
  "SELECT 'x' IN (SELECT name FROM sqlite_master), (1, 2, 3) IN sqlite_stat1",
  "SELECT * FROM pragma_table_info('_cf_' || 'dosql_log')",
  "SELECT l.name, l.ncol FROM sqlite_master m, pragma_table_list(m.name) l WHERE m.type = 'table'",
  "SELECT * FROM pragma_table_list('_cf_' || 'dosql_log')",
  "SELECT name FROM dbstat WHERE aggregate = 1 AND name NOT LIKE 'sqlite_stat%'",
  "SELECT DISTINCT s.name FROM main.dbstat s WHERE s.name NOT LIKE 'sqlite_stat%'",
  // As Drizzle, Kysely and Prisma ask.
  'SELECT m.name AS "t", p.name AS "c", p."notnull", p.dflt_value, p.pk, p.hidden, m.sql ' +
    "FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS p " +
    "WHERE (m.type = 'table' OR m.type = 'view') AND m.tbl_name != 'sqlite_sequence'",
  'SELECT m.name AS "from", f.id, f."table", f."to", f.on_update, f.seq ' +
    "FROM sqlite_master m, pragma_foreign_key_list(m.name) AS f",
  "SELECT m.tbl_name, il.name, ii.name AS c, il.[unique], il.seq FROM sqlite_master AS m, " +
    "pragma_index_list(m.name) AS il, pragma_index_info(il.name) AS ii " +
    "WHERE m.type = 'table' AND m.name <> 'b' AND il.name NOT LIKE 'sqlite_autoindex_%'",
  "WITH table_list AS (SELECT name, sql, type FROM sqlite_master WHERE type IN ('table', 'view') " +
    "AND name NOT LIKE 'sqlite_%' ORDER BY name) SELECT tl.name AS 'table', p.cid, p.name " +
    "FROM table_list AS tl, pragma_table_info(tl.name) AS p ORDER BY tl.name, p.cid",
  "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND substr(sql, 1, 4) ORDER BY name",
];

/** The last one answers. */
const STORED: readonly (readonly string[])[] = [
  ["CREATE TEMP VIEW w AS SELECT name, type FROM sqlite_master", "SELECT * FROM w"],
  ["CREATE TEMP VIEW w AS SELECT rowid > 0, tbl_name FROM sqlite_master", "SELECT * FROM w"],
  ["CREATE TEMP VIEW w AS SELECT (SELECT count(*) FROM sqlite_master), 1", "SELECT * FROM w"],
  [
    "CREATE TEMP VIEW w AS SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c",
    "SELECT * FROM w",
  ],
  [
    "CREATE TEMP TABLE o (n)",
    "CREATE TEMP TRIGGER w AFTER INSERT ON o BEGIN UPDATE o SET n = " +
      "(SELECT group_concat(name) FROM main.sqlite_master); END",
    "INSERT INTO o VALUES (1)",
    "SELECT n FROM o",
  ],
  ["UPDATE sqlite_stat1 SET stat = stat || '' RETURNING tbl, idx"],
  ["UPDATE main.sqlite_stat1 AS s SET idx = NULL WHERE s.tbl = 'a' OR 1 RETURNING *"],
  ["UPDATE sqlite_stat1 SET idx = n FROM (SELECT 5 AS n) RETURNING idx"],
  ["DELETE FROM sqlite_stat1 RETURNING tbl"],
  ["DELETE FROM sqlite_stat1 WHERE tbl <> 'x' OR tbl = '_cf_dosql_log' RETURNING stat"],
];

describe("the engine's objects", () => {
  it.each(READS)("do not show in %s", (sql) => {
    const hidden = hideEngineObjects(sql, "_cf_dosql_");
    expect(hidden).not.toBe(sql);
    expect(answer(full, hidden)).toEqual(answer(clean, sql));
  });

  it.each(STORED.map((texts) => [texts.at(-2) ?? texts[0], texts] as const))(
    "do not show after %s",
    (_, texts) => {
      const run = (database: DatabaseSync, hide: (sql: string) => string): unknown => {
        database.exec("SAVEPOINT s");
        try {
          return texts.map((sql) => answer(database, hide(sql))).at(-1);
        } finally {
          database.exec("ROLLBACK TO s; RELEASE s");
        }
      };
      const shown = run(clean, (sql) => sql);
      expect(run(full, (sql) => hideEngineObjects(sql, "_cf_dosql_"))).toEqual(shown);
      // Else it could not fail.
      expect(run(full, (sql) => sql)).not.toEqual(shown);
    },
  );

  it("show without the rewriting, so the test above can fail", () => {
    const seen = READS.filter((sql) => {
      return JSON.stringify(answer(full, sql)) !== JSON.stringify(answer(clean, sql));
    });
    expect(seen.length).toBeGreaterThan(18);
  });

  it("leave a star its columns", () => {
    const columns = (sql: string): unknown => {
      return full
        .prepare(hideEngineObjects(sql, "_cf_dosql_"))
        .columns()
        .map(({ name }) => name);
    };
    const all = ["type", "name", "tbl_name", "rootpage", "sql"];
    expect(columns("SELECT * FROM sqlite_master")).toEqual(all);
    expect(columns("SELECT m.* FROM sqlite_master m WHERE m.rowid = 1")).toEqual(all);
    expect(columns("SELECT rowid, * FROM sqlite_master")).toEqual(["rowid", ...all]);
  });

  it("keep the user's dangerous-looking names", () => {
    const sql = hideEngineObjects("SELECT name FROM sqlite_master", "_cf_dosql_");
    // `_` is no wildcard here.
    expect(
      full
        .prepare(sql)
        .all()
        .map((row) => row["name"]),
    ).toContain("xcf_dosqly_");
  });
});
