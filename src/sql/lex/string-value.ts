import { DosqlError } from "../../base/errors.ts";
import { continuation, dollarTagEnd } from "./scan-postgres.ts";
import { codeAt, isHexDigit } from "./scanner.ts";
import { decodeUnicode, INVALID_PAIR, isSurrogate, pairCode } from "./unicode-escape.ts";

/**
 * The value of a string token of Postgres, whatever its spelling: plain, `E'…'`, `U&'…'` or
 * `$tag$…$tag$`, in one part or more. `escape` is the character that UESCAPE names.
 *
 * @throws DosqlError `syntax` for an escape that means nothing.
 */
export function stringValue(sql: string, start: number, end: number, escape?: string): string {
  switch (sql.charCodeAt(start) | 32) {
    case 36: // $
      return dollarText(sql, start, end);
    case 101: // e
      return escapedText(sql, start + 1, end);
    case 117: // u
      return decodeUnicode(plainText(sql, start + 2, end), start + 3, escape);
    default:
      return plainText(sql, start, end);
  }
}

/** The digits of a `B'…'` or `X'…'` of Postgres, which are any characters but quotes. */
export function bitDigits(sql: string, start: number, end: number): string {
  return plainText(sql, start + 1, end);
}

/** What stands between the quotes, from the first at `open` to the last before `end`. */
function plainText(sql: string, open: number, end: number): string {
  const inner = sql.slice(open + 1, end - 1);
  if (!inner.includes("'")) return inner;
  let text = "";
  let from = open + 1;
  for (;;) {
    const quote = sql.indexOf("'", from);
    if (quote < 0 || quote >= end - 1) return text + sql.slice(from, end - 1);
    const doubled = codeAt(sql, quote + 1) === 39;
    text += sql.slice(from, doubled ? quote + 1 : quote);
    from = doubled ? quote + 2 : continuation(sql, quote + 1) + 1;
  }
}

function dollarText(sql: string, start: number, end: number): string {
  const open = dollarTagEnd(sql, start);
  return sql.slice(open, end - (open - start));
}

/** As `plainText`, with backslash escapes. */
export function escapedText(sql: string, open: number, end: number): string {
  if (sql.indexOf("\\", open) < 0) return plainText(sql, open, end);
  const pieces: Piece[] = [];
  let from = open + 1;
  let at = from;
  while (at < end - 1) {
    const code = sql.charCodeAt(at);
    if (code === 92) {
      pieces.push(sql.slice(from, at));
      at = from = decodeEscape(sql, at, pieces);
    } else if (code === 39) {
      const doubled = codeAt(sql, at + 1) === 39;
      pieces.push(sql.slice(from, doubled ? at + 1 : at));
      at = from = doubled ? at + 2 : continuation(sql, at + 1) + 1;
    } else {
      at++;
    }
  }
  pieces.push(sql.slice(from, at));
  return joined(pieces);
}

/** Text, or a byte of it that is no character of its own. */
type Piece = string | number;

const SINGLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** Decodes the escape at an offset into `pieces` and returns its end. */
function decodeEscape(sql: string, at: number, pieces: Piece[]): number {
  const letter = String.fromCodePoint(sql.codePointAt(at + 1) ?? 92);
  if (letter === "u" || letter === "U") return decodeUnicodeEscape(sql, at, pieces);
  if (letter >= "0" && letter <= "7") {
    let end = at + 2;
    while (end < at + 4 && codeAt(sql, end) >= 48 && codeAt(sql, end) <= 55) end++;
    pieces.push(byteOf(Number.parseInt(sql.slice(at + 1, end), 8) & 255));
    return end;
  }
  if (letter === "x" && isHexDigit(codeAt(sql, at + 2))) {
    const end = isHexDigit(codeAt(sql, at + 3)) ? at + 4 : at + 3;
    pieces.push(byteOf(Number.parseInt(sql.slice(at + 2, end), 16)));
    return end;
  }
  pieces.push(SINGLE_ESCAPES.get(letter) ?? letter);
  return at + 1 + letter.length;
}

function byteOf(byte: number): Piece {
  return byte > 0 && byte < 128 ? String.fromCharCode(byte) : byte;
}

/** As `decodeEscape` for `\uXXXX` and `\UXXXXXXXX`, two of them for a surrogate pair. */
function decodeUnicodeEscape(sql: string, at: number, pieces: Piece[]): number {
  const end = unicodeEscapeEnd(sql, at);
  const code = Number.parseInt(sql.slice(at + 2, end), 16);
  if (!isSurrogate(code)) {
    if (code === 0 || code > 0x10ffff)
      throw nearError("invalid Unicode escape value", sql, at, end);
    pieces.push(String.fromCodePoint(code));
    return end;
  }
  if (code >= 0xdc00) throw nearError(INVALID_PAIR, sql, at, end);
  if (codeAt(sql, end) !== 92 || (codeAt(sql, end + 1) | 32) !== 117) {
    throw nearError(INVALID_PAIR, sql, end, end + 1);
  }
  const last = unicodeEscapeEnd(sql, end);
  const pair = pairCode(code, Number.parseInt(sql.slice(end + 2, last), 16));
  if (pair < 0) throw nearError(INVALID_PAIR, sql, end, last);
  pieces.push(String.fromCodePoint(pair));
  return last;
}

function unicodeEscapeEnd(sql: string, at: number): number {
  const end = at + (codeAt(sql, at + 1) === 85 ? 10 : 6);
  for (let i = at + 2; i < end; i++) {
    if (isHexDigit(codeAt(sql, i))) continue;
    throw new DosqlError("syntax", "invalid Unicode escape", {
      at,
      hint: "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.",
    });
  }
  return end;
}

function nearError(reason: string, sql: string, at: number, end: number): DosqlError {
  const near = sql.slice(at, end);
  const place = near === "" ? "at end of input" : `at or near "${near}"`;
  return new DosqlError("syntax", `${reason} ${place}`, { at });
}

function joined(pieces: readonly Piece[]): string {
  if (pieces.every((piece) => typeof piece === "string")) return pieces.join("");
  const encoder = new TextEncoder();
  const bytes = pieces.flatMap((piece) =>
    typeof piece === "string" ? Array.from(encoder.encode(piece)) : piece,
  );
  return decodeUtf8(Uint8Array.from(bytes));
}

/** The text of bytes that are UTF-8 without a NUL, as Postgres demands of them. */
function decodeUtf8(bytes: Uint8Array): string {
  const text = decodedOrNull(bytes);
  if (text !== null && !text.includes("\0")) return text;
  let at = 0;
  for (;;) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0xc0 || lead > 0xf7 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const sequence = bytes.subarray(at, at + length);
    if (lead === 0 || decodedOrNull(sequence) === null) {
      const shown = Array.from(sequence, (byte) => `0x${byte.toString(16).padStart(2, "0")}`);
      const message = `invalid byte sequence for encoding "UTF8": ${shown.join(" ")}`;
      throw new DosqlError("syntax", message);
    }
    at += length;
  }
}

function decodedOrNull(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
