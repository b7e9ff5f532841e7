import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Row, SqlValue } from "../../../src/base/value.ts";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { openNodeShard } from "../../../src/entry/node/node-shard.ts";
import { BetterSqlite3Driver } from "../../../src/platform/node/better-sqlite3/driver.ts";
import type { BetterSqlite3 } from "../../../src/platform/node/better-sqlite3/library.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { DRIVERS, all, failure, library, reference, value } from "./drivers.ts";

const root = mkdtempSync(path.join(tmpdir(), "dosql-drivers-"));
afterAll(() => rmSync(root, { recursive: true }));

let files = 0;
function newFile(): string {
  return path.join(root, `${++files}.sqlite`);
}

const NUMBERS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9)";

function hint(name: string): string {
  return name === "node:sqlite" || reference.ready ? "" : ` (skipped: ${reference.reason})`;
}

describe.each(Object.entries(DRIVERS))("%s", (name, open) => {
  describe.skipIf(name !== "node:sqlite" && !reference.ready)(`as a SqlDriver${hint(name)}`, () => {
    describe("values", () => {
      const BIG = 9_223_372_036_854_775_807n;

      it.each<[string, SqlValue, string, SqlValue]>([
        ["the largest INTEGER", BIG, "integer", Number(BIG)],
        ["the least INTEGER", -BIG - 1n, "integer", Number(-BIG)],
        ["a small INTEGER", 5n, "integer", 5],
        ["a whole REAL", 5, "real", 5],
        ["a REAL", 0.1, "real", 0.1],
        ["the largest REAL", Number.MAX_VALUE, "real", Number.MAX_VALUE],
        ["an infinite REAL", -Infinity, "real", -Infinity],
        ["a negative zero", -0, "real", -0],
        ["a text", "naïve ☃ 💡", "text", "naïve ☃ 💡"],
        ["a text with NULs", "\0a\0", "text", "\0a\0"],
        ["an empty text", "", "text", ""],
        ["a blob", new Uint8Array([0, 255, 7]), "blob", new Uint8Array([0, 255, 7])],
        ["an empty blob", new Uint8Array(), "blob", new Uint8Array()],
        ["NULL", null, "null", null],
      ])("%s goes in and comes out", (_name, given, type, rounded) => {
        const driver = open();
        driver.exec("CREATE TABLE t (x)");
        const insert = driver.prepare("INSERT INTO t VALUES (?1)");
        insert.run([given]);
        insert.run([given]);
        const select = driver.prepare("SELECT x, typeof(x), ?1, typeof(?1) FROM t");
        const exact = [given, type, given, type];
        expect(select.all([given], "bigint")).toEqual([exact, exact]);
        const doubles = [rounded, type, rounded, type];
        expect(select.all([given], "number")).toEqual([doubles, doubles]);
        expect([...select.iterate([given], "number")]).toEqual([doubles, doubles]);
        expect([...select.iterate([given], "bigint")]).toEqual([exact, exact]);
      });

      it("a NaN is NULL", () => {
        expect(all(open(), "SELECT ?, typeof(?1)", [NaN])).toEqual([[null, "null"]]);
      });

      it("a part of a larger blob is that part, and what comes out is no Buffer", () => {
        const part = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
        const [[out] = []] = all(open(), "SELECT ?", [part]);
        expect(out).toEqual(new Uint8Array([2, 3]));
        expect(Object.getPrototypeOf(out)).toBe(Uint8Array.prototype);
      });

      it("bad UTF-8 and half a character become U+FFFD", () => {
        const driver = open();
        expect(value(driver, "SELECT CAST(x'61ff62' AS TEXT)")).toBe("a\ufffdb");
        expect(all(driver, "SELECT hex(?)", ["\ud800"])).toEqual([["EFBFBD"]]);
      });

      it("what is none is refused", () => {
        const statement = open().prepare("SELECT ?");
        expect(failure(() => statement.all([2n ** 63n], "bigint")).code).toBe("invalid-argument");
        const bad = Symbol("none") as unknown as SqlValue;
        expect(failure(() => statement.all([bad], "bigint")).code).toBe("invalid-argument");
        expect(statement.all([1n], "bigint")).toEqual([[1n]]);
      });
    });

    describe("parameters", () => {
      it.each<[string, Row, Row]>([
        ["SELECT ?, ?", [1n, 2n], [1n, 2n]],
        ["SELECT ?1, ?2", [1n, 2n], [1n, 2n]],
        ["SELECT ?2, ?1, ?2", [1n, 2n], [2n, 1n, 2n]],
        ["SELECT ?, ?1, ?", [1n, 2n], [1n, 1n, 2n]],
        ["SELECT ?2, ?", [1n, 2n, 3n], [2n, 3n]],
        ["SELECT ?3, ?01", [1n, 2n, 3n], [3n, 1n]],
        ["SELECT '?9', ?1 /* ?8 */ -- ?7", [1n], ["?9", 1n]],
        [
          "SELECT \"?9\", `?8`, [?7], ?2 FROM (SELECT 0 '?9', 0 '?8', 0 '?7')",
          [1n, 2n],
          [0n, 0n, 0n, 2n],
        ],
      ])("%s", (sql, params, row) => {
        expect(all(open(), sql, params)).toEqual([row]);
      });

      it("in what changes rows, in any order", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (a, b, c)");
        driver.prepare("INSERT INTO t VALUES (?1, ?2, ?3)").run([1n, 2n, 3n]);
        driver.prepare("INSERT INTO t VALUES (?3, '?2', ?1)").run([1n, 2n, 3n]);
        driver.prepare("INSERT INTO t VALUES (?, ?1, ?)").run([1n, 2n]);
        driver.prepare("INSERT INTO t VALUES (?1, ?2, ?3) RETURNING a").all([7n, 8n, 9n], "number");
        expect(all(driver, "SELECT * FROM t")).toEqual([
          [1n, 2n, 3n],
          [3n, "?2", 1n],
          [1n, 1n, 2n],
          [7n, 8n, 9n],
        ]);
      });

      it("without a value are NULL", () => {
        const driver = open();
        expect(all(driver, "SELECT ?, ?", [1n])).toEqual([[1n, null]]);
        expect(all(driver, "SELECT ?2, ?1, ?", [1n])).toEqual([[null, 1n, null]]);
        expect(all(driver, "EXPLAIN QUERY PLAN SELECT ?5")).toHaveLength(1);
        driver.exec("CREATE TABLE t (a, b)");
        driver.prepare("INSERT INTO t VALUES (?1, ?2)").run([]);
        expect(all(driver, "SELECT * FROM t")).toEqual([[null, null]]);
      });

      it("as many as SQLite takes", () => {
        const driver = open();
        const count = driver.caps.maxParameters;
        const values = Array.from({ length: count }, (_, i) => BigInt(i));
        expect(all(driver, `SELECT ?, ?${count}`, values)).toEqual([[0n, BigInt(count - 1)]]);
        const error = failure(() => driver.prepare(`SELECT ?${count + 1}`));
        expect(error.message).toBe(`variable number must be between ?1 and ?${count}`);
      });
    });

    describe("statements", () => {
      it("name their columns, also those of RETURNING and those after DDL", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (a INTEGER, b TEXT)");
        const insert = driver.prepare("INSERT INTO t VALUES (?1, ?2) RETURNING a, ?1");
        expect(insert.columns()).toEqual([
          { name: "a", table: "t", column: "a", declaredType: "INTEGER" },
          { name: "?1", table: null, column: null, declaredType: null },
        ]);
        expect(driver.prepare("INSERT INTO t VALUES (?1, ?2)").columns()).toEqual([]);
        expect(driver.prepare("SELECT ?1").columns()).toMatchObject([{ name: "?1" }]);
        const select = driver.prepare("SELECT * FROM t");
        driver.exec("ALTER TABLE t ADD COLUMN c DEFAULT 7; INSERT INTO t (a) VALUES (1)");
        expect(select.all([], "bigint")).toEqual([[1n, null, 7n]]);
        expect(select.columns().map((column) => column.name)).toEqual(["a", "b", "c"]);
      });

      it("run to their end and say what they changed", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
        const insert = driver.prepare(`INSERT INTO t (a) ${NUMBERS} SELECT x FROM n`);
        expect(insert.run([])).toEqual({ changes: 9, lastRowid: 9n });
        expect(driver.lastRun()).toEqual({ changes: 9, lastRowid: 9n });
        const returning = driver.prepare("INSERT INTO t VALUES (?1, 0), (?2, 0) RETURNING id");
        expect(returning.run([40n, 50n])).toEqual({ changes: 2, lastRowid: 50n });
        expect(value(driver, "SELECT count(*) FROM t")).toBe(11n);
        const big = 9_223_372_036_854_775_807n;
        const one = driver.prepare("INSERT INTO t VALUES (?, 0)").run([big]);
        expect(one).toEqual({ changes: 1, lastRowid: big });
        expect(driver.prepare("UPDATE t SET a = 1 WHERE a = 99").run([]).changes).toBe(0);
        expect(driver.lastRun()).toEqual({ changes: 0, lastRowid: big });
        expect(driver.prepare("DELETE FROM t").all([], "bigint")).toEqual([]);
        expect(driver.lastRun().changes).toBe(12);
      });

      it("fail in the middle of their rows, however they are read", () => {
        const driver = open();
        const sql = "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775807 - 1), (3))";
        const statement = driver.prepare(sql);
        const wanted = { code: "sqlite", message: "integer overflow", sqlite: "SQLITE_ERROR" };
        expect(failure(() => statement.all([], "bigint"))).toMatchObject(wanted);
        const rows = statement.iterate([], "bigint");
        expect(rows.next().value).toEqual([1n]);
        expect(failure(() => rows.next())).toMatchObject(wanted);
        driver.exec("CREATE TABLE t (a)");
        driver.prepare("INSERT INTO t VALUES (1)").run([]);
      });

      it("hand out rows one at a time, beside other work", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3); CREATE TABLE u (a)");
        const copy = driver.prepare("INSERT INTO u VALUES (?)");
        const seen: unknown[] = [];
        for (const [a = null] of driver.prepare("SELECT a FROM t").iterate([], "bigint")) {
          copy.run([a]);
          driver.exec("INSERT INTO u VALUES (0)");
          for (const row of driver.prepare("SELECT count(*) FROM u").iterate([], "bigint")) {
            seen.push(row[0]);
          }
          driver.atomically(() => copy.run([9n]));
        }
        expect(seen).toEqual([2n, 5n, 8n]);
      });

      it("are free again when reading ended early", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
        const select = driver.prepare("SELECT a FROM t");
        for (const row of select.iterate([], "bigint")) {
          expect(row).toEqual([1n]);
          break;
        }
        driver.exec("DROP TABLE t");
      });

      it("write what iterates and returns nothing", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (a)");
        expect([...driver.prepare("INSERT INTO t VALUES (1)").iterate([], "bigint")]).toEqual([]);
        expect(value(driver, "SELECT count(*) FROM t")).toBe(1n);
      });
    });

    describe("transactions", () => {
      it("are all or nothing, and nest", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (a)");
        const add = (a: bigint): unknown => driver.prepare("INSERT INTO t VALUES (?)").run([a]);
        const result = driver.atomically(() => {
          expect(driver.inTransaction).toBe(true);
          add(1n);
          const inner = (): void =>
            driver.atomically(() => {
              add(2n);
              throw new RangeError("mine");
            });
          expect(inner).toThrow(RangeError);
          driver.atomically(() => add(3n));
          return "done";
        });
        expect(result).toBe("done");
        expect(driver.inTransaction).toBe(false);
        expect(all(driver, "SELECT a FROM t")).toEqual([[1n], [3n]]);
      });

      it("that SQLite ended are over", () => {
        const driver = open();
        driver.exec("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)");
        const lost = (): unknown =>
          driver.atomically(() => driver.exec("INSERT OR ROLLBACK INTO t VALUES (1)"));
        expect(failure(lost).sqlite).toBe("SQLITE_CONSTRAINT_UNIQUE");
        expect(driver.inTransaction).toBe(false);
      });

      it("do not wait for a lock", () => {
        const file = newFile();
        const [one, other] = [open(file), open(file)];
        one.exec("CREATE TABLE t (a); BEGIN IMMEDIATE");
        expect(failure(() => other.atomically(() => undefined))).toMatchObject({
          code: "sqlite",
          sqlite: "SQLITE_BUSY",
          message: "database is locked",
        });
        expect(all(other, "SELECT a FROM t")).toEqual([]);
        one.exec("COMMIT");
        expect(other.atomically(() => other.atomically(() => 1))).toBe(1);
        one.close();
        other.close();
      });
    });

    describe("settings", () => {
      const SETTINGS = [
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "cache_size",
        "busy_timeout",
      ];
      const settings = (driver: SqlDriver): unknown[] =>
        SETTINGS.map((pragma) => value(driver, `PRAGMA ${pragma}`));

      it("are those of the engine", () => {
        const file = newFile();
        const full = open(file, { synchronous: "FULL" });
        expect(settings(full)).toEqual(["wal", 2n, 1n, -16_000n, 0n]);
        const normal = open(file);
        expect(settings(normal)).toEqual(["wal", 1n, 1n, -16_000n, 0n]);
        const reader = open(file, { readonly: true });
        expect(settings(reader)).toEqual(["wal", expect.anything(), 1n, -16_000n, 0n]);
        expect(settings(open(":memory:"))).toEqual(["memory", 1n, 1n, -16_000n, 0n]);
        const plain = open(newFile(), { wal: false });
        expect(settings(plain)).toEqual(["delete", 1n, 1n, -16_000n, 0n]);
        for (const driver of [full, normal, reader, plain]) driver.close();
      });

      it("say whether a quoted name may be a string", () => {
        const driver = open();
        const strings = driver.caps.doubleQuotedStrings;
        expect(strings).toBe(name === "node:sqlite");
        if (strings) expect(value(driver, 'SELECT "text"')).toBe("text");
        else expect(failure(() => driver.prepare('SELECT "text"')).message).toMatch(/no such col/);
      });

      it("are defensive, but let the engine make its triggers and views", () => {
        const driver = open();
        driver.exec("PRAGMA writable_schema = ON");
        driver.exec("CREATE TABLE t (a); CREATE TABLE log (a)");
        const write = (): void => driver.exec("UPDATE sqlite_schema SET sql = sql");
        expect(failure(write).message).toBe("table sqlite_master may not be modified");
        driver.exec(`
          CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END;
          CREATE VIEW v AS SELECT 1 AS x;
          CREATE TRIGGER i INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES (NEW.x); END;
          INSERT INTO t VALUES (1); INSERT INTO v VALUES (2)`);
        expect(all(driver, "SELECT a FROM log")).toEqual([[1n], [2n]]);
        for (const _row of driver.prepare("SELECT 1").iterate([], "bigint"));
        driver.exec("PRAGMA writable_schema = ON");
        expect(failure(write).message).toBe("table sqlite_master may not be modified");
      });

      it("tell the size of the file", () => {
        const driver = open();
        expect(driver.sizeBytes()).toBe(0);
        driver.exec("CREATE TABLE t (a)");
        expect(driver.sizeBytes()).toBe(8_192);
      });
    });

    describe("errors", () => {
      it.each([
        ["selec 1", 'near "selec": syntax error', "SQLITE_ERROR"],
        ["SELECT * FROM nope", "no such table: nope", "SQLITE_ERROR"],
        [
          "INSERT INTO t VALUES (1, 1)",
          "UNIQUE constraint failed: t.id",
          "SQLITE_CONSTRAINT_PRIMARYKEY",
        ],
        [
          "INSERT INTO t VALUES (2, NULL)",
          "NOT NULL constraint failed: t.a",
          "SQLITE_CONSTRAINT_NOTNULL",
        ],
        [
          "INSERT INTO c VALUES (7)",
          "FOREIGN KEY constraint failed",
          "SQLITE_CONSTRAINT_FOREIGNKEY",
        ],
        ["INSERT INTO t VALUES ('x', 1)", "datatype mismatch", "SQLITE_MISMATCH"],
      ])("of SQLite carry its code: %s", (sql, message, sqlite) => {
        const driver = open();
        driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a NOT NULL)");
        driver.exec("CREATE TABLE c (t REFERENCES t); INSERT INTO t VALUES (1, 1)");
        const wanted = { code: "sqlite", message, sqlite };
        expect(failure(() => driver.prepare(sql).run([]))).toMatchObject(wanted);
        expect(failure(() => driver.prepare(sql).all([], "number"))).toMatchObject(wanted);
        expect(failure(() => driver.exec(sql))).toMatchObject(wanted);
      });

      it("of opening", () => {
        const missing = failure(() => open(path.join(root, "no", "folder", "x.sqlite")));
        expect(missing).toMatchObject({
          code: "sqlite",
          sqlite: "SQLITE_CANTOPEN",
          message: "unable to open database file",
        });
        const file = newFile();
        expect(failure(() => open(file, { readonly: true })).sqlite).toBe("SQLITE_CANTOPEN");
        expect(existsSync(file)).toBe(false);
        writeFileSync(file, "no database at all ".repeat(100));
        expect(failure(() => open(file))).toMatchObject({
          code: "sqlite",
          sqlite: "SQLITE_NOTADB",
          message: "file is not a database",
        });
      });

      it("of a reader that writes", () => {
        const file = newFile();
        const writer = open(file);
        writer.exec("CREATE TABLE t (a)");
        const reader = open(file, { readonly: true });
        const write = (): unknown => reader.prepare("INSERT INTO t VALUES (1)").run([]);
        expect(failure(write).sqlite).toBe("SQLITE_READONLY");
        reader.close();
        writer.close();
      });
    });

    it("closes twice, and beside an open iterator", () => {
      const driver = open();
      const rows = driver.prepare("VALUES (1), (2)").iterate([], "bigint");
      expect(rows.next().value).toEqual([1n]);
      driver.close();
      driver.close();
      expect(() => driver.exec("SELECT 1")).toThrow(DosqlError);
    });

    it("carries a shard, with a reader beside the writer", async () => {
      const file = newFile();
      const options = name === "node:sqlite" ? {} : { driver: library() };
      const shard = openNodeShard(file, options);
      const database = new LocalDatabase(shard);
      expect(shard.writer.driver).toBeInstanceOf(
        name === "node:sqlite" ? NodeSqlDriver : BetterSqlite3Driver,
      );
      expect(shard.reader.driver).toBeInstanceOf(shard.writer.driver.constructor);
      const [one, other] = [database.session(), database.session()];
      await one.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)", []);
      await one.execute("BEGIN", []);
      await one.execute("INSERT INTO t VALUES (?, :b)", [2n ** 60n + 1n, new Uint8Array([1])]);
      expect((await other.execute("SELECT * FROM t", [])).rows).toEqual([]);
      await one.execute("COMMIT", []);
      expect((await other.execute("SELECT * FROM t", [])).rows).toEqual([
        [2n ** 60n + 1n, new Uint8Array([1])],
      ]);
      await database.close();
    });
  });
});

describe.skipIf(!reference.ready)(`better-sqlite3 alone${hint("")}`, () => {
  it("comes as a class or as the module that holds it", () => {
    const Database = library();
    expect(value(new BetterSqlite3Driver({ default: Database }, ":memory:"), "SELECT 1")).toBe(1n);
    for (const wrong of [{}, { default: {} }, class {}, Map, null, undefined, 7]) {
      const given = wrong as unknown as BetterSqlite3;
      expect(failure(() => new BetterSqlite3Driver(given, ":memory:"))).toMatchObject({
        code: "invalid-argument",
        message: "driver is not better-sqlite3's class",
      });
    }
  });

  it("refuses names that it would open as others", () => {
    for (const wrong of ["x.sqlite ", "x\0y"]) {
      const open = (): unknown => new BetterSqlite3Driver(library(), path.join(root, wrong));
      expect(failure(open).code).toBe("invalid-argument");
    }
  });

  it("says what to do when its native part is missing", () => {
    class Broken {
      constructor() {
        throw Object.assign(new Error("no such file"), { code: "ERR_DLOPEN_FAILED" });
      }
      prepare(): void {}
      exec(): void {}
      unsafeMode(): void {}
      close(): void {}
    }
    const given = Broken as unknown as BetterSqlite3;
    expect(failure(() => new BetterSqlite3Driver(given, ":memory:"))).toMatchObject({
      code: "runtime",
      message: "better-sqlite3 cannot be loaded: no such file",
    });
  });

  it("runs a query to its end, which changes nothing", () => {
    const driver = new BetterSqlite3Driver(library(), ":memory:");
    driver.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
    expect(driver.prepare("SELECT a FROM t").run([])).toEqual({ changes: 0, lastRowid: 2n });
    const failing = driver.prepare("VALUES (1), (abs(-9223372036854775807 - 1))");
    expect(failure(() => failing.run([])).message).toBe("integer overflow");
  });

  it("refuses to run a statement that is being read, and a closed connection", () => {
    const driver = new BetterSqlite3Driver(library(), ":memory:");
    const statement = driver.prepare("VALUES (1), (2)");
    const rows = statement.iterate([], "bigint");
    rows.next();
    expect(failure(() => statement.all([], "bigint")).code).toBe("misuse");
    expect([...rows]).toEqual([[2n]]);
    driver.close();
    expect(failure(() => driver.prepare("SELECT 1")).code).toBe("misuse");
    expect(failure(() => statement.all([], "bigint")).code).toBe("misuse");
  });
});
