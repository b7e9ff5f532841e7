import { DosqlError } from "../../../base/errors.ts";

/** How a file is opened, whichever library opens it. */
export interface ConnectionOptions {
  readonly readonly?: boolean;
  /** `FULL` makes a commit survive power loss; the server uses it. Default `NORMAL`. */
  readonly synchronous?: "FULL" | "NORMAL";
  /** WAL for files, so that readers never wait for a writer. Default true. */
  readonly wal?: boolean;
}

/** Cache of a connection, negative = KiB: 16 MB, as better-sqlite3 builds it. */
const CACHE_KIB = -16_000;

/** What setting up a connection needs of it. */
interface Configurable {
  exec(sql: string): void;
  /** The first value of the first row. */
  value(sql: string): unknown;
}

/** Brings a connection that has just been opened to the settings that all of ours have. */
export function configureConnection(
  connection: Configurable,
  path: string,
  options: ConnectionOptions,
): void {
  connection.exec(`PRAGMA cache_size = ${CACHE_KIB}`);
  connection.exec("PRAGMA foreign_keys = ON");
  if (options.readonly === true) return;
  if ((options.wal ?? true) && !isMemory(path)) {
    connection.exec("PRAGMA journal_mode = WAL");
    const mode = connection.value("PRAGMA journal_mode");
    if (mode !== "wal") {
      throw new DosqlError(
        "io",
        `cannot switch ${path} to WAL: the journal mode is ${String(mode)}`,
      );
    }
  }
  connection.exec(`PRAGMA synchronous = ${options.synchronous ?? "NORMAL"}`);
}

/** Whether a path stands for a database that is gone when it closes. */
export function isMemory(path: string): boolean {
  return path === ":memory:" || path === "";
}
