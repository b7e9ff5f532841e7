import type { SqlValue } from "../base/value.ts";
import { quoted } from "./print/quoted.ts";

/**
 * A name in double quotes, safe wherever an identifier may stand, whatever it holds.
 *
 * @throws DosqlError `invalid-argument` for a name with a NUL, which SQLite cannot hold.
 * @example
 * quoteIdentifier('a "b"'); // "a ""b"""
 */
export function quoteIdentifier(name: string): string {
  return quoted(name, '"');
}

/**
 * Text as an SQL literal. Text with a NUL, which would end the statement, is written as a cast of
 * its UTF-8 bytes: it reads back exactly in a database whose encoding is UTF-8 (the default).
 *
 * @example
 * quoteText("it's"); // 'it''s'
 */
export function quoteText(text: string): string {
  if (text.includes("\0")) return `CAST(${hexLiteral(new TextEncoder().encode(text))} AS TEXT)`;
  return `'${text.replaceAll("'", "''")}'`;
}

/** The ASCII code of a hexadecimal digit. */
function hexDigit(value: number): number {
  return value < 10 ? 48 + value : 87 + value;
}

function hexLiteral(bytes: Uint8Array): string {
  const digits = new Uint8Array(bytes.length * 2);
  let at = 0;
  for (const byte of bytes) {
    digits[at++] = hexDigit(byte >> 4);
    digits[at++] = hexDigit(byte & 15);
  }
  return `x'${new TextDecoder().decode(digits)}'`;
}

function printReal(value: number): string {
  if (Number.isNaN(value)) return "NULL";
  if (!Number.isFinite(value)) return value > 0 ? "9e999" : "-9e999";
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * A value as the SQLite literal that reads back as the same value of the same type. NaN, which
 * SQLite stores as NULL, becomes NULL. A negative number begins with `-`: keep it apart from a
 * `-` before it, or the two begin a comment.
 *
 * @example
 * printValue(1n); // 1
 * printValue(1); // 1.0
 * printValue(new Uint8Array([255])); // x'ff'
 */
export function printValue(value: SqlValue): string {
  if (value === null) return "NULL";
  switch (typeof value) {
    case "bigint":
      return String(value);
    case "number":
      return printReal(value);
    case "string":
      return quoteText(value);
    default:
      return hexLiteral(value);
  }
}
