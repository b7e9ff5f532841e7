import { operatorEnd, operatorWord } from "./operator-postgres.ts";
import { scanPostgresNumber } from "./number-postgres.ts";
import {
  codeAt,
  digitsEnd,
  isDigit,
  isNameStart,
  nameEnd,
  quotedEnd,
  type Scanner,
  take,
} from "./scanner.ts";

const LARGEST_PARAMETER = 2 ** 31 - 1;

/** Reads Postgres' tokens for a lexer, see `Dialect.scan`. */
export function scanPostgres(scanner: Scanner, code: number): void {
  const { sql, start } = scanner;
  const next = codeAt(sql, start + 1);
  switch (code) {
    case 39: // '
      return scanText(scanner, "string", start, false);
    case 34: // "
      return scanQuotedName(scanner, start);
    case 36: // $
      return isDigit(next) ? scanParameter(scanner) : scanDollar(scanner);
    case 58: // :
      if (next === 58) return take(scanner, "punctuation", start + 2, "::");
      if (next === 61) return take(scanner, "punctuation", start + 2, ":=");
      return take(scanner, "punctuation", start + 1, ":");
    case 46: // .
      if (next === 46) return take(scanner, "punctuation", start + 2, "..");
      return scanPostgresNumber(scanner);
    default:
      if (isDigit(code)) return scanPostgresNumber(scanner);
      if (isNameStart(code)) return scanPrefix(scanner, code | 32, next);
      return scanOperator(scanner, code, next);
  }
}

/** Reads what begins with a letter before a quote or an `&`. */
function scanPrefix(scanner: Scanner, letter: number, next: number): void {
  const { sql, start } = scanner;
  if (letter === 117 && next === 38) {
    const quote = codeAt(sql, start + 2);
    if (quote === 39) return scanText(scanner, "string", start + 2, false);
    if (quote === 34) return scanQuotedName(scanner, start + 2);
  }
  if (next === 39) {
    if (letter === 101) return scanText(scanner, "string", start + 1, true);
    if (letter === 98 || letter === 120) return scanText(scanner, "blob", start + 1, false);
    // `N'x'` is the type nchar and a string.
    if (letter === 110) return take(scanner, "identifier", start + 1, "NCHAR");
  }
  take(scanner, "identifier", start + 1, "");
}

/** Reads what stands in single quotes from `open` on, and goes on behind a line break. */
function scanText(scanner: Scanner, kind: "string" | "blob", open: number, escapes: boolean): void {
  let start = open;
  for (;;) {
    const end = escapes ? escapedEnd(scanner, start) : textEnd(scanner, start, kind);
    if (end < 0) return take(scanner, "illegal", scanner.stop, "");
    start = continuation(scanner.sql, end);
    if (start < 0) return take(scanner, kind, end, "");
  }
}

function textEnd(scanner: Scanner, start: number, kind: "string" | "blob"): number {
  if (kind === "string") return quotedEnd(scanner, start);
  const end = scanner.sql.indexOf("'", start + 1);
  return end >= scanner.stop ? -1 : end + 1 || -1;
}

/** As `quotedEnd` for a text in which a backslash takes the meaning from the next character. */
function escapedEnd(scanner: Scanner, start: number): number {
  const { sql, stop } = scanner;
  for (let at = start + 1; at < stop; at++) {
    const code = sql.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 39 && codeAt(sql, ++at) !== 39) return at;
  }
  return -1;
}

/**
 * Where a string goes on whose part ended at an offset: the quote behind space and comments that
 * hold a line break. -1 when it does not.
 */
export function continuation(sql: string, end: number): number {
  let at = end;
  let broken = false;
  for (;;) {
    const code = codeAt(sql, at);
    if (code === 10 || code === 13) broken = true;
    else if (code === 45 && codeAt(sql, at + 1) === 45) at = lineEnd(sql, at) - 1;
    else if (code !== 32 && (code < 9 || code > 13)) return broken && code === 39 ? at : -1;
    at++;
  }
}

/** The end of the line that an offset is in, without its break. */
function lineEnd(sql: string, at: number): number {
  let end = at;
  for (;;) {
    const code = codeAt(sql, end);
    if (code === 10 || code === 13 || code === 0) return end;
    end++;
  }
}

function scanQuotedName(scanner: Scanner, open: number): void {
  const end = quotedEnd(scanner, open);
  if (end < 0) return take(scanner, "illegal", scanner.stop, "");
  take(scanner, end === open + 2 ? "illegal" : "quoted", end, "");
}

function scanParameter(scanner: Scanner): void {
  const { sql, start } = scanner;
  const end = digitsEnd(sql, start + 1);
  if (isNameStart(codeAt(sql, end))) return take(scanner, "illegal", nameEnd(sql, end), "");
  const fine = end - start < 10 || Number(sql.slice(start + 1, end)) <= LARGEST_PARAMETER;
  take(scanner, fine ? "parameter" : "illegal", end, "");
}

/** `$$text$$` and `$tag$text$tag$`. */
function scanDollar(scanner: Scanner): void {
  const { sql, start, stop } = scanner;
  const open = dollarTagEnd(sql, start);
  if (open < 0) return take(scanner, "illegal", start + 1, "");
  const close = sql.indexOf(sql.slice(start, open), open);
  const end = close + open - start;
  if (close < 0 || end > stop) return take(scanner, "illegal", stop, "");
  take(scanner, "string", end, "");
}

/** The end of the `$tag$` that begins at an offset, -1 where none does. */
export function dollarTagEnd(sql: string, start: number): number {
  let end = start + 1;
  if (isNameStart(codeAt(sql, end))) {
    while (isNameStart(codeAt(sql, end)) || isDigit(codeAt(sql, end))) end++;
  }
  return codeAt(sql, end) === 36 ? end + 1 : -1;
}

/** Comments, and operators: for what is neither the first character is an illegal token. */
function scanOperator(scanner: Scanner, code: number, next: number): void {
  const { sql, start } = scanner;
  if (code === 45 && next === 45) return take(scanner, "comment", lineEnd(sql, start), "");
  if (code === 47 && next === 42) return scanComment(scanner);
  const end = operatorEnd(sql, start);
  if (end < 0) return take(scanner, "illegal", ~end, "");
  const word = operatorWord(sql, start, end);
  take(scanner, word === "=>" ? "punctuation" : "operator", end, word);
}

/** A comment between slashes and stars, which may hold others. */
function scanComment(scanner: Scanner): void {
  const { sql, start, stop } = scanner;
  let depth = 1;
  for (let at = start + 2; at + 1 < stop; at++) {
    const code = sql.charCodeAt(at);
    const next = sql.charCodeAt(at + 1);
    if (code === 47 && next === 42) {
      depth++;
      at++;
    } else if (code === 42 && next === 47) {
      depth--;
      at++;
      if (depth === 0) return take(scanner, "comment", at + 1, "");
    }
  }
  take(scanner, "illegal", stop, "");
}
