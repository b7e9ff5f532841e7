import { copyFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DosqlError } from "../../../src/base/errors.ts";
import { LSN_ZERO, toLsn } from "../../../src/base/lsn.ts";
import { LiveLog } from "../../../src/engine/archive/history-source.ts";
import { Maintenance } from "../../../src/engine/archive/maintenance.ts";
import { MaintenanceLoop } from "../../../src/engine/archive/maintenance-loop.ts";
import { restoreShard } from "../../../src/engine/archive/restore.ts";
import { retentionOf, trimLimit } from "../../../src/engine/archive/retention.ts";
import { CAPTURE_OFF, CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { MetaTable } from "../../../src/engine/meta-table.ts";
import { SealTable } from "../../../src/engine/log/seal-table.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ArchiveFixture, SHARD } from "./archive-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

const NOTHING_KEPT = { retention: { horizonMs: 0 } };

async function insertRows(fixture: ArchiveFixture, count: number): Promise<void> {
  await fixture.run("CREATE TABLE IF NOT EXISTS t (x)");
  for (let i = 0; i < count; i++) await fixture.run(`INSERT INTO t VALUES (${i})`);
  fixture.clock.advance(10);
}

function log(fixture: ArchiveFixture): LogReader {
  return new LogReader(fixture.inner.shard.reader.driver);
}

describe("maintenance", () => {
  it("seals, archives and trims, and finds nothing to do the next time", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 20);
    const head = fixture.head();
    const maintenance = fixture.maintain(NOTHING_KEPT);
    expect(await maintenance.run()).toMatchObject({
      sealed: 21,
      segments: 1,
      archivedLsn: head,
      snapshotLsn: head,
      trimmed: head - 1,
      trimmedLsn: head,
      headLsn: head,
    });
    expect(await maintenance.run()).toMatchObject({
      sealed: 0,
      segments: 0,
      snapshotLsn: null,
      trimmed: 0,
      trimmedLsn: head,
    });
    expect(log(fixture).oldest()).toBe(head + 1);
    // When the last transaction was that is gone can still be asked.
    expect(new SealTable(fixture.inner.shard.reader.driver).at(head)?.lastLsn).toBe(head);
    await insertRows(fixture, 1);
    expect(fixture.head()).toBe(head + 2);
    expect(log(fixture).transactions(head)).toHaveLength(1);
    // Another process goes on where this one stopped.
    expect(await fixture.maintain(NOTHING_KEPT).run()).toMatchObject({ segments: 1, sealed: 1 });
  });

  it("keeps what lies within the horizon, by time and by count", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 10);
    const old = fixture.head();
    fixture.clock.advance(100_000);
    await insertRows(fixture, 10);
    const rounds = async (horizonMs: number, maxEntries?: number): Promise<number> => {
      const retention = maxEntries === undefined ? { horizonMs } : { horizonMs, maxEntries };
      return (await fixture.maintain({ retention }).run()).trimmedLsn;
    };
    expect(await rounds(86_400_000)).toBe(0);
    expect(await rounds(50_000)).toBe(old);
    expect(log(fixture).oldest()).toBe(old + 1);
    expect(new SealTable(fixture.inner.shard.reader.driver).at(old)?.lastLsn).toBe(old);
    expect(await rounds(86_400_000, 9)).toBe(fixture.head() - 10);
    expect(await rounds(86_400_000, 1_000)).toBe(fixture.head() - 10);
  });

  it("keeps what a slot, a subscription or the archive still needs", async () => {
    const store = new MemoryStore();
    await using fixture = new ArchiveFixture(store);
    await insertRows(fixture, 10);
    const maintenance = fixture.maintain(NOTHING_KEPT);
    const { feed } = fixture.inner.shard;
    await feed.slots.create("slow", { from: toLsn(6) });
    expect(await maintenance.run()).toMatchObject({ trimmedLsn: 6 });
    const subscription = feed.subscribe({ from: toLsn(8) });
    await feed.slots.drop("slow");
    expect(await maintenance.run()).toMatchObject({ trimmedLsn: 8 });
    await subscription.return?.();
    store.put = async () => {
      throw new TypeError("the store is away");
    };
    await insertRows(fixture, 3);
    await expect(maintenance.run()).rejects.toThrow("the store is away");
    expect(log(fixture).oldest()).toBe(9);
    expect(fixture.maintain({ ...NOTHING_KEPT, store: null })).toBeDefined();
    expect(await fixture.maintain({ ...NOTHING_KEPT, store: null }).run()).toMatchObject({
      archivedLsn: null,
      trimmedLsn: fixture.head(),
    });
  });

  it("gives up a slot that lags beyond its cap", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 10);
    const { slots } = fixture.inner.shard.feed;
    await slots.create("lost", { from: toLsn(4), maxLag: 10 });
    await slots.create("kept", { from: toLsn(8), maxLag: 1_000 });
    expect(await fixture.maintain(NOTHING_KEPT).run()).toMatchObject({ trimmedLsn: 8 });
    expect(slots.get("lost")?.lost).toMatch(/lags/);
    expect(slots.get("kept")?.lost).toBeNull();
  });

  it("begins a new stretch of the archive, with a snapshot, behind what is gone", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 5);
    await fixture.maintain({ ...NOTHING_KEPT, store: null }).run();
    const gone = fixture.head();
    await insertRows(fixture, 5);
    const report = await fixture.maintenance.run();
    expect(report).toMatchObject({ segments: 1, snapshotLsn: fixture.head() });
    const segments: number[] = [];
    for await (const lsn of fixture.archive.segments(LSN_ZERO)) segments.push(lsn);
    expect(segments).toEqual([gone + 1]);
    await fixture.run("DELETE FROM t WHERE x = 3");
    await fixture.maintenance.run();
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
    await expect(fixture.restore({ kind: "lsn", lsn: gone })).rejects.toMatchObject({
      code: "history-gone",
    });
  });

  it("stores the snapshot behind a gap before what follows the gap", async () => {
    const store = new MemoryStore();
    await using fixture = new ArchiveFixture(store);
    await insertRows(fixture, 5);
    await fixture.maintenance.run();
    await insertRows(fixture, 5);
    await fixture.maintain({ ...NOTHING_KEPT, store: null }).run();
    await insertRows(fixture, 5);
    const keys: string[] = [];
    const { put } = store;
    store.put = async (key, body, condition) => {
      keys.push(key.slice(0, 4));
      return await put.call(store, key, body, condition);
    };
    await fixture.maintain().run();
    expect(keys).toEqual(["rows", "snap", "wal/"]);
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
  });

  it("takes a snapshot after what its log does not tell all of", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 2);
    await fixture.maintenance.run();
    await insertRows(fixture, 2);
    expect(await fixture.maintenance.run()).toMatchObject({ segments: 1, snapshotLsn: null });
    const { shard } = fixture.inner;
    shard.setCapture(CAPTURE_OFF);
    await insertRows(fixture, 2);
    shard.setCapture(CAPTURE_ON);
    expect(await fixture.maintenance.run()).toMatchObject({ snapshotLsn: fixture.head() });
    expect(await fixture.maintenance.run()).toMatchObject({ snapshotLsn: null });
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
  });

  it("waits for the transaction that is open, and takes nothing of it", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 3);
    await fixture.session.begin();
    await fixture.session.execute("INSERT INTO t VALUES ('open')", []);
    let done = false;
    const running = fixture.maintenance.run().finally(() => (done = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(done).toBe(false);
    await fixture.session.rollback();
    expect(await running).toMatchObject({ archivedLsn: fixture.head() });
    await fixture.run("INSERT INTO t VALUES (99)");
    await fixture.maintenance.run();
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
  });

  it("refuses an archive that goes further than the log", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 3);
    await fixture.maintenance.checkpoint();
    const copy = `${fixture.inner.path}.copy`;
    copyFileSync(fixture.inner.path, copy);
    await insertRows(fixture, 3);
    await fixture.maintenance.run();
    const writer = new NodeSqlDriver(copy);
    const { clock, store } = fixture;
    const shard = new Shard({ writer, clock });
    const maintenance = new Maintenance(shard, { shard: SHARD, store, ...NOTHING_KEPT });
    await expect(maintenance.run()).rejects.toThrow(/the archive ends at LSN/);
    const session = new SyncSession(shard);
    for (let i = 0; i < 9; i++) session.execute("INSERT INTO t VALUES ('another way')", []);
    await expect(maintenance.run()).rejects.toThrow(/the change log differ at LSN/);
    expect(new LogReader(writer).oldest()).toBe(1);
    // Nor may a restore go over from the one to the other.
    const epoch = String(new MetaTable(writer).read("epoch"));
    const live = new LiveLog(writer, epoch);
    const task = { archive: fixture.archive, live, moment: "newest" } as const;
    const restored = restoreShard(new NodeSqlDriver(":memory:"), task);
    await expect(restored).rejects.toThrow(/the archive and the change log differ at LSN/);
    shard.close();
  });

  it("refuses an archive that is another log's", async () => {
    const store = new MemoryStore();
    await using fixture = new ArchiveFixture(store);
    await insertRows(fixture, 3);
    await fixture.maintenance.run();
    await using other = new ArchiveFixture(store);
    await insertRows(other, 9);
    const refusal = { code: "bad-file", message: /belongs to another change log/ };
    await expect(other.maintain(NOTHING_KEPT).run()).rejects.toMatchObject({
      ...refusal,
      message: expect.stringMatching(refusal.message) as string,
    });
    expect(log(other).oldest()).toBe(1);
    expect((await store.list("")).objects.length).toBe(3);
  });

  it("does nothing while capture is off", async () => {
    await using fixture = new ArchiveFixture(new MemoryStore(), { capture: CAPTURE_OFF });
    await insertRows(fixture, 3);
    expect(await fixture.maintenance.run()).toMatchObject({ sealed: 0, archivedLsn: null });
    await expect(fixture.maintenance.snapshot()).rejects.toMatchObject({ code: "misuse" });
  });

  it("leaves `changes()` and `last_insert_rowid()` of sessions alone", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.run("CREATE TABLE t (x)", "INSERT INTO t VALUES (1), (2), (3)");
    await fixture.maintain(NOTHING_KEPT).run();
    const sql = "SELECT changes(), last_insert_rowid()";
    expect((await fixture.session.execute(sql, [])).rows).toEqual([[3n, 3n]]);
  });

  it("lets a consumer begin at a time after the last transaction that was trimmed", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.run("CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
    fixture.clock.advance(100_000);
    await fixture.maintain(NOTHING_KEPT).run();
    const wallMs = fixture.clock.nowMs();
    await fixture.run("INSERT INTO t VALUES (2)");
    const { feed } = fixture.inner.database;
    await using subscription = feed.subscribe({ from: { at: { wallMs, counter: 0 } } });
    const first = await subscription.next();
    expect(first.value).toMatchObject({ transaction: { records: [{ after: [2n] }] } });
    const early = { wallMs: wallMs - 200_000, counter: 0 };
    expect(() => feed.subscribe({ from: { at: early } })).toThrow(/does not reach back/);
  });

  it("keeps the shapes that tables had, by which slots follow them", async () => {
    await using fixture = new ArchiveFixture();
    const { driver } = fixture.inner.shard.reader;
    const shapes = (): unknown => driver.prepare("SELECT id FROM _cf_dosql_rel").all([], "number");
    await fixture.run("CREATE TABLE t (x)", "INSERT INTO t VALUES (1)", "ALTER TABLE t ADD y");
    const old = fixture.head();
    await fixture.run("INSERT INTO t VALUES (2, 3)", "ALTER TABLE t ADD z");
    fixture.clock.advance(5);
    const { feed } = fixture.inner.shard;
    await feed.slots.create("s", { from: old });
    await fixture.maintain(NOTHING_KEPT).run();
    expect(shapes()).toEqual([[1], [2], [3]]);
    expect(
      log(fixture)
        .transactions(old)
        .flatMap(({ records }) => records),
    ).toHaveLength(2);
    await feed.slots.drop("s");
    await fixture.maintain(NOTHING_KEPT).run();
    expect(shapes()).toEqual([[1], [2], [3]]);
    await fixture.run("DROP TABLE t");
    await fixture.maintain(NOTHING_KEPT).run();
    await fixture.run("CREATE TABLE u (x)");
    expect(shapes()).toEqual([[1], [2], [3], [4]]);
  });

  it("trims nothing that is not in the archive", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 20);
    await fixture.maintenance.run();
    const seals = new SealTable(fixture.inner.shard.reader.driver);
    const feedLsn = fixture.head();
    const limit = (archivedLsn: number | null): number =>
      trimLimit(
        seals,
        retentionOf({ horizonMs: 0 }),
        { feedLsn, archivedLsn: archivedLsn === null ? null : toLsn(archivedLsn) },
        fixture.clock.nowMs() + 5,
      );
    expect([null, feedLsn, 7, 6, 1, 0].map(limit)).toEqual([feedLsn, feedLsn, 6, 6, 0, 0]);
  });

  it("refuses a retention that is none", () => {
    expect(() => retentionOf({ horizonMs: -1 })).toThrow(/horizonMs cannot be -1/);
    expect(() => retentionOf({ maxEntries: 1.5 })).toThrow(/maxEntries/);
    expect(retentionOf({ horizonMs: 5 })).toEqual({
      horizonMs: 5,
      maxEntries: 10_000_000,
      archiveMs: Infinity,
    });
  });
});

describe("vacuum", () => {
  it("gives space back and leaves hidden rowids alone", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.run(
      "CREATE TABLE bare (x)",
      "CREATE TABLE keyed (a TEXT PRIMARY KEY, b)",
      "CREATE TABLE big (x)",
      "INSERT INTO bare VALUES (1), (2), (3)",
      "INSERT INTO keyed VALUES ('a', 1), ('b', 2)",
      "INSERT INTO big VALUES (zeroblob(500000))",
      "DELETE FROM bare WHERE x < 3",
      "DELETE FROM keyed WHERE a = 'a'",
      "DELETE FROM big",
    );
    const retention = { horizonMs: 0 };
    const maintenance = fixture.maintain({ retention });
    await fixture.maintenance.run();
    fixture.clock.advance(5);
    await maintenance.run();
    const state = fixture.state();
    const size = fixture.inner.database.sizeBytes;
    expect(await maintenance.vacuum()).toBe(true);
    expect(fixture.inner.database.sizeBytes).toBeLessThan(size / 4);
    expect(fixture.state()).toEqual(state);
    const { driver } = fixture.inner.shard.writer;
    const left = "SELECT name FROM sqlite_schema WHERE name LIKE '%keep%'";
    expect(driver.prepare(left).all([], "number")).toEqual([]);
    await fixture.run("UPDATE bare SET x = 'after'", "DELETE FROM keyed");
    await maintenance.run();
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
    await maintenance.close();
    expect(() => maintenance.vacuum()).toThrow(/closed/);
  });
});

describe("checkpoint", () => {
  it("does all that a round does, and empties SQLite's write-ahead log", async () => {
    await using fixture = new ArchiveFixture();
    await insertRows(fixture, 50);
    expect(await fixture.maintenance.checkpoint()).toMatchObject({ archivedLsn: fixture.head() });
    const wal = fixture.inner.shard.writer.driver
      .prepare("PRAGMA wal_checkpoint")
      .all([], "number");
    expect(wal).toEqual([[0, 0, 0]]);
  });
});

describe("the background loop", () => {
  it("runs at once, then soon after commits, then rests", async () => {
    await using fixture = new ArchiveFixture();
    const { shard } = fixture.inner;
    const loop = new MaintenanceLoop(fixture.maintain(NOTHING_KEPT), shard);
    const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
    const sealed = (): number => new SealTable(shard.reader.driver).sealedLsn();
    await settled();
    expect((await fixture.store.list("snap/")).objects).toHaveLength(1);
    await insertRows(fixture, 3);
    await settled();
    expect(sealed()).toBe(0);
    fixture.clock.advance(60_000);
    await settled();
    expect(sealed()).toBe(fixture.head());
    expect(log(fixture).oldest()).toBe(fixture.head() + 1);
    await loop.stop();
    await insertRows(fixture, 3);
    fixture.clock.advance(600_000);
    await settled();
    expect(sealed()).toBeLessThan(fixture.head());
  });

  it("does not wait for the clock when much is committed", async () => {
    await using fixture = new ArchiveFixture();
    const { shard } = fixture.inner;
    const loop = new MaintenanceLoop(fixture.maintenance, shard, { commits: 5 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await insertRows(fixture, 6);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(new SealTable(shard.reader.driver).sealedLsn()).toBeGreaterThan(0);
    await loop.stop();
  });

  it("tells a problem once, and tries again more and more rarely", async () => {
    const store = new MemoryStore();
    await using fixture = new ArchiveFixture(store);
    let tries = 0;
    store.list = async () => {
      tries++;
      throw new TypeError("no store");
    };
    const problems: DosqlError[] = [];
    const onProblem = (problem: DosqlError): number => problems.push(problem);
    const loop = new MaintenanceLoop(fixture.maintenance, fixture.inner.shard, { onProblem });
    for (let minute = 0; minute < 60; minute++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      fixture.clock.advance(60_000);
    }
    expect(problems.map(({ message }) => message)).toEqual(["maintenance failed"]);
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(14);
    await loop.stop();
  });
});

describe("an archive of many segments", () => {
  it("is not listed from its beginning", async () => {
    const store = new MemoryStore();
    await using fixture = new ArchiveFixture(store);
    const states: string[][] = [];
    for (let i = 0; i < 30; i++) {
      await insertRows(fixture, 100);
      await fixture.run("DELETE FROM t WHERE x < 99");
      await fixture.maintenance.run();
      states.push(fixture.state());
    }
    const from: number[] = [];
    const { list } = store;
    store.list = async (prefix, after) => {
      if (prefix.startsWith("wal/")) from.push(Number(/(\d+)\.seg$/.exec(after ?? "")?.[1] ?? 0));
      return await list.call(store, prefix, after);
    };
    expect(await fixture.maintain().run()).toMatchObject({ segments: 0 });
    expect(from).toHaveLength(1);
    expect(from[0]).toBeGreaterThan(fixture.head() - 400);
    const position = fixture.head() - 2_000;
    await fixture.maintenance.snapshot();
    const restored = await fixture.restore({ kind: "lsn", lsn: toLsn(position) });
    expect(states).toContainEqual((await fixture.restore("newest")).state);
    expect(restored.lsn).toBeLessThanOrEqual(position);
    // A note that points to nothing any more.
    const other = new NodeSqlDriver(fixture.inner.path);
    other.exec("UPDATE _cf_dosql_meta SET value = 999999 WHERE key = 'archived_from'");
    other.close();
    expect(await fixture.maintain().run()).toMatchObject({ archivedLsn: fixture.head() });
  }, 60_000);
});
