import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Clock } from "../../ports/clock.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { logNames, MORE_STEP } from "../log/layout.ts";
import type { LogNames } from "../log/layout.ts";
import { SealTable } from "../log/seal-table.ts";

/** A slice may take so long: what waits for the writer does not notice. */
const SLICE_MS = 10;
const FIRST_ENTRIES = 500;
/** Also where the clock stands still during work (a Durable Object). */
const MOST_ENTRIES = 5_000;

/**
 * Deletes the beginning of a log in slices, each a transaction of its own. The first one moves
 * the position up to where readers take entries for gone, so that a crash between two slices
 * shows nobody half a transaction; the rest is deleted by the next trimmer.
 */
export class Trimmer {
  readonly #driver: SqlDriver;
  readonly #names: LogNames;
  readonly #seals: SealTable;
  readonly #clock: Clock;
  #entries = FIRST_ENTRIES;

  /** @param driver the writer */
  constructor(driver: SqlDriver, clock: Clock) {
    this.#driver = driver;
    this.#names = logNames(driver.caps.hiddenPrefix);
    this.#seals = new SealTable(driver);
    this.#clock = clock;
  }

  /**
   * Deletes one slice of what lies at or before `limit`, the end of a sealed transaction. The
   * caller holds the write lease and a transaction.
   *
   * @returns how many entries are gone; 0 when nothing is left to delete
   */
  slice(limit: Lsn): number {
    const startMs = this.#clock.monotonicMs();
    const trimmed = this.#seals.trimmedLsn();
    const target = limit > trimmed ? limit : trimmed;
    const { first, last } = this.#ends();
    // SQLite numbers the next entry after the highest one, which therefore stays.
    const end = Math.min(target, last - 1, first + this.#entries - 1);
    if (first === 0 || end < first) {
      if (target > trimmed) this.#move(target);
      return 0;
    }
    if (target > trimmed) this.#move(target);
    this.#delete(toLsn(end), target);
    if (end === Math.min(target, last - 1)) this.#deleteShapes(target);
    this.#adapt(this.#clock.monotonicMs() - startMs);
    return end - first + 1;
  }

  /** The oldest and the newest entry; 0 in an empty log. */
  #ends(): { readonly first: number; readonly last: number } {
    const { log } = this.#names;
    const [row] = this.#driver
      .prepare(`SELECT (SELECT min(lsn) FROM ${log}), (SELECT max(lsn) FROM ${log})`)
      .all([], "number");
    return { first: Number(row?.[0] ?? 0), last: Number(row?.[1] ?? 0) };
  }

  #move(target: Lsn): void {
    this.#seals.setTrimmedLsn(target);
  }

  #delete(end: Lsn, target: Lsn): void {
    const { log, more, txn } = this.#names;
    const run = (sql: string, value: number): void => {
      this.#driver.prepare(sql).run([BigInt(value)]);
    };
    run(`DELETE FROM ${log} WHERE lsn <= ?1`, end);
    run(`DELETE FROM ${more} WHERE id < ?1`, (end + 1) * MORE_STEP);
    // The seal of the last transaction that is gone says when that was.
    run(`DELETE FROM ${txn} WHERE last_lsn <= ?1`, Math.min(end, target - 1));
  }

  /**
   * What views were before the oldest entry. What tables were stays: a slot follows a table
   * through its names, from when it was made.
   */
  #deleteShapes(target: Lsn): void {
    const { views } = this.#names;
    const limit = [BigInt(target)];
    this.#driver.prepare(`DELETE FROM ${views} WHERE to_lsn <= ?1`).run(limit);
  }

  #adapt(tookMs: number): void {
    if (tookMs > SLICE_MS) this.#entries = Math.max(1, Math.floor(this.#entries / 2));
    else if (tookMs < SLICE_MS / 2) this.#entries = Math.min(MOST_ENTRIES, this.#entries * 2);
  }
}
