import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ShardArchive } from "../../src/engine/archive/shard-archive.ts";
import { LSN_ZERO, toLsn } from "../../src/base/lsn.ts";
import type { DoSQLShard } from "../../src/entry/worker.ts";
import { R2Store, shardDatabase } from "../../src/entry/worker.ts";
import type { Session } from "../../src/engine/session/session.ts";
import type { ArchivingShard } from "./worker.workers.ts";
import { bucketArchive } from "../../src/platform/workers/r2-store.ts";

async function writeSome(session: Session, rows = 3): Promise<void> {
  await session.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v)", []);
  for (let i = 0; i < rows; i++) await session.execute("INSERT INTO t (v) VALUES (?)", ["x"]);
}

function dueOf(stub: DurableObjectStub<DoSQLShard>): Promise<number | null> {
  return runInDurableObject(stub, (_object, { storage }) => storage.getAlarm());
}

describe("an object with a bucket", () => {
  const open = () => env.ARCHIVING.get(env.ARCHIVING.newUniqueId());

  it("archives by its alarm, trims, and sleeps while nothing happens", async () => {
    const stub = open();
    expect(await dueOf(stub)).toBeNull();
    const session = shardDatabase(stub).session();
    const before = Date.now();
    await writeSome(session);
    const due = await dueOf(stub);
    expect(due).toBeGreaterThanOrEqual(before + 60_000);
    await writeSome(session);
    // Set once, however much is committed.
    expect(await dueOf(stub)).toBe(due);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    const info = await stub.info();
    expect(info.archive).toMatchObject({ database: stub.id.toString(), archivedLsn: info.head });
    expect(info.upkeep).toMatchObject({ failures: 0, problem: null });
    const archive = new ShardArchive(new R2Store(env.BUCKET), {
      database: stub.id.toString(),
      shard: 0,
    });
    const segments: number[] = [];
    for await (const first of archive.segments(LSN_ZERO)) segments.push(first);
    expect(segments).toEqual([1]);
    const { entries } = await archive.segment(toLsn(1));
    expect(entries.at(-1)?.lsn).toBe(info.head);
    // What is a moment old is trimmed a moment later, and then there is nothing left to do.
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (info.upkeep.nextMs !== null) await runDurableObjectAlarm(stub);
    expect(await stub.info()).toMatchObject({ trimmedLsn: info.head, upkeep: { nextMs: null } });
    expect(await dueOf(stub)).toBeNull();
    expect(await runDurableObjectAlarm(stub)).toBe(false);
  });

  it("goes on after an eviction, and does not put its alarm off", async () => {
    const stub = open();
    await writeSome(shardDatabase(stub).session());
    const due = await dueOf(stub);
    await evictDurableObject(stub);
    await writeSome(shardDatabase(stub).session());
    expect(await dueOf(stub)).toBe(due);
    await evictDurableObject(stub);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    const { archive, head } = await stub.info();
    expect(archive?.archivedLsn).toBe(head);
    await evictDurableObject(stub);
    await writeSome(shardDatabase(stub).session(), 1);
    await runDurableObjectAlarm(stub);
    expect(await stub.info()).toMatchObject({ archive: { archivedLsn: head + 2 } });
  });

  it("says what is wrong with the bucket, tries again ever later, and recovers", async () => {
    const stub = open();
    const refuse = (refuses: boolean): Promise<void> =>
      runInDurableObject(stub, (object) => {
        (object as unknown as ArchivingShard).store.refuses = refuses;
      });
    await writeSome(shardDatabase(stub).session());
    await refuse(true);
    const waits: number[] = [];
    for (let failures = 1; failures <= 6; failures++) {
      const now = Date.now();
      expect(await runDurableObjectAlarm(stub)).toBe(true);
      const { upkeep } = await stub.info();
      expect(upkeep).toMatchObject({ failures, problem: "the bucket is full" });
      waits.push(Math.round(((upkeep.nextMs ?? 0) - now) / 60_000));
      // A commit does not hurry it.
      await writeSome(shardDatabase(stub).session(), 1);
      expect(await dueOf(stub)).toBe(upkeep.nextMs);
    }
    expect(waits).toEqual([1, 2, 4, 8, 10, 10]);
    await evictDurableObject(stub);
    const known = await stub.info();
    expect(known.upkeep).toMatchObject({ failures: 6, problem: "the bucket is full" });
    expect(known.trimmedLsn).toBe(0);
    await runDurableObjectAlarm(stub);
    const { head, archive, upkeep } = await stub.info();
    expect(upkeep).toMatchObject({ failures: 0, problem: null });
    expect(archive?.archivedLsn).toBe(head);
  });
});

describe("an object without a bucket", () => {
  const open = () => env.FORGETFUL.get(env.FORGETFUL.newUniqueId());

  it("trims what nobody needs, and waits for slots without polling", async () => {
    const stub = open();
    await writeSome(shardDatabase(stub).session());
    const { slots } = shardDatabase(stub).feed;
    const slot = await slots.create("s", { from: "start" });
    expect(slot).toMatchObject({ confirmedLsn: 0, maxLag: 1_000_000 });
    const ring = async (): Promise<void> => {
      while ((await dueOf(stub)) !== null) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await runDurableObjectAlarm(stub);
      }
    };
    await ring();
    const held = await stub.info();
    expect(held).toMatchObject({ trimmedLsn: 0, archive: null, upkeep: { nextMs: null } });
    await slots.confirm("s", held.head);
    expect(await dueOf(stub)).not.toBeNull();
    await ring();
    expect(await stub.info()).toMatchObject({ trimmedLsn: held.head, upkeep: { nextMs: null } });
  });

  it("keeps 24 hours and a million entries by default", async () => {
    const stub = env.DOSQL.get(env.DOSQL.newUniqueId());
    await writeSome(shardDatabase(stub).session());
    await runDurableObjectAlarm(stub);
    const { retention, trimmedLsn, upkeep } = await stub.info();
    expect(retention).toMatchObject({ horizonMs: 86_400_000, maxEntries: 1_000_000 });
    expect(trimmedLsn).toBe(0);
    // One alarm more, when all of it is old enough.
    expect((upkeep.nextMs ?? 0) - Date.now()).toBeGreaterThan(86_000_000);
    // News do not wait for that.
    await writeSome(shardDatabase(stub).session(), 1);
    expect(((await dueOf(stub)) ?? 0) - Date.now()).toBeLessThan(601_000);
  });
});

describe("the bucket that is bound", () => {
  it("is an archive, is none, or is no bucket", () => {
    expect(bucketArchive(env, "NOTHING")).toBeNull();
    expect(bucketArchive(env, "BUCKET")).toBeInstanceOf(R2Store);
    expect(() => bucketArchive({ BUCKET: "objects" }, "BUCKET")).toThrow(
      "the binding BUCKET is no R2 bucket",
    );
  });
});
