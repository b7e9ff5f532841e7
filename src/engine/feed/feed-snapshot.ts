import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { ENTRY } from "../log/layout.ts";
import type { Relation } from "../log/relation.ts";
import type { SnapshotBatch } from "./change-feed.ts";
import { CommittedLog } from "./committed-log.ts";
import type { FeedFilter } from "./feed-filter.ts";
import type { FeedHost } from "./feed-host.ts";
import type { LeaseTurns } from "./lease-turns.ts";
import type { Pacer } from "./pacer.ts";
import { PastRows } from "./past-rows.ts";
import type { ToldRows } from "./table-scan.ts";
import { TableScan } from "./table-scan.ts";
import { openTold } from "./told-reader.ts";

/**
 * The rows of the followed tables as they were at one position, told in batches. Where a further
 * connection can be opened, it holds SQLite's own snapshot. Else the tables are read as they are,
 * and what was written since the position is undone with the log.
 */
export class FeedSnapshot {
  readonly #host: FeedHost;
  readonly #turns: LeaseTurns;
  readonly #filter: FeedFilter;
  /** The connection of its own. */
  #own: SqlDriver | null = null;
  #past: { readonly log: CommittedLog; readonly rows: PastRows } | null = null;
  #scans: TableScan[] = [];
  #lsn: Lsn = LSN_ZERO;
  #closed = false;
  /** Rows of tables that had to be read at the start. */
  readonly #ready = new Map<TableScan, ToldRows>();

  constructor(host: FeedHost, turns: LeaseTurns, filter: FeedFilter) {
    this.#host = host;
    this.#turns = turns;
    this.#filter = filter;
  }

  /** Fixes the position, and answers with it. */
  async open(): Promise<Lsn> {
    const { openReader } = this.#host;
    if (openReader !== null) this.#own = await openTold(this.#host, this.#turns, openReader);
    // Closed meanwhile: nobody else would close it.
    if (this.#closed) this.#own?.close();
    await this.#slice((driver) => {
      const log = new CommittedLog(driver);
      this.#lsn = log.head();
      this.#scans = log.reader.relations.current().flatMap((relation) => {
        const view = this.#filter.view(relation);
        return view === null ? [] : [new TableScan(driver, relation, view)];
      });
      for (const scan of this.#scans) {
        if (scan.whole) this.#ready.set(scan, scan.readWhole(driver));
      }
    });
    if (this.#own === null) {
      const log = new CommittedLog(this.#host.reader.driver);
      this.#past = { log, rows: new PastRows(log, this.#scans, this.#lsn) };
    }
    return this.#lsn;
  }

  async *batches(pacer: Pacer): AsyncGenerator<SnapshotBatch> {
    const told = new Set<TableScan>();
    for (const scan of this.#scans) {
      do {
        if (this.#closed) return;
        const found = await this.#slice((driver) => this.#next(driver, scan));
        for (const [of, rows] of found) {
          if (rows.rows.length === 0) continue;
          told.add(of);
          yield this.#batch(of, rows);
        }
        if (pacer.worked(found.reduce((sum, [, { rows }]) => sum + rows.length, 1))) {
          await pacer.rest();
        }
      } while (!scan.done);
      if (!told.has(scan)) yield this.#batch(scan, { rows: [], keys: [] });
    }
    this.close();
  }

  close(): void {
    this.#closed = true;
    this.#own?.close();
  }

  #next(driver: SqlDriver, scan: TableScan): readonly (readonly [TableScan, ToldRows])[] {
    const ready = this.#ready.get(scan);
    if (ready !== undefined) {
      this.#ready.delete(scan);
      return [[scan, ready]];
    }
    if (this.#past === null) return [[scan, scan.read(driver, scan.relation)]];
    const { log, rows } = this.#past;
    const found = rows.advance(driver);
    if (!rows.caughtUp || scan.done) return found;
    return [...found, [scan, scan.read(driver, this.#shapeNow(log, scan.relation))]];
  }

  /** The table's shape now; null when it was dropped. */
  #shapeNow(log: CommittedLog, { tableId, name }: Relation): Relation | null {
    const newest = log.reader.relations.ofTable(tableId).at(-1);
    if (newest === undefined || newest.toLsn === null) return newest ?? null;
    const [end] = log.reader.entries(toLsn(newest.toLsn - 1), 1);
    if (end?.code === ENTRY.ddl) return null;
    throw new DosqlError("misuse", `capture of ${name} was turned off during its snapshot`);
  }

  #batch(scan: TableScan, { rows, keys }: ToldRows): SnapshotBatch {
    const { relation, columns, needsKeys } = scan;
    const batch = { kind: "snapshot", table: relation.name, columns, rows } as const;
    return { ...batch, ...(needsKeys ? { keys } : {}), lsn: this.#lsn };
  }

  /** Runs `body` where it sees one committed state. */
  async #slice<T>(body: (driver: SqlDriver) => T): Promise<T> {
    if (this.#own !== null) return body(this.#own);
    const { reader, writer } = this.#host;
    if (reader === writer) return await this.#turns.run(() => body(writer.driver));
    reader.driver.exec("BEGIN");
    try {
      return body(reader.driver);
    } finally {
      reader.driver.exec("COMMIT");
    }
  }
}
