import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Pacer } from "../feed/pacer.ts";
import { SealTable } from "../log/seal-table.ts";
import type { ShardArchive } from "./shard-archive.ts";
import { otherLog } from "./shard-archive.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";
import { Snapshots } from "./snapshot-reader.ts";

/** Replaying fewer entries takes a second at most. */
const LEAST_ENTRIES = 200_000;
/** A restore applies entries at about the rate at which it loads rows. */
const ENTRIES_PER_ROW = 2;
/** Entries whose transactions are looked at between two looks at the clock. */
const LOOKED_AT_ONCE = 10_000;

/** Decides when a snapshot is due: so that a restore can begin, and need not replay too much. */
export class SnapshotPlan {
  readonly #snapshots: Snapshots;
  readonly #seals: SealTable;
  readonly #epoch: string;
  /** The newest snapshot of this log; undefined until the store was asked. */
  #newest: SnapshotHeader | null | undefined;
  /** Transactions up to here were looked at. */
  #seen: Lsn | null = null;

  constructor(archive: ShardArchive, driver: SqlDriver, epoch: string) {
    this.#snapshots = new Snapshots(archive);
    this.#seals = new SealTable(driver);
    this.#epoch = epoch;
  }

  taken(header: SnapshotHeader): void {
    this.#newest = header;
  }

  /** Whether the newest snapshot is there no more: then the store is asked anew. */
  async isLost(): Promise<boolean> {
    const newest = this.#newest;
    if (newest === undefined || newest === null) return false;
    if (await this.#snapshots.has(newest)) return false;
    this.#newest = undefined;
    return true;
  }

  /**
   * Whether the archive needs a snapshot before it can go on: the log no longer holds what
   * follows its end, and no snapshot stands behind that gap.
   */
  async isDueBefore(end: Lsn): Promise<boolean> {
    const trimmed = this.#seals.trimmedLsn();
    if (end >= trimmed) return false;
    const newest = await this.#find();
    return newest === null || newest.lsn < trimmed;
  }

  /**
   * @param end the end of the archive
   * @param staleMs before that time, a snapshot is too old to begin with
   */
  async isDue(end: Lsn, staleMs: number, pacer: Pacer): Promise<boolean> {
    const newest = await this.#find();
    if (newest === null) return true;
    // Only from a younger one on can what lies before be deleted some day.
    if (end > newest.lsn && newest.time.wallMs < staleMs) return true;
    const rows = newest.tables.reduce((sum, table) => sum + table.rows, 0);
    if (end - newest.lsn >= Math.max(LEAST_ENTRIES, rows * ENTRIES_PER_ROW)) return true;
    return await this.#sawStranger(newest.lsn, end, pacer);
  }

  /**
   * Whether something came into the log that its entries do not tell all of: another program
   * wrote, or capture began anew.
   */
  async #sawStranger(after: Lsn, upTo: Lsn, pacer: Pacer): Promise<boolean> {
    let at = this.#seen !== null && this.#seen > after ? this.#seen : after;
    while (at < upTo) {
      const end = toLsn(Math.min(at + LOOKED_AT_ONCE, upTo));
      if (this.#seals.hasStranger(at, end)) return true;
      at = end;
      this.#seen = at;
      if (pacer.worked(1)) await pacer.rest();
    }
    return false;
  }

  async #find(): Promise<SnapshotHeader | null> {
    if (this.#newest !== undefined) return this.#newest;
    let newest: SnapshotHeader | null = null;
    for (const lsn of (await this.#snapshots.positions()).reverse()) {
      newest = await this.#snapshots.header(lsn);
      if (await this.#snapshots.has(newest)) break;
      // Its rows were deleted: it is none.
      newest = null;
    }
    if (newest !== null && newest.epoch !== this.#epoch) {
      throw otherLog();
    }
    this.#newest = newest;
    return newest;
  }
}
