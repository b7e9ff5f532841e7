import { DosqlError } from "../../base/errors.ts";
import { compareHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Moment } from "../../base/moment.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { ChangeLog } from "../capture/change-log.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import { ENTRY } from "../log/layout.ts";
import { commitValues } from "../log/to-transaction.ts";
import { MetaTable } from "../meta-table.ts";
import { EnclosedDriver } from "./enclosed-driver.ts";
import { LiveLog, readHistory } from "./history-source.ts";
import type { Restored, RestoreProgress } from "./restore.ts";
import { notReached, restoreShard } from "./restore.ts";
import type { ShardArchive } from "./shard-archive.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";
import { Snapshots } from "./snapshot-reader.ts";

/** The parts of a shard that is restored in its own place. */
export interface PlaceHost {
  readonly writer: { readonly driver: SqlDriver };
  readonly changes: ChangeLog;
}

/** What is to be made of it. */
export interface PlaceTask {
  readonly archive: ShardArchive;
  /** The end of a transaction, as `locateMoment` finds it. */
  readonly lsn: Lsn;
  /** Tables that are made without rows, because their changes were not captured. */
  readonly without: readonly string[];
  readonly watch: (progress: RestoreProgress) => Promise<void>;
}

/**
 * Puts the database of a shard back to what it was, out of its archive and its own log, on its own
 * connection. The caller holds the write lease and a transaction in which keys and CHECKs are not
 * enforced, and takes all of it back if this throws. In the log it is one transaction of origin
 * `foreign`, which drops all tables and makes them again with their rows.
 *
 * @throws DosqlError as `restoreShard`
 */
export async function restoreInPlace(host: PlaceHost, task: PlaceTask): Promise<Restored> {
  const { driver } = host.writer;
  dropAll(driver);
  const { archive, without, watch } = task;
  const moment = { kind: "lsn", lsn: task.lsn } as const;
  const live = liveLog(driver);
  const wanted = { archive, live, moment, without, watch };
  const restored = await restoreShard(new EnclosedDriver(driver), wanted);
  host.changes.adoptForeign(true);
  return restored;
}

/** What a moment comes down to. */
export interface Located {
  /** The end of the last transaction at or before it. */
  readonly lsn: Lsn;
  /** Nothing is known of what came later. */
  readonly atEnd: boolean;
}

/**
 * Looks a moment up in an archive and the log that follows it.
 *
 * @throws DosqlError `history-gone` for a moment before the first snapshot; `invalid-argument` for
 * an LSN that does not exist
 */
export async function locateMoment(
  archive: ShardArchive,
  live: LiveLog | null,
  moment: Moment,
): Promise<Located> {
  const start = await startOf(archive, moment);
  let found = start.lsn;
  const from = { after: start.lsn, time: start.time, epoch: start.epoch };
  for await (const { entries } of readHistory(archive, live, from)) {
    for (const entry of entries) {
      if (entry.code !== ENTRY.commit) continue;
      const isBeyond =
        moment.kind === "lsn"
          ? entry.lsn > moment.lsn
          : compareHlc(commitValues(entry), moment.time) > 0;
      if (isBeyond) return { lsn: found, atEnd: false };
      found = entry.lsn;
    }
  }
  if (moment.kind === "time") return { lsn: found, atEnd: true };
  if (found === moment.lsn) return { lsn: found, atEnd: false };
  throw notReached(moment.lsn, found);
}

async function startOf(archive: ShardArchive, moment: Moment): Promise<SnapshotHeader> {
  const snapshots = new Snapshots(archive);
  for (const position of (await snapshots.positions()).reverse()) {
    if (moment.kind === "lsn" && position > moment.lsn) continue;
    const header = await snapshots.header(position);
    if (moment.kind === "lsn" || compareHlc(header.time, moment.time) <= 0) return header;
  }
  throw new DosqlError(
    "history-gone",
    "neither the change log nor the archive reaches back so far",
  );
}

/** The own log of a database that may have been archived. */
export function liveLog(driver: SqlDriver): LiveLog {
  const epoch = new MetaTable(driver).read("epoch");
  return new LiveLog(driver, typeof epoch === "string" ? epoch : null);
}

/** All that is the user's. */
function dropAll(driver: SqlDriver): void {
  const { user, virtual, tables } = readSchemaRows(driver);
  const drop = (kind: string, name: string): void => {
    driver.exec(`DROP ${kind} ${quoteIdentifier(name)}`);
  };
  for (const { type, name } of user) if (type === "view") drop("VIEW", name);
  // What stands behind them goes with them.
  for (const { name } of virtual) drop("TABLE", name);
  for (const { name } of tables) drop("TABLE", name);
}
