import type { Scenario } from "../scenario.ts";

/** A table of that many columns, and what happens to it. */
function wide(count: number, key: string): string[] {
  const name = `w${count}`;
  const columns = Array.from({ length: count }, (_, at) => `c${at}`);
  const row = (first: number): string => columns.map((_, at) => first + at).join();
  const definition = columns.map((column, at) => (at === 0 ? `${column} ${key}` : column)).join();
  const last = `c${count - 1}`;
  return [
    `CREATE TABLE ${name} (${definition})`,
    `INSERT INTO ${name} VALUES (${row(1000)}), (${row(2000)})`,
    `UPDATE ${name} SET ${last} = 'last', c0 = c0 + 1`,
    `REPLACE INTO ${name} VALUES (${row(1001)})`,
    `DELETE FROM ${name} WHERE c0 > 1500`,
  ];
}

/** Tables of every kind. */
export const TABLES: readonly Scenario[] = [
  {
    name: "a table WITHOUT ROWID",
    steps: [
      "CREATE TABLE w (a TEXT, b, c, PRIMARY KEY (c, a)) WITHOUT ROWID",
      "INSERT INTO w VALUES ('x', 1, 1), ('y', 2, 1), ('x', 3, 2.5)",
      "UPDATE w SET b = b * 2",
      "DELETE FROM w WHERE c = 1 AND a = 'x'",
      "SELECT last_insert_rowid()",
    ],
  },
  {
    name: "a rowid table without a key",
    steps: [
      "CREATE TABLE n (a, b)",
      "INSERT INTO n VALUES (1, 1), (1, 1), (1, 1)",
      "DELETE FROM n WHERE rowid = 2",
      "UPDATE n SET b = 2 WHERE rowid = 3",
      "INSERT INTO n VALUES (1, 1)",
      "INSERT INTO n (rowid, a) VALUES (2, 9), (-5, 8)",
      "DELETE FROM n WHERE a = 1",
    ],
  },
  {
    name: "a table whose primary key is text, or no key of the rowid's",
    steps: [
      "CREATE TABLE a (k TEXT PRIMARY KEY, v)",
      "INSERT INTO a VALUES ('a', 1), (NULL, 2), (NULL, 2)",
      "UPDATE a SET v = 3 WHERE k IS NULL AND rowid = 2",
      "REPLACE INTO a VALUES ('a', 9), (NULL, 9)",
      "CREATE TABLE b (k INT PRIMARY KEY, v)",
      "INSERT INTO b VALUES (5, 1), (NULL, 2)",
      "CREATE TABLE c (k INTEGER PRIMARY KEY DESC, v)",
      "INSERT INTO c VALUES (5, 1), (NULL, 2)",
      "REPLACE INTO c VALUES (5, 2)",
      "DELETE FROM c WHERE k IS NULL",
      "CREATE TABLE d (k INTEGER, v, PRIMARY KEY (k))",
      "INSERT INTO d VALUES (5, 1), (NULL, 2)",
      "REPLACE INTO d VALUES (6, 3)",
    ],
  },
  {
    name: "columns named rowid, oid and _rowid_",
    steps: [
      "CREATE TABLE a (rowid, v)",
      "INSERT INTO a VALUES (10, 'x'), (10, 'x')",
      "UPDATE a SET rowid = 11 WHERE oid = 1",
      "CREATE TABLE b (rowid TEXT, oid UNIQUE, v)",
      "INSERT INTO b VALUES ('a', 'b', 1), ('c', 'd', 2)",
      "REPLACE INTO b VALUES ('e', 'd', 3)",
      "UPDATE OR REPLACE b SET _rowid_ = 1 WHERE oid = 'd'",
      "CREATE TABLE c (rowid INTEGER PRIMARY KEY, oid, _rowid_ UNIQUE)",
      "INSERT INTO c VALUES (1, 2, 3), (NULL, 5, 6)",
      "REPLACE INTO c VALUES (9, 9, 6)",
      "UPDATE OR REPLACE c SET rowid = 1 WHERE oid = 9",
    ],
  },
  {
    name: "columns that took all names of the rowid",
    steps: [
      "CREATE TABLE a (rowid, oid, _rowid_)",
      "INSERT INTO a VALUES (1, 2, 3), (1, 2, 3), (4, 5, 6)",
      "UPDATE a SET oid = 9 WHERE rowid = 1",
      "DELETE FROM a WHERE rowid = 4",
      "CREATE TABLE b (rowid UNIQUE, oid, _rowid_)",
      "INSERT INTO b VALUES (1, 2, 3), (2, 2, 3), (NULL, 2, 3), (NULL, 2, 3)",
      "REPLACE INTO b VALUES (1, 5, 6)",
      "UPDATE OR REPLACE b SET rowid = 2 WHERE oid = 5",
      "UPDATE OR REPLACE b SET rowid = 7 WHERE rowid IS NULL",
      "CREATE TABLE c (rowid TEXT PRIMARY KEY, oid, _rowid_ TEXT COLLATE NOCASE)",
      "CREATE UNIQUE INDEX cr ON c (_rowid_ COLLATE BINARY)",
      "INSERT INTO c VALUES (NULL, 1, 'a'), (NULL, 1, 'A'), ('k', 1, 'b')",
      "UPDATE OR REPLACE c SET _rowid_ = 'A' WHERE _rowid_ = 'a' COLLATE BINARY",
    ],
  },
  {
    name: "a STRICT table",
    steps: [
      "CREATE TABLE s (id INTEGER PRIMARY KEY, i INT, r REAL, t TEXT, b BLOB, a ANY) STRICT",
      "INSERT INTO s VALUES (1, 1, 1, 'x', x'00', '1'), (2, '2', '2.5', 3, NULL, 1.0)",
      "INSERT INTO s VALUES (3, 'no', 1, 'x', x'00', 1)",
      "INSERT OR IGNORE INTO s VALUES (3, 'no', 1, 'x', x'00', 1)",
      "UPDATE s SET r = 7, a = x'ff'",
      "REPLACE INTO s (id, a) VALUES (1, 5)",
      "CREATE TABLE sw (k TEXT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID",
      "INSERT INTO sw VALUES ('a', 1), ('b', '1')",
      "UPDATE sw SET v = v + 1",
    ],
  },
  {
    name: "generated columns",
    steps: [
      "CREATE TABLE g (a, s AS (a * 2) STORED, b, v TEXT GENERATED ALWAYS AS (a || b) VIRTUAL, c)",
      "INSERT INTO g (a, b, c) VALUES (1, 'x', 5), (2, 'y', 6)",
      "UPDATE g SET a = a + 1 WHERE v = '1x' RETURNING s || '', v",
      "INSERT INTO g (a, b, c) SELECT a, v, s FROM g",
      "DELETE FROM g WHERE s = 4",
      "ALTER TABLE g ADD COLUMN n AS (c + 1)",
      "UPDATE g SET c = n",
    ],
  },
  {
    name: "quoted and odd names",
    steps: [
      `CREATE TABLE "a ""b"" 'c' [d]" ("x ""y""" INTEGER PRIMARY KEY, "select", [group by], \`ü\`)`,
      `INSERT INTO "a ""b"" 'c' [d]" VALUES (1, 2, 3, 4), (2, 3, 4, 5)`,
      `UPDATE "a ""b"" 'c' [d]" SET "select" = [group by]`,
      `REPLACE INTO "a ""b"" 'c' [d]" VALUES (1, 'r', 'r', 'r')`,
      `CREATE TABLE "表 😀" ("列" UNIQUE, "" , " ", "NEW", "OLD", "kind", "v0", "lsn", "excluded")`,
      `INSERT INTO "表 😀" VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9)`,
      `REPLACE INTO "表 😀" ("列", "NEW") VALUES (1, 5)`,
      `CREATE TABLE "table" ("index" PRIMARY KEY, "default" DEFAULT 'x;--') WITHOUT ROWID`,
      `INSERT INTO "table" ("index") VALUES ('a;b'), ('c')`,
      `REPLACE INTO "table" VALUES ('c', NULL)`,
      `CREATE TABLE [brackets] ([a] INTEGER, [b]]`,
      `DELETE FROM [table] WHERE [index] = 'c'`,
      `CREATE TABLE "%s?1:a" ("$x" , "?1" UNIQUE, ":y")`,
      `REPLACE INTO "%s?1:a" VALUES (1, 2, 3), (2, 2, 3)`,
    ],
  },
  {
    name: "columns of the same words as the log's own",
    steps: [
      "CREATE TABLE l (lsn, kind, v0 UNIQUE, mode, m0, id)",
      "INSERT INTO l VALUES (1, 2, 3, 4, 5, 6), (1, 2, 4, 4, 5, 6)",
      "UPDATE OR REPLACE l SET mode = 1, v0 = 4",
      "REPLACE INTO l (v0, kind) VALUES (4, 'k')",
    ],
  },
  {
    name: "names that differ in case",
    steps: [
      "CREATE TABLE Users (ID INTEGER PRIMARY KEY, Name TEXT UNIQUE)",
      "INSERT INTO users (id, NAME) VALUES (1, 'a'), (2, 'b')",
      "REPLACE INTO USERS VALUES (3, 'b')",
      "UPDATE OR REPLACE uSers SET nAme = 'a' WHERE id = 3",
      "ALTER TABLE USERS ADD COLUMN Extra",
      "UPDATE users SET EXTRA = 1",
      "CREATE TRIGGER Ti AFTER INSERT ON USERS BEGIN UPDATE users SET extra = 2; END",
      "REPLACE INTO users (id, name) VALUES (3, 'q')",
    ],
  },
  {
    name: "tables of 15, 16, 17, 48, 49 and 95 columns",
    steps: [15, 16, 17, 48, 49, 95].flatMap((count) => wide(count, "UNIQUE")),
  },
  {
    name: "a table of 100 columns",
    steps: wide(100, "UNIQUE"),
  },
  {
    name: "a table of 100 columns with a key",
    steps: wide(100, "INTEGER PRIMARY KEY"),
  },
  {
    name: "tables of 200 and 2,000 columns",
    needs: ["room"],
    steps: [...wide(200, "INTEGER PRIMARY KEY"), ...wide(2_000, "INTEGER PRIMARY KEY")],
  },
  {
    name: "a table of 2,000 columns without a key",
    needs: ["room"],
    steps: wide(2_000, "UNIQUE"),
  },
  {
    name: "a table that is left out",
    setting: { mode: "on", except: ["Secret"] },
    given: ["CREATE TABLE secret (id INTEGER PRIMARY KEY, v)", "INSERT INTO secret VALUES (1, 1)"],
    steps: ["CREATE TABLE t (v)", "INSERT INTO t VALUES (1)", "CREATE INDEX ti ON t (v)"],
    records: 3,
  },
];
