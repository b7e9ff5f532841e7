import { DosqlError } from "../../../base/errors.ts";
import { sqliteCodeName } from "../../../base/sqlite-codes.ts";

/**
 * node:sqlite's errors in our terms. Errors that did not come from SQLite keep their message:
 * a value that cannot be bound is the caller's mistake (`invalid-argument`).
 */
export function sqliteError(error: unknown): DosqlError {
  if (error instanceof DosqlError) return error;
  if (!(error instanceof Error)) return new DosqlError("bug", String(error), { cause: error });
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  if (typeof errcode === "number") {
    return new DosqlError("sqlite", error.message, {
      sqlite: sqliteCodeName(errcode),
      cause: error,
    });
  }
  const argument = typeof code === "string" && code.startsWith("ERR_INVALID_ARG");
  return new DosqlError(argument ? "invalid-argument" : "io", error.message, { cause: error });
}
