import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";

let objects = 0;

/** Runs `body` over the storage of a fresh object. */
async function withDriver(body: (driver: WorkersSqlDriver) => void): Promise<void> {
  const stub = env.BARE.get(env.BARE.idFromName(`driver-${++objects}`));
  await runInDurableObject(stub, (_object, state) => {
    body(new WorkersSqlDriver(state.storage));
  });
}

function failure(body: () => unknown): DosqlError {
  try {
    body();
  } catch (error) {
    if (error instanceof DosqlError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

const names = (columns: readonly { readonly name: string }[]): string[] =>
  columns.map((column) => column.name);

describe("what is remembered", () => {
  test("of a query's columns is looked at again when there are others", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (a)");
      driver.exec("INSERT INTO t VALUES (1)");
      const statement = driver.prepare("SELECT * FROM t");
      expect(statement.all([], "bigint")).toEqual([[1n]]);
      driver.exec("ALTER TABLE t ADD COLUMN b DEFAULT 2");
      expect(statement.all([], "bigint")).toEqual([[1n, 2n]]);
      expect(names(statement.columns())).toEqual(["a", "b"]);
      driver.exec("ALTER TABLE t DROP COLUMN a");
      expect(statement.all([], "bigint")).toEqual([[2n]]);
      driver.exec("DROP TABLE t");
      expect(failure(() => statement.all([], "bigint")).message).toBe("no such table: t");
    }));

  test("of a query's columns is looked at again when as many have other names", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (a, b)");
      driver.exec("INSERT INTO t VALUES (1, 2)");
      const statement = driver.prepare("SELECT * FROM t");
      const read = (): unknown => [statement.all([], "bigint")[0], names(statement.columns())];
      expect(read()).toEqual([
        [1n, 2n],
        ["a", "b"],
      ]);
      const renamed = [
        [1n, 2n],
        ["a", "c"],
      ];
      driver.exec("ALTER TABLE t RENAME COLUMN b TO c");
      expect(read()).toEqual(renamed);
      const undone = (): void =>
        driver.atomically(() => {
          driver.exec("ALTER TABLE t DROP COLUMN a");
          driver.exec("ALTER TABLE t ADD COLUMN a DEFAULT 5");
          expect(read()).toEqual([
            [2n, 5n],
            ["c", "a"],
          ]);
          throw new Error("undone");
        });
      expect(undone).toThrow("undone");
      expect(read()).toEqual(renamed);
    }));

  test("of a text's bigints is not taken for others", () =>
    withDriver((driver) => {
      const types = driver.prepare("SELECT typeof(?1), typeof(?2)");
      for (const [one, two] of [
        [1n, 2n],
        [1, 2n],
        [1n, "2"],
        [1, 2],
      ] as const) {
        const kind = (v: number | bigint | string): string =>
          typeof v === "bigint" ? "integer" : typeof v === "number" ? "real" : "text";
        expect(types.all([one, two], "bigint")).toEqual([[kind(one), kind(two)]]);
        expect(types.all([one, two], "number")).toEqual([[kind(one), kind(two)]]);
      }
    }));

  test("of the size is forgotten with each change, and with what takes it back", () =>
    withDriver((driver) => {
      const count = "SELECT count(*) FROM sqlite_schema";
      const sizes = [driver.sizeBytes()];
      const look = (): void => void sizes.push(driver.sizeBytes());
      driver.exec("CREATE TABLE t (v)");
      look();
      driver.prepare("INSERT INTO t VALUES (zeroblob(?))").run([100_000]);
      look();
      driver.prepare(count).all([], "number");
      look();
      driver.prepare("INSERT INTO t VALUES (zeroblob(?)) RETURNING 1").all([100_000], "number");
      look();
      const undone = new Error("undone");
      try {
        driver.atomically(() => {
          driver.prepare("INSERT INTO t VALUES (zeroblob(?))").run([900_000]);
          look();
          throw undone;
        });
      } catch (error) {
        if (error !== undone) throw error;
      }
      look();
      const [none = 0, table = 0, one = 0, same, two = 0, big = 0, back] = sizes;
      expect(table).toBeGreaterThan(none);
      expect(one).toBeGreaterThan(table + 90_000);
      expect(same).toBe(one);
      expect(two).toBeGreaterThan(one + 90_000);
      expect(big).toBeGreaterThan(two + 890_000);
      expect(back).toBe(two);
    }));
});

describe("values", () => {
  test("numbers are REAL, bigints are INTEGER, to the last digit", () =>
    withDriver((driver) => {
      const types = driver.prepare("SELECT typeof(?1), typeof(?2), ?2 = 9007199254740993, ?3");
      const params = [1, 9_007_199_254_740_993n, new Uint8Array([1, 2])];
      expect(types.all(params, "bigint")).toEqual([
        ["real", "integer", 1n, new Uint8Array([1, 2])],
      ]);
      expect(types.all(params, "number")).toEqual([["real", "integer", 1, new Uint8Array([1, 2])]]);
    }));

  test("every kind of value comes out exactly", () =>
    withDriver((driver) => {
      const sql =
        "SELECT 9223372036854775807 AS a, -9223372036854775808 AS a, 1.0, 'i5', '', NULL, x'00ff', 'a'||char(0) -- end";
      const statement = driver.prepare(sql);
      expect(statement.all([], "bigint")).toEqual([
        [
          9_223_372_036_854_775_807n,
          -9_223_372_036_854_775_808n,
          1,
          "i5",
          "",
          null,
          new Uint8Array([0, 255]),
          "a\0",
        ],
      ]);
      expect(names(statement.columns()).slice(0, 3)).toEqual(["a", "a", "1.0"]);
      expect(statement.all([], "number")[0]?.[0]).toBe(2 ** 63);
    }));

  test("a bound bigint compares without an affinity of its own", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('5'), ('05')");
      const found = driver.prepare("SELECT x FROM t WHERE x = ?").all([5n], "bigint");
      expect(found).toEqual([["5"]]);
    }));

  test("question marks that are none stay", () =>
    withDriver((driver) => {
      const sql = `SELECT '?', "?", [?], ?2, /* ? */ ? -- ?`;
      driver.exec('CREATE TABLE t ("?")');
      driver.exec("INSERT INTO t VALUES (7)");
      expect(driver.prepare(`${sql}\n FROM t`).all([1n, 2n, 3n], "bigint")).toEqual([
        ["?", 7n, 7n, 2n, 3n],
      ]);
    }));

  test("rows keep their order when they are read exactly", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1), (3), (2)");
      const all = (sql: string): unknown => driver.prepare(sql).all([], "bigint");
      expect(all("SELECT x FROM t ORDER BY x DESC")).toEqual([[3n], [2n], [1n]]);
      expect(all("WITH q AS (SELECT x FROM t) SELECT x FROM q ORDER BY x")).toEqual([
        [1n],
        [2n],
        [3n],
      ]);
      expect(all("VALUES (2), (1)")).toEqual([[2n], [1n]]);
    }));

  test("PRAGMA and EXPLAIN yield exact integers too", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (x)");
      const [row] = driver.prepare("PRAGMA table_info(t)").all([], "bigint");
      expect(row).toEqual([0n, "x", "", 0n, null, 0n]);
    }));

  test("RETURNING an integer exactly is refused by name, and nothing stays", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (x)");
      const insert = driver.prepare("INSERT INTO t VALUES (5) RETURNING x");
      expect(failure(() => insert.all([], "bigint")).code).toBe("limit");
      expect(driver.prepare("SELECT count(*) FROM t").all([], "number")).toEqual([[0]]);
      expect(insert.all([], "number")).toEqual([[5]]);
      const text = driver.prepare("INSERT INTO t VALUES ('a') RETURNING x, 1.5");
      expect(text.all([], "bigint")).toEqual([["a", 1.5]]);
    }));
});

describe("columns", () => {
  test("are known before a query ran, also with LIMIT ?", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (a, b)");
      const of = (sql: string): string[] => names(driver.prepare(sql).columns());
      expect(of("SELECT a, b, a FROM t WHERE a = ?")).toEqual(["a", "b", "a"]);
      expect(of("SELECT a AS x FROM t LIMIT ?")).toEqual(["x"]);
      expect(of("INSERT INTO t VALUES (?, ?)")).toEqual([]);
      expect(of("CREATE TABLE u (x)")).toEqual([]);
      expect(of("WITH q AS (SELECT 1 AS z) SELECT * FROM q")).toEqual(["z"]);
      expect(of("WITH q AS (SELECT 1) DELETE FROM t")).toEqual([]);
      expect(failure(() => of("SELECT nope")).message).toBe("no such column: nope");
      expect(
        driver.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'u'").all([], "number"),
      ).toEqual([[0]]);
    }));

  test("of RETURNING appear in the array that was handed out", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (a, b)");
      const insert = driver.prepare("INSERT INTO t VALUES (1, 2) RETURNING b, a");
      const columns = insert.columns();
      expect(columns).toHaveLength(1);
      insert.all([], "number");
      expect(names(columns)).toEqual(["b", "a"]);
    }));
});

describe("what a statement did", () => {
  test("changes count the statement's own rows; the last rowid is exact", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE TABLE log (x)");
      driver.exec("CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (1); END");
      const run = (sql: string, ...params: bigint[]): unknown => driver.prepare(sql).run(params);
      const big = 9_007_199_254_740_993n;
      expect(run("INSERT INTO t (v) VALUES (1), (2)")).toEqual({ changes: 2, lastRowid: 2n });
      expect(run("SELECT * FROM t")).toEqual({ changes: 0, lastRowid: 2n });
      expect(run("UPDATE t SET v = 0 WHERE 0")).toEqual({ changes: 0, lastRowid: 2n });
      expect(run("INSERT INTO t (id) VALUES (?)", big)).toEqual({ changes: 1, lastRowid: big });
      expect(run("CREATE TABLE u (x)")).toEqual({ changes: 0, lastRowid: big });
      driver.exec("DELETE FROM t");
      expect(driver.lastRun()).toEqual({ changes: 3, lastRowid: big });
      expect(run("DELETE FROM log")).toEqual({ changes: 3, lastRowid: big });
    }));

  test("rows read and written are counted", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)");
      const select = driver.prepare("SELECT * FROM t");
      select.all([], "number");
      expect(select.counts).toEqual({ rowsRead: 3, rowsWritten: 0 });
      const remove = driver.prepare("DELETE FROM t WHERE id < 3");
      remove.run([]);
      expect(remove.counts).toEqual({ rowsRead: 3, rowsWritten: 2 });
    }));

  test("iterate gives rows one at a time and may be left early", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3)");
      const select = driver.prepare("SELECT x FROM t");
      const seen: unknown[] = [];
      for (const [x] of select.iterate([], "number")) {
        seen.push(x);
        if (x === 2) break;
      }
      expect(seen).toEqual([1, 2]);
      expect([...select.iterate([], "bigint")]).toEqual([[1n], [2n], [3n]]);
    }));

  test("the size is a whole number of pages and grows", () =>
    withDriver((driver) => {
      const before = driver.sizeBytes();
      driver.exec("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(50000));");
      expect(driver.sizeBytes() - before).toBeGreaterThan(45_000);
    }));
});

describe("transactions", () => {
  test("an exception undoes all, an inner one only its own part", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (x)");
      const insert = driver.prepare("INSERT INTO t VALUES (?)");
      driver.atomically(() => {
        insert.run([1n]);
        expect(driver.inTransaction).toBe(true);
        expect(() =>
          driver.atomically(() => {
            insert.run([2n]);
            throw new DosqlError("bug", "inner");
          }),
        ).toThrow("inner");
        insert.run([3n]);
      });
      expect(driver.inTransaction).toBe(false);
      expect(() =>
        driver.atomically(() => {
          insert.run([4n]);
          throw new DosqlError("bug", "outer");
        }),
      ).toThrow("outer");
      expect(driver.prepare("SELECT x FROM t").all([], "bigint")).toEqual([[1n], [3n]]);
    }));

  test("a deferred foreign key left open is an error, not a reset of the object", () =>
    withDriver((driver) => {
      driver.exec(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);" +
          "CREATE TABLE c (p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)",
      );
      const child = driver.prepare("INSERT INTO c VALUES (?)");
      const parent = driver.prepare("INSERT INTO p VALUES (?)");
      const broken = {
        message: "FOREIGN KEY constraint failed",
        sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
      };
      expect(failure(() => child.run([1n]))).toMatchObject(broken);
      expect(failure(() => child.all([1n], "number"))).toMatchObject(broken);
      expect(failure(() => driver.exec("INSERT INTO c VALUES (1);"))).toMatchObject(broken);
      expect(failure(() => driver.atomically(() => child.run([1n])))).toMatchObject(broken);
      driver.atomically(() => {
        child.run([1n]);
        parent.run([1n]);
      });
      expect(driver.prepare("SELECT count(*) FROM c").all([], "number")).toEqual([[1]]);
    }));

  test("deferral by PRAGMA is checked too", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p (id))");
      const left = failure(() =>
        driver.atomically(() => {
          driver.prepare("PRAGMA defer_foreign_keys = ON").run([]);
          driver.prepare("INSERT INTO c VALUES (1)").run([]);
        }),
      );
      expect(left.sqlite).toBe("SQLITE_CONSTRAINT_FOREIGNKEY");
      expect(driver.prepare("SELECT count(*) FROM c").all([], "number")).toEqual([[0]]);
    }));
});

describe("errors", () => {
  test("carry SQLite's message, extended name and place", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, u UNIQUE)");
      driver.exec("INSERT INTO t VALUES (1, 1)");
      const of = (sql: string): DosqlError => failure(() => driver.prepare(sql).all([], "number"));
      expect(of("selec 1")).toMatchObject({
        code: "sqlite",
        message: 'near "selec": syntax error',
        sqlite: "SQLITE_ERROR",
        at: 0,
      });
      expect(of("SELECT 'é💡', nope")).toMatchObject({ message: "no such column: nope", at: 14 });
      expect(of("SELECT * FROM nope")).toMatchObject({
        message: "no such table: nope",
        at: undefined,
      });
      expect(of("INSERT INTO t VALUES (2, 1)")).toMatchObject({
        message: "UNIQUE constraint failed: t.u",
        sqlite: "SQLITE_CONSTRAINT_UNIQUE",
      });
      expect(of("SELECT ?")).toMatchObject({
        code: "sqlite",
        message: "Wrong number of parameter bindings for SQL query.",
        sqlite: undefined,
      });
      expect(of("BEGIN").message).toMatch(
        /^To execute a transaction, please use the state\.storage/,
      );
      expect(of("SELECT json('{')").message).toBe("malformed JSON");
    }));

  test("in the middle of the rows are translated as well", () =>
    withDriver((driver) => {
      const sql = "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808))";
      const rows = driver.prepare(sql);
      expect(failure(() => rows.all([], "number"))).toMatchObject({
        message: "integer overflow",
        sqlite: "SQLITE_ERROR",
      });
      expect(failure(() => [...rows.iterate([], "number")]).message).toBe("integer overflow");
    }));
});

test("says what it can", () =>
  withDriver((driver) => {
    expect(driver.caps).toEqual({
      transactionStatements: false,
      narrow: true,
      maxParameters: 100,
      doubleQuotedStrings: true,
      hiddenPrefix: "_dosql_",
    });
    driver.close();
  }));
