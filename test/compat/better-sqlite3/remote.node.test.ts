import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import type { OpenDatabase } from "../../../src/compat/better-sqlite3/surface.ts";
import { startRemote } from "./remote-process.ts";
import type { PortProcess } from "./remote-process.ts";

let server: PortProcess;
let count = 0;
const opened: OpenDatabase[] = [];

beforeAll(async () => {
  server = await startRemote();
});
afterAll(async () => {
  for (const db of opened) db.close();
  await server.stop();
});

function url(): string {
  return `dosql://127.0.0.1:${server.port}/test${++count}`;
}

function open(at = url(), options: Database.Options = {}): OpenDatabase {
  const db = new Database(at, options);
  opened.push(db);
  return db;
}

function failure(body: () => unknown): { name: string; code: string; message: string } {
  try {
    body();
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    return { name, code, message };
  }
  throw new Error("nothing was thrown");
}

describe("values", () => {
  it("come back as they went, of every class and at every edge", () => {
    const db = open();
    const values = [
      null,
      0,
      -0.5,
      1e300,
      Infinity,
      2n ** 31n - 1n,
      2n ** 31n,
      -(2n ** 31n) - 1n,
      2n ** 63n - 1n,
      -(2n ** 63n),
      "",
      "é\u{1f600}\0 behind a NUL",
      "x".repeat(100_000),
      Buffer.from([0, 255, 7]),
      Buffer.alloc(0),
    ];
    const statement = db.prepare("SELECT ?").pluck().safeIntegers();
    const back = values.map((value) => statement.get(value));
    expect(back).toEqual(values.map((value) => value ?? null));
    const type = db.prepare("SELECT typeof(?)").pluck();
    expect([0, 0n, "", Buffer.alloc(0), null].map((value) => type.get(value))).toEqual([
      "real",
      "integer",
      "text",
      "blob",
      "null",
    ]);
  });

  it("are rounded once where numbers are asked for", () => {
    const db = open();
    const at = db.prepare("SELECT ?").pluck();
    for (const n of [2n ** 53n + 1n, 2n ** 62n + 12_345n, -(2n ** 53n) - 3n, 2n ** 63n - 1n]) {
      expect(at.get(n)).toBe(Number(n));
    }
  });

  it("keep their class in columns that declare another", () => {
    const db = open();
    db.exec("CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES ('word', 5), (1.5, x'00')");
    expect(db.prepare("SELECT * FROM t").raw().all()).toEqual([
      ["word", "5"],
      [1.5, Buffer.from([0])],
    ]);
  });

  it("of a megabyte go through both ways", () => {
    const db = open();
    const bytes = Buffer.alloc(3_000_000, 7);
    expect(bytes.equals(db.prepare("SELECT ?").pluck().get(bytes) as Buffer)).toBe(true);
  });
});

describe("statements", () => {
  it("say changes and the last rowid", () => {
    const db = open();
    db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    const insert = db.prepare("INSERT INTO t (b) VALUES (?), (?)");
    expect(insert.run(1, 2)).toEqual({ changes: 2, lastInsertRowid: 2 });
    expect(db.prepare("UPDATE t SET b = 0").run()).toEqual({ changes: 2, lastInsertRowid: 2 });
    expect(
      db
        .prepare("INSERT INTO t VALUES (?, 1)")
        .safeIntegers()
        .run(2n ** 62n),
    ).toEqual({
      changes: 1,
      lastInsertRowid: 2n ** 62n,
    });
  });

  it("iterate in parts, beside other statements, and stop early", () => {
    const db = open();
    const numbers = db
      .prepare(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT ?",
      )
      .pluck();
    const seen: unknown[] = [];
    for (const i of numbers.iterate(5_000)) {
      seen.push(i);
      if (seen.length % 1_000 === 0) expect(db.prepare("SELECT 7").pluck().get()).toBe(7);
    }
    expect(seen).toEqual(Array.from({ length: 5_000 }, (_, i) => i + 1));
    for (const i of numbers.iterate(5_000)) if (i === 70) break;
    expect([...numbers.iterate(2)]).toEqual([1, 2]);
  });

  it("see columns that another connection changed", () => {
    const at = url();
    const [one, two] = [open(at), open(at)];
    one.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const all = one.prepare("SELECT * FROM t");
    expect(all.all()).toEqual([{ a: 1 }]);
    two.exec("ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t ADD COLUMN c");
    expect(all.all()).toEqual([{ b: 1, c: null }]);
    expect(all.get()).toEqual({ b: 1, c: null });
    expect([...all.iterate()]).toEqual([{ b: 1, c: null }]);
    expect(all.columns().map(({ name }) => name)).toEqual(["b", "c"]);
  });

  it("number named and dollar parameters by their turn, as SQLite does", () => {
    const db = open();
    expect(
      db.prepare("SELECT $2, $1, @x, :y, ?").raw().get({ 1: "one", 2: "two", x: 3, y: 4 }, 5),
    ).toEqual(["two", "one", 3, 4, 5]);
  });

  it("outlive the server's memory of their text", () => {
    const db = open();
    const first = db.prepare("SELECT 'first'").pluck();
    for (let i = 0; i < 1_100; i++) db.prepare(`SELECT ${i}`).get();
    expect(first.get()).toBe("first");
  });

  it("of a readonly connection cannot write", () => {
    const at = url();
    open(at).exec("CREATE TABLE t (a)");
    const db = open(at, { readonly: true });
    expect(db.readonly).toBe(true);
    const said = { code: "SQLITE_READONLY", message: "attempt to write a readonly database" };
    expect(failure(() => db.prepare("INSERT INTO t VALUES (1)").run())).toMatchObject(said);
    expect(failure(() => db.exec("SELECT 1; DELETE FROM t"))).toMatchObject(said);
    expect(db.prepare("SELECT * FROM t").all()).toEqual([]);
  });

  it("are told to verbose as SQLite cuts them", () => {
    const log: unknown[] = [];
    const db = open(url(), { verbose: (text) => log.push(text) });
    db.exec("CREATE TABLE t (a); /* c */ INSERT INTO t VALUES ('it''s') ;");
    db.prepare("SELECT ?, :b").get("x", { b: 2.5 });
    expect(log).toEqual([
      "CREATE TABLE t (a);",
      "/* c */ INSERT INTO t VALUES ('it''s') ;",
      "SELECT 'x', 2.5",
    ]);
  });
});

describe("transactions", () => {
  it("undo a failed statement and go on", () => {
    const db = open();
    db.exec("CREATE TABLE t (a UNIQUE)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    db.transaction(() => {
      insert.run(1);
      expect(failure(() => insert.run(1))).toMatchObject({
        name: "SqliteError",
        code: "SQLITE_CONSTRAINT_UNIQUE",
        message: "UNIQUE constraint failed: t.a",
      });
      expect(db.inTransaction).toBe(true);
      insert.run(2);
    })();
    expect(db.prepare("SELECT a FROM t").pluck().all()).toEqual([1, 2]);
  });

  it("nest as savepoints", () => {
    const db = open();
    db.exec("CREATE TABLE t (a)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    const inner = db.transaction(() => {
      insert.run(2);
      throw new RangeError("undo");
    });
    db.transaction(() => {
      insert.run(1);
      expect(inner).toThrow("undo");
      insert.run(3);
    })();
    expect(db.prepare("SELECT a FROM t").pluck().all()).toEqual([1, 3]);
  });

  it("begin with a savepoint, and end with its release", () => {
    const at = url();
    const [db, other] = [open(at), open(at)];
    db.exec("CREATE TABLE t (a); SAVEPOINT one");
    expect(db.inTransaction).toBe(true);
    db.exec("INSERT INTO t VALUES (1); SAVEPOINT two; INSERT INTO t VALUES (2); ROLLBACK TO two");
    expect(db.inTransaction).toBe(true);
    db.exec("RELEASE one");
    expect(db.inTransaction).toBe(false);
    expect(other.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
    expect(failure(() => db.exec("RELEASE one")).message).toBe("no such savepoint: one");
  });

  it("that SQLite ends itself are over", () => {
    const db = open();
    db.exec("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1); BEGIN");
    expect(failure(() => db.exec("INSERT OR ROLLBACK INTO t VALUES (1)")).code).toBe(
      "SQLITE_CONSTRAINT_UNIQUE",
    );
    expect(db.inTransaction).toBe(false);
    db.exec("BEGIN; COMMIT");
  });

  it("are refused as SQLite refuses them", () => {
    const db = open();
    const code = "SQLITE_ERROR";
    expect(failure(() => db.exec("COMMIT"))).toMatchObject({
      code,
      message: "cannot commit - no transaction is active",
    });
    db.exec("BEGIN");
    expect(failure(() => db.exec("BEGIN"))).toMatchObject({
      code,
      message: "cannot start a transaction within a transaction",
    });
    db.exec("ROLLBACK");
  });

  it("of others make a writer wait for its timeout, then SQLITE_BUSY", () => {
    const at = url();
    const one = open(at);
    const two = open(at, { timeout: 50 });
    one.exec("CREATE TABLE t (a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
    const said = { code: "SQLITE_BUSY", message: "database is locked" };
    expect(failure(() => two.exec("INSERT INTO t VALUES (2)"))).toMatchObject(said);
    expect(two.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
    one.exec("COMMIT");
    expect(two.prepare("INSERT INTO t VALUES (2)").run().changes).toBe(1);
  });

  it("that idle while another waits lose their lease", () => {
    const at = url();
    const one = open(at);
    const two = open(at, { timeout: 15_000 });
    one.exec("CREATE TABLE t (a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
    two.exec("INSERT INTO t VALUES (2)");
    const said = failure(() => one.exec("INSERT INTO t VALUES (3)"));
    expect(said).toMatchObject({ name: "SqliteError", code: "DOSQL_IDLE_IN_TRANSACTION" });
    expect(one.inTransaction).toBe(false);
    expect(one.prepare("SELECT a FROM t").pluck().all()).toEqual([2]);
  });
});

describe("what has no meaning over a network", () => {
  it("is refused by name", () => {
    const db = open();
    const refused: Readonly<Record<string, () => unknown>> = {
      "function()": () => db.function("f", () => 1),
      "aggregate()": () => db.aggregate("a", { step: () => 1 }),
      "table()": () => db.table("v", { columns: ["a"], *rows() {} }),
      "loadExtension()": () => db.loadExtension("x"),
      "unsafeMode()": () => db.unsafeMode(),
    };
    for (const [name, body] of Object.entries(refused)) {
      const { code, message } = failure(body);
      expect(code, name).toBe("DOSQL_UNSUPPORTED");
      expect(message).toContain(name);
    }
  });

  it("knows the pragmas that leave others alone", () => {
    const db = open();
    expect(db.pragma("journal_mode = WAL", { simple: true })).toBe("wal");
    db.pragma("user_version = 7");
    expect(db.pragma("user_version", { simple: true })).toBe(7);
    db.pragma("foreign_keys = OFF");
    expect(db.pragma("foreign_keys", { simple: true })).toBe(0);
    db.pragma("cache_size = 5");
    expect(db.pragma("cache_size", { simple: true })).toBe(5);
    const refused = failure(() => db.pragma("case_sensitive_like = ON"));
    expect(refused.message).toContain("PRAGMA case_sensitive_like");
  });

  it("defers foreign keys to the next COMMIT", () => {
    const db = open();
    db.exec("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)");
    db.pragma("defer_foreign_keys = ON");
    expect(db.pragma("defer_foreign_keys", { simple: true })).toBe(1);
    const both = db.transaction(() =>
      db.exec("INSERT INTO c VALUES (1); INSERT INTO p VALUES (1)"),
    );
    both();
    expect(db.pragma("defer_foreign_keys", { simple: true })).toBe(0);
    expect(failure(() => db.transaction(() => db.exec("INSERT INTO c VALUES (2)"))()).code).toBe(
      "SQLITE_CONSTRAINT_FOREIGNKEY",
    );
    db.exec("PRAGMA defer_foreign_keys = ON; BEGIN; INSERT INTO c VALUES (3)");
    db.exec("INSERT INTO p VALUES (3); COMMIT; SELECT * FROM p");
    expect(db.pragma("defer_foreign_keys", { simple: true })).toBe(0);
  });
});

describe("texts that better-sqlite3's SQLite reads otherwise than the one behind", () => {
  it("have ORDER BY and LIMIT in UPDATE and DELETE", () => {
    const db = open();
    db.exec(
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);" +
        "CREATE TABLE w (a, b, PRIMARY KEY (b, a)) WITHOUT ROWID; INSERT INTO w VALUES (1, 9), (2, 8)",
    );
    const update = db.prepare("UPDATE t SET b = b * ? WHERE b > $least ORDER BY a DESC LIMIT ?");
    expect(update.run(10, 1, { least: 1 }).changes).toBe(1);
    db.transaction(() => db.exec("DELETE FROM w ORDER BY a LIMIT 1; DELETE FROM t LIMIT 1"))();
    expect(db.prepare("SELECT a, b FROM t UNION ALL SELECT * FROM w").raw().all()).toEqual([
      [2, 2],
      [3, 30],
      [2, 8],
    ]);
    expect(failure(() => db.prepare("DELETE FROM t ORDER BY a")).message).toBe(
      "ORDER BY without LIMIT on DELETE",
    );
    expect(failure(() => db.prepare("DELETE FROM missing LIMIT 1")).message).toBe(
      "no such table: missing",
    );
  });

  it("are refused when they are prepared", () => {
    const db = open();
    db.exec("CREATE TABLE t (a)");
    const refused = (sql: string): string => failure(() => db.prepare(sql)).message;
    expect(refused("CREATE TABLE u (a")).toBe("incomplete input");
    expect(refused("CREATE TABLE t (b)")).toBe("table t already exists");
    expect(refused("DROP INDEX missing")).toBe("no such index: missing");
    expect(refused("ALTER TABLE missing ADD COLUMN b")).toBe("no such table: missing");
  });

  it.each([
    'SELECT "nope"',
    'SELECT a FROM t WHERE a = "nope"',
    'INSERT INTO t VALUES ("nope")',
    'UPDATE "t" SET "a" = "nope"',
    'DELETE FROM t WHERE "nope" = 1 LIMIT 1',
    'SELECT "nope", missing FROM t',
    'CREATE INDEX i ON t (a, "nope")',
  ])("take double quotes for a name only: %s", (sql) => {
    const db = open();
    db.exec('CREATE TABLE t (a DEFAULT "text")');
    const error = failure(() => db.prepare(sql));
    expect(error.code).toBe("SQLITE_ERROR");
    expect(error.message).toBe(
      'no such column: "nope" - should this be a string literal in single-quotes?',
    );
    expect(failure(() => db.exec(sql)).message).toBe(error.message);
    expect(db.prepare('SELECT "a", "t"."a" AS "x`y" FROM "t" WHERE "rowid" > 0').all()).toEqual([]);
  });

  it("count the rows that DROP TABLE deletes", () => {
    const db = open();
    db.exec(
      "CREATE TABLE p (id PRIMARY KEY); CREATE TABLE c (id REFERENCES p ON DELETE CASCADE);" +
        "INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1)",
    );
    expect(db.prepare("DROP TABLE p").run().changes).toBe(2);
    expect(db.prepare("DROP TABLE c").run().changes).toBe(0);
    expect(db.prepare("DROP TABLE IF EXISTS c").run().changes).toBe(0);
  });
});

describe("transactions that begin by reading", () => {
  function pair(): [OpenDatabase, OpenDatabase] {
    const at = url();
    const one = open(at, { timeout: 10 });
    one.exec("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    return [one, open(at, { timeout: 10 })];
  }

  const rows = (db: OpenDatabase): unknown => db.prepare("SELECT count(*) FROM t").pluck().get();

  it("wait for no writer, and read one moment", () => {
    const [one, two] = pair();
    one.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
    two.exec("BEGIN");
    expect(rows(two)).toBe(1);
    one.exec("INSERT INTO t VALUES (3); COMMIT; CREATE TABLE later (b)");
    expect(rows(two)).toBe(1);
    expect(failure(() => two.prepare("SELECT * FROM later")).message).toBe("no such table: later");
    two.exec("COMMIT");
    expect(rows(two)).toBe(3);
    expect(two.prepare("SELECT * FROM later").all()).toEqual([]);
  });

  it("write when nobody else did meanwhile, also between savepoints", () => {
    const [one, two] = pair();
    two.exec("SAVEPOINT a");
    expect(rows(two)).toBe(1);
    two.exec("SAVEPOINT b; INSERT INTO t VALUES (2); ROLLBACK TO b; INSERT INTO t VALUES (3)");
    expect(rows(two)).toBe(2);
    expect(rows(one)).toBe(1);
    two.exec("RELEASE a");
    expect(one.prepare("SELECT a FROM t").pluck().all()).toEqual([1, 3]);
    expect(one.transaction(() => [rows(one), one.exec("DELETE FROM t"), rows(one)])()[2]).toBe(0);
  });

  it("hear of it when somebody else wrote, and stay as they are", () => {
    const [one, two] = pair();
    two.exec("BEGIN");
    expect(rows(two)).toBe(1);
    one.exec("INSERT INTO t VALUES (2)");
    const write = (): unknown => two.exec("INSERT INTO t VALUES (3)");
    expect(failure(write)).toMatchObject({ code: "SQLITE_BUSY_SNAPSHOT" });
    expect(failure(write)).toMatchObject({ code: "SQLITE_BUSY_SNAPSHOT" });
    expect([two.inTransaction, rows(two)]).toEqual([true, 1]);
    one.exec("INSERT INTO t VALUES (4)");
    two.exec("ROLLBACK; BEGIN; INSERT INTO t VALUES (3); COMMIT");
    expect(rows(one)).toBe(4);
  });

  it("hear that somebody else is writing", () => {
    const [one, two] = pair();
    one.exec("BEGIN IMMEDIATE");
    two.exec("BEGIN");
    expect(rows(two)).toBe(1);
    expect(failure(() => two.exec("DELETE FROM t"))).toMatchObject({ code: "SQLITE_BUSY" });
    one.exec("COMMIT");
    two.exec("DELETE FROM t; COMMIT");
    expect(rows(one)).toBe(0);
  });

  it("know what they wrote last", () => {
    const [one, two] = pair();
    two.exec("INSERT INTO t VALUES (77); BEGIN");
    expect(rows(two)).toBe(2);
    expect(two.prepare("SELECT last_insert_rowid(), changes()").raw().get()).toEqual([77, 1]);
    two.exec("COMMIT");
    one.exec("DELETE FROM t");
    expect(rows(two)).toBe(0);
  });
});

it("waits as long as PRAGMA busy_timeout says, and keeps it for itself", () => {
  const at = url();
  const one = open(at, { timeout: 60_000 });
  const two = open(at, { timeout: 0 });
  const timeout = (db: OpenDatabase): unknown => db.pragma("busy_timeout", { simple: true });
  expect([timeout(one), timeout(two)]).toEqual([60_000, 0]);
  expect(one.pragma("busy_timeout = 7")).toEqual([{ timeout: 7 }]);
  one.exec("CREATE TABLE t (a)");
  two.exec("BEGIN IMMEDIATE; PRAGMA busy_timeout(9000)");
  expect([timeout(one), timeout(two)]).toEqual([7, 9000]);
  expect(failure(() => one.exec("DELETE FROM t"))).toMatchObject({ code: "SQLITE_BUSY" });
  two.exec("COMMIT");
});
