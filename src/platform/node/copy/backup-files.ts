import { closeSync, existsSync, fsync, lstatSync, openSync, readdirSync } from "node:fs";
import { realpathSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn, setTimeout as later } from "node:timers/promises";
import { promisify } from "node:util";
import { DosqlError } from "../../../base/errors.ts";
import type { BackupFile, BackupFiles } from "../../../ports/backup-files.ts";
import { exitTasks } from "../exit-tasks.ts";
import { nodeSqlite } from "../sqlite/node-sqlite.ts";
import { sqliteError } from "../sqlite/sqlite-error.ts";

/** How long another program may write to the database that is replaced. */
const BUSY_TIMEOUT_MS = 5_000;
const BUSY_PAUSE_MS = 50;
/** Pages that replace older ones at a time, off this thread. */
const REPLACED_PAGES = 1_000;
/** Between a backup's name and the process that writes it: no backup yet, and no database. */
const INFIX = "-partial-";
/** What follows it: the process, and which of its backups. */
const PARTIAL = /^(\d+)-\d+$/;
/** Of the engine's own tables. */
const HIDDEN_PREFIX = "_cf_dosql_";

const synced = promisify(fsync);

/** Backups on this machine's disks. */
export const nodeBackupFiles: BackupFiles = {
  begin: (given) => {
    // The program may change its folder before the backup is complete.
    const place = path.resolve(given);
    try {
      if (existsSync(place)) checkReplaceable(place);
      sweep(place);
      return new PartialFile(place);
    } catch (error) {
      throw inSqlitesWords(error, "SQLITE_CANTOPEN");
    }
  },
  pause: (ms) => (ms === 0 ? nextTurn() : later(ms)),
};

/**
 * A file beside the place, under another name, until it is complete. Where nothing was, it is
 * renamed then; a database that was there may be open, and has a journal of its own, so SQLite
 * copies all pages into it, in one transaction.
 */
class PartialFile implements BackupFile {
  readonly #place: string;
  readonly #partial: string;
  readonly #file: number;
  readonly #atExit = (): void => rmSync(this.#partial, { force: true });
  #open = true;

  constructor(place: string) {
    this.#place = place;
    const { partial, file } = openPartial(place);
    this.#partial = partial;
    this.#file = file;
    exitTasks().add(this.#atExit);
  }

  write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    } catch (error) {
      throw inSqlitesWords(error, "SQLITE_IOERR");
    }
  }

  async finish(): Promise<void> {
    try {
      await synced(this.#file);
      this.#close();
      if (isTaken(this.#place)) await replace(this.#place, this.#partial);
      else renameSync(this.#partial, this.#place);
    } catch (error) {
      throw inSqlitesWords(error, "SQLITE_IOERR");
    }
    this.discard();
  }

  discard(): void {
    this.#close();
    rmSync(this.#partial, { force: true });
    exitTasks().delete(this.#atExit);
  }

  #close(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }
}

function openPartial(place: string): { readonly partial: string; readonly file: number } {
  for (let n = 1; ; n++) {
    const partial = `${place}${INFIX}${process.pid}-${n}`;
    try {
      return { partial, file: openSync(partial, "wx") };
    } catch (error) {
      // Of this process: another thread may have it.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** What lies beside a database that is gone is read as that of the next one of its name. */
function isTaken(place: string): boolean {
  const beside = ["", "-wal", "-journal"];
  // A link that leads nowhere is something.
  return beside.some(
    (suffix) => lstatSync(place + suffix, { throwIfNoEntry: false }) !== undefined,
  );
}

function checkReplaceable(place: string): void {
  const { DatabaseSync: Connection } = nodeSqlite();
  const database = new Connection(place, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec("BEGIN IMMEDIATE; ROLLBACK");
    refuseOwn(place, database);
  } finally {
    database.close();
  }
}

/** A database that somebody serves or embeds with a log would lose its log and its identity. */
function refuseOwn(place: string, database: DatabaseSync): void {
  const own = database.prepare("SELECT 1 FROM sqlite_schema WHERE substr(name, 1, ?) = ?");
  if (own.get(HIDDEN_PREFIX.length, HIDDEN_PREFIX) === undefined) return;
  throw new DosqlError("misuse", `${place} is a database of DoSQL: a backup would break it`, {
    hint: "name another file, or remove this one first",
  });
}

async function replace(place: string, partial: string): Promise<void> {
  const { DatabaseSync: Connection, backup } = nodeSqlite();
  const existed = existsSync(place);
  if (existed) checkReplaceable(place);
  const database = new Connection(partial, { readOnly: true });
  try {
    for (let waited = 0; ; waited += BUSY_PAUSE_MS) {
      try {
        await backup(database, place, { rate: REPLACED_PAGES });
        break;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (waited >= BUSY_TIMEOUT_MS) throw busy(error);
      }
      await later(BUSY_PAUSE_MS);
    }
  } catch (error) {
    if (!existed && existsSync(place)) rmSync(realpathSync(place));
    throw error;
  } finally {
    database.close();
  }
}

/** Node says that nothing went wrong where somebody reads or writes what is to be replaced. */
function isBusy(error: unknown): boolean {
  const { errcode } = error as { errcode?: unknown };
  return errcode === 0 || errcode === 5;
}

function busy(cause: unknown): DosqlError {
  return new DosqlError("sqlite", "database is locked", { sqlite: "SQLITE_BUSY", cause });
}

/** Removes what programs left behind that ended in the middle of a backup to this place. */
function sweep(place: string): void {
  const folder = path.dirname(place);
  const prefix = path.basename(place) + INFIX;
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? PARTIAL.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid === undefined || isAlive(Number(pid))) continue;
    rmSync(path.join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

const WORDS: Readonly<Record<string, string>> = {
  SQLITE_CANTOPEN: "unable to open database file",
  SQLITE_FULL: "database or disk is full",
  SQLITE_IOERR: "disk I/O error",
};

function inSqlitesWords(error: unknown, otherwise: string): DosqlError {
  if (error instanceof DosqlError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ERR_SQLITE_ERROR") return sqliteError(error);
  const sqlite = code === "ENOSPC" || code === "EDQUOT" ? "SQLITE_FULL" : otherwise;
  return new DosqlError("sqlite", WORDS[sqlite] ?? sqlite, { sqlite, cause: error });
}
