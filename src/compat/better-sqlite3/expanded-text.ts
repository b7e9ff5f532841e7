import type { Row, SqlValue } from "../../base/value.ts";
import type { SyncStatement } from "../../engine/session/sync-database.ts";

/** Longest value in bytes that better-sqlite3 shows whole (it builds SQLite so). */
const SHOWN_BYTES = 32;

/** Stands for a long value while SQLite expands the text; no value and no SQL looks like it. */
const marker = (index: number): string => `\u0001dosql:${index}\u0001`;

/**
 * A statement's text with its values, as better-sqlite3 logs it: of a long string or BLOB the
 * beginning and the number of bytes that are left out.
 */
export function expandedText(statement: SyncStatement, params: Row): string {
  if (!params.some(isLong)) return statement.expanded(params);
  const shown = params.map((value, index) => (isLong(value) ? marker(index) : value));
  let text = statement.expanded(shown);
  params.forEach((value, index) => {
    if (isLong(value)) text = text.replace(`'${marker(index)}'`, () => abbreviation(value));
  });
  return text;
}

function isLong(value: SqlValue): value is string | Uint8Array {
  if (typeof value === "string") return value.length > SHOWN_BYTES || sizeOf(value) > SHOWN_BYTES;
  return typeof value === "object" && value !== null && value.length > SHOWN_BYTES;
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function abbreviation(value: string | Uint8Array): string {
  if (typeof value !== "string") {
    const hex = Array.from(value.subarray(0, SHOWN_BYTES), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    return `x'${hex}'/*+${value.length - SHOWN_BYTES} bytes*/`;
  }
  // One unit is at least one byte, and a few more leave room for a character that is cut.
  const bytes = new TextEncoder().encode(value.slice(0, SHOWN_BYTES));
  let end = Math.min(bytes.length, SHOWN_BYTES);
  while (end < bytes.length && isContinuation(bytes[end])) end += 1;
  const head = new TextDecoder().decode(bytes.subarray(0, end));
  return `'${head.replaceAll("'", "''")}'/*+${sizeOf(value) - end} bytes*/`;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
