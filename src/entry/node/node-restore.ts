import type { Bookmark } from "../../base/bookmark.ts";
import { formatBookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import { liveLog, locateMoment, restoreInPlace } from "../../engine/archive/restore-in-place.ts";
import type { ShardArchive } from "../../engine/archive/shard-archive.ts";
import { LogReader } from "../../engine/log/log-reader.ts";
import { commitValues } from "../../engine/log/to-transaction.ts";
import type { Shard } from "../../engine/shard.ts";
import { History } from "../../engine/time/history.ts";
import { momentOf } from "../../engine/time/point-in-time.ts";
import { rewind } from "../../engine/time/rewind.ts";

/** Where a database was before, and is now. */
export interface NodeRestored {
  readonly before: Bookmark;
  readonly now: Bookmark;
}

/**
 * Brings the database of a shard file back to what it was, in one transaction, while others wait
 * for the write lease and read what was there before: out of its log, or out of its archive where
 * the log does not tell enough.
 *
 * @param archived all that was committed, in the archive; null where there is none
 * @throws DosqlError `history-gone` for what is not known any more, `invalid-argument` for what is
 * no point in time or lies in the future
 */
export async function restoreFile(
  shard: Shard,
  point: string,
  archived: () => Promise<ShardArchive | null>,
): Promise<NodeRestored> {
  const moment = momentOf(point);
  if (moment.kind === "time" && moment.time.wallMs > shard.clock.nowMs()) {
    throw new DosqlError("invalid-argument", "a database cannot be restored to the future");
  }
  const { driver } = shard.writer;
  try {
    return await change(shard, async () => {
      rewind(shard, new History(driver).position(moment));
    });
  } catch (error) {
    if (!(error instanceof DosqlError && error.code === "history-gone")) throw error;
    const archive = await archived();
    if (archive === null) throw error;
    const { lsn } = await locateMoment(archive, liveLog(driver), moment);
    return await change(shard, async () => {
      driver.exec("BEGIN IMMEDIATE");
      try {
        await restoreInPlace(shard, { archive, lsn, without: [], watch: async () => undefined });
        driver.exec("COMMIT");
      } finally {
        if (driver.inTransaction) driver.exec("ROLLBACK");
      }
    });
  }
}

/** @param body brings the database to a position */
async function change(shard: Shard, body: () => Promise<void>): Promise<NodeRestored> {
  const holder = { idleSinceMs: () => null, expire: () => undefined };
  await new Promise<void>((resolve) => {
    shard.lease.acquire(holder, resolve);
  });
  const { driver } = shard.writer;
  try {
    shard.enter(shard.writer, shard.changes);
    const before = newestBookmark(shard);
    enforce(shard, false);
    try {
      await body();
    } finally {
      enforce(shard, true);
    }
    return { before, now: newestBookmark(shard) };
  } finally {
    if (driver.inTransaction) driver.exec("ROLLBACK");
    shard.changesOf = null;
    // There is another schema now, or what was learned of one was rolled back with it.
    shard.schemaChanged();
    shard.lease.release(holder);
    shard.changes.committed();
  }
}

function enforce(shard: Shard, on: boolean): void {
  const { driver } = shard.writer;
  driver.exec(`PRAGMA foreign_keys = ${on ? "ON" : "OFF"}`);
  driver.exec(`PRAGMA ignore_check_constraints = ${on ? "OFF" : "ON"}`);
  shard.writerForeignKeys = on;
}

/** @throws DosqlError `history-gone` where nothing was ever committed */
function newestBookmark({ writer }: Shard): Bookmark {
  const newest = new LogReader(writer.driver).lastCommit();
  if (newest !== null) return formatBookmark(commitValues(newest));
  throw new DosqlError("history-gone", "nothing was committed in this database yet");
}
