import { attempt } from "../../engine/capture/statement-outcome.ts";
import { readTableShape } from "../../engine/capture/table-shape.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { SavedObject } from "./saved-schema.ts";

/** A row of text weighs as much as so many others. */
const TEXT_ROWS = 50;

/**
 * Makes an index of text that stands in another table again, bit by bit.
 *
 * @param row the last one that it has already; null at the beginning
 * @returns the last one that it has now; null when that is all
 */
export function indexText(
  driver: SqlDriver,
  { name, sql }: SavedObject,
  row: string | null,
  rows: number,
): string | null {
  const table = quoteIdentifier(name);
  const read = (query: string): unknown[][] => driver.prepare(query).all([], "number");
  // Where the other table is missing, the index has been as it is.
  if ("error" in attempt(() => read(`SELECT rowid, * FROM ${table} LIMIT 1`))) return null;
  if (!/\busing\s+fts5\b/i.test(sql)) {
    driver.exec(`INSERT INTO ${table} (${table}) VALUES ('rebuild')`);
    return null;
  }
  if (row === null) driver.exec(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`);
  const where = row === null ? "" : `WHERE rowid > ${row}`;
  const part = `FROM ${table} ${where} ORDER BY rowid LIMIT ${Math.ceil(rows / TEXT_ROWS)}`;
  const [found] = read(`SELECT CAST(max(rowid) AS TEXT) FROM (SELECT rowid ${part})`);
  const last = found?.[0];
  if (typeof last !== "string") return null;
  const names = ["rowid", ...readTableShape(driver, name, sql).columns.map(quoted)].join();
  driver.exec(`INSERT INTO ${table} (${names}) SELECT ${names} ${part}`);
  return last;
}

function quoted({ name }: { readonly name: string }): string {
  return quoteIdentifier(name);
}
