import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { Maintenance } from "../../../src/engine/archive/maintenance.ts";
import { ShardArchive } from "../../../src/engine/archive/shard-archive.ts";
import { Snapshots } from "../../../src/engine/archive/snapshot-reader.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { workersClock } from "../../../src/platform/workers/clock.ts";
import { R2Store } from "../../../src/platform/workers/r2-store.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";

const SHARD = { database: "main", shard: 0 };

it("seals, archives into R2 and trims in a Durable Object", async () => {
  const object = env.BARE.get(env.BARE.newUniqueId());
  await runInDurableObject(object, async (_instance, { storage }) => {
    const writer = new WorkersSqlDriver(storage);
    const shard = new Shard({ writer, clock: workersClock, capture: CAPTURE_ON });
    const session = new SyncSession(shard);
    const run = (sql: string, params: (string | number | bigint | null)[] = []): void => {
      session.execute(sql, params);
    };
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, big, text, real)");
    for (let i = 0; i < 30; i++) {
      run("INSERT INTO t (big, text, real) VALUES (?, ?, ?)", [2n ** 62n + BigInt(i), "é\0", 1.5]);
    }
    run("UPDATE t SET text = 'changed' WHERE id % 2 = 0");
    const reader = new LogReader(writer);
    const entries = reader.entries(LSN_ZERO, 1_000);
    const store = new R2Store(env.BUCKET);
    const options = { shard: SHARD, store, retention: { horizonMs: 0, maxEntries: 0 } };
    const maintenance = new Maintenance(shard, options);
    const head = reader.head();
    expect(await maintenance.run()).toMatchObject({
      sealed: 32,
      segments: 1,
      archivedLsn: head,
      snapshotLsn: head,
      trimmed: head - 1,
    });
    expect(reader.oldest()).toBe(head + 1);
    const archive = new ShardArchive(store, SHARD);
    const segment = await archive.segment(entries[0]!.lsn);
    const bare = entries.map(({ relation, values, ...rest }) => ({
      ...rest,
      values: relation === null ? values.filter((value) => value !== null) : values,
    }));
    expect(segment.entries.map(({ relation: _relation, ...rest }) => rest)).toEqual(bare);
    const snapshots = new Snapshots(archive);
    const header = await snapshots.header(head);
    expect(header.tables).toMatchObject([{ name: "t", rows: 30, rowid: null }]);
    const parts = [];
    for await (const rows of snapshots.rows(header)) parts.push(...rows);
    expect(parts[1]).toEqual({ table: 0, row: [2n, 2n ** 62n + 1n, "changed", 1.5] });
    run("DELETE FROM t WHERE id < 5");
    expect(await maintenance.run()).toMatchObject({ segments: 1, snapshotLsn: null });
    expect(await maintenance.vacuum()).toBe(false);
    expect(await maintenance.checkpoint()).toMatchObject({ segments: 0 });
    await maintenance.close();
  });
});
