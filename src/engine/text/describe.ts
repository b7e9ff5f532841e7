import type { ColumnInfo } from "../../ports/sql-driver.ts";
import { parameterTargets } from "../../sql/read/parameter-targets.ts";
import type { ParameterTarget } from "../../sql/read/parameter-targets.ts";
import type { Catalog } from "../catalog.ts";
import type { Handle } from "../handle.ts";
import { LONGEST_KEPT } from "./known-text.ts";
import type { KnownText } from "./known-text.ts";
import { routePragma } from "./pragma-policy.ts";
import type { ParameterInfo, StatementInfo } from "../session/session.ts";

/** Columns and parameters of a statement, as far as text and schema tell. */
export function describeStatement(text: KnownText, handle: Handle): StatementInfo {
  const known = handle.described.get(text.sql);
  if (known !== undefined) return known;
  const info = readStatement(text, handle);
  if (text.sql.length <= LONGEST_KEPT) handle.described.set(text.sql, info);
  return info;
}

function readStatement(text: KnownText, handle: Handle): StatementInfo {
  return describeWith(compilesSafely(text) ? handle.plan(text.sql).columns : [], text, handle);
}

/** A statement whose columns are known. */
export function describeWith(
  columns: readonly ColumnInfo[],
  text: KnownText,
  handle: Handle,
): StatementInfo {
  const { class: kind } = text;
  return {
    command: kind.command,
    readonly: kind.readonly,
    columns,
    parameters: describeParameters(text, handle.catalog),
  };
}

/** Most pragmas act when they are compiled, so a setting is not compiled to be described. */
function compilesSafely({ class: kind }: KnownText): boolean {
  if (kind.pragma === undefined) {
    // A word nobody knows is compiled for its error.
    return kind.kind === "read" || kind.kind === "write" || kind.kind === "unknown";
  }
  if (kind.explain) return false;
  const route = routePragma(kind.pragma);
  return route === "read" || (route === "foreign_keys" && !kind.pragma.hasValue);
}

function describeParameters(text: KnownText, catalog: Catalog): readonly ParameterInfo[] {
  if (text.parameterCount === 0) return [];
  const types = new Map<number, string>();
  for (const target of parameterTargets(text.sql)) {
    const type = targetType(target, catalog);
    if (type !== null && !types.has(target.number)) types.set(target.number, type);
  }
  const names = new Map(text.parameters.map((p) => [p.number, p.name]));
  return Array.from({ length: text.parameterCount }, (_, i) => ({
    number: i + 1,
    name: names.get(i + 1) ?? null,
    declaredType: types.get(i + 1) ?? null,
  }));
}

function targetType({ target }: ParameterTarget, catalog: Catalog): string | null {
  switch (target.kind) {
    case "limit":
      return "INTEGER";
    case "cast":
      return target.type;
    case "none":
      return null;
    case "column":
      return columnTargetType(target, catalog);
  }
}

function columnTargetType(
  target: Extract<ParameterTarget["target"], { kind: "column" }>,
  catalog: Catalog,
): string | null {
  const tables = target.table === undefined ? (target.tables ?? []) : [target.table];
  for (const name of tables) {
    const type =
      target.column === undefined
        ? filledColumnType(catalog, name, target.columnIndex ?? -1)
        : catalog.columnType(name, target.column);
    if (type !== null && type !== "") return type;
  }
  return null;
}

/** The type of a column by its place among those that an INSERT without a list fills. */
function filledColumnType(catalog: Catalog, table: string, index: number): string | null {
  const filled = catalog.table(table)?.columns.filter(({ generated }) => !generated);
  return filled?.[index]?.declaredType ?? null;
}
