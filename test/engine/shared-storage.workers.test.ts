import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../src/engine/log/log-reader.ts";
import type { ResultSet } from "../../src/engine/session/result-set.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { Shard } from "../../src/engine/shard.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../src/platform/workers/sqlite-driver.ts";

const THREE = "INSERT INTO t (v) VALUES (1), (2), (3)";
const ONE = "INSERT INTO t (v) VALUES (1)";

test("what others did on an object's storage is not counted as a statement's own", async () => {
  const stub = env.BARE.get(env.BARE.idFromName("shared-storage"));
  await runInDurableObject(stub, (_object, { storage }) => {
    const reader = new LogReader(new WorkersSqlDriver(storage));
    const open = (): ((sql: string) => ResultSet) => {
      const writer = new WorkersSqlDriver(storage);
      const shard = new Shard({ writer, clock: workersClock, capture: CAPTURE_ON });
      const session = new SyncSession(shard);
      return (sql) => session.execute(sql, []);
    };
    const mine = open();
    mine("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const theirs = open();
    const written = (run: typeof mine, sql: string): number => run(sql).rowsWritten ?? NaN;
    expect(written(mine, ONE)).toBe(1);
    expect(written(theirs, THREE)).toBe(3);
    expect(written(mine, ONE)).toBe(1);
    // The outer code's rollback, of which nobody tells.
    const undone = (): void =>
      storage.transactionSync(() => {
        expect(written(mine, THREE)).toBe(3);
        throw new Error("undone");
      });
    const head = reader.head();
    expect(undone).toThrow("undone");
    expect(written(mine, "UPDATE t SET v = 2 WHERE 0")).toBe(0);
    expect(reader.head()).toBe(head);
    expect(undone).toThrow("undone");
    expect(written(mine, ONE)).toBe(1);
    expect(reader.head()).toBe(head + 2);
    // The object's own code.
    storage.sql.exec(THREE);
    expect(written(mine, ONE)).toBeGreaterThanOrEqual(0);
    expect(written(mine, THREE)).toBe(3);
    const { count, first, last } = storage.sql
      .exec("SELECT count(*) AS count, min(lsn) AS first, max(lsn) AS last FROM _dosql_log")
      .one();
    expect([first, last]).toEqual([1, count]);
  });
});
