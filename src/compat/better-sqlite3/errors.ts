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

  /** Errors of better-sqlite3 itself, which opens databases here too, are of its own class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    return (
      this === SqliteError &&
      value instanceof Error &&
      value.name === "SqliteError" &&
      typeof (value as { code?: unknown }).code === "string"
    );
  }

  static {
    // Bundlers rename classes.
    Object.defineProperty(this, "name", { value: "SqliteError" });
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
  if (error.code === "sqlite") {
    return explained(new SqliteError(error.message, error.sqlite ?? "SQLITE_ERROR"));
  }
  if (error.code === "invalid-argument") return new RangeError(error.message);
  if (error.code === "bad-file") return new SqliteError(withHint(error), "SQLITE_CANTOPEN");
  return new SqliteError(withHint(error), `DOSQL_${error.code.replaceAll("-", "_").toUpperCase()}`);
}

/**
 * The same error, with what may be wrong as its `cause` where SQLite's words leave one in the
 * dark: the message is better-sqlite3's.
 */
export function explained<Failure extends Error>(error: Failure): Failure {
  const { code } = error as { code?: unknown };
  if (code !== "SQLITE_NOTADB" || error.cause !== undefined) return error;
  const value = new DosqlError("bad-file", "the file does not begin as SQLite's files do", {
    hint: "it is encrypted (SQLCipher and the like, which are not supported), or no database",
  });
  return Object.defineProperty(error, "cause", { value, configurable: true, writable: true });
}

function withHint(error: DosqlError): string {
  return error.hint === undefined ? error.message : `${error.message} (${error.hint})`;
}
