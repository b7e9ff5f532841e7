/**
 * The closed set of things that go wrong. Facades translate a code into their own language
 * (a D1 message, a `SqliteError.code`, an SQLSTATE); nothing else decides on message texts.
 */
export type ErrorCode =
  /** SQLite refused a statement; `sqlite` holds the extended result name. */
  | "sqlite"
  /** Another session holds the write lease and this caller cannot wait. */
  | "busy"
  /** A wait for the write lease outlived `lockTimeoutMs`. */
  | "lock-timeout"
  /** The statement was cancelled by its client. */
  | "canceled"
  /** The statement outlived its timeout. */
  | "statement-timeout"
  /** A transaction that was idle for too long lost its write lease. */
  | "idle-in-transaction"
  /** A transaction statement does not fit the session's state (BEGIN in BEGIN, …). */
  | "transaction-state"
  /** A write was tried where only reads are allowed. */
  | "read-only"
  /** The feature does not exist here; the message names it. */
  | "unsupported"
  /** A text is not a statement of its dialect; `at` says where, `hint` what was expected. */
  | "syntax"
  /** User SQL names an object that belongs to the engine. */
  | "hidden-object"
  /** Another process owns the data folder. */
  | "owned"
  /** A file or folder is not what it should be (missing, unreadable, foreign, corrupt). */
  | "bad-file"
  /** The file was written by a newer version. */
  | "format-too-new"
  /** This Node lacks something that was asked for. */
  | "runtime"
  /** An address cannot be bound or is refused. */
  | "address"
  /** The object is used in a way its state does not allow (closed, busy). */
  | "misuse"
  /** A caller passed something that cannot be right. */
  | "invalid-argument"
  /** A documented limit was exceeded; the message names it. */
  | "limit"
  /** Bytes that are not the protocol. */
  | "protocol"
  /** The caller is not who it claims to be. */
  | "authentication"
  /** The caller's token does not allow it. */
  | "permission"
  /** A remote database cannot be reached, or the connection to it was lost. */
  | "connection"
  /** The thing named does not exist. */
  | "not-found"
  /** No database of this name or id exists (any more). */
  | "no-such-database"
  /** A database of this name exists already. */
  | "database-exists"
  /** What was asked for lies before the oldest change that is kept. */
  | "history-gone"
  /** Files, disk, sockets: the operating system said no. */
  | "io"
  /** An invariant of ours is broken. Please report it. */
  | "bug";

/** What an error may carry besides its message. */
export interface ErrorDetails {
  /** Extended SQLite result name, as in `SQLITE_CONSTRAINT_UNIQUE`. */
  readonly sqlite?: string;
  /** UTF-16 offset into the statement text, 0-based. */
  readonly at?: number;
  /** One sentence that says what to do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * The one error class of DoSQL.
 *
 * @example
 * throw new DosqlError("unsupported", "ATTACH is not supported here", { hint: "open both files" });
 */
export class DosqlError extends Error {
  override readonly name = "DosqlError";
  declare readonly code: ErrorCode;
  declare readonly sqlite: string | undefined;
  declare readonly at: number | undefined;
  declare readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : details);
    this.code = code;
    this.sqlite = details.sqlite;
    this.at = details.at;
    this.hint = details.hint;
  }
}

/** A `DosqlError` field by field, to be kept or sent. */
export interface ErrorFields {
  readonly code: ErrorCode;
  readonly message: string;
  readonly sqlite?: string;
  readonly at?: number;
  readonly hint?: string;
}

/** The fields of an error that has them; what is no error of ours is a bug. */
export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof DosqlError)) {
    return { code: "bug", message: error instanceof Error ? error.message : String(error) };
  }
  const { code, message, sqlite, at, hint } = error;
  return {
    code,
    message,
    ...(sqlite === undefined ? {} : { sqlite }),
    ...(at === undefined ? {} : { at }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/**
 * For `switch` ends that cannot be reached: the compiler checks it, and so does the running code.
 */
export function unreachable(value: never): never {
  throw new DosqlError("bug", `unexpected value: ${String(value)}`);
}
