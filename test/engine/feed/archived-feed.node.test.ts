import { describe, expect, it } from "vitest";
import { LAST_COUNTER } from "../../../src/base/hlc.ts";
import type { Lsn } from "../../../src/base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../../src/base/lsn.ts";
import { ArchiveFeed } from "../../../src/engine/archive/archive-feed.ts";
import { pruneArchive } from "../../../src/engine/archive/pruner.ts";
import { ShardArchive } from "../../../src/engine/archive/shard-archive.ts";
import type { SubscribeOptions } from "../../../src/engine/feed/change-feed.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import { ArchiveFixture, SHARD } from "../archive/archive-fixture.ts";
import { MemoryStore } from "../archive/memory-store.ts";
import { failureOf } from "../time/past-fixture.ts";

const NOTHING_KEPT = { retention: { horizonMs: 0 } };

/** Its log holds the end only; what it held is returned. */
async function trimmed(rounds = 4): Promise<ArchiveFixture & { readonly all: LogTransaction[] }> {
  const store = new MemoryStore();
  const feedArchive = new ArchiveFeed(new ShardArchive(store, SHARD));
  const fixture = new ArchiveFixture(store, { feedArchive });
  const maintenance = fixture.maintain(NOTHING_KEPT);
  const all: LogTransaction[] = [];
  const note = (): void => {
    const log = new LogReader(fixture.inner.shard.reader.driver);
    all.push(...log.transactions(all.at(-1)?.lastLsn ?? LSN_ZERO, 10_000));
  };
  await fixture.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a)", "CREATE TABLE other (x)");
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 5; i++) {
      await fixture.run(
        `INSERT INTO t (a) VALUES (${i}), ('b')`,
        `INSERT INTO other VALUES (${i})`,
      );
    }
    await fixture.run("UPDATE t SET a = a || 'x'", "DELETE FROM t WHERE id % 3 = 1");
    if (round === 1)
      await fixture.run("ALTER TABLE t RENAME TO u", "CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
    note();
    if (round < rounds - 1) await maintenance.run();
  }
  await maintenance.close();
  return Object.assign(fixture, { all });
}

/** All that a subscription tells up to the head. */
async function told(fixture: ArchiveFixture, options: SubscribeOptions): Promise<LogTransaction[]> {
  const { feed } = fixture.inner.shard;
  const subscription = feed.subscribe({ ...options, heartbeatMs: 1 });
  const found: LogTransaction[] = [];
  fixture.clock.advance(5);
  while (subscription.position < feed.head) {
    fixture.clock.advance(5);
    const step = await subscription.next();
    if (step.done === true) break;
    if (step.value.kind === "transaction") found.push(step.value.transaction);
  }
  await subscription.return();
  return found;
}

describe("a feed that begins before what the log holds", () => {
  it("goes over to the log, from every position, without gap or overlap", async () => {
    await using fixture = await trimmed();
    const { all } = fixture;
    expect(new LogReader(fixture.inner.shard.reader.driver).oldest()).toBeGreaterThan(40);
    for (let from = 0; from <= fixture.head(); from++) {
      const found = await told(fixture, { from: toLsn(from) });
      expect(found, `from ${from}`).toEqual(all.filter(({ lastLsn }) => lastLsn > from));
    }
  });

  it("filters as one of the log does, and follows names", async () => {
    await using fixture = await trimmed();
    const wanted = fixture.all.filter(({ records }) =>
      records.some(({ table }) => table === "u" || table === "t"),
    );
    const found = await told(fixture, { from: LSN_ZERO, tables: ["t"] });
    expect(found.map(({ lastLsn }) => lastLsn)).toEqual(wanted.map(({ lastLsn }) => lastLsn));
    const inserts = await told(fixture, {
      from: LSN_ZERO,
      operations: ["insert"],
      tables: ["other"],
    });
    expect(inserts.flatMap(({ records }) => records.map(({ op }) => op))).toEqual(
      Array.from({ length: 20 }, () => "insert"),
    );
  });

  it("begins at a time", async () => {
    await using fixture = await trimmed();
    const { all } = fixture;
    for (const { commitTs } of all) {
      const subscription = fixture.inner.shard.feed.subscribe({ from: { at: commitTs } });
      const first = all.find(({ commitTs: { wallMs } }) => wallMs > commitTs.wallMs);
      await subscription.begun();
      const before = all.filter(({ commitTs: { wallMs } }) => wallMs <= commitTs.wallMs).at(-1);
      expect(subscription.position).toBe(before?.lastLsn);
      if (first !== undefined) {
        expect(await subscription.next()).toMatchObject({
          value: { transaction: { lastLsn: first.lastLsn } },
        });
      }
      await subscription.return();
    }
  });

  it("goes on while the log is written and trimmed", async () => {
    await using fixture = await trimmed();
    const subscription = fixture.inner.shard.feed.subscribe({ from: LSN_ZERO });
    const maintenance = fixture.maintain(NOTHING_KEPT);
    const { all } = fixture;
    const found: Lsn[] = [];
    for (let i = 0; i < all.length + 20; i++) {
      const step = await subscription.next();
      if (step.value?.kind === "transaction") found.push(step.value.transaction.lastLsn);
      if (i % 3 === 0 && i < 60) await fixture.run("INSERT INTO other VALUES (0)");
      if (i % 7 === 0) await maintenance.run();
    }
    await subscription.return();
    await maintenance.close();
    expect(found).toEqual([...all.map(({ lastLsn }) => lastLsn), ...found.slice(all.length)]);
    expect(found.slice(all.length)).toEqual(
      Array.from({ length: 20 }, (_, i) => (all.at(-1)?.lastLsn ?? 0) + 2 * (i + 1)),
    );
  });

  it("tells a transaction that fills several segments", async () => {
    const store = new MemoryStore();
    const feedArchive = new ArchiveFeed(new ShardArchive(store, SHARD));
    await using fixture = new ArchiveFixture(store, { feedArchive });
    await fixture.run("CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
    const before = fixture.head();
    await fixture.run(
      `INSERT INTO t VALUES ${Array.from({ length: 5 }, () => "(zeroblob(5000000))").join()}`,
    );
    const head = fixture.head();
    fixture.clock.advance(5);
    expect(await fixture.maintain(NOTHING_KEPT).run()).toMatchObject({ trimmedLsn: head });
    await fixture.run("INSERT INTO t VALUES (2)");
    expect([...store.objects.keys()].filter((key) => key.startsWith("wal")).length).toBeGreaterThan(
      2,
    );
    for (let from = before; from < head; from++) {
      const found = await told(fixture, { from: toLsn(from) });
      expect(
        found.map(({ records }) => records.length),
        `from ${from}`,
      ).toEqual([5, 1]);
    }
  });

  it("begins at a time that lies behind a transaction of several segments", async () => {
    const store = new MemoryStore();
    const archive = new ShardArchive(store, SHARD);
    await using fixture = new ArchiveFixture(store, { feedArchive: new ArchiveFeed(archive) });
    const maintenance = fixture.maintain(NOTHING_KEPT);
    await fixture.run("CREATE TABLE t (x)");
    await maintenance.run();
    const times: { lsn: Lsn; wallMs: number }[] = [];
    for (const sizeBytes of [5_000_000, 1, 1, 1]) {
      await fixture.run(`INSERT INTO t VALUES (zeroblob(${sizeBytes})), (zeroblob(${sizeBytes}))`);
      times.push({ lsn: fixture.head(), wallMs: fixture.clock.nowMs() });
      await maintenance.run();
    }
    await fixture.run("INSERT INTO t VALUES (2)");
    fixture.clock.advance(5);
    await maintenance.run();
    for (const { lsn, wallMs } of times) {
      const from = { at: { wallMs, counter: LAST_COUNTER } };
      const subscription = fixture.inner.shard.feed.subscribe({ from });
      await subscription.begun();
      expect(subscription.position).toBe(lsn);
      await subscription.return();
    }
    await maintenance.close();
  });

  it("is history-gone where the archive does not reach either", async () => {
    await using fixture = await trimmed();
    const gone = { code: "history-gone", hint: expect.stringContaining("snapshot") as string };
    const first = (from: SubscribeOptions["from"]) =>
      failureOf(() => fixture.inner.shard.feed.subscribe({ from: from ?? LSN_ZERO }).next());
    await pruneArchive(fixture.archive, fixture.clock.nowMs());
    expect(await first(toLsn(1))).toMatchObject(gone);
    expect(await first({ at: { wallMs: 1, counter: 0 } })).toMatchObject(gone);
    (fixture.store as MemoryStore).objects.clear();
    expect(await first(toLsn(1))).toMatchObject(gone);
    await using without = new ArchiveFixture();
    await without.run("CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
    const newest = { wallMs: without.clock.nowMs(), counter: 0 };
    without.clock.advance(5);
    await without.maintain({ ...NOTHING_KEPT, store: null }).run();
    expect(
      await failureOf(() => without.inner.shard.feed.subscribe({ from: LSN_ZERO })),
    ).toMatchObject(gone);
    // All of it is trimmed: not even the newest commit is in the log's reach.
    const { feed } = without.inner.shard;
    expect(
      await failureOf(() => feed.subscribe({ from: { at: { ...newest, wallMs: 1 } } })),
    ).toMatchObject(gone);
    await using subscription = feed.subscribe({ from: { at: newest } });
    expect(subscription.position).toBe(feed.head);
  });
});

describe("a subscription that nobody reads", () => {
  it("is ended beyond its cap, and lets the log be trimmed", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.run("CREATE TABLE t (x)");
    const { feed } = fixture.inner.shard;
    const stalled = feed.subscribe({ from: "start", maxLag: 10 });
    const patient = feed.subscribe({ from: "start", maxLag: 1_000 });
    const reading = feed.subscribe({
      from: "now",
      maxLag: 10,
      tables: ["t"],
      operations: ["delete"],
    });
    const waiting = reading.next();
    const first = await stalled.next();
    expect(first).toMatchObject({ value: { kind: "transaction" } });
    const maintenance = fixture.maintain(NOTHING_KEPT);
    for (let i = 0; i < 4; i++) {
      await fixture.run(...Array.from({ length: 4 }, () => "INSERT INTO t VALUES (1)"));
      await maintenance.run();
    }
    expect(await failureOf(() => stalled.next())).toMatchObject({
      code: "history-gone",
      message: expect.stringMatching(/asked for nothing while \d\d entries/) as string,
      hint: expect.stringContaining("go on from 2") as string,
    });
    expect(await stalled.next()).toMatchObject({ done: true });
    expect(await patient.next()).toMatchObject({ value: { kind: "transaction" } });
    await patient.return();
    fixture.clock.advance(5);
    expect(await maintenance.run()).toMatchObject({ trimmedLsn: fixture.head() });
    // Who waits for what does not come is not idle.
    await fixture.run("DELETE FROM t");
    expect(await waiting).toMatchObject({ value: { kind: "transaction" } });
    await reading.return();
    expect(() => feed.subscribe({ maxLag: 0 })).toThrow(/maxLag cannot be 0/);
  });
});
