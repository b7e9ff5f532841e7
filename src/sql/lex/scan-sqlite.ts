import {
  codeAt,
  digitsEnd,
  isDigit,
  isHexDigit,
  nameEnd,
  quotedEnd,
  type Scanner,
  take,
} from "./scanner.ts";

/** Reads SQLite's tokens for a lexer, see `Dialect.scan`. */
export function scanSqlite(scanner: Scanner, code: number): void {
  const { sql, start } = scanner;
  switch (code) {
    case 39: // '
      return takeQuoted(scanner, "string");
    case 34: // "
    case 96: // `
      return takeQuoted(scanner, "quoted");
    case 91: // [
      return scanBracket(scanner);
    case 63: // ?
      return take(scanner, "parameter", digitsEnd(sql, start + 1), "");
    case 58: // :
    case 64: // @
    case 36: // $
    case 35: // #
      return scanParameter(scanner);
    case 88: // X
    case 120: // x
      if (codeAt(sql, start + 1) === 39) return scanBlob(scanner);
      return take(scanner, "identifier", start + 1, "");
    case 46: // .
      if (isDigit(codeAt(sql, start + 1))) return scanNumber(scanner);
      return take(scanner, "punctuation", start + 1, ".");
    default:
      if (isDigit(code)) return scanNumber(scanner);
      return scanOperator(scanner, code);
  }
}

function takeQuoted(scanner: Scanner, kind: "string" | "quoted"): void {
  const end = quotedEnd(scanner, scanner.start);
  take(scanner, end < 0 ? "illegal" : kind, end < 0 ? scanner.stop : end, "");
}

function scanBracket(scanner: Scanner): void {
  const end = scanner.sql.indexOf("]", scanner.start);
  if (end < 0 || end >= scanner.stop) return take(scanner, "illegal", scanner.stop, "");
  take(scanner, "quoted", end + 1, "");
}

function scanBlob(scanner: Scanner): void {
  const { sql, start, stop } = scanner;
  let end = start + 2;
  while (isHexDigit(codeAt(sql, end))) end++;
  const whole = codeAt(sql, end) === 39 && (end - start) % 2 === 0;
  if (whole) return take(scanner, "blob", end + 1, "");
  while (end < stop && sql.charCodeAt(end) !== 39) end++;
  take(scanner, "illegal", Math.min(end + 1, stop), "");
}

/** Comments, and operators: for what is neither the first character is an illegal token. */
function scanOperator(scanner: Scanner, code: number): void {
  const { sql, start, stop } = scanner;
  const next = codeAt(sql, start + 1);
  if (code === 45 && next === 45) {
    const end = sql.indexOf("\n", start + 2);
    return take(scanner, "comment", end < 0 || end > stop ? stop : end, "");
  }
  // A comment needs a character behind its opening, or SQLite sees two operators.
  if (code === 47 && next === 42 && start + 2 < stop) {
    const end = sql.indexOf("*/", start + 2);
    return take(scanner, "comment", end < 0 || end + 2 > stop ? stop : end + 2, "");
  }
  const word = longOperator(sql, start, code, next);
  if (word !== "") return take(scanner, "operator", start + word.length, word);
  const single = "<>=|+-*/%&~".includes(sql.charAt(start));
  take(scanner, single ? "operator" : "illegal", start + 1, single ? sql.charAt(start) : "");
}

/** The operator of more than one character that begins with these two, or the empty string. */
function longOperator(sql: string, start: number, code: number, next: number): string {
  switch (code) {
    case 60: // <
      return next === 61 ? "<=" : next === 62 ? "<>" : next === 60 ? "<<" : "";
    case 62: // >
      return next === 61 ? ">=" : next === 62 ? ">>" : "";
    case 61: // =
      return next === 61 ? "==" : "";
    case 33: // !
      return next === 61 ? "!=" : "";
    case 124: // |
      return next === 124 ? "||" : "";
    case 45: // -
      return next !== 62 ? "" : codeAt(sql, start + 2) === 62 ? "->>" : "->";
    default:
      return "";
  }
}

/** Digits, a point and an exponent, any of them with separators; or a hexadecimal integer. */
function scanNumber(scanner: Scanner): void {
  const { sql, start } = scanner;
  const hex = codeAt(sql, start) === 48 && (codeAt(sql, start + 1) | 32) === 120;
  if (hex && isHexDigit(codeAt(sql, start + 2))) {
    const end = separatedEnd(sql, start + 2, isHexDigit);
    return finishNumber(scanner, "integer", end, /_(?![\da-f])/i);
  }
  let kind: Scanner["kind"] = "integer";
  let end = separatedEnd(sql, start, isDigit);
  if (codeAt(sql, end) === 46) {
    kind = "float";
    end = separatedEnd(sql, end + 1, isDigit);
  }
  if ((codeAt(sql, end) | 32) === 101) {
    const sign = codeAt(sql, end + 1);
    const first = sign === 43 || sign === 45 ? end + 2 : end + 1;
    if (isDigit(codeAt(sql, first))) {
      kind = "float";
      end = separatedEnd(sql, first, isDigit);
    }
  }
  finishNumber(scanner, kind, end, /(?<!\d)_|_(?!\d)/);
}

/** `12ab` is one illegal token, not a number and a name, and so is a number with a stray `_`. */
function finishNumber(scanner: Scanner, kind: Scanner["kind"], end: number, stray: RegExp): void {
  const { sql, start } = scanner;
  const last = nameEnd(sql, end);
  const text = sql.slice(start, end);
  const fine = last === end && !(text.includes("_") && stray.test(text));
  take(scanner, fine ? kind : "illegal", last, "");
}

/** The end of digits and `_`. */
function separatedEnd(sql: string, at: number, accepts: (code: number) => boolean): number {
  let end = at;
  while (accepts(codeAt(sql, end)) || codeAt(sql, end) === 95) end++;
  return end;
}

/** `:a`, `@a`, `#a` and `$a`, with Tcl's `$a::b(c)`. */
function scanParameter(scanner: Scanner): void {
  const { sql, start } = scanner;
  let end = nameEnd(sql, start + 1);
  let named = end > start + 1;
  while (codeAt(sql, end) === 58 && codeAt(sql, end + 1) === 58) {
    const behind = nameEnd(sql, end + 2);
    if (behind > end + 2) named = true;
    end = behind;
  }
  let kind: Scanner["kind"] = named ? "parameter" : "illegal";
  if (named && codeAt(sql, end) === 40) {
    // Up to the `)`; a space or the end of the text before it makes it no parameter.
    while (end < scanner.stop && !/[)\t-\r ]/.test(sql.charAt(end))) end++;
    if (codeAt(sql, end) === 41) end++;
    else kind = "illegal";
  }
  // `#1` is a register, which only SQLite itself may name.
  if (codeAt(sql, start) === 35 && isDigit(codeAt(sql, start + 1))) kind = "illegal";
  take(scanner, kind, end, "");
}

/** The name that an identifier or string token of SQLite stands for, without its quotes. */
export function sqliteName(sql: string, token: Pick<Scanner, "kind" | "start" | "end">): string {
  if (token.kind !== "quoted" && token.kind !== "string") return sql.slice(token.start, token.end);
  const inner = sql.slice(token.start + 1, token.end - 1);
  const quote = sql.charAt(token.start);
  return quote !== "[" && inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
}
