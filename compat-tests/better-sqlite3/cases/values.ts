import type { Case } from "../contract.ts";

const EXPRESSIONS: readonly string[] = `
1
-1
0
1.5
-0.0
1e308 * 10
-1e308 * 10
NULL
'text'
''
'ü😀'
char(97, 0, 98)
x''
x'0102ff'
zeroblob(3)
9007199254740991
9007199254740992
9007199254740993
-9007199254740993
9223372036854775807
-9223372036854775808
CAST('12' AS INTEGER)
CAST(1 AS REAL)
3.0
true
json('[1, 2]')
jsonb('[1]')
random() IS NOT NULL
unixepoch('2020-01-01')
`
  .trim()
  .split("\n");

export const values: Case[] = [
  {
    name: "values: out",
    run({ open, ask }) {
      const db = open();
      for (const expression of EXPRESSIONS) {
        const sql = `SELECT ${expression} AS x, typeof(${expression}) AS type`;
        ask(`get ${expression}`, () => db.prepare(sql).get());
        ask(`all ${expression}`, () => db.prepare(sql).raw().all());
        ask(`iterate ${expression}`, () => [...db.prepare(sql).pluck().iterate()]);
        ask(`safe ${expression}`, () => db.prepare(sql).safeIntegers().get());
      }
    },
  },
  {
    name: "values: in and out of columns",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (i INTEGER, r REAL, n NUMERIC, x TEXT, b BLOB, none)");
      const inputs = [1, 1.5, 1n, "1", "1.5", "x", null, Buffer.from("1"), 2 ** 53, 2n ** 60n, -0];
      inputs.forEach((value, index) => {
        ask(`${index}: ${String(value)}`, () => {
          db.prepare("DELETE FROM t").run();
          db.prepare("INSERT INTO t VALUES (?1, ?1, ?1, ?1, ?1, ?1)").run({ 1: value });
          const types = db
            .prepare("SELECT typeof(i), typeof(r), typeof(n), typeof(x) FROM t")
            .raw();
          return [db.prepare("SELECT * FROM t").get(), types.get()];
        });
      });
    },
  },
  {
    name: "values: an integer too large for a double, once",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
      const big = "9223372036854775807";
      ask("INSERT RETURNING by get", () =>
        db.prepare(`INSERT INTO t (a) VALUES (${big}) RETURNING id, a`).get(),
      );
      ask("INSERT RETURNING by all", () =>
        db.prepare(`INSERT INTO t (a) VALUES (${big}), (1) RETURNING a`).all(),
      );
      ask("INSERT RETURNING by iterate", () => [
        ...db.prepare(`INSERT INTO t (a) VALUES (1), (${big}) RETURNING a`).iterate(),
      ]);
      ask("rows", () => db.prepare("SELECT * FROM t").all());
      ask("rowid", () => db.prepare(`INSERT INTO t VALUES (${big} - 1, 2)`).run());
      ask("rowid, safe", () =>
        db.prepare(`INSERT INTO t VALUES (${big} - 2, 2)`).safeIntegers().run(),
      );
      ask("while iterating", () => [
        ...db.prepare("SELECT id, a FROM t ORDER BY id DESC").raw().iterate(),
      ]);
    },
  },
  {
    name: "values: safe integers",
    run({ open, ask }) {
      const db = open();
      ask("returns the statement", () => {
        const statement = db.prepare("SELECT 1");
        return statement.safeIntegers() === statement;
      });
      ask("on", () => db.prepare("SELECT 1 AS x, 1.0 AS y").safeIntegers(true).get());
      ask("off", () => db.prepare("SELECT 1 AS x").safeIntegers().safeIntegers(false).get());
      ask("a number", () => db.prepare("SELECT 1").safeIntegers(1));
      ask("undefined", () => db.prepare("SELECT 1").safeIntegers(undefined));
      ask("by default", () => {
        const before = db.prepare("SELECT 1 AS x");
        const same = db.defaultSafeIntegers() === db;
        return [same, before.get(), db.prepare("SELECT 1 AS x").get(), db.pragma("user_version")];
      });
      ask("explain by default", () => db.explain("SELECT 1")[0]);
      ask("back", () => db.defaultSafeIntegers(false).prepare("SELECT 1 AS x").get());
      ask("a default of another kind", () => db.defaultSafeIntegers(0));
      ask("run", () => {
        db.exec("CREATE TABLE t (a)");
        return [
          db.prepare("INSERT INTO t VALUES (1)").safeIntegers().run(),
          db.prepare("INSERT INTO t VALUES (1)").run(),
        ];
      });
    },
  },
  {
    name: "values: changes and rowids",
    run({ open, ask }) {
      const db = open();
      const run = (sql: string): void => ask(sql, () => db.prepare(sql).run());
      run("CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE)");
      run("INSERT INTO t (a) VALUES (1), (2), (3)");
      run("SELECT * FROM t");
      run("UPDATE t SET a = a + 10");
      run("UPDATE t SET a = a WHERE id > 100");
      run("BEGIN");
      run("DELETE FROM t WHERE id = 1");
      run("COMMIT");
      run("INSERT OR IGNORE INTO t (a) VALUES (12)");
      run("INSERT OR REPLACE INTO t (a) VALUES (12)");
      run("REPLACE INTO t VALUES (7, 13)");
      run("INSERT INTO t (a) VALUES (13) ON CONFLICT (a) DO NOTHING");
      run("INSERT INTO t (a) VALUES (13) ON CONFLICT (a) DO UPDATE SET a = 14");
      run("INSERT INTO t (a) VALUES (20), (21) RETURNING a");
      run("WITH x AS (SELECT 30 AS a) INSERT INTO t (a) SELECT a FROM x");
      run("CREATE TABLE copy AS SELECT * FROM t");
      run("CREATE INDEX i ON copy (a)");
      run("ALTER TABLE copy ADD COLUMN c DEFAULT 1");
      run("ALTER TABLE copy DROP COLUMN c");
      run("CREATE TABLE log (a)");
      run(
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (1); INSERT INTO log VALUES (2); END",
      );
      run("INSERT INTO t (a) VALUES (40)");
      run("CREATE VIEW v AS SELECT * FROM t");
      run("CREATE TRIGGER vt INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES (new.a); END");
      run("INSERT INTO v (a) VALUES (50), (51)");
      run("CREATE TABLE child (p REFERENCES t (id) ON DELETE CASCADE)");
      run("INSERT INTO child SELECT id FROM t");
      run("DELETE FROM t");
      run("PRAGMA user_version = 3");
      run("VACUUM");
      run("ANALYZE");
      run("DROP TABLE copy");
      run("SELECT * FROM log");
    },
  },
];
