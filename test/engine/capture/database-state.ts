import type { Row, SqlValue } from "../../../src/base/value.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { quoteIdentifier, quoteText } from "../../../src/sql/quote.ts";

/** One row with its rowid, where it has one that can be asked for. */
export interface StoredRow {
  readonly rowid: bigint | null;
  readonly values: Row;
}

/** A table's stored columns and rows. */
export interface TableState {
  readonly columns: readonly string[];
  /** A name for the rowid that is no column's; null where there is none. */
  readonly rowidName: string | null;
  /** The place of the column that is the rowid; null where none is. */
  readonly alias: number | null;
  readonly rows: readonly StoredRow[];
}

/** Something in the schema that the user made. */
interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** Everything of a database that a log must be able to bring back. Can be cloned. */
export interface DatabaseState {
  /** Oldest first. */
  readonly schema: readonly SchemaObject[];
  readonly tables: Readonly<Record<string, TableState>>;
}

const ROWID_NAMES = ["rowid", "_rowid_", "oid"];

/** What stands in the database now, the engine's own tables left out. */
export function readState(driver: SqlDriver): DatabaseState {
  const { hiddenPrefix } = driver.caps;
  const isUsers = ({ name, table }: SchemaObject): boolean =>
    ![name, table].some((text) => text.startsWith(hiddenPrefix) || /^(sqlite|_cf)_/.test(text));
  const schema = ask(driver, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")
    .filter(([, , , sql]) => sql !== null)
    .map(([type, name, table, sql]) => ({
      type: String(type),
      name: String(name),
      table: String(table),
      sql: String(sql),
    }))
    .filter(isUsers);
  const tables: Record<string, TableState> = {};
  const list = ask(driver, "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'");
  for (const [name, kind, withoutRowid] of list) {
    const object = schema.find((candidate) => candidate.name === name);
    if (object === undefined || (kind !== "table" && kind !== "virtual")) continue;
    tables[object.name] = readTable(driver, object, withoutRowid === 0n);
  }
  return { schema, tables };
}

function readTable(driver: SqlDriver, { name, sql }: SchemaObject, hasRowid: boolean): TableState {
  const info = ask(
    driver,
    `SELECT name, type, pk, hidden FROM pragma_table_xinfo(${quoteText(name)})`,
  );
  const taken = new Set(info.map(([column]) => String(column).toLowerCase()));
  const columns = info.filter(([, , , hidden]) => hidden === 0n).map(([column]) => String(column));
  const free = ROWID_NAMES.find((candidate) => !taken.has(candidate)) ?? null;
  const alias = hasRowid ? aliasPlace(driver, name, sql, info) : null;
  const rowidName = hasRowid && alias === null ? free : null;
  const from = `FROM ${quoteIdentifier(name)} ORDER BY ${rowidName ?? "1"}`;
  // In two queries: a Durable Object's result has no room for a rowid beside 100 columns.
  const rows = ask(driver, `SELECT ${columns.map(quoteIdentifier).join()} ${from}`);
  const rowids = rowidName === null ? [] : ask(driver, `SELECT ${rowidName} ${from}`);
  return {
    columns,
    rowidName,
    alias,
    rows: rows.map((values, at) => ({
      rowid: rowidOf(rowidName === null ? values[alias ?? -1] : rowids[at]?.[0]),
      values,
    })),
  };
}

function rowidOf(value: SqlValue | undefined): bigint | null {
  return typeof value === "bigint" ? value : null;
}

/** A single INTEGER PRIMARY KEY without an index of its own, or an R*Tree's first column. */
function aliasPlace(
  driver: SqlDriver,
  name: string,
  sql: string,
  info: readonly Row[],
): number | null {
  if (/^create\s+virtual.*using\s+rtree/is.test(sql)) return 0;
  const keys = info.filter(([, , place]) => place !== 0n);
  const indexes = ask(
    driver,
    `SELECT 1 FROM pragma_index_list(${quoteText(name)}) WHERE origin = 'pk'`,
  );
  const [only] = keys;
  if (keys.length !== 1 || only === undefined || indexes.length > 0) return null;
  if (String(only[1]).toUpperCase() !== "INTEGER") return null;
  return info.filter(([, , , hidden]) => hidden === 0n).indexOf(only);
}

function ask(driver: SqlDriver, sql: string): Row[] {
  return driver.prepare(sql).all([], "bigint");
}

/** A value as text that tells everything apart: types, signs of zero, bytes. */
export function encodeValue(value: SqlValue): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "bigint":
      return `${value}`;
    case "number":
      return Object.is(value, -0) ? "r-0" : `r${value}`;
    case "string":
      return JSON.stringify(value);
    default:
      return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
  }
}

export function encodeRow(values: Row): string {
  return values.map(encodeValue).join();
}

/** The state as lines that two databases have in common when they hold the same. */
export function describeState({ schema, tables }: DatabaseState): string[] {
  const objects = schema.map(({ type, name, table, sql }) => `${type} ${name} on ${table}: ${sql}`);
  const rows = Object.entries(tables).flatMap(([name, state]) =>
    state.rows.map(
      ({ rowid, values }) => `${name}(${state.columns.join()}) ${rowid}: ${encodeRow(values)}`,
    ),
  );
  return [...objects.sort(), ...rows.sort()];
}
