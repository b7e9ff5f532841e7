import type { Case } from "../contract.ts";

/** Statements that SQLite refuses, by what they violate. */
const REFUSED: readonly string[] = `
INSERT INTO t (id) VALUES (1)
INSERT INTO t (id, u) VALUES (2, 1)
INSERT INTO t (id, n) VALUES (2, NULL)
INSERT INTO t (id, c) VALUES (2, -1)
INSERT INTO child VALUES (99)
INSERT INTO strict VALUES ('x')
INSERT INTO t (id) VALUES ('text')
INSERT INTO w VALUES (1), (1)
INSERT INTO raising VALUES (1)
INSERT INTO missing VALUES (1)
INSERT INTO t (missing) VALUES (1)
INSERT INTO t VALUES (1)
SELECT missing()
SELECT abs()
SELECT 1 +
SELECT 'open
SELECT * FROM t WHERE
SELECT a, b FROM
CREATE TABLE t (a)
DROP TABLE missing
COMMIT
ROLLBACK
RELEASE missing
BEGIN; BEGIN
SELECT abs(-9223372036854775808)
SELECT json('{')
SELECT zeroblob(2000000000)
SELECT load_extension('x')
ATTACH '/nowhere/at/all.db' AS x
DETACH missing
PRAGMA journal_mode(
INSERT INTO sqlite_schema VALUES (1)
ALTER TABLE t DROP COLUMN id
CREATE INDEX i ON t (missing)
INSERT OR ROLLBACK INTO t (id) VALUES (1)
INSERT OR FAIL INTO t (id) VALUES (1)
SELECT ?99999
SELECT * FROM t, t
SELECT id FROM t UNION SELECT 1, 2
UPDATE t SET id = id + 1, u = NULL, n = NULL
SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)
`
  .trim()
  .split("\n");

export const errors: Case[] = [
  {
    name: "errors: class, code and message",
    run({ open, ask }) {
      const db = open();
      db.exec(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, u UNIQUE, n NOT NULL DEFAULT 0," +
          "c CHECK (c > 0));" +
          "INSERT INTO t (id, u) VALUES (1, 1); CREATE TABLE child (p REFERENCES t (id));" +
          "CREATE TABLE strict (i INTEGER) STRICT; CREATE TABLE w (k PRIMARY KEY) WITHOUT ROWID;" +
          "CREATE TABLE raising (a); CREATE TRIGGER r BEFORE INSERT ON raising " +
          "BEGIN SELECT raise(ABORT, 'raised on purpose'); END",
      );
      for (const sql of REFUSED) {
        ask(`prepared: ${sql}`, () => db.prepare(sql).run());
        ask(`exec: ${sql}`, () => db.exec(sql));
        if (db.inTransaction) db.exec("ROLLBACK");
      }
    },
  },
  {
    name: "errors: a readonly file",
    run({ Database, ask, file }) {
      new Database(file("readonly.db")).exec("CREATE TABLE t (a)").close();
      const db = new Database(file("readonly.db"), { readonly: true });
      ask("read the journal's mode", () => typeof db.pragma("journal_mode", { simple: true }));
      ask("explain a write", () => db.explain("CREATE TABLE u (a)").length > 0);
      ask("write", () => db.prepare("INSERT INTO t VALUES (1)").run());
      ask("create", () => db.exec("CREATE TABLE u (a)"));
      ask("pragma", () => db.pragma("user_version = 5"));
      ask("temporary objects are fine", () => db.exec("CREATE TEMP TABLE u (a)").open);
      ask("journal mode", () => db.pragma("journal_mode = WAL"));
      ask("begin immediate", () => db.exec("BEGIN IMMEDIATE"));
      db.close();
    },
  },
  {
    name: "errors: stale snapshots and deadlines",
    run({ Database, ask, file }) {
      const one = new Database(file("busy.db"), { timeout: 10 });
      one.pragma("journal_mode = WAL");
      one.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
      const two = new Database(file("busy.db"), { timeout: 10 });
      two.exec("BEGIN");
      two.prepare("SELECT * FROM t").all();
      one.exec("INSERT INTO t VALUES (2)");
      ask("an upgrade of a stale snapshot", () => two.exec("INSERT INTO t VALUES (3)"));
      ask("still inside", () => two.inTransaction);
      two.exec("ROLLBACK");
      one.exec("BEGIN IMMEDIATE");
      ask("a second writer", () => two.exec("BEGIN IMMEDIATE"));
      ask("a second writer in a transaction function", () => two.transaction(() => 1).immediate());
      one.exec("COMMIT");
      ask("afterwards", () => two.transaction(() => 1).immediate());
      one.close();
      two.close();
    },
  },
];
