import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";

/**
 * Makes a connection answer `changes()` with a number, for views and triggers that ask. Only a
 * statement that changes as many rows does that: here all of them are the same one, in a table
 * without a rowid, which leaves last_insert_rowid() alone.
 */
export function restoreChanges(driver: SqlDriver, changes: bigint): void {
  const table = engineTable(driver, "count");
  driver.exec(`CREATE TABLE IF NOT EXISTS ${table} (x INTEGER PRIMARY KEY) WITHOUT ROWID`);
  driver
    .prepare(
      `INSERT INTO ${table} WITH RECURSIVE n(x) AS (SELECT 1 WHERE ?1 > 0 ` +
        "UNION ALL SELECT x + 1 FROM n WHERE x < ?1) SELECT 1 FROM n WHERE TRUE " +
        "ON CONFLICT DO UPDATE SET x = 1",
    )
    .run([changes]);
}

/** The name of a table of the engine's own: a temporary one, where the home has such. */
export function engineTable({ caps }: SqlDriver, name: string): string {
  const own = quoteIdentifier(caps.hiddenPrefix + name);
  return caps.transactionStatements ? `temp.${own}` : own;
}
