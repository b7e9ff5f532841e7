import type { Case } from "../contract.ts";

const TEXTS: readonly unknown[] = [
  undefined,
  null,
  5,
  "",
  "  ;; ",
  "-- comment",
  "/* not closed",
  "SELECT 1;",
  "SELECT 1; -- comment",
  "SELECT 1; /* not closed",
  "SELECT 1; /* closed */ ;",
  "SELECT 1;;\n\t\r\f\v",
  "SELECT 1; x",
  "SELECT 1; SELECT 2",
  "SELECT 1;/**/-",
  "SELECT 1; -- comment\n SELECT 2",
  "SELECT 1;\u00a0",
  "SELECT 1\0; SELECT 2",
  "SELECT 1;\0 SELECT 2",
  "; SELECT 1",
  "/* comment */ SELECT 1",
  "\ufeffSELECT 1",
  "SELEC",
  "SELECT",
  "SELECT * FROM missing",
  "SELECT missing FROM t",
  "SELECT é, 'ü😀' FROM t; SELECT",
  "SELECT ':a', \":b\", [?], `@c`, 1 -- ?\n",
];

/** Statements whose `reader` and `readonly` are asked. */
const KINDS: readonly string[] = `
VALUES (1)
WITH x AS (SELECT 1) SELECT * FROM x
WITH x AS (SELECT 1) INSERT INTO t SELECT 1, 2
WITH x AS (SELECT 1) DELETE FROM t
INSERT INTO t VALUES (1, 2)
REPLACE INTO t VALUES (1, 2)
INSERT INTO t VALUES (1, 2) RETURNING *
UPDATE t SET a = 1
UPDATE t SET a = 1 RETURNING a
DELETE FROM t
DELETE FROM t RETURNING a
SELECT returning FROM (SELECT 1 AS returning)
EXPLAIN SELECT 1
EXPLAIN INSERT INTO t VALUES (1, 2)
EXPLAIN QUERY PLAN SELECT 1
EXPLAIN QUERY PLAN DELETE FROM t
BEGIN
BEGIN DEFERRED
BEGIN IMMEDIATE
BEGIN EXCLUSIVE
COMMIT
END
ROLLBACK
SAVEPOINT s
RELEASE s
ROLLBACK TO s
CREATE TABLE x (a)
CREATE TEMP TABLE x (a)
CREATE TABLE IF NOT EXISTS t (a)
CREATE TABLE y AS SELECT 1
CREATE INDEX i ON t (a)
CREATE VIEW v AS SELECT 1
CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END
CREATE VIRTUAL TABLE f USING fts5(x)
DROP TABLE t
DROP TABLE IF EXISTS missing
DROP VIEW IF EXISTS missing
ALTER TABLE t RENAME TO u
VACUUM
ANALYZE
REINDEX
ATTACH ':memory:' AS x
DETACH x
PRAGMA user_version
PRAGMA user_version = 5
PRAGMA application_id = 3
PRAGMA journal_mode
PRAGMA journal_mode = WAL
PRAGMA foreign_keys
PRAGMA foreign_keys = ON
PRAGMA table_info(t)
PRAGMA wal_checkpoint
PRAGMA optimize
PRAGMA missing
PRAGMA cache_size
PRAGMA cache_size = 300
PRAGMA incremental_vacuum
PRAGMA integrity_check
PRAGMA synchronous
PRAGMA synchronous = 1
PRAGMA encoding
PRAGMA secure_delete = 1
PRAGMA busy_timeout = 5
PRAGMA auto_vacuum = 1
PRAGMA temp_store = 2
PRAGMA query_only = 0
PRAGMA writable_schema = 1
PRAGMA foreign_key_check
PRAGMA index_list(t)
PRAGMA database_list
PRAGMA defer_foreign_keys = 1
PRAGMA journal_size_limit = 1
PRAGMA main.page_count
SELECT * FROM pragma_table_info('t')
INSERT INTO t SELECT * FROM t
SELECT 'INSERT RETURNING'
`
  .trim()
  .split("\n");

export const preparing: Case[] = [
  {
    name: "preparing: texts",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a, b, é)");
      TEXTS.forEach((text, index) => {
        ask(`${index}: ${JSON.stringify(text)}`, () => {
          const statement = db.prepare(text);
          return [statement.source, statement.reader, statement.readonly, String(statement)];
        });
      });
    },
  },
  {
    name: "preparing: reader and readonly",
    run({ open, ask }) {
      for (const sql of KINDS) {
        const db = open();
        db.exec("CREATE TABLE t (a, b)");
        ask(sql, () => {
          const { reader, readonly, busy } = db.prepare(sql);
          return { reader, readonly, busy };
        });
      }
    },
  },
  {
    name: "preparing: the same text again",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a); CREATE TABLE gone (a)");
      const names = (sql: string): unknown =>
        db
          .prepare(sql)
          .columns()
          .map(({ name }: { name: string }) => name);
      ask("columns", () => names("SELECT * FROM t"));
      db.exec("ALTER TABLE t ADD COLUMN b");
      ask("columns after ALTER", () => names("SELECT * FROM t"));
      ask("of a table", () => names("SELECT * FROM gone"));
      db.prepare("DROP TABLE gone").run();
      ask("of one that is gone", () => names("SELECT * FROM gone"));
      ask("DROP of it", () => db.prepare("DROP TABLE gone").reader);
      ask("of one that is taken back", () =>
        db.transaction(() => {
          db.exec("CREATE TABLE made (a)");
          db.prepare("SELECT * FROM made").all();
          throw new RangeError("on purpose");
        })(),
      );
      ask("afterwards", () => names("SELECT * FROM made"));
    },
  },
  {
    name: "preparing: exec",
    run({ open, ask }) {
      const db = open();
      ask("returns the database", () => db.exec("CREATE TABLE t (a, b)") === db);
      ask("nothing", () => db.exec("") === db);
      ask("comments", () => db.exec("-- nothing") === db);
      ask("a number", () => db.exec(5));
      ask("no argument", () => db.exec());
      ask("several", () => {
        db.exec("INSERT INTO t VALUES (1, 2);;; INSERT INTO t VALUES (3, 4); SELECT * FROM t");
        return db.prepare("SELECT * FROM t").all();
      });
      ask("an error in the middle", () =>
        db.exec("INSERT INTO t VALUES (5, 6); INSERT INTO missing VALUES (1); DELETE FROM t"),
      );
      ask("what was applied stays", () => db.prepare("SELECT count(*) AS n FROM t").get());
      ask("parameters are NULL", () => {
        db.exec("INSERT INTO t VALUES (?, :a)");
        return db.prepare("SELECT * FROM t WHERE a IS NULL").all();
      });
      ask("a trigger's body", () => {
        db.exec(
          "CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM t WHERE a = 1; SELECT 2; END;",
        );
        return db.prepare("SELECT name FROM sqlite_schema").pluck().all();
      });
      ask("transactions", () => {
        db.exec("BEGIN");
        const inside = db.inTransaction;
        db.exec("ROLLBACK");
        return [inside, db.inTransaction];
      });
      ask("a stray COMMIT", () => db.exec("COMMIT"));
    },
  },
  {
    name: "preparing: DELETE and UPDATE with LIMIT",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
      ask("DELETE", () => db.prepare("DELETE FROM t ORDER BY a LIMIT 1").run());
      ask("UPDATE", () => db.exec("UPDATE t SET a = 9 LIMIT 1"));
      ask("a SELECT's error is left alone", () => db.prepare("SELECT 1 LIMIT 1 LIMIT 1"));
    },
  },
];
