import type { Lsn } from "../../base/lsn.ts";
import { rowSizeBytes } from "../../base/row-size.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import { imageAt } from "../log/to-transaction.ts";
import type { CommittedLog } from "./committed-log.ts";
import { PageSize } from "./page-size.ts";
import type { TableScan, ToldRows } from "./table-scan.ts";

/** Follows the log from a snapshot's position on, and tells its scans what writers change. */
export class PastRows {
  readonly #log: CommittedLog;
  readonly #scans: ReadonlyMap<number, TableScan>;
  readonly #size = new PageSize();
  #at: Lsn;
  #caughtUp = false;

  /** @param after the snapshot's position */
  constructor(log: CommittedLog, scans: readonly TableScan[], after: Lsn) {
    this.#log = log;
    this.#scans = new Map(scans.map((scan) => [scan.relation.tableId, scan]));
    this.#at = after;
  }

  /** Whether the last `advance` came to the log's head. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  /** Reads on, one page at most; answers with rows as they were before they were changed. */
  advance(driver: SqlDriver): [TableScan, ToldRows][] {
    const head = this.#log.head();
    const page = this.#log.reader.entries(this.#at, this.#size.rows, head);
    const found = new Map<TableScan, ToldRows>();
    for (const entry of page) {
      this.#size.note(rowSizeBytes(entry.values));
      const scan = this.#scans.get(entry.relation?.tableId ?? 0);
      if (scan === undefined || scan.done) continue;
      const told = undo(driver, scan, entry);
      if (told === null) continue;
      const { rows, keys } = found.get(scan) ?? { rows: [], keys: [] };
      rows.push(...told.rows);
      keys.push(...told.keys);
      found.set(scan, { rows, keys });
    }
    this.#size.adapt();
    this.#at = page.at(-1)?.lsn ?? this.#at;
    this.#caughtUp = this.#at >= head;
    return [...found];
  }
}

function undo(driver: SqlDriver, scan: TableScan, entry: LogEntry): ToldRows | null {
  const { code, relation, values } = entry;
  if (relation === null) return null;
  const first = imageAt(relation, values, 0);
  switch (code) {
    case ENTRY.insert:
      return scan.changed(driver, relation, first, false);
    case ENTRY.delete:
      return scan.changed(driver, relation, first, true);
    case ENTRY.shadow:
      return scan.removed(driver, relation, first);
    case ENTRY.update: {
      const told = scan.changed(driver, relation, first, true);
      // Of a new key there was no row; of the same one it is known by now.
      scan.changed(driver, relation, imageAt(relation, values, first.end), false);
      return told;
    }
    default:
      return null;
  }
}
