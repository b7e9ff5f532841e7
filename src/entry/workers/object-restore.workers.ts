import type { Bookmark } from "../../base/bookmark.ts";
import { formatBookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Moment } from "../../base/moment.ts";
import { liveLog, locateMoment, restoreInPlace } from "../../engine/archive/restore-in-place.ts";
import type { ShardArchive } from "../../engine/archive/shard-archive.ts";
import { LogReader } from "../../engine/log/log-reader.ts";
import { commitValues } from "../../engine/log/to-transaction.ts";
import type { LeaseHolder } from "../../engine/session/write-lease.ts";
import type { Shard } from "../../engine/shard.ts";
import { History } from "../../engine/time/history.ts";
import type { PointInTime } from "../../engine/time/point-in-time.ts";
import { momentOf } from "../../engine/time/point-in-time.ts";
import { rewind } from "../../engine/time/rewind.ts";
import type { HoldableObject } from "../../platform/workers/held-storage.ts";
import { holdStorage } from "../../platform/workers/held-storage.ts";
import type { ObjectMemory } from "./object-memory.workers.ts";

/** What a restore in place may leave out. */
export interface ObjectRestoreOptions {
  /** Tables that are made without rows, because their changes were not captured. */
  readonly without?: readonly string[];
}

/** What a restore in place did. */
export interface ObjectRestored {
  /**
   * Out of the change log, as changes of rows; or out of the archive, as a transaction of origin
   * `foreign` that makes all tables again.
   */
  readonly from: "log" | "archive";
  /** The end of the last transaction that counts, as the database was then. */
  readonly lsn: Lsn;
  /** The database as it was before: a restore to it takes this one back. */
  readonly previous: Bookmark;
  /** The database now. */
  readonly bookmark: Bookmark;
}

/** The runtime resets an object that nobody could reach for 30 s. */
const LONGEST_MS = 25_000;

/**
 * Brings the database of an object back to what it was, in one transaction: whatever happens
 * meanwhile leaves the old database or the new one. Nobody else is served until it is over.
 *
 * @throws DosqlError `history-gone` for what is not known any more, `invalid-argument` for what is
 * no point in time or lies in the future, `busy` while a transaction is open, `limit` for a
 * database that takes too long, and as `restoreShard`
 */
export async function restoreObject(
  object: HoldableObject,
  memory: ObjectMemory,
  point: PointInTime,
  {
    without = [],
    stuck = null,
  }: ObjectRestoreOptions & { readonly stuck?: LeaseHolder | null } = {},
): Promise<ObjectRestored> {
  const { shard } = memory;
  const moment = momentOf(point);
  if (moment.kind === "time" && moment.time.wallMs > shard.clock.nowMs()) {
    throw new DosqlError("invalid-argument", "a database cannot be restored to the future");
  }
  try {
    return await change({ object, shard, stuck }, "log", async () => {
      const lsn = new History(shard.writer.driver).position(moment);
      rewind(shard, lsn);
      return lsn;
    });
  } catch (error) {
    if (!(error instanceof DosqlError)) throw error;
    // What an import could not take back, its log cannot either.
    if (error.code !== "history-gone" && (stuck === null || error.code !== "bad-file")) throw error;
    // All of it is there first, so that this can be taken back.
    const archive = await memory.archived(stuck !== null);
    if (archive === null) throw error;
    return await fromArchive({ object, shard, stuck }, { archive, moment, without });
  }
}

/** What is restored. */
interface Place {
  readonly object: HoldableObject;
  readonly shard: Shard;
  /** Who has the write lease and lets it go for this: an import that was stuck. */
  readonly stuck: LeaseHolder | null;
}

async function fromArchive(
  place: Place,
  task: {
    readonly archive: ShardArchive;
    readonly moment: Moment;
    readonly without: readonly string[];
  },
): Promise<ObjectRestored> {
  const { archive, without } = task;
  const { shard } = place;
  const live = liveLog(shard.reader.driver);
  const { lsn } = await locateMoment(archive, live, task.moment);
  return await change(place, "archive", async () => {
    const endMs = shard.clock.monotonicMs() + LONGEST_MS;
    const watch = async (): Promise<void> => {
      if (shard.clock.monotonicMs() > endMs) throw tooLong();
    };
    await restoreInPlace(shard, { archive, lsn, without, watch });
    return lsn;
  });
}

/** @param body brings the database to a position, inside a transaction */
async function change(
  { object, shard, stuck }: Place,
  from: ObjectRestored["from"],
  body: () => Promise<Lsn>,
): Promise<ObjectRestored> {
  const holder = { idleSinceMs: () => null, expire: () => undefined };
  if (stuck !== null && shard.lease.heldBy(stuck)) shard.lease.lend(stuck, holder);
  else if (!shard.lease.tryAcquire(holder)) throw isBusy();
  try {
    const previous = newestBookmark(shard);
    const lsn = await holdStorage(object, body);
    return { from, lsn, previous, bookmark: newestBookmark(shard) };
  } finally {
    shard.changesOf = null;
    // There is another schema now, or what was learned of one was rolled back with it.
    shard.schemaChanged();
    shard.lease.release(holder);
    shard.changes.committed();
  }
}

/** @throws DosqlError `history-gone` where nothing was ever committed */
function newestBookmark({ writer }: Shard): Bookmark {
  const newest = new LogReader(writer.driver).lastCommit();
  if (newest !== null) return formatBookmark(commitValues(newest));
  throw new DosqlError("history-gone", "nothing was committed in this database yet");
}

function isBusy(): DosqlError {
  return new DosqlError("busy", "the database cannot be restored while it is written to", {
    hint: "try again when the transaction or the import is over",
  });
}

function tooLong(): DosqlError {
  return new DosqlError("limit", `the restore takes longer than ${LONGEST_MS / 1_000} s`, {
    hint: "nothing was changed; restore a copy of the archive with `dosql restore`",
  });
}
