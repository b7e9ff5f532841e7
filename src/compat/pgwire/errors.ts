/** Severity of what is reported, as the protocol names it. */
export type Severity = "ERROR" | "FATAL" | "WARNING" | "NOTICE";

/** The fields of an ErrorResponse or a NoticeResponse. */
export interface ErrorReport {
  readonly severity: Severity;
  /** Five characters, as Postgres' appendix lists them. */
  readonly sqlState: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** 1-based, in characters of the query string as it was sent. */
  readonly position?: number;
  /** What was being done, as `unnamed portal parameter $1`. */
  readonly where?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

/** What an error carries besides severity, state and message. */
export type ErrorFields = Omit<ErrorReport, "severity" | "sqlState" | "message">;

/**
 * An error that only the Postgres face knows: it has an SQLSTATE from the start. It never
 * leaves this folder: `error-report.ts` makes a report of it, as of every `DosqlError`.
 */
export class PgError extends Error {
  override readonly name = "PgError";
  readonly report: ErrorReport;
  /** UTF-16 offset into the statement, from which the report's position is made. */
  readonly at: number | undefined;

  constructor(report: ErrorReport, at?: number) {
    super(report.message);
    this.report = report;
    this.at = at;
  }
}

/** An error that ends the statement. */
export function pgError(sqlState: string, message: string, fields: ErrorFields = {}): PgError {
  return new PgError({ severity: "ERROR", sqlState, message, ...fields });
}

/** An error at one place of the statement. */
export function pgErrorAt(
  at: number,
  sqlState: string,
  message: string,
  fields: ErrorFields = {},
): PgError {
  return new PgError({ severity: "ERROR", sqlState, message, ...fields }, at);
}

/** An error that ends the connection. */
export function pgFatal(sqlState: string, message: string, fields: ErrorFields = {}): PgError {
  return new PgError({ severity: "FATAL", sqlState, message, ...fields });
}

/** A notice or warning: reported, never thrown. */
export function pgNotice(
  severity: "NOTICE" | "WARNING",
  sqlState: string,
  message: string,
  fields: ErrorFields = {},
): ErrorReport {
  return { severity, sqlState, message, ...fields };
}

/** Text that is not UTF-8; `shown` holds the bytes as Postgres prints them. */
export function invalidUtf8(shown: string): PgError {
  return pgError("22021", `invalid byte sequence for encoding "UTF8": ${shown}`);
}

/** A feature that does not exist here, named. */
export function notSupported(what: string, hint?: string): PgError {
  return pgError("0A000", `${what} is not supported`, hint === undefined ? {} : { hint });
}
