import { DosqlError } from "../../../base/errors.ts";
import { sqliteError } from "../sqlite/sqlite-error.ts";

/**
 * SQLite's errors and Node's own in our terms; what user functions threw, and what was
 * translated already, stays as it is.
 */
export function embeddedError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DosqlError) return error;
  const { code } = error as { code?: unknown };
  if (code === "ERR_SQLITE_ERROR") return sqliteError(error);
  if (code === "ERR_LOAD_SQLITE_EXTENSION") {
    return new DosqlError("sqlite", error.message, { sqlite: "SQLITE_ERROR", cause: error });
  }
  return error;
}

/** An error for what this Node's SQLite module has not got. */
export function missingInNode(what: string): DosqlError {
  return new DosqlError(
    "runtime",
    `${what} needs a newer Node: node:sqlite of ${process.version} cannot do it`,
    { hint: "install the newest Node 24" },
  );
}
