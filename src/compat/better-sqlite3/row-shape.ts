import type { Row, SqlValue } from "../../base/value.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";

/** A value as a user sees it: BLOBs are Buffers, INTEGERs are numbers unless asked otherwise. */
export type ShownValue = null | number | bigint | string | Uint8Array;

/** One row of `expand`: columns by table, expressions under `$`. */
export type ExpandedRow = Record<string, Record<string, ShownValue>>;

/** How values are shown. */
export interface ValueStyle {
  readonly integers: IntegerMode;
  readonly toBuffer: (bytes: Uint8Array) => Uint8Array;
}

/** Where a column of an expanded row goes. */
export interface ColumnPlace {
  readonly table: string;
  readonly name: string;
}

/** Namespace of columns that come from no table. */
export const EXPRESSIONS = "$";

export function showValue(value: SqlValue, style: ValueStyle): ShownValue {
  if (typeof value === "bigint") return style.integers === "bigint" ? value : Number(value);
  if (typeof value === "object" && value !== null) return style.toBuffer(value);
  return value;
}

/** Shows the values of a row in place. */
export function showRow(row: Row, style: ValueStyle): ShownValue[] {
  for (let i = 0; i < row.length; i++) row[i] = showValue(row[i] as SqlValue, style);
  return row;
}

export function showObject(
  row: Row,
  names: readonly string[],
  style: ValueStyle,
): Record<string, ShownValue> {
  const object: Record<string, ShownValue> = {};
  for (let i = 0; i < names.length; i++) {
    object[names[i] as string] = showValue(row[i] as SqlValue, style);
  }
  return object;
}

export function showRecord(
  record: Readonly<Record<string, SqlValue>>,
  style: ValueStyle,
): Record<string, ShownValue> {
  const object: Record<string, ShownValue> = {};
  for (const name of Object.keys(record)) {
    object[name] = showValue(record[name] as SqlValue, style);
  }
  return object;
}

export function showExpanded(
  row: Row,
  places: readonly ColumnPlace[],
  style: ValueStyle,
): ExpandedRow {
  const expanded: ExpandedRow = {};
  places.forEach(({ table, name }, i) => {
    const columns = Object.hasOwn(expanded, table) ? expanded[table] : undefined;
    const value = showValue(row[i] as SqlValue, style);
    if (columns === undefined) expanded[table] = { [name]: value };
    else columns[name] = value;
  });
  return expanded;
}
