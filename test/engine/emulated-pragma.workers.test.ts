import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import type { Row } from "../../src/base/value.ts";
import { Shard } from "../../src/engine/shard.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../src/platform/workers/sqlite-driver.ts";

let objects = 0;

async function withShard(body: (shard: Shard) => void): Promise<void> {
  const stub = env.BARE.get(env.BARE.idFromName(`pragma-${++objects}`));
  await runInDurableObject(stub, (_object, state) => {
    body(new Shard({ writer: new WorkersSqlDriver(state.storage), clock: workersClock }));
  });
}

test("what a Durable Object denies is answered as SQLite would", () =>
  withShard((shard) => {
    const session = new SyncSession(shard);
    const rows = (sql: string): Row[] => session.execute(sql, []).rows;
    expect(rows("PRAGMA user_version")).toEqual([[0n]]);
    expect(rows("PRAGMA user_version = 7")).toEqual([]);
    expect(rows("PRAGMA main.USER_VERSION")).toEqual([[7n]]);
    expect(rows("PRAGMA application_id(-2)")).toEqual([]);
    expect(rows("PRAGMA application_id")).toEqual([[-2n]]);
    // 32 bits, as in the header of a file.
    expect(rows("PRAGMA user_version = 0xffffffff")).toEqual([]);
    expect(rows("PRAGMA user_version")).toEqual([[-1n]]);
    expect(rows("PRAGMA encoding")).toEqual([["UTF-8"]]);
    expect(rows("PRAGMA database_list")).toEqual([[0n, "main", ""]]);
    expect(rows("PRAGMA integrity_check")).toEqual([["ok"]]);
    expect(Number(rows("PRAGMA page_count")[0]?.[0])).toBeGreaterThan(0);
    expect(() => rows("PRAGMA user_version = high")).toThrow(/whole number/);
    expect(session.execute("PRAGMA user_version", []).columns[0]?.name).toBe("user_version");
  }));

test("a batch that fails takes the number back", () =>
  withShard((shard) => {
    const session = new SyncSession(shard, { integers: "number" });
    const batch = ["PRAGMA user_version = 3", "SELECT * FROM missing"];
    expect(() => session.batch(batch.map((sql) => ({ sql, params: [] })))).toThrow(/no such table/);
    expect(session.execute("PRAGMA user_version", []).rows).toEqual([[0]]);
  }));

test("a face that is to refuse them refuses", () =>
  withShard((shard) => {
    const session = new SyncSession(shard, { pragmas: "home" });
    expect(() => session.execute("PRAGMA user_version", [])).toThrow(/not authorized/);
  }));
