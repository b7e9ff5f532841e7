import { DosqlError } from "../../../base/errors.ts";

/** better-sqlite3's errors in our terms. All but its `SqliteError` are told by their words. */
export function betterSqlite3Error(error: unknown): DosqlError {
  if (error instanceof DosqlError) return error;
  if (!(error instanceof Error)) return new DosqlError("bug", String(error), { cause: error });
  const { message } = error;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && /^(?:SQLITE|UNKNOWN_SQLITE_ERROR)_/.test(code)) {
    return new DosqlError("sqlite", message, { sqlite: code, cause: error });
  }
  const misuse = /is not open$|is busy executing a query$/.test(message);
  return new DosqlError(misuse ? "misuse" : "invalid-argument", message, { cause: error });
}

/** An error of better-sqlite3's constructor, which also loads the library's native part. */
export function betterSqlite3OpenError(error: unknown): DosqlError {
  if (!(error instanceof Error)) return betterSqlite3Error(error);
  const { code } = error as { code?: unknown };
  if (error instanceof TypeError && error.message.endsWith("directory does not exist")) {
    // SQLite's own words, which the library anticipates.
    return new DosqlError("sqlite", "unable to open database file", {
      sqlite: "SQLITE_CANTOPEN",
      cause: error,
    });
  }
  if (code === "ERR_DLOPEN_FAILED" || code === "MODULE_NOT_FOUND") {
    return new DosqlError("runtime", `better-sqlite3 cannot be loaded: ${error.message}`, {
      hint: "reinstall it with the Node that runs this program",
      cause: error,
    });
  }
  return betterSqlite3Error(error);
}
