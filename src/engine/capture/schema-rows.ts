import type { SqlDriver } from "../../ports/sql-driver.ts";

/** Where Miniflare keeps, in the object itself, the name of a Durable Object that it simulates. */
const SIMULATOR = "__miniflare_";

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
  /** The user's virtual tables. */
  readonly virtual: readonly SchemaRow[];
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
    row.table.toLowerCase().startsWith(hiddenPrefix) ||
    row.table.startsWith(SIMULATOR);
  const kinds = tableKinds(driver);
  // What stands behind a virtual table comes and goes with it.
  const user = rows.filter((row) => !isEngine(row) && kinds.get(row.table) !== "shadow");
  const ofKind = (kind: string): SchemaRow[] =>
    user.filter(
      ({ type, name }) => type === "table" && kinds.get(name) === kind && !isReserved(name),
    );
  return {
    user,
    engine: rows.filter(isEngine),
    tables: ofKind("table"),
    virtual: ofKind("virtual"),
  };
}

/** `table`, `virtual`, `shadow` or `view` by name. */
function tableKinds(driver: SqlDriver): ReadonlyMap<string, string> {
  const rows = driver
    .prepare("SELECT name, type FROM pragma_table_list WHERE schema = 'main'")
    .all([], "number");
  return new Map(rows.map(([name, kind]) => [String(name), String(kind)]));
}

/** SQLite's own tables and Cloudflare's take no triggers. */
function isReserved(name: string): boolean {
  return /^(?:sqlite_|_cf_)/i.test(name);
}
