import { encodeUtf8 } from "../codec/utf8.ts";
import { pgError } from "../errors.ts";
import type { PgError } from "../errors.ts";

/** Reads Postgres' two text forms of bytes: hex (`\x…`) and escape (`\\`, `\nnn`). */
export function parseBytea(text: string): Uint8Array {
  return text.startsWith("\\x") ? parseHex(text) : parseEscape(text);
}

function parseHex(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length - 2) >> 1);
  let count = 0;
  let at = 2;
  while (at < text.length) {
    const high = hexDigit(text, at);
    if (high === BLANK) {
      // Blanks may stand between pairs, not inside one.
      at++;
      continue;
    }
    if (at + 1 >= text.length) {
      throw pgError("22023", "invalid hexadecimal data: odd number of digits");
    }
    const low = hexDigit(text, at + 1);
    if (low === BLANK) throw invalidDigit(text, at + 1);
    bytes[count++] = high * 16 + low;
    at += 2;
  }
  return bytes.slice(0, count);
}

const BLANK = -1;

function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  if (lower >= 0x61 && lower <= 0x66) return lower - 0x57;
  if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) return BLANK;
  throw invalidDigit(text, at);
}

function invalidDigit(text: string, at: number): PgError {
  const digit = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return pgError("22023", `invalid hexadecimal digit: "${digit}"`);
}

const OCTAL_BYTE = /^[0-3][0-7]{2}$/;

function parseEscape(text: string): Uint8Array {
  const encoded = encodeUtf8(text);
  const bytes = new Uint8Array(encoded.length);
  let count = 0;
  let at = 0;
  while (at < encoded.length) {
    const byte = encoded[at] ?? 0;
    if (byte !== 0x5c) {
      bytes[count++] = byte;
      at++;
      continue;
    }
    if (encoded[at + 1] === 0x5c) {
      bytes[count++] = 0x5c;
      at += 2;
      continue;
    }
    const octal = String.fromCharCode(...encoded.subarray(at + 1, at + 4));
    if (!OCTAL_BYTE.test(octal)) {
      throw pgError("22P02", "invalid input syntax for type bytea");
    }
    bytes[count++] = Number.parseInt(octal, 8);
    at += 4;
  }
  return bytes.slice(0, count);
}
