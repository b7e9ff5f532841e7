import { DosqlError } from "../../base/errors.ts";

/** What Postgres calls half a pair. */
export const INVALID_PAIR = "invalid Unicode surrogate pair";

/** Whether a code is a half of a surrogate pair. */
export function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** The code that two halves of a pair stand for, -1 when they are none. */
export function pairCode(high: number, low: number): number {
  if (high < 0xd800 || high > 0xdbff || low < 0xdc00 || low > 0xdfff) return -1;
  return 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
}

/** Whether the text of the string behind UESCAPE is a character that may be one. */
export function isUnicodeEscape(text: string): boolean {
  return /^[^\da-f+'"\s\x80-\uffff]$/i.test(text);
}

/**
 * The value of what stands in the quotes of `U&'…'` and `U&"…"`: `\XXXX` and `\+XXXXXX` are
 * characters, or halves of a pair, `\\` is a backslash; another `escape` than the backslash is
 * told. `start` is where the text begins in the statement.
 *
 * @throws DosqlError `syntax` for an escape that means nothing.
 */
export function decodeUnicode(text: string, start: number, escape: string = "\\"): string {
  if (!text.includes(escape)) return text;
  let value = "";
  // The first half of a pair whose second must follow.
  let high = 0;
  let at = 0;
  while (at < text.length) {
    if (text.charAt(at) !== escape || text.charAt(at + 1) === escape) {
      if (high !== 0) throw unicodeError(INVALID_PAIR, start + at);
      value += text.charAt(at);
      at += text.charAt(at) === escape ? 2 : 1;
      continue;
    }
    const digits = /^(?:\+[\da-f]{6}|[\da-f]{4})/i.exec(text.slice(at + 1, at + 8))?.[0];
    if (digits === undefined) {
      const hint = "Unicode escapes must be \\XXXX or \\+XXXXXX.";
      throw unicodeError("invalid Unicode escape", start + at, hint);
    }
    const code = Number.parseInt(digits.replace("+", ""), 16);
    if (code === 0 || code > 0x10ffff) {
      throw unicodeError("invalid Unicode escape value", start + at);
    }
    const pair = pairCode(high, code);
    const opens = code >= 0xd800 && code <= 0xdbff;
    if (pair < 0 && (high !== 0 || (isSurrogate(code) && !opens))) {
      throw unicodeError(INVALID_PAIR, start + at);
    }
    if (opens) high = code;
    else value += String.fromCodePoint(pair < 0 ? code : pair);
    if (!opens) high = 0;
    at += 1 + digits.length;
  }
  if (high !== 0) throw unicodeError(INVALID_PAIR, start + at);
  return value;
}

function unicodeError(message: string, at: number, hint?: string): DosqlError {
  return new DosqlError("syntax", message, hint === undefined ? { at } : { at, hint });
}
