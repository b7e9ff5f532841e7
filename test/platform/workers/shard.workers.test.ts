import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { DosqlError } from "../../../src/base/errors.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { workersClock } from "../../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";

let objects = 0;

/** Runs `body` on the shard core over the storage of a fresh object, as `DoSQLShard` does. */
async function withStorage(
  body: (open: () => Shard, driver: WorkersSqlDriver) => void,
): Promise<void> {
  const stub = env.BARE.get(env.BARE.idFromName(`shard-${++objects}`));
  await runInDurableObject(stub, (_object, state) => {
    const driver = new WorkersSqlDriver(state.storage);
    body(() => new Shard({ writer: driver, clock: workersClock }), driver);
  });
}

function failure(body: () => unknown): DosqlError {
  try {
    body();
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error("it did not fail");
}

describe("the shard core in a Durable Object", () => {
  test("keeps its format, opens again, and refuses a newer one", () =>
    withStorage((open, driver) => {
      open();
      open();
      const format = "SELECT value FROM _dosql_meta WHERE key = 'format'";
      expect(driver.prepare(format).all([], "number")).toEqual([[3]]);
      driver.exec("UPDATE _dosql_meta SET value = 99 WHERE key = 'format'");
      expect(failure(open).code).toBe("format-too-new");
    }));

  test("answers reads, writes and RETURNING with columns, counts and rowids", () =>
    withStorage((open) => {
      const session = new SyncSession(open(), { integers: "number" });
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)", []);
      const insert = session.execute("INSERT INTO t (v) VALUES (?), (?) RETURNING id AS i, v", [
        1,
        "a",
      ]);
      expect(insert).toMatchObject({
        rows: [
          [1, 1],
          [2, "a"],
        ],
        changes: 2,
        lastRowid: 2n,
        command: "INSERT",
        rowsWritten: 2,
      });
      expect(insert.columns.map(({ name }) => name)).toEqual(["i", "v"]);
      const again = session.execute("SELECT v, id, v FROM t ORDER BY id DESC", []);
      expect(again.columns.map(({ name }) => name)).toEqual(["v", "id", "v"]);
      expect(again).toMatchObject({ changes: 0, lastRowid: 2n, rowsRead: 2 });
    }));

  test("reads columns anew after the schema changed", () =>
    withStorage((open) => {
      const session = new SyncSession(open(), { integers: "number" });
      session.execute("CREATE TABLE t (a)", []);
      expect(session.execute("SELECT * FROM t", []).columns).toHaveLength(1);
      session.execute("ALTER TABLE t ADD COLUMN b", []);
      expect(session.execute("SELECT * FROM t", []).columns.map(({ name }) => name)).toEqual([
        "a",
        "b",
      ]);
    }));

  test("hands bigints through exactly", () =>
    withStorage((open) => {
      const session = new SyncSession(open());
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)", []);
      session.execute("INSERT INTO t VALUES (?1, ?2)", [9_007_199_254_740_993n, 1]);
      const { rows } = session.execute("SELECT id, v FROM t WHERE id = ?", [
        9_007_199_254_740_993n,
      ]);
      expect(rows).toEqual([[9_007_199_254_740_993n, 1]]);
    }));

  test("undoes a batch as a whole", () =>
    withStorage((open) => {
      const session = new SyncSession(open(), { integers: "number" });
      session.execute("CREATE TABLE t (v UNIQUE)", []);
      const insert = (v: number) => ({ sql: "INSERT INTO t VALUES (?)", params: [v] });
      expect(failure(() => session.batch([insert(1), insert(1)])).sqlite).toBe(
        "SQLITE_CONSTRAINT_UNIQUE",
      );
      expect(
        session.batch([insert(1), insert(2), { sql: "SELECT count(*) FROM t", params: [] }])[2]
          ?.rows,
      ).toEqual([[2]]);
    }));

  test("hides its own table from schema queries and refuses it by name", () =>
    withStorage((open) => {
      const session = new SyncSession(open(), { integers: "number" });
      session.execute("CREATE TABLE mine (a)", []);
      const schema = "SELECT name FROM sqlite_master WHERE name LIKE '%dosql%' OR name = 'mine'";
      expect(session.execute(schema, []).rows).toEqual([["mine"]]);
      for (const sql of [
        "SELECT * FROM _dosql_meta",
        "DROP TABLE [_DOSQL_META]",
        "CREATE TABLE _dosql_x (a)",
      ]) {
        expect(failure(() => session.execute(sql, [])).code).toBe("hidden-object");
      }
    }));

  test("answers BEGIN with the runtime's own refusal", () =>
    withStorage((open) => {
      const session = new SyncSession(open());
      expect(failure(() => session.execute("BEGIN", [])).message).toMatch(
        /^To execute a transaction/,
      );
      expect(session.execute("SELECT 1", []).rows).toEqual([[1n]]);
    }));

  test("drops what a statement read, so that tables are never locked", () =>
    withStorage((open) => {
      const session = new SyncSession(open(), { integers: "number" });
      session.execute("CREATE TABLE t (v)", []);
      session.execute("INSERT INTO t VALUES (1), (2), (3)", []);
      session.execute("WITH q AS (SELECT v FROM t) SELECT * FROM q", []);
      session.execute("SELECT v FROM t LIMIT ?", [1]);
      session.execute("DROP TABLE t", []);
      expect(failure(() => session.execute("SELECT v FROM t", [])).message).toBe(
        "no such table: t",
      );
    }));
});

describe("the change log of an object", () => {
  const wide = Array.from({ length: 20 }, (_, i) => `c${i}`);
  const row = `(${wide.map((_, i) => i).join()})`;
  const steps: readonly (string | readonly string[])[] = [
    "CREATE TABLE t (id INTEGER PRIMARY KEY, v UNIQUE)",
    `CREATE TABLE wide (${wide.join()})`,
    "INSERT INTO t (v) VALUES (1)",
    "INSERT INTO t (v) VALUES (1)",
    "INSERT INTO t (v) VALUES (2), (3) RETURNING id",
    "UPDATE t SET v = 9 WHERE id = 99",
    "UPDATE t SET v = v + 10",
    "SELECT count(*) FROM t",
    `INSERT INTO wide VALUES ${row}, ${row}`,
    "UPDATE wide SET c0 = 5",
    "INSERT OR REPLACE INTO t (v) VALUES (11)",
    ["INSERT INTO t (v) VALUES (21)", "DELETE FROM wide", "SELECT 1", "DELETE FROM t"],
    ["INSERT INTO t (v) VALUES (31)", "INSERT INTO t (v) VALUES (31)"],
    "ALTER TABLE t ADD COLUMN w",
    "INSERT INTO t (v, w) VALUES (41, 42)",
    "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO wide (c0) VALUES (1), (2); END",
    "INSERT INTO t (v) VALUES (51)",
    "WITH n(x) AS (VALUES (61), (62)) INSERT INTO t (v) SELECT x FROM n",
  ];

  /** Counts of each step, and what is remembered of the log after it. */
  async function runSteps(captured: boolean): Promise<{ counts: unknown[]; tails: unknown[][] }> {
    const counts: unknown[] = [];
    const tails: unknown[][] = [];
    await withStorage((_open, driver) => {
      const capture = captured ? { captureAtFirst: CAPTURE_ON } : {};
      const shard = new Shard({ writer: driver, clock: workersClock, ...capture });
      const session = new SyncSession(shard, { integers: "number", whole: true });
      for (const step of steps) {
        const texts = typeof step === "string" ? [step] : step;
        try {
          const results =
            typeof step === "string"
              ? [session.execute(step, [])]
              : session.batch(texts.map((sql) => ({ sql, params: [] })));
          // DDL of ours is counted too.
          counts.push(
            results.map(({ changes, lastRowid, rowsWritten, command }) => [
              changes,
              lastRowid,
              /^(?:CREATE|ALTER)/.test(command) ? null : rowsWritten,
            ]),
          );
        } catch (error) {
          counts.push((error as Error).message);
        }
        const { tail } = shard.changes;
        if (captured) tails.push([tail.recall(), tail.read()]);
      }
    });
    return { counts, tails };
  }

  test("is not counted, and what is remembered of its end is true", async () => {
    const { counts, tails } = await runSteps(true);
    expect(counts).toEqual((await runSteps(false)).counts);
    for (const [remembered, read] of tails) expect(remembered).toEqual(read);
    // Each of them ended with its commit entry.
    expect(tails.every(([tail]) => (tail as { readonly open: boolean }).open === false)).toBe(true);
  });
});
