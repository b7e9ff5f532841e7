import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { EntryCode } from "../log/layout.ts";
import type { TableShape } from "./table-shape.ts";
import { TriggerText } from "./trigger-text.ts";

/**
 * Logs one entry for each row that a table holds now, in one statement. Through a view, whose
 * trigger leaves last_insert_rowid() alone.
 */
export function logRows(
  driver: SqlDriver,
  shape: TableShape,
  relation: number,
  code: EntryCode,
): void {
  const prefix = driver.caps.hiddenPrefix;
  const view = quoteIdentifier(`${prefix}bulk`);
  const trigger = quoteIdentifier(`${prefix}bulk_insert`);
  const text = new TriggerText(prefix, shape, relation);
  const values = text.image("");
  const columns = values.map((_, place) => `c${place}`);
  const entry = text.entry(
    code,
    columns.map((column) => `NEW.${column}`),
  );
  driver.exec(
    `CREATE VIEW ${view} (${columns.join()}) AS ` +
      `SELECT ${values.join()} FROM ${quoteIdentifier(shape.name)}`,
  );
  driver.exec(`CREATE TRIGGER ${trigger} INSTEAD OF INSERT ON ${view} BEGIN ${entry} END`);
  driver.exec(`INSERT INTO ${view} SELECT * FROM ${view}`);
  driver.exec(`DROP VIEW ${view}`);
}
