import type { Lsn } from "../../base/lsn.ts";
import { isDerived } from "../../engine/archive/virtual-tables.ts";
import type { ChangeLog } from "../../engine/capture/change-log.ts";
import { readSchemaRows } from "../../engine/capture/schema-rows.ts";
import { virtualTables } from "../../engine/capture/virtual-tables.ts";
import type { Relation } from "../../engine/log/relation.ts";
import { Relations } from "../../engine/log/relation.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { SavedSchema } from "./saved-schema.ts";

/** The parts of a shard that a script is taken back in. */
export interface UndoHost {
  readonly writer: { readonly driver: SqlDriver };
  readonly changes: ChangeLog;
}

/** What a script begins with. */
export interface UndoStart {
  readonly saved: SavedSchema;
  /** The end of the log then. */
  readonly from: Lsn;
}

/**
 * Why what happened since could not be taken back by the change log alone; null where it could.
 * DDL may change that.
 */
export function undoObstacle(host: UndoHost, { saved, from }: UndoStart): string | null {
  if (saved.objects.length === 0) return null;
  const { setting } = host.changes;
  if (setting.mode === "off") return "the database has no change log";
  if (setting.except.length > 0) return `changes of ${setting.except.join(", ")} are not captured`;
  const { driver } = host.writer;
  const index = untoldIndex(driver, saved);
  if (index !== null) return `the change log has no rows of ${index}, a virtual table`;
  const relations = new Relations(driver).all();
  // Also where the table is gone again: its rows went under another shape.
  const later = new Set(relations.flatMap((one) => (one.fromLsn > from ? [one.tableId] : [])));
  const altered = relationsAt(relations, from).find(
    ({ toLsn, tableId }) => toLsn !== null && later.has(tableId),
  );
  return altered === undefined ? null : `${altered.name} was there before, and was altered`;
}

/** A virtual table whose rows are neither logged nor found elsewhere. */
function untoldIndex(driver: SqlDriver, { objects }: SavedSchema): string | null {
  const rows = readSchemaRows(driver);
  const index = virtualTables(rows).find(({ name, module, state }) => {
    if (state === "captured") return false;
    const saved = objects.find((one) => one.type === "table" && one.name === name);
    if (saved === undefined || isDerived(saved.sql)) return false;
    // Others of these only show what stands elsewhere.
    return state === "uncaptured" || KEEPS_ROWS.test(module);
  });
  return index?.name ?? null;
}

const KEEPS_ROWS = /^(?:fts5$|rtree)/;

/** Those that held at the end of a log. */
export function relationsAt(relations: readonly Relation[], at: Lsn): Relation[] {
  return relations.filter(({ fromLsn, toLsn }) => fromLsn <= at && (toLsn === null || toLsn > at));
}
