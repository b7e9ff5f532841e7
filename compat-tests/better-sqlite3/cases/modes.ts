import type { AnyDatabase, Case } from "../contract.ts";

function withTables(db: AnyDatabase): AnyDatabase {
  return db.exec(
    "CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y');" +
      "CREATE TABLE u (a, c BLOB); INSERT INTO u VALUES (1, x'01')",
  );
}

const QUERIES: readonly string[] = `
SELECT * FROM t
SELECT t.a, u.a, b FROM t JOIN u ON t.a = u.a
SELECT 1 AS a, 2 AS a
SELECT 1
SELECT a AS "x y", b AS "" FROM t
SELECT * FROM (SELECT a FROM t)
SELECT a + 1, count(*) FROM t
SELECT x.a, y.a FROM t x, t y LIMIT 1
SELECT rowid, t.rowid FROM t
SELECT * FROM t WHERE 0
SELECT 1 AS toString, 2 AS constructor
SELECT 1 AS "1", 2 AS "0"
SELECT (SELECT a FROM t)
INSERT INTO t VALUES (3, 'z') RETURNING *, a + 1
PRAGMA table_info(t)
EXPLAIN QUERY PLAN SELECT 1
SELECT * FROM json_each('[5]')
SELECT name, sql FROM sqlite_schema
`
  .trim()
  .split("\n");

export const modes: Case[] = [
  {
    name: "modes: each",
    run({ open, ask }) {
      for (const sql of QUERIES) {
        const db = withTables(open());
        ask(`object ${sql}`, () => db.prepare(sql).all());
        ask(`get ${sql}`, () => db.prepare(sql).get());
        ask(`iterate ${sql}`, () => [...db.prepare(sql).iterate()]);
        ask(`pluck ${sql}`, () => db.prepare(sql).pluck().all());
        ask(`raw ${sql}`, () => db.prepare(sql).raw().all());
        ask(`expand ${sql}`, () => db.prepare(sql).expand().all());
        ask(`expand get ${sql}`, () => db.prepare(sql).expand().get());
        ask(`columns ${sql}`, () => db.prepare(sql).columns());
      }
    },
  },
  {
    name: "modes: toggled",
    run({ open, ask }) {
      const db = withTables(open());
      const statement = db.prepare("SELECT a FROM t LIMIT 1");
      const steps: [string, ...unknown[]][] = [
        ["pluck"],
        ["raw"],
        ["pluck", false],
        ["raw", false],
        ["expand", true],
        ["raw", false],
        ["pluck"],
        ["expand", false],
        ["pluck", false],
        ["raw", 1],
        ["pluck", null],
        ["expand", undefined],
        ["raw", true],
      ];
      steps.forEach(([method, ...args], index) => {
        ask(`${index}: ${method} ${args.join()}`, () => [
          statement[method](...args) === statement,
          statement.get(),
          statement.all(),
        ]);
      });
      const insert = db.prepare("INSERT INTO t VALUES (9, 9)");
      for (const method of ["get", "all", "iterate", "pluck", "raw", "expand", "columns"]) {
        ask(`${method} of what returns nothing`, () => insert[method]());
      }
    },
  },
  {
    name: "modes: a schema that changes",
    run({ Database, open, ask, file }) {
      const db = withTables(open());
      const star = db.prepare("SELECT * FROM t");
      const named = db.prepare("SELECT a, b FROM t");
      ask("before", () => [star.get(), named.get()]);
      db.exec("ALTER TABLE t ADD COLUMN c DEFAULT 7");
      ask("a column more", () => [star.get(), star.all(), [...star.iterate()], named.get()]);
      db.exec("ALTER TABLE t RENAME COLUMN c TO d");
      ask("another name", () => [star.get(), star.all(), [...star.iterate()], named.get()]);
      ask("columns, after it ran", () => star.columns());
      db.exec("DROP TABLE u; ALTER TABLE t RENAME TO u");
      ask("the table is gone", () => star.get());
      const one = new Database(file("shared.db"));
      withTables(one);
      const watching = one.prepare("SELECT * FROM t");
      ask("on one connection", () => [watching.get(), watching.all()]);
      const other = new Database(file("shared.db"));
      other.exec("ALTER TABLE t RENAME COLUMN b TO bb");
      ask("another connection renamed, get", () => watching.get());
      other.exec("ALTER TABLE t RENAME COLUMN bb TO bbb");
      ask("another connection renamed, all", () => watching.all());
      other.exec("ALTER TABLE t RENAME COLUMN bbb TO b");
      ask("another connection renamed, iterate", () => [...watching.iterate()]);
      other.exec("ALTER TABLE t RENAME COLUMN b TO last");
      ask("another connection renamed, expand", () => watching.expand().get());
      other.close();
      one.close();
    },
  },
];
