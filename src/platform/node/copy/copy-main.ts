import { renameSync } from "node:fs";
import { setPriority } from "node:os";
import { DosqlError } from "../../../base/errors.ts";
import { nodeSqlite } from "../sqlite/node-sqlite.ts";
import { sqliteError } from "../sqlite/sqlite-error.ts";
import { COPY_OPTIONS, dropHidden, overwriteUnused, vacuumInto } from "../sqlite/visible-bytes.ts";
import { endWithParent } from "../parent-watch.ts";

/** What a process that makes copies is told. */
export interface CopyTask {
  /** The database; null when the whole of it lies in `raw` already. */
  readonly source: string | null;
  /** An empty file beside it, or what `source` says. */
  readonly raw: string;
  /** An empty file, which becomes the copy. */
  readonly target: string;
  /** Of what is left out. */
  readonly hiddenPrefix: string;
}

/** What it answers. */
export interface CopyReply {
  /** Null when the copy is there. `sqlite` is SQLite's name of the error; null for all others. */
  readonly failure: { readonly message: string; readonly sqlite: string | null } | null;
}

/** Pages of one step of SQLite's: all of them, so that no commit makes it begin anew. */
const ALL_PAGES = 0x7fffffff;
/** It yields the core to the thread that serves. */
const NICENESS = 5;
/** How long somebody who empties the write-ahead log may keep it from beginning. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * The whole life of a process that copies databases: the pages of one moment first, which keeps the
 * write-ahead log from being emptied for the shortest time, then what users may see of them. VACUUM
 * INTO keeps rowids, where VACUUM would number the rows anew.
 */
export function makeCopies(): void {
  if (process.send === undefined) {
    throw new DosqlError("invalid-argument", "a copying process is started by the server only");
  }
  endWithParent();
  setPriority(NICENESS);
  process.on("message", (task: CopyTask) => {
    void copied(task).then((reply) => process.send?.(reply));
  });
}

async function copied(task: CopyTask): Promise<CopyReply> {
  try {
    if (task.source !== null) await copyPages(task.source, task.raw);
    makeVisible(task);
    return { failure: null };
  } catch (error) {
    const { message, sqlite = null } = sqliteError(error);
    return { failure: { message, sqlite } };
  }
}

async function copyPages(source: string, raw: string): Promise<void> {
  const { DatabaseSync: Connection, backup } = nodeSqlite();
  const database = new Connection(source, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    await backup(database, raw, { rate: ALL_PAGES });
  } finally {
    database.close();
  }
}

/** Whatever happens, no file stays open: its room on the disk would be lost until we end. */
function makeVisible({ raw, target, hiddenPrefix }: CopyTask): void {
  const { DatabaseSync: Connection } = nodeSqlite();
  // SQLite's defensive mode would leave it a log of its own, as its header says.
  const database = new Connection(raw, { ...COPY_OPTIONS, defensive: false });
  let isMade = false;
  try {
    // If this process ends, so does the copy.
    database.exec(
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = FAST",
    );
    dropHidden(database, hiddenPrefix);
    isMade = vacuumInto(database, target);
    if (!isMade) overwriteUnused(database, hiddenPrefix);
  } finally {
    database.close();
  }
  if (!isMade) renameSync(raw, target);
}
