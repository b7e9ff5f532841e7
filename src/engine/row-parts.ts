import { rowSizeBytes } from "../base/row-size.ts";
import type { Row } from "../base/value.ts";
import type { RowPart } from "./session/result-set.ts";
import type { ColumnInfo } from "../ports/sql-driver.ts";

/** About what the rows of a part take in memory, unless one row is larger. */
const PART_BYTES = 262_144;

/** Rows that come one by one, and the columns that they are of. */
export interface OpenRows {
  readonly columns: readonly ColumnInfo[];
  readonly rows: IterableIterator<Row>;
}

/** Rows in parts; one at least, so that whoever reads knows the columns. */
export function* partsOf({ columns, rows }: OpenRows): Generator<RowPart, void> {
  let part: Row[] = [];
  let sizeBytes = 0;
  let isFirst = true;
  for (const row of rows) {
    part.push(row);
    sizeBytes += rowSizeBytes(row);
    if (sizeBytes < PART_BYTES) continue;
    yield { columns, rows: part };
    isFirst = false;
    part = [];
    sizeBytes = 0;
  }
  if (isFirst || part.length > 0) yield { columns, rows: part };
}
