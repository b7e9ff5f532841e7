import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Insert, Upsert } from "../../sql/ast/query.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { SchemaRow } from "../capture/schema-rows.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import { InsertTable, targetNames } from "./insert-keys.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Whether a statement failed because a foreign key that is looked at at once is violated. */
export function isForeignKeyError(error: unknown): boolean {
  return error instanceof DosqlError && error.sqlite === "SQLITE_CONSTRAINT_FOREIGNKEY";
}

/**
 * Whether SQLite without triggers of ours would have stopped an INSERT before it stored its row,
 * so that `last_insert_rowid()` had not moved. A foreign key stops it there where nothing but one
 * row can be written by the statement: not with several rows, a trigger (RETURNING is one to
 * SQLite), a REPLACE, or an upsert whose UPDATE may concern a foreign key.
 *
 * @param sql a statement that failed with `isForeignKeyError`, on the connection of `driver`
 */
export function stopsEarly(driver: SqlDriver, sql: string): boolean {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "insert") return false;
  const insert = parsed.statement;
  const { schema, name } = insert.table.name;
  if (insert.returning !== null || !isOneRow(insert)) return false;
  if (schema !== null && schema.text.toLowerCase() !== "main") return false;
  const target = foldName(name.text);
  const rows = readSchemaRows(driver);
  const table = rows.tables.find((row) => foldName(row.name) === target);
  if (table === undefined) return false;
  const triggers = triggersOf(rows.user, target);
  if (triggers.some(({ event }) => event === "INSERT")) return false;
  const seen = new InsertTable(driver, table.name, table.sql ?? "");
  const { replaces, updates } = seen.waysOut(insert, sql);
  return (
    !replaces &&
    !updates.some((upsert) => mayConcernKeys(driver, upsert, seen, table.name, triggers))
  );
}

function isOneRow({ source }: Insert): boolean {
  if (source === null) return true;
  return source.body.kind === "values" && source.body.rows.length === 1;
}

/** A trigger of the user's on a table; no columns are all. */
interface TriggerEvent {
  readonly event: "INSERT" | "UPDATE" | "DELETE";
  readonly columns: readonly string[];
}

function triggersOf(rows: readonly SchemaRow[], table: string): TriggerEvent[] {
  return rows.flatMap((row) => {
    if (row.type !== "trigger" || foldName(row.table) !== table) return [];
    const parsed = attemptSqlite(row.sql ?? "");
    if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-trigger") return [];
    const { event, columns } = parsed.statement;
    return [{ event, columns: columns.map(({ text }) => foldName(text)) }];
  });
}

/** An UPDATE of an upsert that fires triggers, or sets a column of some foreign key. */
function mayConcernKeys(
  driver: SqlDriver,
  upsert: Upsert,
  table: InsertTable,
  name: string,
  triggers: readonly TriggerEvent[],
): boolean {
  const set = targetNames(upsert.assignments.flatMap(({ targets }) => targets));
  const fires = triggers.some(
    ({ event, columns }) =>
      event === "UPDATE" && (columns.length === 0 || columns.some((column) => set.has(column))),
  );
  if (fires) return true;
  const changed = table.changedBy(set);
  return keyColumns(driver, name).some((column) => changed.has(column));
}

/** Columns of a table's own foreign keys, and those that others refer to; lower case. */
function keyColumns(driver: SqlDriver, table: string): string[] {
  const own = 'SELECT lower("from") FROM pragma_foreign_key_list(?1)';
  const others =
    'SELECT lower(coalesce(k."to", c.name)) FROM sqlite_schema AS s, ' +
    "pragma_foreign_key_list(s.name) AS k LEFT JOIN pragma_table_info(?1) AS c " +
    `ON k."to" IS NULL AND c.pk = k.seq + 1 ` +
    // Without a look at its text, SQLite would ask for the runtime's tables, which it denies.
    "WHERE s.type = 'table' AND s.sql LIKE '%references%' AND lower(k.\"table\") = lower(?1)";
  return driver
    .prepare(`${own} UNION ${others}`)
    .all([table], "number")
    .map(([name]) => String(name));
}
