import { DosqlError, unreachable } from "../../base/errors.ts";
import { PgError } from "./errors.ts";
import type { ErrorReport } from "./errors.ts";
import { constraintNames, sqlStateOfSqlite } from "./sqlite-states.ts";

/** The query string that a failed statement came from, for the position in it. */
export interface QueryText {
  /** As the client sent it. */
  readonly text: string;
  /** Where the statement begins in it, in UTF-16 units. */
  readonly offset: number;
}

/** Where the statement that runs stands: it changes as the statements of a script do. */
export interface FailurePlace {
  query: QueryText;
}

/** What the client is told of an error; everything that is thrown ends up here. */
export function reportOf(error: unknown, query?: QueryText): ErrorReport {
  if (error instanceof PgError) return placed(error.report, error.at, query);
  if (!(error instanceof DosqlError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { severity: "ERROR", sqlState: "XX000", message };
  }
  const hint = error.hint ?? dialectHint(error, query?.text ?? "");
  const report: ErrorReport = {
    severity: "ERROR",
    sqlState: sqlStateOf(error),
    message: error.message,
    ...(hint === null ? {} : { hint }),
    ...(error.sqlite === undefined ? {} : constraintNames(error.message)),
  };
  return placed(report, error.at, query);
}

/** What a Postgres client runs into first, in words that its user knows. */
function dialectHint(error: DosqlError, text: string): string | null {
  if (error.sqlite !== "SQLITE_ERROR") return null;
  if (/\b(?:pg_catalog|information_schema)\b/i.test(text)) {
    return "The session speaks SQLite's SQL, without Postgres' catalogs: ask sqlite_schema.";
  }
  if (error.message === "incomplete input" && /\bcreate\s+(?:temp\w*\s+)?trigger\b/i.test(text)) {
    return "The client cut the trigger at a semicolon; in psql write \\; inside its body.";
  }
  return null;
}

function sqlStateOf(error: DosqlError): string {
  switch (error.code) {
    case "sqlite":
      return sqlStateOfSqlite(error.sqlite ?? "SQLITE_ERROR", error.message);
    case "busy":
    case "lock-timeout":
      return "55P03";
    case "canceled":
    case "statement-timeout":
      return "57014";
    case "idle-in-transaction":
      return "25P03";
    case "transaction-state":
      return "25000";
    case "read-only":
      return "25006";
    case "unsupported":
    case "runtime":
      return "0A000";
    case "hidden-object":
    case "permission":
      return "42501";
    case "connection":
      return "08006";
    case "owned":
      return "55006";
    case "bad-file":
      return "58P01";
    case "format-too-new":
      return "55000";
    case "address":
      return "08000";
    case "syntax":
      return "42601";
    case "invalid-argument":
      return "22023";
    case "limit":
      return "54000";
    case "protocol":
      return "08P01";
    case "authentication":
      return "28P01";
    case "history-gone":
      return "55000";
    case "not-found":
      return "42704";
    case "no-such-database":
      return "3D000";
    case "database-exists":
      return "42P04";
    case "io":
      return "58030";
    case "misuse":
    case "bug":
      return "XX000";
    default:
      return unreachable(error.code);
  }
}

/** Postgres counts characters (code points) from 1, over the whole query string. */
function placed(
  report: ErrorReport,
  at: number | undefined,
  query: QueryText | undefined,
): ErrorReport {
  if (at === undefined || query === undefined) return report;
  const end = Math.min(query.offset + at, query.text.length);
  let position = 1;
  for (let index = 0; index < end; position++) {
    index += (query.text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return { ...report, position };
}
