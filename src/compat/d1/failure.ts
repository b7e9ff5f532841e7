/*
 * What D1 says of a statement that failed. Apart from what runs statements, so that a Worker whose
 * bundler splits loads it with the first failure only.
 */
import type { DosqlError } from "../../base/errors.ts";
import type { Statement } from "../../engine/session/session.ts";

const ONLY_LAST: string =
  "When executing multiple SQL statements in a single call, " +
  "only the last statement can have parameters.";

/** The text for a failure of queries, each of which is a list of statements. */
export function failureText(error: unknown, groups: readonly Statement[][]): string {
  const [only, ...others] = groups.flat();
  return isEarly(error, groups) ? ONLY_LAST : d1Message(error, others[0] ? undefined : only?.sql);
}

/**
 * Whether parameters are missing because they belong to a statement before a text's last one. A
 * mark in a string of it passes for a parameter: the statement fails anyway, with the other words.
 */
function isEarly(error: unknown, groups: readonly Statement[][]): boolean {
  return (
    String((error as Error).message).startsWith("Wrong n") &&
    groups.some((group) => group.some(({ sql }, i) => i + 1 < group.length && /[?:@$]/.test(sql)))
  );
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
  // An import keeps others out, which D1 says in words of its own: a sentence.
  if (name === undefined || (name === "SQLITE_BUSY" && message.endsWith("."))) return message;
  const primary = name.split("_", 2).join("_");
  const place =
    at === undefined || WITHOUT_OFFSET.test(message) ? "" : ` at offset ${byteOffset(at, sql)}`;
  return `${message}${place}: ${primary}${primary === name ? "" : ` (extended: ${name})`}`;
}

/** D1 counts bytes of UTF-8. */
function byteOffset(at: number, sql: string | undefined): number {
  return sql === undefined ? at : new TextEncoder().encode(sql.slice(0, at)).length;
}
