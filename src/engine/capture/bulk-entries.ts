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
  const table = quoteIdentifier(shape.name);
  if (driver.prepare(`SELECT 1 FROM ${table} LIMIT 1`).all([], "number").length === 0) return;
  const prefix = driver.caps.hiddenPrefix;
  const view = quoteIdentifier(`${prefix}bulk`);
  const trigger = quoteIdentifier(`${prefix}bulk_insert`);
  const text = new TriggerText(prefix, shape, relation);
  const image = text.image("");
  // By rowid where there is one: a view of it and 100 columns is too wide for a Durable Object.
  const rowid = shape.rowidAlias ?? shape.rowidName;
  const values = rowid === null ? image : [quoteIdentifier(rowid)];
  const columns = values.map((_, place) => `c${place}`);
  const news = columns.map((column) => `NEW.${column}`);
  const entry =
    rowid === null
      ? text.entry(code, news)
      : text.entry(code, image, `FROM ${table} WHERE ${quoteIdentifier(rowid)} = NEW.c0`);
  driver.exec(
    `CREATE VIEW ${view} (${columns.join()}) AS ` + `SELECT ${values.join()} FROM ${table}`,
  );
  driver.exec(`CREATE TRIGGER ${trigger} INSTEAD OF INSERT ON ${view} BEGIN ${entry} END`);
  driver.exec(`INSERT INTO ${view} SELECT * FROM ${view}`);
  driver.exec(`DROP VIEW ${view}`);
}
