import type { DatabaseSync } from "node:sqlite";
import { DosqlError } from "../../../base/errors.ts";
import type { FileLock, FileLocks } from "../../../ports/files.ts";
import { nodeSqlite } from "../sqlite/node-sqlite.ts";
import { sqliteError } from "../sqlite/sqlite-error.ts";

/**
 * Node has no file locks of its own, SQLite has them on every system: an exclusive transaction
 * on an empty file is one. It writes nothing; the file stays empty. Never open such a file in
 * this process by any other means: closing it would drop the lock (POSIX).
 */
export const sqliteFileLocks: FileLocks = {
  acquire(path) {
    let database: DatabaseSync | undefined;
    try {
      database = new (nodeSqlite().DatabaseSync)(path, { timeout: 0 });
      // Without it a journal file would lie beside the lock.
      database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
      return heldLock(database);
    } catch (error) {
      database?.close();
      const translated = sqliteError(error);
      if (translated.sqlite?.startsWith("SQLITE_BUSY") === true) return null;
      if (translated.code === "runtime") throw translated;
      throw lockError(path, translated);
    }
  },
};

function heldLock(database: DatabaseSync): FileLock {
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}

function lockError(path: string, error: DosqlError): DosqlError {
  return new DosqlError("bad-file", `${path} cannot be locked: ${error.message}`, {
    hint: "the data folder needs a writable file system with file locks",
    cause: error,
  });
}
