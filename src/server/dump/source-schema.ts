import { DosqlError } from "../../base/errors.ts";
import type { SqlValue } from "../../base/value.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { quoteIdentifier } from "../../sql/quote.ts";

/** A table as a dump sees it. */
export interface SourceTable {
  readonly name: string;
  readonly sql: string;
  readonly kind: "table" | "virtual";
  /** Columns that are stored, in order; generated and hidden ones left out. */
  readonly columns: readonly string[];
  /** Columns of the primary key, in its order; none where they may be NULL, and many rows equal. */
  readonly primaryKey: readonly string[];
  /** A name by which the rowid can be read, or null (WITHOUT ROWID, or every name is a column). */
  readonly rowid: string | null;
  /** The rowid is stored in a column of its own and needs no copying. */
  readonly rowidIsColumn: boolean;
}

/** Everything but the rows. */
export interface SourceSchema {
  readonly tables: readonly SourceTable[];
  /** Indexes, views and triggers in the order they were created: triggers fire by it. */
  readonly later: readonly {
    readonly name: string;
    readonly table: string;
    readonly sql: string;
  }[];
  readonly userVersion: bigint;
  readonly applicationId: bigint;
  readonly hasSequences: boolean;
  readonly hasStatistics: boolean;
}

/** Tables of the engine in both homes, and the one where Miniflare notes an object's name. */
const ENGINE_PREFIX = /^(?:_cf_|_dosql_|__miniflare_)/i;
const SQLITE_PREFIX = /^sqlite_/i;

/** Reads the schema of a database, without the engine's own objects. */
export async function readSchema(client: SqlClient): Promise<SourceSchema> {
  const kinds = await tableKinds(client);
  // A plain scan comes in the order of creation.
  const { rows } = await client.run("SELECT type, name, tbl_name, sql FROM sqlite_schema");
  const tables: SourceTable[] = [];
  const later: { name: string; table: string; sql: string }[] = [];
  for (const row of rows) {
    const [type, name, table] = row.map(String) as [string, string, string];
    const sql = row[3];
    if (typeof sql !== "string" || isEngineName(name) || isEngineName(table)) continue;
    if (SQLITE_PREFIX.test(name)) continue;
    if (type !== "table") {
      later.push({ name, table, sql });
      continue;
    }
    const kind = kinds.get(name) ?? { type: "table", withoutRowid: false };
    if (kind.type !== "shadow") tables.push(await readTable(client, name, sql, kind));
  }
  const names = new Set(rows.map((row) => String(row[1])));
  return {
    tables,
    later,
    userVersion: await readInteger(client, "PRAGMA user_version"),
    applicationId: await readInteger(client, "PRAGMA application_id"),
    hasSequences: names.has("sqlite_sequence"),
    hasStatistics: names.has("sqlite_stat1"),
  };
}

/** Names of the tables that a user made, virtual ones included, the tables behind them not. */
export async function userTables(client: SqlClient): Promise<string[]> {
  const names: string[] = [];
  for (const [name, kind] of await tableKinds(client)) {
    const users = (kind.type === "table" || kind.type === "virtual") && !isEngineName(name);
    if (users && !SQLITE_PREFIX.test(name)) names.push(name);
  }
  return names;
}

/** Whether an object belongs to the engine and not to the user. */
export function isEngineName(name: string): boolean {
  return ENGINE_PREFIX.test(name);
}

/**
 * The columns and keys of one table.
 *
 * @throws DosqlError `not-found`
 */
async function readTable(
  client: SqlClient,
  name: string,
  sql: string,
  kind: TableKind,
): Promise<SourceTable> {
  const { rows } = await client.run(`PRAGMA table_xinfo(${quoteIdentifier(name)})`);
  if (rows.length === 0) throw new DosqlError("not-found", `no such table: ${name}`);
  const all = rows.map((row) => ({
    name: String(row[1]),
    type: String(row[2] ?? ""),
    key: Number(row[5] ?? 0),
    hidden: Number(row[6] ?? 0),
  }));
  const key = all.filter((c) => c.key > 0).sort((a, b) => a.key - b.key);
  const rowid = rowidName(
    kind,
    all.map((c) => c.name.toLowerCase()),
  );
  const rowidIsColumn = key.length === 1 && (await isRowid(client, name, key[0]?.type ?? ""));
  return {
    name,
    sql,
    kind: kind.type === "virtual" ? "virtual" : "table",
    columns: all.filter((c) => c.hidden === 0).map((c) => c.name),
    primaryKey: kind.withoutRowid || rowidIsColumn ? key.map((c) => c.name) : [],
    rowid,
    rowidIsColumn,
  };
}

/** An INTEGER PRIMARY KEY is the rowid itself, unless (by `DESC`) it got an index of its own. */
async function isRowid(client: SqlClient, table: string, keyType: string): Promise<boolean> {
  if (keyType.toUpperCase() !== "INTEGER") return false;
  const { columns, rows } = await client.run(`PRAGMA index_list(${quoteIdentifier(table)})`);
  return !rows.some((row) => row[columns.indexOf("origin")] === "pk");
}

/** A name of the rowid that no column has taken; every table has one unless it says otherwise. */
function rowidName(kind: TableKind, columns: readonly string[]): string | null {
  if (kind.withoutRowid) return null;
  return ["rowid", "_rowid_", "oid"].find((one) => !columns.includes(one)) ?? null;
}

interface TableKind {
  readonly type: string;
  readonly withoutRowid: boolean;
}

async function tableKinds(client: SqlClient): Promise<Map<string, TableKind>> {
  const { columns, rows } = await client.run("PRAGMA table_list");
  const at = (row: readonly SqlValue[], column: string): string =>
    String(row[columns.indexOf(column)] ?? "");
  const main = rows.filter((row) => at(row, "schema") === "main");
  return new Map(
    main.map((row) => [
      at(row, "name"),
      { type: at(row, "type"), withoutRowid: at(row, "wr") === "1" },
    ]),
  );
}

async function readInteger(client: SqlClient, sql: string): Promise<bigint> {
  const { rows } = await client.run(sql);
  return BigInt(String(rows[0]?.[0] ?? 0));
}
