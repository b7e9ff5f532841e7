import type { SchemaRow, SchemaRows } from "../../engine/capture/schema-rows.ts";
import { attempt } from "../../engine/capture/statement-outcome.ts";
import { readTableShape } from "../../engine/capture/table-shape.ts";
import { virtualTables } from "../../engine/capture/virtual-tables.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";

/** A row of a full-text table weighs as much as so many others. */
const VIRTUAL_ROWS = 10;

/** A table that is to go. The change log tells of each row, so a long one goes bit by bit. */
export class TableEnd {
  readonly #driver: SqlDriver;
  readonly #table: string;
  #key: readonly string[] = [];
  readonly #rows: number;

  /** @param rows how many go at once */
  constructor(driver: SqlDriver, { name, sql }: SchemaRow, schema: SchemaRows, rows: number) {
    this.#driver = driver;
    this.#table = quoteIdentifier(name);
    const virtual = schema.virtual.some((one) => one.name === name);
    this.#rows = virtual ? Math.ceil(rows / VIRTUAL_ROWS) : rows;
    // Of the others nobody tells, and some can delete nothing.
    if (virtual && !isCaptured(schema, name)) return;
    const { withoutRowid, primaryKey, rowidName, rowidAlias } = readTableShape(
      driver,
      name,
      sql ?? "",
    );
    const key = withoutRowid ? primaryKey : rowidAlias === null ? [] : [rowidAlias];
    // A table may call three columns as the rowid is called, and have no key.
    this.#key = key.length === 0 && rowidName !== null ? [rowidName] : key.map(quoteIdentifier);
  }

  /** What deletes some of its rows; null for a short one, which can go at once. */
  get shortening(): string | null {
    if (this.#key.length === 0 || !isLongTable(this.#driver, this.#table, this.#rows)) return null;
    const key = this.#key.join();
    const some = `SELECT ${key} FROM ${this.#table} LIMIT ${this.#rows}`;
    return `DELETE FROM ${this.#table} WHERE (${key}) IN (${some})`;
  }
}

function isCaptured(schema: SchemaRows, table: string): boolean {
  return virtualTables(schema).some(({ name, state }) => name === table && state === "captured");
}

/** @param table its name, quoted */
export function isLongTable(driver: SqlDriver, table: string, rows: number): boolean {
  const beyond = `SELECT 1 FROM ${table} LIMIT 1 OFFSET ${rows}`;
  const found = attempt(() => driver.prepare(beyond).all([], "number"));
  return !("error" in found) && found.value.length > 0;
}
