import { copyFileSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { DosqlError } from "../../../src/base/errors.ts";
import { LiveLog } from "../../../src/engine/archive/history-source.ts";
import { MaintenanceLoop } from "../../../src/engine/archive/maintenance-loop.ts";
import { restoreShard } from "../../../src/engine/archive/restore.ts";
import type { Restored } from "../../../src/engine/archive/restore.ts";
import { MetaTable } from "../../../src/engine/meta-table.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { FolderStore } from "../../../src/platform/node/files/folder-store.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { failureOf } from "../time/past-fixture.ts";
import { ArchiveFixture } from "./archive-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

async function inserted(fixture: ArchiveFixture, count: number): Promise<void> {
  await fixture.run("CREATE TABLE IF NOT EXISTS t (x)");
  for (let i = 0; i < count; i++) await fixture.run(`INSERT INTO t VALUES (${i})`);
}

describe("an old copy of a database whose archive went on", () => {
  /** Restores out of the archive and an old copy, in which something happened since. */
  async function restoreWith(
    fixture: ArchiveFixture,
    change: (session: SyncSession) => void,
  ): Promise<Omit<Restored, "rows"> & { readonly rows: unknown }> {
    const writer = new NodeSqlDriver(`${fixture.inner.path}.copy`);
    fixture.clock.advance(1);
    const shard = new Shard({ writer, clock: fixture.clock });
    change(new SyncSession(shard));
    const live = new LiveLog(writer, String(new MetaTable(writer).read("epoch")));
    const driver = new NodeSqlDriver(":memory:");
    try {
      const task = { archive: fixture.archive, live, moment: "newest" } as const;
      const restored = await restoreShard(driver, task);
      return { ...restored, rows: driver.prepare("SELECT count(*) FROM t").all([], "number") };
    } finally {
      driver.close();
      shard.close();
    }
  }

  async function copied(): Promise<ArchiveFixture> {
    const fixture = new ArchiveFixture();
    await inserted(fixture, 3);
    await fixture.maintenance.checkpoint();
    copyFileSync(fixture.inner.path, `${fixture.inner.path}.copy`);
    await inserted(fixture, 5);
    await fixture.maintenance.run();
    return fixture;
  }

  it("is noticed when it went another way, and is the shorter one", async () => {
    await using fixture = await copied();
    const failure = await failureOf(() =>
      restoreWith(fixture, (session) => session.execute("INSERT INTO t VALUES ('other')", [])),
    );
    expect(failure).toMatchObject({
      code: "bad-file",
      message: `the archive and the change log differ at LSN ${fixture.head() - 8}`,
      hint: expect.stringContaining("--archive DIR") as string,
    });
  });

  it("is no obstacle when it is only old", async () => {
    await using fixture = await copied();
    expect(await restoreWith(fixture, () => undefined)).toMatchObject({
      lsn: fixture.head(),
      rows: [[8]],
    });
  });
});

describe("an archive that is deleted while its database is served", () => {
  it("is begun again with a snapshot, and somebody hears of it", async () => {
    await using fixture = new ArchiveFixture();
    const store = fixture.store as MemoryStore;
    const problems: DosqlError[] = [];
    const maintenance = fixture.maintain({ retention: { horizonMs: 0 } });
    const loop = new MaintenanceLoop(maintenance, fixture.inner.shard, {
      intervalMs: 10,
      onProblem: (problem) => problems.push(problem),
    });
    const settled = async (): Promise<void> => {
      // Behind the round that the loop runs.
      await new Promise((resolve) => setTimeout(resolve, 60));
      await maintenance.snapshot().catch(() => undefined);
    };
    await inserted(fixture, 5);
    await settled();
    expect(problems).toEqual([]);
    store.objects.clear();
    await inserted(fixture, 2);
    await settled();
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ["history-gone", expect.stringMatching(/deleted: it begins again with a snapshot at \d+/)],
    ]);
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
    await inserted(fixture, 2);
    await settled();
    expect(problems).toHaveLength(1);
    await loop.stop();
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
  });

  it.each(["wal", "snap", "rows", ""])("in a folder, also in part: %s", async (part) => {
    const root = path.join("/tmp", `dosql-lost-${process.pid}-${part}`);
    await using fixture = new ArchiveFixture(new FolderStore(root));
    try {
      await inserted(fixture, 5);
      const maintenance = fixture.maintain({ retention: { horizonMs: 0 } });
      expect(await maintenance.run()).toMatchObject({ lostParts: false });
      rmSync(path.join(root, part), { recursive: true });
      await inserted(fixture, 2);
      // A snapshot that is left is enough to go on from.
      const snapshotLsn = part === "wal" ? null : (expect.any(Number) as number);
      expect(await maintenance.run()).toMatchObject({ lostParts: true, snapshotLsn });
      expect(await maintenance.run()).toMatchObject({ lostParts: false, snapshotLsn: null });
      expect((await fixture.restore("newest")).state).toEqual(fixture.state());
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
