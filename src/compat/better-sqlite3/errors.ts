import { DosqlError } from "../../base/errors.ts";

/**
 * What SQLite refused, as better-sqlite3 throws it: `code` is the extended result name, as in
 * `SQLITE_CONSTRAINT_UNIQUE`. What DoSQL itself refuses has a `code` that begins with `DOSQL_`.
 */
export class SqliteError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    if (typeof code !== "string") throw new TypeError("Expected second argument to be a string");
    super(String(message));
    this.code = code;
  }

  static {
    Object.defineProperty(this.prototype, "name", {
      value: "SqliteError",
      configurable: true,
      writable: true,
    });
  }
}

/** What to throw for an error from below. What user code threw stays as it is. */
export function translated(error: unknown): unknown {
  if (!(error instanceof DosqlError)) return error;
  if (error.code === "sqlite")
    return new SqliteError(error.message, error.sqlite ?? "SQLITE_ERROR");
  if (error.code === "invalid-argument") return new RangeError(error.message);
  if (error.code === "bad-file") return new SqliteError(withHint(error), "SQLITE_CANTOPEN");
  return new SqliteError(withHint(error), `DOSQL_${error.code.replaceAll("-", "_").toUpperCase()}`);
}

function withHint(error: DosqlError): string {
  return error.hint === undefined ? error.message : `${error.message} (${error.hint})`;
}
