import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";

/**
 * VACUUM moves `last_insert_rowid()` (measured): to the number of the last row that it writes into
 * the new schema, where there is a view, a trigger or a virtual table, and else to the last row of
 * the last table whose rowid is a column. This says what that would be without the engine's own
 * tables and triggers; `now` where it would not move.
 */
export function rowidAfterVacuum(driver: SqlDriver, now: bigint): bigint {
  const { user } = readSchemaRows(driver);
  const copiedLast = user.some(
    ({ type, sql }) => /^(?:trigger|view)$/.test(type) || /^create\s+virtual/i.test(sql ?? ""),
  );
  if (copiedLast) return BigInt(user.length);
  const tables = user.filter(({ type }) => type === "table");
  for (const { name } of tables.toReversed()) {
    const greatest = greatestKey(driver, name);
    if (greatest !== null) return greatest;
  }
  return now;
}

/** Null for a table whose rowid is no column, and for an empty one. */
function greatestKey(driver: SqlDriver, table: string): bigint | null {
  const keys = driver
    .prepare(
      `SELECT name, upper(type) FROM pragma_table_info(${quoteText(table)}) WHERE pk > 0 ` +
        `AND NOT EXISTS (SELECT 1 FROM pragma_index_list(${quoteText(table)}) WHERE origin = 'pk')`,
    )
    .all([], "number");
  const [key] = keys;
  if (keys.length !== 1 || key === undefined || key[1] !== "INTEGER") return null;
  const [row] = driver
    .prepare(`SELECT max(${quoteIdentifier(String(key[0]))}) FROM ${quoteIdentifier(table)}`)
    .all([], "bigint");
  return typeof row?.[0] === "bigint" ? row[0] : null;
}
