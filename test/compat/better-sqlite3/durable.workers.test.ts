import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import Database, { SqliteError } from "../../../src/entry/better-sqlite3-durable.workers.ts";
import type { OpenDatabase } from "../../../src/compat/better-sqlite3/surface.ts";
import type { DurableStorage } from "../../../src/platform/workers/durable-storage.ts";

let objects = 0;

/** Runs a body inside of a fresh object, with a database over its storage. */
function within(
  body: (db: OpenDatabase, storage: DurableStorage) => void,
  options: Database.Options = {},
): Promise<void> {
  const stub = env.BARE.get(env.BARE.idFromName(`durable-${++objects}`));
  return runInDurableObject(stub, (_object, state) => {
    const storage = state.storage as unknown as DurableStorage;
    body(new Database(storage, options), storage);
  });
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

describe("better-sqlite3 over ctx.storage", () => {
  it("reads and writes in every mode", () =>
    within((db) => {
      expect([db.name, db.open, db.memory, db.readonly]).toEqual([
        "ctx.storage",
        true,
        false,
        false,
      ]);
      db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b); -- one\nINSERT INTO t VALUES (1, 'one')");
      const insert = db.prepare("INSERT INTO t (b) VALUES (?)");
      expect(insert.run("two")).toEqual({ changes: 1, lastInsertRowid: 2 });
      expect(insert.run(new Uint8Array([1, 2]))).toEqual({ changes: 1, lastInsertRowid: 3 });
      const all = db.prepare("SELECT a, b FROM t WHERE a < ?");
      expect(all.all(3)).toEqual([
        { a: 1, b: "one" },
        { a: 2, b: "two" },
      ]);
      expect(all.get(2)).toEqual({ a: 1, b: "one" });
      expect(all.raw().all(2)).toEqual([[1, "one"]]);
      expect(all.raw(false).pluck().all(3)).toEqual([1, 2]);
      expect([...all.iterate(3)]).toEqual([1, 2]);
      expect(
        Array.from(db.prepare("SELECT b FROM t WHERE a = 3").pluck().get() as Uint8Array),
      ).toEqual([1, 2]);
      expect(
        db
          .prepare("SELECT a AS x FROM t")
          .columns()
          .map(({ name }) => name),
      ).toEqual(["x"]);
      expect(db.prepare("SELECT 1 AS one").get()).toEqual({ one: 1 });
      expect(db.prepare("DELETE FROM t").run()).toMatchObject({ changes: 3 });
      expect(db.prepare("SELECT * FROM t").get()).toBeUndefined();
    }));

  it("keeps exact integers", () =>
    within((db) => {
      db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY)");
      const big = 2n ** 53n + 1n;
      expect(db.prepare("INSERT INTO t VALUES (?)").safeIntegers().run(big)).toEqual({
        changes: 1,
        lastInsertRowid: big,
      });
      expect(db.prepare("SELECT a FROM t").safeIntegers().pluck().get()).toBe(big);
      expect(db.prepare("SELECT a FROM t").pluck().get()).toBe(Number(big));
      expect([...db.prepare("SELECT a FROM t").safeIntegers().pluck().iterate()]).toEqual([big]);
    }));

  it("binds by position, by name and by number", () =>
    within((db) => {
      expect(db.prepare("SELECT :a, $b, @c, ?").raw().get({ a: 1, b: "two", c: null }, 4)).toEqual([
        1,
        "two",
        null,
        4,
      ]);
      expect(db.prepare("SELECT :a, ':a' AS text").get({ a: 5 })).toEqual({ ":a": 5, text: ":a" });
      expect(failure(() => db.prepare("SELECT ?, ?").get(1))).toMatchObject({
        name: "RangeError",
        message: "Too few parameter values were provided",
      });
    }));

  it("runs transactions, nested, all or nothing", () =>
    within((db) => {
      db.exec("CREATE TABLE t (a UNIQUE)");
      const insert = db.prepare("INSERT INTO t VALUES (?)");
      const inner = db.transaction((n: number) => {
        insert.run(n);
        throw new RangeError("undo");
      });
      const outer = db.transaction((n: number) => {
        expect(db.inTransaction).toBe(true);
        insert.run(n);
        expect(() => inner(n + 1)).toThrow(RangeError);
        expect(failure(() => insert.run(n)).code).toBe("SQLITE_CONSTRAINT_UNIQUE");
        return n;
      });
      expect(outer.immediate(1)).toBe(1);
      expect(db.inTransaction).toBe(false);
      expect(() => inner(7)).toThrow("undo");
      expect(db.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
      const promised = db.transaction(() => {
        insert.run(9);
        return Promise.resolve();
      });
      expect(() => promised()).toThrow("Transaction function cannot return a promise");
      expect(db.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
    }));

  it("says SQLite's errors with the library's codes, when it prepares", () =>
    within((db) => {
      db.exec("CREATE TABLE t (a NOT NULL)");
      for (const [sql, message] of [
        ["SELEC 1", 'near "SELEC": syntax error'],
        ["SELECT b FROM t", "no such column: b"],
        ["INSERT INTO missing VALUES (1)", "no such table: missing"],
        ["CREATE TABLE t (a)", "table t already exists"],
      ] as const) {
        const said = failure(() => db.prepare(sql));
        expect(said, sql).toEqual({ name: "SqliteError", code: "SQLITE_ERROR", message });
      }
      const insert = db.prepare("INSERT INTO t VALUES (?)");
      expect(failure(() => insert.run(null))).toEqual({
        name: "SqliteError",
        code: "SQLITE_CONSTRAINT_NOTNULL",
        message: "NOT NULL constraint failed: t.a",
      });
      expect(failure(() => db.prepare("")).name).toBe("RangeError");
      expect(failure(() => db.prepare("SELECT 1; SELECT 2")).name).toBe("RangeError");
      expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
      try {
        insert.run(null);
      } catch (error) {
        expect(error).toBeInstanceOf(SqliteError);
      }
    }));

  it("gives the rows of RETURNING, and of statements that changed shape", () =>
    within((db) => {
      db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
      const star = db.prepare("SELECT * FROM t");
      expect(star.all()).toEqual([{ a: 1 }]);
      db.exec("ALTER TABLE t ADD COLUMN b DEFAULT 'x'");
      expect(star.all()).toEqual([{ a: 1, b: "x" }]);
      expect(star.get()).toEqual({ a: 1, b: "x" });
      expect(db.prepare("UPDATE t SET a = 2 RETURNING a, b").all()).toEqual([{ a: 2, b: "x" }]);
    }));

  it("tells verbose what runs", () => {
    const log: unknown[] = [];
    return within(
      (db) => {
        db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1);");
        db.prepare("SELECT ?").get("it's");
        expect(log).toEqual(["CREATE TABLE t (a);", "INSERT INTO t VALUES (1);", "SELECT 'it''s'"]);
      },
      { verbose: (text) => log.push(text) },
    );
  });

  it("does not write when it is readonly", () =>
    within((db, storage) => {
      db.exec("CREATE TABLE t (a)");
      const reader = new Database(storage, { readonly: true });
      expect(failure(() => reader.prepare("INSERT INTO t VALUES (1)").run()).code).toBe(
        "SQLITE_READONLY",
      );
      expect(failure(() => reader.exec("DROP TABLE t")).code).toBe("SQLITE_READONLY");
      expect(reader.prepare("SELECT * FROM t").all()).toEqual([]);
    }));

  it("answers the pragmas that the runtime allows, and names the others", () =>
    within((db) => {
      db.exec("CREATE TABLE t (a INTEGER)");
      expect((db.pragma("table_info(t)") as { name: string }[]).map(({ name }) => name)).toEqual([
        "a",
      ]);
      expect(failure(() => db.pragma("secure_delete = ON"))).toEqual({
        name: "SqliteError",
        code: "DOSQL_UNSUPPORTED",
        message: "PRAGMA secure_delete is not supported in a Durable Object",
      });
      // What programs set when they start is remembered.
      expect(db.pragma("journal_mode = WAL", { simple: true })).toBe("wal");
      expect(db.pragma("synchronous = NORMAL")).toEqual([]);
      expect(db.pragma("synchronous", { simple: true })).toBe(1);
      expect(failure(() => db.pragma("secure_delete = ON")).code).toBe("DOSQL_UNSUPPORTED");
    }));

  it("has the numbers of a file's header, in its transactions", () =>
    within((db, storage) => {
      expect(db.pragma("user_version", { simple: true })).toBe(0);
      expect(db.pragma("user_version = 7")).toEqual([]);
      db.exec("PRAGMA application_id = -2");
      const undone = db.transaction(() => {
        db.pragma("main.user_version = 8");
        expect(db.pragma("user_version")).toEqual([{ user_version: 8 }]);
        throw new Error("undone");
      });
      expect(undone).toThrow("undone");
      const again = new Database(storage, { readonly: true });
      expect(again.pragma("user_version", { simple: true })).toBe(7);
      expect(again.pragma("application_id", { simple: true })).toBe(-2);
      expect(failure(() => again.pragma("user_version = 9")).code).toBe("SQLITE_READONLY");
      expect(db.pragma("encoding", { simple: true })).toBe("UTF-8");
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
      // The runtime's own table of values by key, and none of ours.
      expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["_cf_KV"]);
    }));

  it("refuses by name what an object cannot do", () =>
    within((db) => {
      const refused: Readonly<Record<string, () => unknown>> = {
        "function()": () => db.function("f", () => 1),
        "aggregate()": () => db.aggregate("a", { step: () => 1 }),
        "loadExtension()": () => db.loadExtension("x"),
        "serialize()": () => db.serialize(),
        "unsafeMode()": () => db.unsafeMode(),
        BEGIN: () => db.exec("BEGIN"),
        SAVEPOINT: () => db.prepare("SAVEPOINT x"),
      };
      for (const [name, body] of Object.entries(refused)) {
        const { code, message } = failure(body);
        expect(code, name).toBe("DOSQL_UNSUPPORTED");
        expect(message).toContain(`${name} is not supported in a Durable Object`);
      }
      expect(failure(() => new Database("file.db" as never)).message).toContain("storage");
    }));

  it("closes", () =>
    within((db) => {
      const statement = db.prepare("SELECT 1");
      db.close();
      expect(db.open).toBe(false);
      expect(failure(() => statement.get()).message).toBe("The database connection is not open");
    }));

  it("keeps off the storage of a shard of DoSQL's", async () => {
    const stub = env.DOSQL.get(env.DOSQL.idFromName("durable-shard"));
    await runInDurableObject(stub, (_object, state) => {
      const storage = state.storage as unknown as DurableStorage;
      storage.sql.exec("CREATE TABLE IF NOT EXISTS _dosql_meta (key, value)");
      expect(failure(() => new Database(storage))).toMatchObject({ code: "DOSQL_MISUSE" });
    });
  });
});
