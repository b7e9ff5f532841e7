import { describe, expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { ArchiveHistory } from "../../../src/engine/archive/archive-history.ts";
import { pruneArchive } from "../../../src/engine/archive/pruner.ts";
import { retentionOf } from "../../../src/engine/archive/retention.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ArchiveFixture } from "./archive-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

const HOUR = 3_600_000;

interface Moment {
  readonly lsn: Lsn;
  readonly state: string[];
}

/** Ten hours with a snapshot in each; what the database was at each commit. */
async function tenHours(fixture: ArchiveFixture): Promise<{ commits: Moment[]; snapshots: Lsn[] }> {
  const commits: Moment[] = [];
  const snapshots: Lsn[] = [];
  await fixture.run("CREATE TABLE t (x)");
  for (let hour = 0; hour < 10; hour++) {
    fixture.clock.advance(HOUR);
    for (let i = 0; i < 3; i++) {
      await fixture.run(`INSERT INTO t VALUES (${hour})`);
      commits.push({ lsn: fixture.head(), state: fixture.state() });
      if (i === 1) await fixture.maintenance.run();
    }
    snapshots.push(await fixture.maintenance.snapshot());
  }
  return { commits, snapshots };
}

async function keysOf(fixture: ArchiveFixture): Promise<string[]> {
  return (await fixture.store.list("")).objects.map(({ key }) => key);
}

/** Everything from the position on is there, and nobody gets a wrong answer before it. */
async function requireWhole(
  fixture: ArchiveFixture,
  commits: readonly Moment[],
  from: Lsn,
): Promise<void> {
  for (const { lsn, state } of commits) {
    const restored = fixture.restore({ kind: "lsn", lsn });
    if (lsn >= from) expect((await restored).state, `LSN ${lsn}`).toEqual(state);
    else {
      const outcome = await restored.then(
        (found) => found.state,
        (error: unknown) => (error as { code: string }).code,
      );
      expect([state, "history-gone"], `LSN ${lsn}`).toContainEqual(outcome);
    }
  }
}

describe("an archive that is to reach back so far only", () => {
  it("loses what only earlier times need, whatever a crash leaves", async () => {
    await using fixture = new ArchiveFixture();
    const { commits, snapshots } = await tenHours(fixture);
    const store = fixture.store as MemoryStore;
    const whole = new Map(store.objects);
    const from = snapshots[5] as Lsn;
    const horizon = fixture.clock.nowMs() - 3.5 * HOUR;
    expect(await pruneArchive(fixture.archive, horizon)).toEqual({
      fromLsn: from,
      deleted: expect.any(Number) as number,
    });
    const left = await keysOf(fixture);
    expect(left.filter((key) => key.startsWith("snap"))).toHaveLength(5);
    expect(left.filter((key) => key.startsWith("rows"))).toHaveLength(4 + 1);
    await requireWhole(fixture, commits, from);
    const before = { kind: "lsn", lsn: commits[3]?.lsn as Lsn } as const;
    await expect(fixture.restore(before)).rejects.toMatchObject({
      code: "history-gone",
      hint: expect.stringContaining(`LSN ${from}`) as string,
    });
    const history = new ArchiveHistory(
      fixture.archive,
      () => new NodeSqlDriver(":memory:"),
      fixture.clock,
    );
    await expect(history.openAt(before)).rejects.toMatchObject({ code: "history-gone" });
    expect(await pruneArchive(fixture.archive, horizon)).toEqual({ fromLsn: from, deleted: 0 });

    const deletes = whole.size - left.length;
    expect(deletes).toBeGreaterThan(10);
    const { delete: remove } = store;
    for (let crashed = 0; crashed < deletes; crashed++) {
      store.objects.clear();
      for (const [key, object] of whole) store.objects.set(key, object);
      store.delete = async (keys) => {
        await remove.call(store, keys.slice(0, crashed));
        throw new TypeError("crash");
      };
      await expect(pruneArchive(fixture.archive, horizon)).rejects.toThrow("crash");
      expect(store.objects.size).toBe(whole.size - crashed);
      await requireWhole(fixture, commits, from);
      store.delete = remove;
      await pruneArchive(fixture.archive, horizon);
      expect(await keysOf(fixture)).toEqual(left);
    }
  });

  it("keeps all by default, and all that has no snapshot behind it", async () => {
    await using fixture = new ArchiveFixture();
    await tenHours(fixture);
    const keys = await keysOf(fixture);
    fixture.clock.advance(1_000 * HOUR);
    await fixture.maintenance.run();
    expect(await keysOf(fixture)).toEqual(keys);
    expect((await pruneArchive(fixture.archive, 0)).deleted).toBe(0);
    expect(await keysOf(fixture)).toEqual(keys);
    expect(retentionOf().archiveMs).toBe(Infinity);
    expect(() => retentionOf({ archiveMs: -1 })).toThrow(/archiveMs cannot be -1/);
  });

  it("is looked after by maintenance, which takes the snapshots that it needs", async () => {
    await using fixture = new ArchiveFixture();
    const maintenance = fixture.maintain({ retention: { archiveMs: 4 * HOUR, horizonMs: 0 } });
    await fixture.run("CREATE TABLE t (x)");
    const commits: (Moment & { readonly ms: number })[] = [];
    for (let half = 0; half < 40; half++) {
      fixture.clock.advance(HOUR / 2);
      await fixture.run(`INSERT INTO t VALUES (${half})`);
      commits.push({ lsn: fixture.head(), state: fixture.state(), ms: fixture.clock.nowMs() });
      await maintenance.run();
      const needed = commits.find(({ ms }) => ms >= fixture.clock.nowMs() - 4 * HOUR);
      await requireWhole(fixture, commits.slice(-3), needed?.lsn as Lsn);
    }
    const keys = await keysOf(fixture);
    expect(keys.filter((key) => key.startsWith("snap")).length).toBeLessThan(6);
    // It reaches half as far back again, and the hour between two looks.
    expect(keys.filter((key) => key.startsWith("wal")).length).toBeLessThan(2 * 7 + 2);
    const needed = commits.find(({ ms }) => ms >= fixture.clock.nowMs() - 4 * HOUR);
    await requireWhole(fixture, commits, needed?.lsn as Lsn);
    await maintenance.close();
  });
});
