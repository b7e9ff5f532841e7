import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { CreateTable } from "../../sql/ast/schema.ts";
import { quoteText } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { TableFacts } from "./table-facts.ts";
import type { UniqueKey } from "./unique-key.ts";
import { readUniqueKeys } from "./unique-key.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What capture must know of a table. */
export interface TableShape extends TableFacts {
  readonly uniqueKeys: readonly UniqueKey[];
}

const ROWID_NAMES = ["rowid", "_rowid_", "oid"] as const;

/**
 * Reads a table's shape from SQLite.
 *
 * @param sql its CREATE TABLE in the schema
 */
export function readTableShape(driver: SqlDriver, name: string, sql: string): TableShape {
  const rows = driver
    .prepare(
      'SELECT name, type, "notnull", dflt_value, pk, hidden ' +
        `FROM pragma_table_xinfo(${quoteText(name)})`,
    )
    .all([], "number");
  const columns = rows
    .filter((row) => row[5] !== 1)
    .map(([column, type, notNull, value, , hidden]) => ({
      name: String(column),
      declaredType: typeof type === "string" ? type : "",
      generated: hidden === 2 || hidden === 3,
      notNull: notNull === 1,
      defaultSql: typeof value === "string" ? value : null,
    }));
  const primaryKey = rows
    .filter((row) => Number(row[4]) > 0)
    .sort((a, b) => Number(a[4]) - Number(b[4]))
    .map((row) => String(row[0]));
  const withoutRowid = isWithoutRowid(driver, name);
  const table = { name, sql, withoutRowid, columns, primaryKey };
  const rowidAlias = findRowidAlias(driver, table);
  const taken = new Set(rows.map((row) => foldName(String(row[0]))));
  const rowidName = withoutRowid ? null : (ROWID_NAMES.find((n) => !taken.has(n)) ?? null);
  const bare = { ...table, rowidAlias, rowidName, definition: readDefinition(sql) };
  return { ...bare, uniqueKeys: readUniqueKeys(driver, bare) };
}

function readDefinition(sql: string): CreateTable | null {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-table") return null;
  return parsed.statement;
}

function isWithoutRowid(driver: SqlDriver, name: string): boolean {
  const [row] = driver
    .prepare(`SELECT wr FROM pragma_table_list(${quoteText(name)}) WHERE schema = 'main'`)
    .all([], "number");
  return row?.[0] === 1;
}

/** A single INTEGER PRIMARY KEY that has no index of its own is the rowid. */
function findRowidAlias(
  driver: SqlDriver,
  {
    name,
    withoutRowid,
    columns,
    primaryKey,
  }: Omit<TableFacts, "rowidAlias" | "rowidName" | "definition">,
): string | null {
  const [only, second] = primaryKey;
  if (withoutRowid || only === undefined || second !== undefined) return null;
  const column = columns.find((c) => c.name === only);
  if (column?.declaredType.toUpperCase() !== "INTEGER") return null;
  const indexed = driver
    .prepare(`SELECT 1 FROM pragma_index_list(${quoteText(name)}) WHERE origin = 'pk'`)
    .all([], "number");
  return indexed.length === 0 ? only : null;
}
