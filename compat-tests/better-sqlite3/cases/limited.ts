import type { AnyDatabase, Case } from "../contract.ts";

const SCHEMA =
  "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b);" +
  "INSERT INTO t VALUES (1, 3, 'c'), (2, 1, 'a'), (3, 2, 'b'), (4, NULL, 'd');" +
  "CREATE TABLE pair (x, y, z, PRIMARY KEY (y, x)) WITHOUT ROWID;" +
  "INSERT INTO pair VALUES (1, 1, 0), (1, 2, 0), (2, 1, 0);" +
  "CREATE TABLE one (k TEXT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO one VALUES ('a', 1), ('b', 2);" +
  'CREATE TABLE odd (rowid, "a b"); INSERT INTO odd VALUES (9, 1), (8, 2);' +
  "CREATE TABLE log (what); CREATE TRIGGER told AFTER UPDATE ON t BEGIN" +
  " INSERT INTO log VALUES (NEW.id); END";

/** Text and arguments; what they leave behind is part of the answer. */
const CHANGES: readonly (readonly [sql: string, ...args: unknown[]])[] = [
  ["DELETE FROM t LIMIT 1"],
  ["DELETE FROM t LIMIT 0"],
  ["DELETE FROM t LIMIT -1"],
  ["DELETE FROM t ORDER BY a LIMIT 2"],
  ["DELETE FROM t ORDER BY a DESC NULLS LAST LIMIT 1 OFFSET 1"],
  ["DELETE FROM t ORDER BY a LIMIT 1, 2"],
  ["DELETE FROM t WHERE a > ? ORDER BY b DESC LIMIT ?", 0, 1],
  ["DELETE FROM t WHERE (a = 1 OR a = 2) LIMIT 1"],
  ["DELETE FROM t AS x WHERE x.a > 0 ORDER BY x.a LIMIT 1"],
  ["delete from main.t order by id desc limit 1;"],
  ["WITH some AS (SELECT 2 AS n) DELETE FROM t WHERE a < (SELECT n FROM some) LIMIT 1"],
  ["DELETE FROM t ORDER BY a LIMIT :n", { n: 2 }],
  ["DELETE FROM t WHERE b = :b ORDER BY a LIMIT ?", 1, { b: "c" }],
  ["DELETE FROM t WHERE id IN (SELECT id FROM t ORDER BY id LIMIT 2) LIMIT 1"],
  ["UPDATE t SET a = 9 LIMIT 1"],
  ["UPDATE t SET a = a + 1, b = b || '!' ORDER BY id DESC LIMIT 2"],
  ["UPDATE t SET a = ? WHERE b > ? ORDER BY b LIMIT ? OFFSET ?", 7, "a", 1, 1],
  ["UPDATE OR IGNORE t SET id = 1 ORDER BY id DESC LIMIT 2"],
  ["UPDATE OR REPLACE t SET id = 1 ORDER BY id DESC LIMIT 1"],
  ["UPDATE t SET a = (SELECT max(a) FROM t ORDER BY 1 LIMIT 1) ORDER BY id LIMIT 1"],
  ["UPDATE t SET (a, b) = (1, 2) ORDER BY id LIMIT 1"],
  ["UPDATE pair SET z = 1 ORDER BY x DESC LIMIT 1"],
  ["DELETE FROM pair ORDER BY y DESC, x LIMIT 2"],
  ["DELETE FROM one ORDER BY v DESC LIMIT 1"],
  ['DELETE FROM odd ORDER BY "a b" LIMIT 1'],
  ["DELETE FROM t ORDER BY a"],
  ["UPDATE t SET a = 1 ORDER BY a"],
  ["DELETE FROM t ORDER BY missing LIMIT 1"],
  ["DELETE FROM nowhere LIMIT 1"],
  ["UPDATE t SET missing = 1 LIMIT 1"],
  ["DELETE FROM t LIMIT 'x'"],
  ["DELETE FROM t LIMIT"],
  ["DELETE FROM t LIMIT 1; SELECT 1"],
];

function left(db: AnyDatabase): unknown {
  return ["t", "pair", "one", "odd", "log"].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).raw().all(),
  );
}

export const limited: Case[] = [
  {
    name: "limited changes",
    run({ open, ask }) {
      for (const [sql, ...args] of CHANGES) {
        ask(sql, () => {
          const db = open().exec(SCHEMA);
          const statement = db.prepare(sql);
          return [statement.reader, statement.readonly, statement.run(...args), left(db)];
        });
      }
    },
  },
  {
    name: "limited changes: exec and the log",
    run({ open, ask }) {
      const said: string[] = [];
      const db = open({ verbose: (sql: string) => said.push(sql) }).exec(SCHEMA);
      said.length = 0;
      ask("exec", () => {
        db.exec("UPDATE t SET a = 0 ORDER BY id LIMIT 1; DELETE FROM t ORDER BY id DESC LIMIT 1");
        return left(db);
      });
      ask("exec stops at an error", () => {
        db.exec("DELETE FROM t LIMIT 1; DELETE FROM missing LIMIT 1; DELETE FROM t");
      });
      ask("what it left", () => left(db));
      ask("source", () => db.prepare("  DELETE FROM t LIMIT 1 ").source);
      ask("bound for good", () => {
        const statement = db.prepare("DELETE FROM t WHERE b = ? LIMIT ?").bind("it's", 3);
        return [String(statement), statement.run()];
      });
      ask("run again", () => {
        const statement = db.prepare("DELETE FROM t ORDER BY id LIMIT 1");
        return [statement.run().changes, statement.run().changes, statement.run().changes];
      });
      ask("the log", () => said.filter((text) => /LIMIT/.test(text)));
    },
  },
];
