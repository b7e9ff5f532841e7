import type { Row, SqlValue } from "../base/value.ts";

/** A value for a reader of tables and CSV: exact digits, blobs as `\x` and hex. */
export function valueText(value: Exclude<SqlValue, null>): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return realText(value);
  return `\\x${hex(value)}`;
}

/** A REAL as SQLite prints it: always recognisable as one. */
export function realText(value: number): string {
  if (Number.isNaN(value)) return "NULL";
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Hex digits, lower case. */
function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** One row as a CSV line by RFC 4180, with CR LF. NULL is an empty field, empty text `""`. */
export function csvLine(row: Row): string {
  return `${row.map(csvField).join(",")}\r\n`;
}

function csvField(value: SqlValue): string {
  if (value === null) return "";
  const text = valueText(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One row as a JSON object. INTEGERs keep all their digits, as JSON allows; a reader whose
 * numbers are doubles rounds those beyond 2^53. Blobs are `"\\x…"` strings. Names that occur
 * twice get `_2`, `_3`, …
 */
export function jsonRow(names: readonly string[], row: Row): string {
  const fields = names.map((name, i) => `${JSON.stringify(name)}:${jsonValue(row[i] ?? null)}`);
  return `{${fields.join(",")}}`;
}

/** Column names made unique, for objects. */
export function uniqueNames(columns: readonly string[]): string[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    let name = column;
    for (let n = 2; seen.has(name); n++) name = `${column}_${n}`;
    seen.add(name);
    return name;
  });
}

function jsonValue(value: SqlValue): string {
  if (value === null) return "null";
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") {
    if (Number.isNaN(value)) return "null";
    if (!Number.isFinite(value)) return value > 0 ? "9e999" : "-9e999";
    return realText(value);
  }
  return JSON.stringify(typeof value === "string" ? value : valueText(value));
}
