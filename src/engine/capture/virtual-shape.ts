import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { SchemaRow } from "./schema-rows.ts";
import type { TableShape } from "./table-shape.ts";
import { readTableShape } from "./table-shape.ts";
import type { VirtualTable } from "./virtual-tables.ts";

/** The shape of a virtual table's rows. Of an R*Tree the first column is the rowid. */
export function readVirtualShape(
  driver: SqlDriver,
  { name, module }: VirtualTable,
  row: SchemaRow,
): TableShape {
  const shape = readTableShape(driver, name, row.sql ?? "");
  const [first] = shape.columns;
  const alias = module === "fts5" || first === undefined ? null : first.name;
  return {
    ...shape,
    rowidAlias: alias,
    primaryKey: alias === null ? [] : [alias],
    // No trigger can tell which of its rows conflict.
    uniqueKeys: [],
  };
}

/** The table behind it in which every row has its rowid, and the rowid's name there. */
export function shadowRowids({ name, module }: VirtualTable): {
  readonly table: string;
  readonly column: string;
} {
  return module === "fts5"
    ? { table: `${name}_content`, column: "id" }
    : { table: `${name}_rowid`, column: "rowid" };
}
