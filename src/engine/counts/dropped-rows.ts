import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { ChangeCounter, CountMark } from "./change-counter.ts";
import { restoreChanges } from "./restore-changes.ts";
import type { SessionCounts } from "../session/session-counts.ts";

/** Before DDL that may count rows. */
export interface DropMark {
  readonly mark: CountMark;
  /** `changes()` of the connection: what it is afterwards, unless the statement counts. */
  readonly changes: bigint;
}

/**
 * DROP TABLE deletes rows first where foreign keys refer to the table, and counts them. Null for
 * what does not.
 *
 * @param command the statement's, as in `StatementClass`
 */
export function beforeDrop(
  driver: SqlDriver,
  counter: ChangeCounter,
  command: string,
): DropMark | null {
  if (command !== "DROP TABLE") return null;
  // No DROP of an empty table leaves that. Elsewhere nobody else changes it.
  if (driver.caps.transactionStatements || counter.isLogging) restoreChanges(driver, 1n);
  return { changes: counter.live().changes, mark: counter.mark() };
}

/** After it: the counts are those of the DROP, if it counted. */
export function afterDrop(counts: SessionCounts, counter: ChangeCounter, before: DropMark): void {
  const deleted = counter.changed(before.mark, 0n, false);
  const { changes } = counter.live();
  if (deleted === 0n && changes === before.changes) return;
  counts.changes = changes;
  counts.totalChanges += deleted;
}
