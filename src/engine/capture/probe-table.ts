import type { ColumnDefinition, CreateTable } from "../../sql/ast/schema.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { ShapeColumn, TableFacts } from "./table-facts.ts";

/**
 * A hidden table of one relation that holds the row which REPLACE is about to bring, so that
 * SQLite computes on it just as it does on the table: NEW has no affinity in expressions, lacks
 * the default in the place of a NULL that may not be, and so do columns generated from that.
 * It has the columns of the table, and none of its constraints.
 */
export interface ProbeTable {
  /** Quoted. */
  readonly name: string;
  readonly create: string;
  /** Puts the row of NEW in, alone. For the inside of a BEFORE trigger. */
  readonly fill: string;
}

/** What names the probes of all relations begin with, behind the hidden prefix. */
export const PROBE = "probe_";

export function probeTable(
  prefix: string,
  relation: number,
  shape: TableFacts,
  definition: CreateTable,
): ProbeTable {
  const name = quoteIdentifier(`${prefix}${PROBE}${relation}`);
  const columns = definition.elements.filter((element) => element.kind === "column-definition");
  const options = definition.strict ? " STRICT" : "";
  const create =
    `CREATE TABLE IF NOT EXISTS ${name} ` +
    `(${columns.map((column) => columnText(shape.sql, column)).join()})${options}`;
  const stored = shape.columns.filter(({ generated }) => !generated);
  const names = stored.map((column) => quoteIdentifier(column.name)).join();
  const values = stored.map(newValue).join();
  const fill = `DELETE FROM ${name}; INSERT INTO ${name} (${names}) VALUES (${values});`;
  return { name, create, fill };
}

/** What REPLACE stores for a column: for NULL its default, where it may not be NULL. */
export function newValue({ name, notNull, defaultSql }: ShapeColumn): string {
  const value = `NEW.${quoteIdentifier(name)}`;
  return notNull && defaultSql !== null ? `coalesce(${value}, (${defaultSql}))` : value;
}

/** A column's type, collation and expression, as they are written. */
function columnText(sql: string, { name, type, constraints }: ColumnDefinition): string {
  const words = [quoteIdentifier(name.text)];
  if (type !== null) words.push(sql.slice(type.start, type.end));
  for (const constraint of constraints) {
    if (constraint.kind === "column-collation") {
      words.push(`COLLATE ${quoteIdentifier(constraint.collation.name.text)}`);
    }
    if (constraint.kind === "generated") {
      words.push(`AS (${sql.slice(constraint.value.start, constraint.value.end)})`);
    }
  }
  return words.join(" ");
}
