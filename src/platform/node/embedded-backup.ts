import { existsSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DosqlError } from "../../base/errors.ts";
import type { BackupProgress } from "../../ports/embedded-driver.ts";
import { embeddedError } from "./embedded-errors.ts";
import { nodeSqlite } from "./node-sqlite.ts";

/** What is copied to where. */
export interface BackupRequest {
  readonly schema: string;
  readonly path: string;
  /** Told how far it is, says how many pages come next; 0 waits. */
  readonly nextSlice: (state: BackupProgress) => number;
}

/** The most pages that SQLite takes for one slice: its C int. */
const MOST_PAGES = 0x7fffffff;

/**
 * A backup by node:sqlite, which takes the size of its slices once, at the start: so the first
 * answer of `nextSlice` counts for all, and a pause is possible only before the first slice.
 * A file that was not there before a failed backup is not there after it.
 */
export async function backupDatabase(
  database: DatabaseSync,
  { schema, path, nextSlice }: BackupRequest,
): Promise<BackupProgress> {
  const { backup } = nodeSqlite();
  const existed = existsSync(path);
  try {
    const rate = await firstSlice(database, schema, nextSlice);
    const totalPages = await backup(database, path, {
      source: schema,
      rate,
      progress: (state) => refusePause(nextSlice(state)),
    });
    if (!database.isOpen) throw new DosqlError("canceled", "the connection was closed");
    return { totalPages, remainingPages: 0 };
  } catch (error) {
    if (!existed) rmSync(path, { force: true });
    throw embeddedError(error);
  }
}

async function firstSlice(
  database: DatabaseSync,
  schema: string,
  nextSlice: BackupRequest["nextSlice"],
): Promise<number> {
  for (;;) {
    await nextTurn();
    const totalPages = database.isOpen ? pagesOf(database, schema) : 0;
    const pages = nextSlice({ totalPages, remainingPages: totalPages });
    if (pages >= 1) return Math.min(Math.trunc(pages), MOST_PAGES);
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

function refusePause(pages: number): void {
  if (pages >= 1) return;
  throw new DosqlError(
    "unsupported",
    "a backup cannot pause once it copies: node:sqlite takes the size of a slice only at its start",
    { hint: "return 0 from progress only before the first page, or a positive number" },
  );
}
