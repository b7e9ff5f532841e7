/**
 * `dosql`: opens a database in this process.
 *
 * @module
 */
import { DosqlError } from "../base/errors.ts";
import { captureSetting } from "../engine/capture/capture-setting.ts";
import type { Database } from "../engine/session/session.ts";
import { resolveDatabasePath } from "../server/database-path.ts";
import { FolderSocket } from "./node/folder-socket.ts";
import { HeldDatabase, folderOptions, openLocalDatabase } from "./node/node-database.ts";
import { nodeFolderHome } from "./node/node-home.ts";

export { DosqlError } from "../base/errors.ts";
export type { ErrorCode, ErrorDetails } from "../base/errors.ts";
export type { Bookmark } from "../base/bookmark.ts";
export { toLsn } from "../base/lsn.ts";
export type { Hlc } from "../base/hlc.ts";
export type { Lsn } from "../base/lsn.ts";
export type { Row, SqlValue } from "../base/value.ts";
export type {
  ChangeFeed,
  ChangeSlots,
  FeedEvent,
  FeedStart,
  SlotInfo,
  SlotOptions,
  SnapshotBatch,
  SubscribeOptions,
  Subscription,
  TableFilter,
} from "../engine/feed/change-feed.ts";
export type { LogOp, LogRecord, LogTransaction } from "../engine/log/record.ts";
export type { ResultSet } from "../engine/session/result-set.ts";
export type {
  BeginOptions,
  Database,
  IsolationLevel,
  Session,
  SessionOptions,
  Statement,
  StatementInfo,
} from "../engine/session/session.ts";
export { VERSION } from "../server/version.ts";

/** Options of `open`. */
export interface OpenOptions {
  /**
   * What a commit survives: `FULL`, the default, a power loss; `NORMAL` the end of the process,
   * and is faster. Of several who open one file in a process, the strongest wish holds.
   */
  readonly synchronous?: "FULL" | "NORMAL";
  /**
   * Reader processes for reads that may take long, so that they do not block this thread.
   * Default 0.
   */
  readonly readers?: number;
  /**
   * Whether changes are written to the change log, from which feeds, time travel and restore
   * live: `on`, `off`, or all tables but some. It is kept in the file, and holds for all who open
   * it. Turning it on logs the rows that are there already. Default: what the file says; a new
   * data folder starts with `on`, a SQLite file with `off`.
   */
  readonly capture?: "on" | "off" | { readonly except: readonly string[] };
  /**
   * Of a SQLite file. `wal`: it is brought to WAL mode, and reads never wait for a writer. `kept`:
   * it stays in the journal mode that it has; with a rollback journal a read waits for the
   * transaction that writes, and who reads in another process makes a commit SQLITE_BUSY. A
   * better-sqlite3 database on a captured file keeps its mode in any case. Default `wal`.
   */
  readonly journal?: "wal" | "kept";
}

/**
 * Opens a data folder, a SQLite file or `:memory:`. This process owns a data folder until
 * `close`; opening it several times in one process is fine, and programs in other processes
 * attach with `new Database(path)` of `dosql/better-sqlite3`. A missing path without a file
 * extension becomes a new data folder, one with an extension a new file.
 *
 * @throws DosqlError `owned` when another process has the folder, `bad-file` when the path is
 * something else or corrupt, `format-too-new` when a newer version wrote it, `busy` when capture
 * is to change while a transaction of this process is open
 * @example
 * import { open } from "dosql";
 * import { d1 } from "dosql/d1";
 * const db = d1(open("./data"));
 */
export function open(path: string, options: OpenOptions = {}): Database {
  const resolved = resolveDatabasePath(nodeFolderHome(), path, { create: true });
  try {
    const { capture, ...rest } = options;
    checkJournal(rest.journal, resolved.folder !== null);
    const inner = openLocalDatabase(resolved.file, {
      ...rest,
      ...(resolved.folder === null ? {} : folderOptions(resolved.file)),
      ...(capture === undefined ? {} : { capture: captureSetting(capture) }),
    });
    const leave = resolved.owned === null ? null : FolderSocket.of(resolved.owned).enter();
    return new HeldDatabase(inner, { before: () => leave?.(), after: () => resolved.release() });
  } catch (error) {
    resolved.release();
    throw error;
  }
}

function checkJournal(journal: unknown, folder: boolean): void {
  if (journal === undefined || journal === "wal" || (journal === "kept" && !folder)) return;
  const what = folder && journal === "kept" ? "of a data folder" : `to ${JSON.stringify(journal)}`;
  throw new DosqlError("invalid-argument", `the option "journal" cannot be set ${what}`, {
    hint: 'it is "wal", or "kept" for a SQLite file',
  });
}
