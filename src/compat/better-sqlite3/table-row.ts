import type { TableDefinition } from "../../engine/virtual-table.ts";

/** The cells of a row that a virtual table yielded, with better-sqlite3's complaints. */
export function rowOf(row: unknown, name: string, { columns }: TableDefinition): unknown[] {
  const said = `Virtual table module "${name}" yielded`;
  if (typeof row !== "object" || row === null) {
    throw new TypeError(`${said} something that isn't a valid row object`);
  }
  if (Array.isArray(row)) {
    if (row.length !== columns.length) {
      throw new TypeError(`${said} a row with an incorrect number of columns`);
    }
    return row;
  }
  const keys = Object.keys(row);
  const unknown = keys.find((key) => !columns.includes(key));
  if (unknown !== undefined) {
    throw new TypeError(`${said} a row with an undeclared column "${unknown}"`);
  }
  if (keys.length !== columns.length) throw new TypeError(`${said} a row with missing columns`);
  const values = row as Readonly<Record<string, unknown>>;
  return columns.map((column) => values[column]);
}
