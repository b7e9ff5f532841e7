import type { Lsn } from "../../base/lsn.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import type { Relation, RelationColumn } from "../log/relation.ts";
import { sameName } from "./table-triggers.ts";
import type { TableShape } from "./table-shape.ts";

/** What one ALTER TABLE renames. */
export interface Renaming {
  /** The table's old and new name. */
  readonly table: { readonly from: string; readonly to: string } | null;
  readonly column: { readonly table: string; readonly from: string; readonly to: string } | null;
}

const NOTHING: Renaming = { table: null, column: null };

/** Reads what a statement renames. SQLite's ALTER TABLE does one thing at a time. */
export function renamingOf(statement: Statement | null): Renaming {
  if (statement?.kind !== "alter-table") return NOTHING;
  const from = statement.name.name.text;
  const [action] = statement.actions;
  switch (action?.kind) {
    case "rename-table":
      return { table: { from, to: action.to.text }, column: null };
    case "rename-column":
      return {
        table: null,
        column: { table: from, from: action.column.text, to: action.to.text },
      };
    default:
      return NOTHING;
  }
}

/** Where a new relation stands. */
export interface RelationPlace {
  readonly id: number;
  /** Of a table that had no relation before. */
  readonly newTableId: number;
  /** The highest number that a column of the table ever had: a dropped one's is not given again. */
  readonly highestColumnId: number;
  readonly fromLsn: Lsn;
  readonly schemaVersion: number;
}

/**
 * The relation of a table as it is now.
 *
 * @param before The relation that the table had until now, or null
 */
export function relationOf(
  shape: TableShape,
  before: Relation | null,
  renaming: Renaming,
  place: RelationPlace,
): Relation {
  const columns = columnsOf(shape, before, renaming, place.highestColumnId);
  const { id, newTableId, fromLsn, schemaVersion } = place;
  return {
    id,
    tableId: before?.tableId ?? newTableId,
    name: shape.name,
    fromLsn,
    toLsn: null,
    schemaVersion,
    columns,
    key: shape.primaryKey.map((name) => columns.findIndex((column) => column.name === name)),
    rowid: !shape.withoutRowid && shape.rowidAlias === null && shape.rowidName !== null,
    withoutRowid: shape.withoutRowid,
    sql: shape.sql,
  };
}

/** Columns keep their numbers by name, or through a renaming; new ones get new numbers. */
function columnsOf(
  shape: TableShape,
  before: Relation | null,
  { column: renamed }: Renaming,
  highestColumnId: number,
): RelationColumn[] {
  const old = before?.columns ?? [];
  let next = highestColumnId + 1;
  return shape.columns
    .filter(({ generated }) => !generated)
    .map(({ name, declaredType }) => {
      const was =
        renamed !== null && sameName(renamed.table, shape.name) && sameName(renamed.to, name)
          ? renamed.from
          : name;
      const known = old.find((column) => sameName(column.name, was));
      return { id: known?.id ?? next++, name, declaredType };
    });
}
