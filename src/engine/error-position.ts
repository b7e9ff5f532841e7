import { DosqlError } from "../base/errors.ts";
import { identifierName, tokenize } from "../sql/lex/lexer.ts";
import type { Token } from "../sql/lex/lexer.ts";
import { parseStatements } from "../sql/read/statements.ts";

/** Messages that name one token or one object of the statement. */
const TOKEN = /^(?:near "((?:.|\n)*)": syntax error|unrecognized token: "((?:.|\n)*)")$/;
const NAMED = new RegExp(
  "^(?:no such (?:table|column|function|index|view|trigger)|ambiguous column name|" +
    "wrong number of arguments to function|no such collation sequence|no such module|" +
    "unknown function|table \\S+ has no column named):? (.+?)(?:\\(\\))?(?: - should this be .*)?$",
);

/**
 * Adds the offset of the offending token to an error of SQLite that has none: Node does not
 * hand out `sqlite3_error_offset`. Other errors come back as they are.
 */
export function locateError(error: unknown, sql: string): unknown {
  if (!(error instanceof DosqlError) || error.code !== "sqlite" || error.at !== undefined) {
    return error;
  }
  if (error.sqlite !== "SQLITE_ERROR") return error;
  const at = findOffset(error.message, sql);
  if (at === null) return error;
  const { sqlite, hint } = error;
  return new DosqlError(error.code, error.message, {
    sqlite,
    at,
    ...(hint === undefined ? {} : { hint }),
    cause: error.cause,
  });
}

function findOffset(message: string, sql: string): number | null {
  const { failure } = parseStatements(sql);
  if (failure?.at !== undefined && failure.message === message) return failure.at;
  if (message === "incomplete input") return sql.length;
  const token = TOKEN.exec(message);
  if (token !== null) return offsetOfToken(token[1] ?? token[2] ?? "", sql);
  const named = NAMED.exec(message);
  return named === null ? null : offsetOfName(named[1] ?? "", sql);
}

/** Where our parser does not agree with SQLite's, only a token that stands there once is told. */
function offsetOfToken(text: string, sql: string): number | null {
  const [token, ...others] = tokenize(sql).filter((t) => sql.slice(t.start, t.end) === text);
  return token === undefined || others.length > 0 ? null : token.start;
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
