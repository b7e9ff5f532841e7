import { DosqlError } from "../../base/errors.ts";
import type { CaptureSetting } from "../../engine/capture/capture-setting.ts";
import type { FeedArchive } from "../../engine/feed/feed-archive.ts";
import { Shard } from "../../engine/shard.ts";
import type { ShardParts } from "../../engine/shard.ts";
import { BetterSqlite3Driver } from "../../platform/node/better-sqlite3/driver.ts";
import type { BetterSqlite3Library } from "../../platform/node/better-sqlite3/library.ts";
import { systemClock } from "../../platform/node/clock.ts";
import type { ConnectionOptions } from "../../platform/node/sqlite/connection-settings.ts";
import { FileCopies } from "../../platform/node/copy/file-copies.ts";
import { ReaderPool } from "../../platform/node/reader/reader-pool.ts";
import { NodeSqlDriver } from "../../platform/node/sqlite/sqlite-driver.ts";
import type { HistoryHost } from "../../ports/history-host.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { processMain } from "../process-main.ts";

/** How a shard file is opened on Node. */
export interface NodeShardOptions {
  /** `FULL` (the server): an acknowledged commit survives power loss. Default `FULL`. */
  readonly synchronous?: "FULL" | "NORMAL";
  /** Reader processes at most; 0 runs every read on the calling thread. Default 0. */
  readonly readers?: number;
  /**
   * better-sqlite3, to be used for this thread's connections instead of Node's own SQLite, which
   * reader processes use in any case. With it `"text"` is never a string.
   */
  readonly driver?: BetterSqlite3Library;
  /** Which tables' changes are logged. Default: as the file says. */
  readonly capture?: CaptureSetting;
  /** What holds while the file says nothing and nobody else does. Default: off. */
  readonly captureAtFirst?: CaptureSetting;
  /** Where the past is found that the change log no longer holds. */
  readonly history?: HistoryHost;
  /** Where a feed finds changes that the change log no longer holds. */
  readonly feedArchive?: FeedArchive;
  /**
   * `kept`: the file stays in the journal mode that its user chose. One that is not WAL gets a
   * single connection, which reads only while nobody in this process writes. Default `wal`.
   */
  readonly journal?: JournalChoice;
}

/** What becomes of the journal mode of a file that is opened. */
export type JournalChoice = "wal" | "kept";

/**
 * Reader processes kept ready when there are any: the first long read does not wait for a start.
 */
const WARM_READERS = 2;

/**
 * Opens a shard file: a connection that writes, one that reads beside it, and reader processes
 * if asked for.
 */
export function openNodeShard(path: string, options: NodeShardOptions = {}): Shard {
  const { driver } = options;
  const open = (settings: ConnectionOptions): SqlDriver =>
    driver === undefined
      ? new NodeSqlDriver(path, settings)
      : new BetterSqlite3Driver(driver, path, settings);
  const kept = options.journal === "kept";
  const writer = open({ synchronous: options.synchronous ?? "FULL", wal: !kept });
  const { capture, captureAtFirst, history, feedArchive } = options;
  const parts = {
    writer,
    clock: systemClock,
    ...(capture === undefined ? {} : { capture }),
    ...(captureAtFirst === undefined ? {} : { captureAtFirst }),
    ...(history === undefined ? {} : { history }),
    ...(feedArchive === undefined ? {} : { feedArchive }),
  };
  try {
    const memory = path === ":memory:" || path === "";
    if (memory) return new Shard(parts);
    if (kept && !isWal(writer)) return keptShard(parts, options.readers ?? 0);
    // The reader needs the file's header and WAL, which the writer's first write makes.
    const reader = open({ readonly: true });
    const pool = readerPool(path, options.readers ?? 0);
    const openReader = (): SqlDriver => open({ readonly: true });
    const main = processMain("copy-process");
    const { hiddenPrefix } = writer.caps;
    return new Shard({
      ...parts,
      reader,
      openReader,
      copyHost: new FileCopies({ path, main, hiddenPrefix }),
      ...(pool === null ? {} : { readerHost: pool }),
    });
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** Whether a file is in WAL mode. */
export function isWal(driver: SqlDriver): boolean {
  return driver.prepare("PRAGMA main.journal_mode").all([], "number")[0]?.[0] === "wal";
}

/**
 * With a rollback journal whoever reads keeps others from committing, and a commit keeps them from
 * reading: a second connection, and one in another process, would end in SQLITE_BUSY.
 */
function keptShard(parts: ShardParts, readers: number): Shard {
  refuseReaders(readers);
  // NORMAL may lose the file in this mode when the power fails.
  parts.writer.exec("PRAGMA synchronous = FULL");
  return new Shard(parts);
}

/** Of a file that is not in WAL mode. */
export function refuseReaders(readers: number): void {
  if (readers === 0) return;
  throw new DosqlError("misuse", "reader processes need a file in WAL mode", {
    hint: 'open it without readers, or without { journal: "kept" }',
  });
}

/** Processes for the long reads of a file; null for none. */
export function readerPool(path: string, most: number): ReaderPool | null {
  if (most === 0) return null;
  return new ReaderPool({
    path,
    main: processMain("reader-process"),
    warm: Math.min(WARM_READERS, most),
    most,
  });
}
