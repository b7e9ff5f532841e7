import { DosqlError } from "../../base/errors.ts";
import { formatHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO } from "../../base/lsn.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { notCaptured } from "../feed/committed-log.ts";
import type { FeedHost } from "../feed/feed-host.ts";
import { closedError, LeaseTurns } from "../feed/lease-turns.ts";
import type { Pacer } from "../feed/pacer.ts";
import { Sealer } from "../log/seal.ts";
import { SealTable } from "../log/seal-table.ts";
import type { LogIdentity } from "../log/segment-format.ts";
import { MetaTable } from "../meta-table.ts";
import { Archiver } from "./archiver.ts";
import { pruneArchive } from "./pruner.ts";
import type { Pruned } from "./pruner.ts";
import type { Retention } from "./retention.ts";
import { retentionOf, trimLimit } from "./retention.ts";
import type { ShardName } from "./shard-archive.ts";
import { ShardArchive } from "./shard-archive.ts";
import { SnapshotPlan } from "./snapshot-plan.ts";
import { takeSnapshot } from "./snapshot-writer.ts";
import { StoppablePacer } from "./stoppable-pacer.ts";
import { Trimmer } from "./trimmer.ts";
import { reclaim } from "./vacuum.ts";

/** What maintenance needs of its shard. */
export interface MaintenanceHost extends FeedHost {
  /** Up to here no consumer needs the log. */
  readonly feed: { readonly head: Lsn; holds(): Lsn };
}

/** How a shard is maintained. */
export interface MaintenanceOptions {
  /** Names the shard in the archive. */
  readonly shard: ShardName;
  /** Where segments and snapshots go; null keeps none, and the log is trimmed without. */
  readonly store: ObjectStore | null;
  readonly retention?: Partial<Retention>;
}

/** What one round of maintenance did. */
export interface MaintenanceReport {
  /** Transactions that got their checksum. */
  readonly sealed: number;
  readonly segments: number;
  readonly archivedBytes: number;
  /** The last entry in the archive; null without one. */
  readonly archivedLsn: Lsn | null;
  /** Where a snapshot was taken, if one was. */
  readonly snapshotLsn: Lsn | null;
  /** Somebody had deleted what the archive ended with: it went on without. */
  readonly lostParts: boolean;
  /** Entries that were deleted from the log. */
  readonly trimmed: number;
  /** Readers find nothing at or before it. */
  readonly trimmedLsn: Lsn;
  /** The newest transaction's end. */
  readonly headLsn: Lsn;
}

const NOTHING: MaintenanceReport = {
  sealed: 0,
  segments: 0,
  archivedBytes: 0,
  archivedLsn: null,
  snapshotLsn: null,
  lostParts: false,
  trimmed: 0,
  trimmedLsn: LSN_ZERO,
  headLsn: LSN_ZERO,
};

/**
 * Looks after the log of one shard: seals it, copies it into the archive, and deletes what nobody
 * needs any more. Each step goes on where the last one stopped, in this process or another.
 *
 * @example
 * const maintenance = new Maintenance(shard, { shard: { database: "main", shard: 0 }, store });
 * await maintenance.checkpoint();
 */
export class Maintenance {
  readonly retention: Retention;
  readonly #host: MaintenanceHost;
  readonly #shard: ShardName;
  readonly #store: ObjectStore | null;
  readonly #turns: LeaseTurns;
  #archive: ArchiveWork | null = null;
  /** What runs, or ran last: work is done one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** When the archive is looked through for what is too old. */
  #pruneMs = 0;

  constructor(host: MaintenanceHost, { shard, store, retention }: MaintenanceOptions) {
    this.retention = retentionOf(retention);
    this.#host = host;
    this.#shard = shard;
    this.#store = store;
    this.#turns = new LeaseTurns(host.lease, host.clock);
  }

  /**
   * Seals, archives and trims. Nothing happens while changes are not captured.
   *
   * @throws DosqlError `bad-file` when the log or the archive is damaged; `io` when the store fails
   */
  run(): Promise<MaintenanceReport> {
    return this.#next(() => this.#round());
  }

  /** As `run`, and brings SQLite's own write-ahead log into the database file. */
  checkpoint(): Promise<MaintenanceReport> {
    return this.#next(async () => {
      const report = await this.#round();
      await this.#turns.run(() => this.#emptyWal());
      return report;
    });
  }

  /**
   * Gives unused space of the database file back. Everybody who writes waits meanwhile. In a
   * Durable Object, which does that itself, nothing happens.
   *
   * @returns whether anything was done
   */
  vacuum(): Promise<boolean> {
    return this.#next(() =>
      this.#turns.run(() => {
        const done = reclaim(this.#host.writer.driver);
        this.#host.changesOf = null;
        return done;
      }),
    );
  }

  /** Takes a snapshot now, and answers with its position. */
  snapshot(): Promise<Lsn> {
    return this.#next(async () => {
      if (!this.#host.changes.active) throw notCaptured();
      const archive = await this.#archiveWork();
      if (archive === null) {
        throw new DosqlError("misuse", "there is no archive to store a snapshot in");
      }
      await this.#seal();
      await this.#extend(archive);
      return await this.#takeSnapshot(archive);
    });
  }

  /**
   * Deletes what the archive needs only for times before now minus `keepMs`.
   *
   * @throws DosqlError `misuse` without an archive; `io` when the store fails
   */
  prune(keepMs: number): Promise<Pruned> {
    return this.#next(async () => {
      const work = await this.#archiveWork();
      if (work === null) throw new DosqlError("misuse", "there is no archive to delete from");
      return await pruneArchive(work.archive, this.#host.clock.nowMs() - keepMs);
    });
  }

  /** Ends what runs at its next step, and waits for that; what comes later is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#turns.close();
    await this.#last;
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw closedError();
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #round(): Promise<MaintenanceReport> {
    if (!this.#host.changes.active) return NOTHING;
    const sealed = await this.#seal();
    const archive = await this.#archiveWork();
    const archived = archive === null ? null : await this.#extend(archive);
    const trimmed = await this.#trim(archived?.archivedLsn ?? null);
    if (archive !== null) await this.#pruneWhenDue(archive);
    const seals = new SealTable(this.#host.reader.driver);
    const ends = { trimmedLsn: seals.trimmedLsn(), headLsn: this.#host.feed.head };
    return { ...NOTHING, ...archived, sealed, trimmed, ...ends };
  }

  async #seal(): Promise<number> {
    const sealer = new Sealer(this.#host.reader.driver, this.#host.writer.driver);
    const pacer = this.#pacer();
    let sealed = 0;
    for (let more = true; more;) {
      more = sealer.collect();
      sealed += sealer.pending;
      if (sealer.pending > 0) await this.#write(() => sealer.store());
      if (pacer.worked(SEALED_AT_ONCE)) await pacer.rest();
    }
    return sealed;
  }

  /** Archives what is sealed, and takes a snapshot where one is due. */
  async #extend(
    work: ArchiveWork,
  ): Promise<
    Pick<
      MaintenanceReport,
      "segments" | "archivedBytes" | "archivedLsn" | "snapshotLsn" | "lostParts"
    >
  > {
    const { archiver, plan } = work;
    const pacer = this.#pacer();
    let snapshotLsn: Lsn | null = null;
    // Both are to be asked.
    const lost = [await archiver.isLost(), await plan.isLost()];
    // Before the first segment behind a gap: a crash in between must not hide the gap.
    if (await plan.isDueBefore(await archiver.end())) snapshotLsn = await this.#takeSnapshot(work);
    const { segments, bytes } = await archiver.run(pacer);
    const archivedLsn = await archiver.end();
    if (segments > 0) await this.#write(() => archiver.note(this.#host.writer.driver));
    const staleMs = this.#host.clock.nowMs() - this.retention.archiveMs / 2;
    if (await plan.isDue(archivedLsn, staleMs, pacer)) snapshotLsn = await this.#takeSnapshot(work);
    const lostParts = lost.includes(true);
    return { segments, archivedBytes: bytes, archivedLsn, snapshotLsn, lostParts };
  }

  /** Listing an archive costs: now and then is enough. */
  async #pruneWhenDue({ archive }: ArchiveWork): Promise<void> {
    const { archiveMs } = this.retention;
    const nowMs = this.#host.clock.nowMs();
    if (archiveMs === Infinity || nowMs < this.#pruneMs) return;
    await pruneArchive(archive, nowMs - archiveMs);
    this.#pruneMs = nowMs + Math.min(archiveMs / 2, PRUNE_EVERY_MS);
  }

  async #takeSnapshot({ archive, identity, plan }: ArchiveWork): Promise<Lsn> {
    const { clock } = this.#host;
    const pacer = this.#pacer();
    const task = { archive, identity, turns: this.#turns, pacer, nowMs: clock.nowMs() };
    const header = await takeSnapshot(this.#host, task);
    plan.taken(header);
    return header.lsn;
  }

  async #trim(archivedLsn: Lsn | null): Promise<number> {
    const { feed, writer, clock } = this.#host;
    const seals = new SealTable(writer.driver);
    // Asked for under the lease, as a slot is made under it: none can begin in what is deleted.
    const limit = (): Lsn => {
      const holds = { feedLsn: feed.holds(), archivedLsn };
      return trimLimit(seals, this.retention, holds, clock.nowMs());
    };
    const trimmer = new Trimmer(writer.driver, clock);
    const pacer = this.#pacer();
    let trimmed = 0;
    for (;;) {
      const count = await this.#write(() => trimmer.slice(limit()));
      if (count === 0) return trimmed;
      trimmed += count;
      if (pacer.worked(count)) await pacer.rest();
    }
  }

  #pacer(): Pacer {
    return new StoppablePacer(this.#host.clock, () => this.#closed);
  }

  async #archiveWork(): Promise<ArchiveWork | null> {
    if (this.#store === null) return null;
    if (this.#archive !== null) return this.#archive;
    const epoch = await this.#epoch();
    const archive = new ShardArchive(this.#store, this.#shard);
    const { driver } = this.#host.reader;
    const archiver = new Archiver(archive, driver, epoch);
    const plan = new SnapshotPlan(archive, driver, epoch);
    this.#archive = { archive, identity: { ...this.#shard, epoch }, archiver, plan };
    return this.#archive;
  }

  /** The name of this log, given to it when it is archived first. */
  async #epoch(): Promise<string> {
    const known = new MetaTable(this.#host.reader.driver).read("epoch");
    if (typeof known === "string") return known;
    const epoch = formatHlc(this.#host.bookmarks.tick());
    await this.#write(() => new MetaTable(this.#host.writer.driver).write("epoch", epoch));
    return epoch;
  }

  /** In a transaction of its own, between those of sessions. */
  async #write<T>(body: () => T): Promise<T> {
    const host = this.#host;
    return await this.#turns.run(() => {
      try {
        return host.writer.driver.atomically(body);
      } finally {
        host.changesOf = null;
      }
    });
  }

  #emptyWal(): void {
    const { driver } = this.#host.writer;
    if (!driver.caps.transactionStatements) return;
    driver.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all([], "number");
  }
}

const PRUNE_EVERY_MS = 3_600_000;

/** Seals of one page are stored together. */
const SEALED_AT_ONCE = 1_000;

interface ArchiveWork {
  readonly archive: ShardArchive;
  readonly identity: LogIdentity;
  readonly archiver: Archiver;
  readonly plan: SnapshotPlan;
}
