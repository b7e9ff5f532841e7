import { DosqlError } from "./errors.ts";
import type { Row, SqlValue } from "./value.ts";

/** What a row costs in memory besides its values: the array and its place in the result. */
const ROW_BYTES = 64;

/** What any value costs: a slot, and for most a boxed number or a string's header. */
const VALUE_BYTES = 24;

/**
 * The largest result kept for one statement, as `rowSizeBytes` counts: results are materialised,
 * and a few of these must fit the memory of a small server.
 */
export const MAX_RESULT_BYTES = 268_435_456;

/** About what a row costs in memory. An empty row and an empty text cost something too. */
export function rowSizeBytes(row: Row): number {
  let bytes = ROW_BYTES;
  for (const value of row) bytes += VALUE_BYTES + payloadBytes(value);
  return bytes;
}

function payloadBytes(value: SqlValue): number {
  if (typeof value === "string") return value.length;
  return value instanceof Uint8Array ? value.byteLength : 0;
}

/** What a statement hears whose result grows beyond `MAX_RESULT_BYTES`. */
export function resultTooLarge(): DosqlError {
  return new DosqlError("limit", `the result is larger than ${MAX_RESULT_BYTES} bytes`, {
    hint: "ask for fewer rows, or for fewer columns",
  });
}
