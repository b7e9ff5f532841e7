import { DosqlError } from "../../base/errors.ts";
import { readHlc } from "../../base/hlc.ts";
import type { Moment } from "../../base/moment.ts";
import { LiveLog } from "../../engine/archive/history-source.ts";
import type { Restored, RestoreProgress } from "../../engine/archive/restore.ts";
import { restoreShard } from "../../engine/archive/restore.ts";
import { toLsn } from "../../base/lsn.ts";
import { readCaptureSetting } from "../../engine/capture/file-setting.ts";
import { MetaTable } from "../../engine/meta-table.ts";
import { Shard } from "../../engine/shard.ts";
import { momentOf } from "../../engine/time/point-in-time.ts";
import { systemClock } from "../../platform/node/clock.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { NodeSqlDriver } from "../../platform/node/sqlite/sqlite-driver.ts";
import { openDataFolder } from "../../server/data-folder.ts";
import type { RestoreReport, RestoreRequest, RestoreStep } from "../../server/restore-report.ts";
import { checkShardFile } from "../../server/shard-file.ts";
import { folderArchive, openScratch } from "./node-archive.ts";
import { nodeFolderHome } from "./node-home.ts";

/**
 * Makes a data folder that holds a database as it was. The folder that it is made from is only
 * read, and may be served meanwhile.
 *
 * @returns null when the user stopped it
 * @throws DosqlError as `restoreShard`; `bad-file` for folders; `invalid-argument` for the moment
 */
export async function restoreFolder(
  request: RestoreRequest,
  step: RestoreStep,
): Promise<RestoreReport | null> {
  const moment = readMoment(request.to);
  const source = findSource(request);
  const live = source.shardFile === null ? null : openLive(source.shardFile);
  try {
    const folder = openDataFolder(nodeFolderHome(), request.out, { create: true });
    try {
      requireEmpty(folder.shardFile, folder.path);
      const restored = await build(folder.shardFile, step, (driver, watch) =>
        restoreShard(driver, {
          archive: folderArchive(source.archive),
          live: live?.log ?? null,
          moment,
          without: request.without,
          verify: request.verify,
          watch,
        }),
      );
      if (restored === null) return null;
      return toReport(restored, folder.path, live !== null);
    } finally {
      folder.release();
    }
  } finally {
    live?.driver.close();
  }
}

/** Builds a file beside its place, and moves it there when it is whole. */
async function build(
  file: string,
  step: RestoreStep,
  restore: (
    driver: NodeSqlDriver,
    watch: (progress: RestoreProgress) => Promise<void>,
  ) => Promise<Restored>,
): Promise<Restored | null> {
  const draft = `${file}.restoring`;
  removeFile(draft);
  try {
    const driver = openScratch(draft);
    let restored: Restored;
    try {
      restored = await restore(driver, async ({ rows, rowsTotal, entries }) => {
        const part = entries === 0 && rowsTotal > 0 ? rows / rowsTotal : null;
        const note = entries === 0 ? `${rows} rows` : `${entries} changes`;
        if (await step(part, note)) throw new DosqlError("canceled", "the user stopped it");
      });
    } finally {
      driver.close();
    }
    beginLog(draft, restored);
    nodeFiles.rename(draft, file);
    return restored;
  } catch (error) {
    if (error instanceof DosqlError && error.code === "canceled") return null;
    throw error;
  } finally {
    removeFile(draft);
  }
}

/** Turns capture on as it was, in a log of its own; the file is durable after that. */
function beginLog(file: string, { capture }: Restored): void {
  const writer = new NodeSqlDriver(file, { synchronous: "FULL" });
  new Shard({ writer, clock: systemClock, capture }).close();
}

function removeFile(file: string): void {
  for (const rest of ["", "-wal", "-shm", "-journal"]) nodeFiles.remove(file + rest);
}

interface Source {
  /** The folder of segments and snapshots. */
  readonly archive: string;
  /** Null when there is none. */
  readonly shardFile: string | null;
}

function findSource({ data, archive }: RestoreRequest): Source {
  const shardFile =
    data === null ? null : nodeFiles.join(data, "databases", "main", "shard-0.sqlite");
  const folder = archive ?? nodeFiles.join(data ?? "", "archive");
  if (nodeFiles.info(folder)?.kind !== "folder") {
    throw new DosqlError("bad-file", `there is no archive at ${folder}`, {
      hint: "a server makes one while it runs (dosql serve --archive on), or: dosql checkpoint",
    });
  }
  const exists = shardFile !== null && nodeFiles.info(shardFile) !== null;
  return { archive: folder, shardFile: exists ? shardFile : null };
}

/** The end of the log that the archive may not have yet, held as it is now. */
function openLive(
  shardFile: string,
): { readonly log: LiveLog; readonly driver: NodeSqlDriver } | null {
  checkShardFile(nodeFiles, shardFile, (path) => new NodeSqlDriver(path, { readonly: true }));
  const driver = new NodeSqlDriver(shardFile, { readonly: true });
  try {
    driver.exec("BEGIN");
    if (readCaptureSetting(driver) !== null) {
      const epoch = new MetaTable(driver).read("epoch");
      return { log: new LiveLog(driver, typeof epoch === "string" ? epoch : null), driver };
    }
    driver.close();
    return null;
  } catch (error) {
    driver.close();
    throw error;
  }
}

function readMoment(text: string): Moment | "newest" {
  const given = text.trim();
  if (/^(?:latest|newest|now)$/i.test(given)) return "newest";
  const moment = readTime(given);
  if (moment.kind === "lsn" || moment.time.wallMs <= systemClock.nowMs()) return moment;
  throw new DosqlError("invalid-argument", `${given} lies in the future`, {
    hint: "for the newest state: --to latest",
  });
}

/** Numbers from here on are milliseconds since 1970, which somebody took for a time. */
const TOO_LARGE_LSN = 1e11;

/** A plain number is a log sequence number; a clock, too, may have decimal digits only. */
function readTime(given: string): Moment {
  const isNumber = /^\d+$/.test(given) && readHlc(given) === null;
  if (isNumber && Number(given) < TOO_LARGE_LSN) return { kind: "lsn", lsn: toLsn(Number(given)) };
  const date = new Date(isNumber ? Number(given) : Number.NaN);
  const time = Number.isNaN(date.getTime()) ? "" : `; those milliseconds are ${date.toISOString()}`;
  try {
    if (!isNumber) return momentOf(given);
  } catch (error) {
    if (!(error instanceof DosqlError) || error.code !== "invalid-argument") throw error;
  }
  throw new DosqlError("invalid-argument", `${given} is no moment to restore to`, {
    hint:
      "a plain number is a log sequence number, the `lsn` that dosql tail prints; a time is as " +
      `2026-11-20T10:00:00Z, or its \`time\`, \`clock\` or \`id\`; or latest${time}`,
  });
}

function requireEmpty(shardFile: string, folder: string): void {
  if (nodeFiles.info(shardFile) === null) return;
  throw new DosqlError("bad-file", `${folder} holds a database already`, {
    hint: "name a new or an empty folder with --out",
  });
}

function toReport(restored: Restored, out: string, fromDatabase: boolean): RestoreReport {
  const { lsn, time, snapshotLsn, rows, entries, transactions, verifiedAt, atEnd, leftOut } =
    restored;
  const counts = { snapshotLsn, rows, entries, transactions, verifiedAt };
  return { out, lsn, timeMs: time.wallMs, ...counts, fromDatabase, leftOut, atEnd };
}
