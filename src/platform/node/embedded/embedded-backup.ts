import { existsSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DosqlError } from "../../../base/errors.ts";
import type { BackupProgress } from "../../../ports/embedded-driver.ts";
import { embeddedError } from "./embedded-errors.ts";
import { nodeSqlite } from "../sqlite/node-sqlite.ts";

/** What is copied to where. */
export interface BackupRequest {
  readonly schema: string;
  readonly path: string;
  /** Told how far it is, says how many pages come next; 0 waits. */
  readonly nextSlice: (state: BackupProgress) => number;
}

/** Pages that node:sqlite copies at a time, off this thread; the connection waits meanwhile. */
const COPIED_PAGES = 1_000;

/**
 * A backup by node:sqlite, which takes the size of its slices once and cannot pause. So slices
 * are only counted while `nextSlice` says how they go on, and after the last one all pages are
 * copied: what a reader of the copy finds is, as with SQLite's own slices, the database as it is
 * when the backup ends. A file that was not there before a failed backup is not there after it.
 */
export async function backupDatabase(
  database: DatabaseSync,
  request: BackupRequest,
): Promise<BackupProgress> {
  const { schema, path } = request;
  const { backup } = nodeSqlite();
  const existed = existsSync(path);
  try {
    await countSlices(database, request);
    const totalPages = await backup(database, path, { source: schema, rate: COPIED_PAGES });
    if (!database.isOpen) throw new DosqlError("canceled", "the connection was closed");
    return { totalPages, remainingPages: 0 };
  } catch (error) {
    if (!existed) rmSync(path, { force: true });
    throw backupError(error);
  }
}

/** What is locked node:sqlite reports as an error that is none. */
function backupError(given: unknown): unknown {
  const error = embeddedError(given);
  if (!(error instanceof DosqlError) || error.sqlite !== "SQLITE_OK") return error;
  return new DosqlError("sqlite", "database is locked", { sqlite: "SQLITE_BUSY", cause: given });
}

/** Asks for one slice after the other, a turn of the event loop each, until nothing remains. */
async function countSlices(
  database: DatabaseSync,
  { schema, nextSlice }: BackupRequest,
): Promise<void> {
  for (let copied = 0; ;) {
    await nextTurn();
    const totalPages = database.isOpen ? pagesOf(database, schema) : 0;
    const remainingPages = Math.max(0, totalPages - copied);
    if (database.isOpen && remainingPages === 0) return;
    copied = Math.min(totalPages, copied) + nextSlice({ totalPages, remainingPages });
  }
}

/** 0 for a schema that does not exist; the backup itself says so. */
function pagesOf(database: DatabaseSync, schema: string): number {
  const name = `"${schema.replaceAll('"', '""')}"`;
  try {
    return Number(database.prepare(`PRAGMA ${name}.page_count`).get()?.["page_count"] ?? 0);
  } catch {
    return 0;
  }
}
