import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Insert, Upsert } from "../../sql/ast/query.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { declaredActions } from "../capture/declared-actions.ts";
import type { SchemaRow } from "../capture/schema-rows.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";

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
  if (insert.returning !== null || !isOneRow(insert)) return false;
  const target = insert.table.name.name.text.toLowerCase();
  const rows = readSchemaRows(driver);
  const table = rows.tables.find(({ name }) => name.toLowerCase() === target);
  if (table === undefined) return false;
  const triggers = triggersOf(rows.user, target);
  return (
    !triggers.some(({ event }) => event === "INSERT") &&
    !mayReplace(driver, insert, table) &&
    !insert.upserts.some(
      (upsert) =>
        isReached(driver, insert, upsert, table.name) &&
        mayConcernKeys(driver, upsert, table.name, triggers),
    )
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
    if (row.type !== "trigger" || row.table.toLowerCase() !== table) return [];
    const parsed = attemptSqlite(row.sql ?? "");
    if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-trigger") return [];
    const { event, columns } = parsed.statement;
    return [{ event, columns: columns.map(({ text }) => text.toLowerCase()) }];
  });
}

/** A key that the statement gives, and for which it or the table says REPLACE. */
function mayReplace(driver: SqlDriver, insert: Insert, { name, sql }: SchemaRow): boolean {
  const replaces = insert.replace || insert.or === "REPLACE";
  if (!replaces && (insert.or !== "" || !declaredActions(sql ?? "").replaces)) return false;
  return checksSomeKey(driver, insert, name);
}

function checksSomeKey(driver: SqlDriver, insert: Insert, table: string): boolean {
  const indexes = driver.prepare('SELECT 1 FROM pragma_index_list(?1) WHERE "unique"');
  return givesRowid(driver, insert, table) || indexes.all([table], "number").length > 0;
}

/** The rowid's own key is looked at only where a rowid is given. */
function givesRowid(driver: SqlDriver, insert: Insert, table: string): boolean {
  const names = rowidNames(driver, table);
  if (insert.columns.length === 0) return insert.source !== null && names.length > 3;
  const given = columnNames(insert.columns);
  return names.some((name) => given.has(name));
}

/** The three that SQLite gives it, and the column that is one, lower case. */
function rowidNames(driver: SqlDriver, table: string): string[] {
  const key = driver.prepare(
    "SELECT lower(name) FROM pragma_table_info(?1) WHERE pk = 1 AND upper(type) = 'INTEGER' " +
      "AND NOT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE pk = 2)",
  );
  const columns = key.all([table], "number").map(([name]) => String(name));
  return ["rowid", "oid", "_rowid_", ...columns];
}

/** Whether the key of an ON CONFLICT is looked at at all. */
function isReached(
  driver: SqlDriver,
  insert: Insert,
  { target: [first, second] }: Upsert,
  table: string,
): boolean {
  if (first === undefined) return checksSomeKey(driver, insert, table);
  const name = first.value.kind === "column" ? first.value.name.text.toLowerCase() : "";
  const isRowid = second === undefined && rowidNames(driver, table).includes(name);
  return !isRowid || givesRowid(driver, insert, table);
}

/** An UPDATE of an upsert that fires triggers, or sets a column of some foreign key. */
function mayConcernKeys(
  driver: SqlDriver,
  upsert: Upsert,
  table: string,
  triggers: readonly TriggerEvent[],
): boolean {
  if (upsert.assignments.length === 0) return false;
  const set = columnNames(upsert.assignments.flatMap(({ targets }) => targets));
  const isSet = (column: string): boolean => set.has(column);
  const fires = triggers.some(
    ({ event, columns }) => event === "UPDATE" && (columns.length === 0 || columns.some(isSet)),
  );
  return fires || keyColumns(driver, table).some(isSet);
}

/** Columns of a table's own foreign keys, and those that others refer to; lower case. */
function keyColumns(driver: SqlDriver, table: string): string[] {
  const own = 'SELECT lower("from") FROM pragma_foreign_key_list(?1)';
  const others =
    'SELECT lower(coalesce(k."to", c.name)) FROM sqlite_schema AS s, ' +
    "pragma_foreign_key_list(s.name) AS k LEFT JOIN pragma_table_info(?1) AS c " +
    `ON k."to" IS NULL AND c.pk = k.seq + 1 ` +
    "WHERE s.type = 'table' AND lower(k.\"table\") = lower(?1)";
  return driver
    .prepare(`${own} UNION ${others}`)
    .all([table], "number")
    .map(([name]) => String(name));
}

function columnNames(targets: Insert["columns"]): Set<string> {
  const names = targets.map((target) => (target.kind === "column" ? target.name.text : ""));
  return new Set(names.map((name) => name.toLowerCase()));
}
