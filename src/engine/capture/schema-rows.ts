import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteText } from "../../sql/quote.ts";

/** A row of sqlite_schema. `place` is its rowid: triggers fire from the highest down. */
export interface SchemaRow {
  readonly place: number;
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string | null;
}

/** The schema of a file, the user's part and the engine's apart. */
export interface SchemaRows {
  readonly user: readonly SchemaRow[];
  readonly engine: readonly SchemaRow[];
  /** Ordinary tables of the user's: no virtual ones, no shadow tables of those. */
  readonly tables: readonly SchemaRow[];
}

/** Reads the schema on the writer, as it stands in its transaction. */
export function readSchemaRows(driver: SqlDriver): SchemaRows {
  const { hiddenPrefix } = driver.caps;
  const rows = driver
    .prepare("SELECT rowid, type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")
    .all([], "number")
    .map(([place, type, name, table, sql]) => ({
      place: Number(place),
      type: String(type),
      name: String(name),
      table: String(table),
      sql: typeof sql === "string" ? sql : null,
    }));
  const isEngine = (row: SchemaRow): boolean =>
    row.name.toLowerCase().startsWith(hiddenPrefix) ||
    row.table.toLowerCase().startsWith(hiddenPrefix);
  const user = rows.filter((row) => !isEngine(row));
  const ordinary = ordinaryTables(driver);
  const tables = user.filter(
    (row) => row.type === "table" && ordinary.has(row.name) && !isReserved(row.name),
  );
  return { user, engine: rows.filter(isEngine), tables };
}

function ordinaryTables(driver: SqlDriver): ReadonlySet<string> {
  const rows = driver
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = ${quoteText("table")}`,
    )
    .all([], "number");
  return new Set(rows.map(([name]) => String(name)));
}

/** SQLite's own tables and Cloudflare's take no triggers. */
function isReserved(name: string): boolean {
  return /^(?:sqlite_|_cf_)/i.test(name);
}
