import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";

/**
 * Whether a virtual table is an index of text that stands in another table, from which it can be
 * made again.
 *
 * @param sql its CREATE VIRTUAL TABLE
 */
export function isDerived(sql: string): boolean {
  return /\busing\s+fts[45]\b/i.test(sql) && /\bcontent\s*=\s*(?:'[^']|"[^"]|[^\s,)'"])/i.test(sql);
}

/** Makes all indexes of text again that can be made from what stands. */
export function rebuildDerived(driver: SqlDriver): void {
  for (const { name, sql } of readSchemaRows(driver).virtual) {
    if (!isDerived(sql ?? "")) continue;
    const table = quoteIdentifier(name);
    driver.exec(`INSERT INTO ${table} (${table}) VALUES ('rebuild')`);
  }
}
