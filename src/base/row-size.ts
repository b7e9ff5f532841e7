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

/** How large the result of one statement may be. */
export interface ResultLimits {
  readonly rows: number;
  /** As `rowSizeBytes` counts. */
  readonly bytes: number;
}

/** What holds where nobody asks for less. */
export const DEFAULT_RESULT_LIMITS: ResultLimits = { rows: Infinity, bytes: MAX_RESULT_BYTES };

/** Counts the rows of one result against its limits. */
export class ResultMeter {
  readonly #limits: ResultLimits;
  #rows = 0;
  #bytes = 0;

  constructor(limits: ResultLimits) {
    this.#limits = limits;
  }

  /**
   * Counts a row, and answers its size in bytes.
   *
   * @throws DosqlError `limit` when it is one too many
   */
  count(row: Row): number {
    const bytes = rowSizeBytes(row);
    this.#bytes += bytes;
    if (++this.#rows > this.#limits.rows)
      throw tooLarge("has more than", this.#limits.rows, "rows");
    if (this.#bytes > this.#limits.bytes) {
      throw tooLarge("is larger than", this.#limits.bytes, "bytes");
    }
    return bytes;
  }
}

function tooLarge(is: string, limit: number, unit: string): DosqlError {
  return new DosqlError("limit", `the result ${is} ${limit} ${unit}`, {
    hint: "ask for fewer rows, or for fewer columns",
  });
}
