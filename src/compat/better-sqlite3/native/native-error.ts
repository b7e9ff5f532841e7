import { DosqlError } from "../../../base/errors.ts";
import { translated } from "../errors.ts";

/** Runs something of better-sqlite3's inside the engine, which knows SQLite's errors as ours. */
export function forEngine<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw isSqliteError(error)
      ? new DosqlError("sqlite", error.message, { sqlite: error.code, cause: error })
      : error;
  }
}

/** What to throw to the program: better-sqlite3's own error where it is behind ours. */
export function forProgram(error: unknown): unknown {
  if (!(error instanceof DosqlError)) return error;
  const { cause } = error;
  const own = isSqliteError(cause) || (error.code === "misuse" && cause instanceof TypeError);
  return own ? cause : translated(error);
}

function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    error.name === "SqliteError" &&
    typeof (error as { code?: unknown }).code === "string"
  );
}
