import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { withRawTexts } from "../log/raw-text.ts";

/**
 * The rows of a table a second time, as bytes, for those that hold a text which is not UTF-8. Both
 * scans ask for the same columns of one state of the table, so that they meet the same rows.
 */
export class RawRows {
  readonly #rows: Iterator<Row>;
  #next = 0;

  constructor(driver: SqlDriver, columns: readonly string[], from: string) {
    const blobs = columns.map((column) => `CAST(${column} AS BLOB)`).join();
    this.#rows = driver.prepare(`SELECT ${blobs} ${from}`).iterate([], "bigint");
  }

  /**
   * A row with its texts as they are.
   *
   * @param place how many rows stand before it; not before the place that was asked for last
   */
  at(place: number, row: Row): Row {
    let blobs: Row = [];
    for (; this.#next <= place; this.#next++) blobs = (this.#rows.next().value ?? []) as Row;
    if (blobs.length !== row.length) throw new DosqlError("bug", "two scans met other rows");
    return withRawTexts(row, blobs);
  }

  end(): void {
    this.#rows.return?.();
  }
}
