import { DosqlError } from "../base/errors.ts";
import type { SqlDriver } from "../ports/sql-driver.ts";
import { identifierName, tokenize } from "../sql/lexer.ts";
import type { Token } from "../sql/lexer.ts";

/** Messages that name one token or one object of the statement. */
const NEAR = /^near "((?:.|\n)*)": syntax error$/;
const UNRECOGNIZED = /^unrecognized token: "((?:.|\n)*)"$/;
const NAMED = new RegExp(
  "^(?:no such (?:table|column|function|index|view|trigger)|ambiguous column name|" +
    "wrong number of arguments to function|no such collation sequence|no such module|" +
    "unknown function|table \\S+ has no column named):? (.+?)(?:\\(\\))?(?: - should this be .*)?$",
);

/**
 * Adds the offset of the offending token to an error of SQLite that has none: Node does not
 * hand out `sqlite3_error_offset`. Other errors come back as they are.
 */
export function locateError(error: unknown, sql: string, driver: SqlDriver): unknown {
  if (!(error instanceof DosqlError) || error.code !== "sqlite" || error.at !== undefined) {
    return error;
  }
  if (error.sqlite !== "SQLITE_ERROR") return error;
  const at = findOffset(error.message, sql, driver);
  if (at === null) return error;
  const { sqlite, hint } = error;
  return new DosqlError(error.code, error.message, {
    sqlite,
    at,
    ...(hint === undefined ? {} : { hint }),
    cause: error.cause,
  });
}

function findOffset(message: string, sql: string, driver: SqlDriver): number | null {
  const unrecognized = UNRECOGNIZED.exec(message);
  if (unrecognized !== null) return found(sql.indexOf(unrecognized[1] ?? ""));
  if (message === "incomplete input") return sql.length;
  const near = NEAR.exec(message);
  if (near !== null) return offsetOfNear(near[1] ?? "", sql, message, driver);
  const named = NAMED.exec(message);
  return named === null ? null : offsetOfName(named[1] ?? "", sql);
}

/**
 * The parser stopped at a token of that text, but which of several? A prefix that ends before
 * the right one is still incomplete; one that ends with it fails the same way.
 */
function offsetOfNear(
  text: string,
  sql: string,
  message: string,
  driver: SqlDriver,
): number | null {
  const candidates = tokenize(sql).filter((t) => sql.slice(t.start, t.end) === text);
  // Prefixes before the right token do not fail alike, and all later ones do.
  let [low, high] = [0, candidates.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = candidates[middle]?.end ?? 0;
    if (failsAlike(sql.slice(0, end), message, driver)) high = middle;
    else low = middle + 1;
  }
  return candidates[low]?.start ?? null;
}

function failsAlike(prefix: string, message: string, driver: SqlDriver): boolean {
  try {
    driver.prepare(prefix);
    return false;
  } catch (error) {
    return error instanceof DosqlError && error.message === message;
  }
}

/** The last part of a qualified name; an ambiguous spot is no worse than none. */
function offsetOfName(name: string, sql: string): number | null {
  const wanted = (name.split(".").at(-1) ?? name).replace(/^"|"$/g, "").toLowerCase();
  const token = tokenize(sql).find((t: Token) => {
    return (
      (t.kind === "identifier" || t.kind === "quoted") &&
      identifierName(sql, t).toLowerCase() === wanted
    );
  });
  return token?.start ?? null;
}

function found(offset: number): number | null {
  return offset < 0 ? null : offset;
}
