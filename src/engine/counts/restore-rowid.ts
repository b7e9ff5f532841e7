import type { SqlDriver } from "../../ports/sql-driver.ts";
import { engineTable } from "./restore-changes.ts";

/**
 * Makes a connection answer `last_insert_rowid()` with a number. Only an INSERT with a chosen
 * rowid does that.
 */
export function restoreRowid(driver: SqlDriver, rowid: bigint): void {
  const table = engineTable(driver, "rowid");
  driver.exec(`CREATE TABLE IF NOT EXISTS ${table} (x)`);
  driver.prepare(`INSERT INTO ${table} (rowid) VALUES (?1)`).run([rowid]);
  driver.exec(`DELETE FROM ${table}`);
}
