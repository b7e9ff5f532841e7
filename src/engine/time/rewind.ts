import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { RowApplier } from "../archive/row-applier.ts";
import { isDerived, rebuildDerived } from "../archive/virtual-tables.ts";
import type { ChangeLog } from "../capture/change-log.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import type { LogReader } from "../log/log-reader.ts";
import { commitValues, imageAt } from "../log/to-transaction.ts";
import type { CheckedLog } from "./checked-log.ts";
import { History } from "./history.ts";
import { foldName } from "../../sql/fold-name.ts";

/** The parts of a shard that are rewound. */
export interface RewindHost {
  readonly writer: { readonly driver: SqlDriver };
  readonly changes: ChangeLog;
  readonly checkedLog: CheckedLog;
}

/** Entries that are read at once. */
const PAGE_ENTRIES = 256;

/**
 * Takes back, in one transaction, all that was committed after a position. That transaction is
 * logged like any other: those who follow the log hear what it changes, the time before it and
 * between stays readable, and it can be taken back in the same way. No trigger of the user's fires.
 * The caller holds the write lease, and keys are not enforced.
 *
 * @param at the end of a transaction
 * @returns how many changes of rows were taken back
 * @throws DosqlError `history-gone` where the log does not tell enough for that: then the position
 * can be reached from an archive only
 */
export function rewind(host: RewindHost, at: Lsn): number {
  const { driver } = host.writer;
  const { log } = new History(driver);
  const head = log.head();
  if (at >= head) return 0;
  host.checkedLog.require(driver, log, at);
  const tables = changedTables(driver, log, at, head);
  if (host.changes.setting.except.length > 0) {
    throw untold(`changes of ${host.changes.setting.except.join(", ")} are not captured`);
  }
  let changes = 0;
  host.changes.commitQuietly(tables, () => {
    const rows = new RowApplier(driver);
    for (let end: number = head; end > at;) {
      const after = toLsn(Math.max(at, end - PAGE_ENTRIES));
      const page = log.entries(after, PAGE_ENTRIES, toLsn(end));
      for (const entry of page.reverse()) {
        if (!isRow(entry)) continue;
        rows.apply(opposite(log.rawEntry(entry)));
        changes += 1;
      }
      end = after;
    }
    rebuildDerived(driver);
  });
  return changes;
}

/** Lower case. */
function changedTables(driver: SqlDriver, log: LogReader, at: Lsn, head: Lsn): ReadonlySet<string> {
  const { virtual } = readSchemaRows(driver);
  const index = virtual.find(({ sql }) => !isDerived(sql ?? ""));
  if (index !== undefined) throw untold(`${index.name} is a virtual table`);
  const tables = new Set<string>();
  for (let from = at; from < head;) {
    const page = log.entries(from, PAGE_ENTRIES, head);
    for (const entry of page) {
      if (entry.code === ENTRY.ddl) {
        throw untold(`the schema was changed since, at LSN ${entry.lsn}`);
      }
      // Rows that began to be captured were there before.
      if (entry.code === ENTRY.commit && commitValues(entry).origin !== "local") {
        throw untold(`LSN ${entry.lsn} is no commit of this database's`);
      }
      if (entry.relation !== null) tables.add(foldName(entry.relation.name));
    }
    from = page.at(-1)?.lsn ?? head;
  }
  return tables;
}

function isRow({ code }: LogEntry): boolean {
  return code === ENTRY.insert || code === ENTRY.update || code === ENTRY.delete;
}

/** The change that takes another one back. */
export function opposite(entry: LogEntry): LogEntry {
  const { code, relation, values } = entry;
  if (code === ENTRY.insert) return { ...entry, code: ENTRY.delete };
  if (code === ENTRY.delete || relation === null) return { ...entry, code: ENTRY.insert };
  const { end } = imageAt(relation, values, 0);
  return { ...entry, values: [...values.slice(end, 2 * end), ...values.slice(0, end)] };
}

function untold(why: string): DosqlError {
  return new DosqlError("history-gone", `the change log alone cannot lead back there: ${why}`, {
    hint: "with an archive it can be restored: bind a bucket",
  });
}
