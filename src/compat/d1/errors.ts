import type { DosqlError } from "../../base/errors.ts";

/** D1's own words. */
export const NO_STATEMENTS: string = "No SQL statements detected.";
export const EMPTY_STATEMENT: string = "SQL code did not contain a statement.";
export const ONLY_LAST: string =
  "When executing multiple SQL statements in a single call, " +
  "only the last statement can have parameters.";

/** An error as D1 throws it: the prefix before the message, the bare message as its cause. */
export function d1Error(prefix: string, message: string, cause?: unknown): Error {
  return new Error(`${prefix}: ${message}`, { cause: new Error(message, { cause }) });
}

/** Errors that the engine can place in the text, but D1 (SQLite itself) does not. */
const WITHOUT_OFFSET = /^(incomplete|no such [^cf]|table \S+ has)/;

/**
 * The text that D1's backend gives for a failure, as in
 * `near "x": syntax error at offset 0: SQLITE_ERROR` and
 * `UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)`.
 * `sql` is the statement it came from, where that is known. An error of the transport has a
 * message only.
 */
export function d1Message(error: unknown, sql: string | undefined): string {
  const { code, message = String(error), sqlite, at } = error as Partial<DosqlError>;
  if (code === "unsupported") return "not authorized: SQLITE_AUTH";
  const name = code === "hidden-object" ? "SQLITE_ERROR" : sqlite;
  if (name === undefined) return message;
  const primary = name.split("_", 2).join("_");
  const place =
    at === undefined || WITHOUT_OFFSET.test(message) ? "" : ` at offset ${byteOffset(at, sql)}`;
  return `${message}${place}: ${primary}${primary === name ? "" : ` (extended: ${name})`}`;
}

/** D1 counts bytes of UTF-8. */
function byteOffset(at: number, sql: string | undefined): number {
  return sql === undefined ? at : new TextEncoder().encode(sql.slice(0, at)).length;
}
