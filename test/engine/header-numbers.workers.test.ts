import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { Shard } from "../../src/engine/shard.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../src/platform/workers/sqlite-driver.ts";

test("the numbers of a header are a write, which not every session may do", async () => {
  const stub = env.BARE.get(env.BARE.idFromName("header-numbers"));
  await runInDurableObject(stub, (_object, { storage }) => {
    const shard = new Shard({ writer: new WorkersSqlDriver(storage), clock: workersClock });
    const writing = new SyncSession(shard);
    const reading = new SyncSession(shard, { readOnly: true });
    const version = (): unknown => writing.execute("PRAGMA user_version", []).rows[0]?.[0];
    const set = (session: SyncSession, to: number) => (): unknown =>
      session.execute(`PRAGMA user_version = ${to}`, []);
    const setInBatch = (session: SyncSession, to: number) => (): unknown =>
      session.batch([{ sql: `PRAGMA user_version = ${to}`, params: [] }]);
    set(writing, 7)();
    expect(set(reading, 8)).toThrow("cannot execute PRAGMA in a read-only transaction");
    expect(setInBatch(reading, 8)).toThrow("read-only");
    expect(version()).toBe(7n);
    writing.execute("PRAGMA query_only = 1", []);
    expect(set(writing, 9)).toThrow("attempt to write a readonly database");
    expect(setInBatch(writing, 9)).toThrow("attempt to write a readonly database");
    expect(version()).toBe(7n);
    writing.execute("PRAGMA query_only = 0", []);
    // Not into the transaction of somebody else, which may be undone.
    const holder = { idleSinceMs: () => null, expire: () => undefined };
    expect(shard.lease.tryAcquire(holder)).toBe(true);
    expect(set(writing, 10)).toThrow("database is locked");
    expect(version()).toBe(7n);
    shard.lease.release(holder);
    setInBatch(writing, 10)();
    expect(version()).toBe(10n);
  });
});
