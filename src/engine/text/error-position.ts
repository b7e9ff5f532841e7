import { DosqlError } from "../../base/errors.ts";
import { identifierName, tokenize } from "../../sql/lex/lexer.ts";
import type { Token } from "../../sql/lex/lexer.ts";
import { parseStatements } from "../../sql/read/statements.ts";
import { givenOffset } from "./known-text.ts";
import type { KnownText } from "./known-text.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Messages that name one token or one object of the statement. */
const TOKEN = /^(?:near "((?:.|\n)*)": syntax error|unrecognized token: "((?:.|\n)*)")$/;
const NAMED = new RegExp(
  "^(?:no such (?:table|column|function|index|view|trigger)|ambiguous column name|" +
    "wrong number of arguments to function|no such collation sequence|no such module|" +
    "unknown function|table \\S+ has no column named):? (.+?)(?:\\(\\))?(?: - should this be .*)?$",
);

/**
 * Adds the offset of the offending token to an error of SQLite that has none: Node does not
 * hand out `sqlite3_error_offset`. One that has an offset gets that of the given text. Other
 * errors come back as they are.
 *
 * @param known What SQLite got for the text; null when the error came before that.
 */
export function locateError(error: unknown, sql: string, known: KnownText | null): unknown {
  if (!(error instanceof DosqlError) || error.code !== "sqlite") return error;
  if (error.at !== undefined)
    return known === null ? error : moved(error, givenOffset(known, error.at));
  if (error.sqlite !== "SQLITE_ERROR") return error;
  const at = findOffset(error.message, sql);
  return at === null ? error : moved(error, at);
}

function moved(error: DosqlError, at: number): DosqlError {
  const { code, message, sqlite, hint, cause } = error;
  return new DosqlError(code, message, {
    at,
    ...(sqlite === undefined ? {} : { sqlite }),
    ...(hint === undefined ? {} : { hint }),
    cause,
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
  const wanted = foldName((name.split(".").at(-1) ?? name).replace(/^"|"$/g, ""));
  const token = tokenize(sql).find((t: Token) => {
    return (
      (t.kind === "identifier" || t.kind === "quoted") &&
      foldName(identifierName(sql, t)) === wanted
    );
  });
  return token?.start ?? null;
}
