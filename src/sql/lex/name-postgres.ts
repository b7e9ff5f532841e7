import { codeAt, type Scanner } from "./scanner.ts";
import { decodeUnicode } from "./unicode-escape.ts";

/** The bytes of the longest name. What is longer is cut, as Postgres does with a notice. */
const LONGEST_NAME = 63;

/** No UTF-16 unit is more bytes in UTF-8. */
const BYTES_OF_UNIT = 3;

/**
 * The name that an identifier token of Postgres stands for: without its quotes, or with its ASCII
 * letters in lower case. `escape` is the character that UESCAPE names.
 *
 * @throws DosqlError `syntax` for an escape in `U&"…"` that means nothing.
 */
export function postgresName(
  sql: string,
  token: Pick<Scanner, "kind" | "start" | "end">,
  escape?: string,
): string {
  const { start, end } = token;
  if (token.kind !== "quoted") {
    // In `N'x'` the letter stands for the type's name.
    const national = end === start + 1 && (sql.charCodeAt(start) | 32) === 110;
    if (national && codeAt(sql, end) === 39) return "nchar";
    return shortened(folded(sql, start, end));
  }
  const escaped = sql.charAt(start) !== '"';
  const inner = sql.slice(escaped ? start + 3 : start + 1, end - 1);
  const plain = inner.includes('"') ? inner.replaceAll('""', '"') : inner;
  return shortened(escaped ? decodeUnicode(plain, start + 3, escape) : plain);
}

function folded(sql: string, start: number, end: number): string {
  const text = sql.slice(start, end);
  for (let at = start; at < end; at++) {
    const code = sql.charCodeAt(at);
    if (code >= 65 && code <= 90) {
      return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    }
  }
  return text;
}

function shortened(name: string): string {
  if (name.length * BYTES_OF_UNIT <= LONGEST_NAME) return name;
  let size = 0;
  for (let at = 0; at < name.length; at++) {
    const code = name.codePointAt(at) ?? 0;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (size > LONGEST_NAME) return name.slice(0, at);
    if (code >= 0x10000) at++;
  }
  return name;
}
