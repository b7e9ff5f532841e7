import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Span } from "../../sql/ast/name.ts";
import type { Delete, Insert, Target, Update } from "../../sql/ast/query.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import type { TableShape } from "./table-shape.ts";
import type { VirtualTable } from "./virtual-tables.ts";
import { foldName } from "../../sql/fold-name.ts";

/** A statement as it runs. */
export interface StatementSource {
  readonly sql: string;
  readonly params: Row;
}

/**
 * Which rows of a virtual table a statement may touch. `counts`: if it says to change as many
 * rows as were found, they were the ones.
 */
export type VirtualFootprint =
  /** None: it is a command to the module. */
  | { readonly kind: "none" }
  /** Those of a query, which begins with FROM. Their rowids stay. */
  | { readonly kind: "rows"; readonly from: string; readonly params: Row; readonly counts: boolean }
  /** Those with these rowids, and new ones above all others. */
  | { readonly kind: "ids"; readonly ids: readonly bigint[]; readonly counts: boolean }
  /** Any. */
  | { readonly kind: "all"; readonly counts: false };

const ALL: VirtualFootprint = { kind: "all", counts: false };
const ROWID_NAMES: ReadonlySet<string> = new Set(["rowid", "oid", "_rowid_"]);

/** Reads it from the statement's text, on the connection that will run it. */
export function readFootprint(
  driver: SqlDriver,
  table: VirtualTable,
  shape: TableShape,
  source: StatementSource | null,
): VirtualFootprint {
  if (source === null) return ALL;
  const parsed = attemptSqlite(source.sql);
  const statement = parsed instanceof DosqlError ? null : parsed.statement;
  switch (statement?.kind) {
    case "insert":
      return insertFootprint(driver, table, shape, statement, source);
    case "update": {
      const { assignments, from, or, limit } = statement;
      const targets = assignments.flatMap((assignment) => assignment.targets);
      const moves = targets.some((target) => isRowid(target, shape));
      // Another row may go, or it is found by way of other tables.
      if (moves || from !== null || or !== "" || limit !== null) return ALL;
      return rowsFootprint(statement, source);
    }
    case "delete":
      return statement.limit === null ? rowsFootprint(statement, source) : ALL;
    default:
      return ALL;
  }
}

function rowsFootprint(
  { with: tables, table, where }: Update | Delete,
  source: StatementSource,
): VirtualFootprint {
  if (tables !== null) return ALL;
  const target = part(source, table);
  const condition = where === null ? null : part(source, where, target.params.length);
  return {
    kind: "rows",
    from: `FROM ${target.sql}${condition === null ? "" : ` WHERE ${condition.sql}`}`,
    params: [...target.params, ...(condition?.params ?? [])],
    counts: true,
  };
}

function insertFootprint(
  driver: SqlDriver,
  { name }: VirtualTable,
  shape: TableShape,
  { with: tables, columns, source: query, or, replace }: Insert,
  source: StatementSource,
): VirtualFootprint {
  const names = columns.map(columnName);
  // FTS5 takes commands in a hidden column of the table's own name.
  if (names.includes(foldName(name))) return { kind: "none" };
  const counts = or === "" && !replace;
  const alias = aliasOf(shape);
  const own = columns.length === 0 ? shape.columns.map((c) => foldName(c.name)) : names;
  const place = own.findIndex((column) => ROWID_NAMES.has(column) || column === alias);
  if (place < 0 || query === null) return { kind: "ids", ids: [], counts };
  const rows = part(source, query);
  const before = tables === null ? null : part(source, tables, rows.params.length);
  const given = quoteIdentifier(`${driver.caps.hiddenPrefix}given`);
  const list = own.map((_, at) => `c${at}`).join();
  const head = before === null ? "WITH" : `${before.sql},`;
  const ids = driver
    .prepare(`${head} ${given} (${list}) AS (${rows.sql}) SELECT c${place} FROM ${given}`)
    .all([...rows.params, ...(before?.params ?? [])], "bigint");
  return { kind: "ids", ids: ids.flatMap(([id]) => toRowid(id)), counts };
}

/** What is no integer may become one, or is refused; NULL lets SQLite choose. */
function toRowid(value: unknown): bigint[] {
  if (typeof value === "bigint") return [value];
  const number = typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
  return Number.isSafeInteger(number) ? [BigInt(number)] : [];
}

function columnName(target: Target): string {
  return target.kind === "column" ? foldName(target.name.text) : "";
}

function isRowid(target: Target, shape: TableShape): boolean {
  const name = columnName(target);
  return ROWID_NAMES.has(name) || name === aliasOf(shape);
}

function aliasOf({ rowidAlias }: TableShape): string | null {
  return rowidAlias === null ? null : foldName(rowidAlias);
}

/** A part of a statement, its parameters numbered anew from behind `offset`. */
function part({ sql, params }: StatementSource, { start, end }: Span, offset = 0): StatementSource {
  let text = "";
  let done = start;
  const values: Row = [];
  for (const parameter of listParameters(sql)) {
    if (parameter.start < start || parameter.end > end) continue;
    values.push(params[parameter.number - 1] ?? null);
    text += `${sql.slice(done, parameter.start)}?${offset + values.length}`;
    done = parameter.end;
  }
  return { sql: text + sql.slice(done, end), params: values };
}
