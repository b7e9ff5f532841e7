import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { MORE_STEP, logNames } from "../log/layout.ts";

/** Where a statement's counting begins. */
export interface CountMark {
  /** `total_changes()` of the connection. */
  readonly total: bigint;
  /** The LSN of the change log's newest entry; null when nothing is logged. */
  readonly head: number | null;
}

/**
 * Counts what a connection changed, as `total_changes()` does, without the rows that the engine's
 * own triggers put into the change log.
 */
export class ChangeCounter {
  readonly #driver: SqlDriver;
  readonly #isLogging: () => boolean;
  #live: DriverStatement | null = null;
  #head: DriverStatement | null = null;
  #logged: DriverStatement | null = null;
  /** The newest entry when the driver's mark was this. */
  #known: { readonly mark: number; readonly head: number } | null = null;

  /** @param isLogging whether the change log is there, and written */
  constructor(driver: SqlDriver, isLogging: () => boolean) {
    this.#driver = driver;
    this.#isLogging = isLogging;
  }

  /** The engine writes entries of its own on the connection. */
  get isLogging(): boolean {
    return this.#isLogging();
  }

  /** What SQLite itself answers. */
  live(): { readonly changes: bigint; readonly total: bigint } {
    this.#live ??= this.#driver.prepare("SELECT changes(), total_changes()");
    const [changes, total] = this.#live.all([], "bigint")[0] as [bigint, bigint];
    return { changes, total };
  }

  /** Before a statement that may change more than it says. */
  mark(): CountMark {
    return { total: this.live().total, head: this.head() };
  }

  /** The newest entry of the change log; null when nothing is logged. */
  head(): number | null {
    if (!this.#isLogging()) return null;
    const mark = this.#driver.changeMark;
    if (mark !== undefined && mark === this.#known?.mark) return this.#known.head;
    const { log } = logNames(this.#driver.caps.hiddenPrefix);
    this.#head ??= this.#driver.prepare(`SELECT coalesce(max(lsn), 0) FROM ${log}`);
    return this.#head.all([], "number")[0]?.[0] as number;
  }

  /**
   * What a statement adds to `total_changes()`.
   *
   * @param mark null where its own count is all that it changed
   * @param changes its own count
   */
  changed(mark: CountMark | null, changes: bigint, failed: boolean): bigint {
    if (mark === null) return changes;
    const changed = this.live().total - mark.total;
    if (mark.head === null || changed === 0n) return changed;
    // Entries that were rolled back with the statement are counted and gone.
    if (failed && changes === 0n) return 0n;
    return changed - BigInt(this.loggedAfter(mark.head));
  }

  /**
   * How many rows the change log got since its newest entry was `head`. LSNs are dense, and exact
   * in doubles, which a Durable Object reads much faster than bigints.
   */
  loggedAfter(head: number): number {
    const { log, more } = logNames(this.#driver.caps.hiddenPrefix);
    this.#logged ??= this.#driver.prepare(
      `SELECT (SELECT coalesce(max(lsn), 0) FROM ${log}), ` +
        `(SELECT count(*) FROM ${more} WHERE id >= (?1 + 1) * ${MORE_STEP})`,
    );
    const [now, parts] = this.#logged.all([head], "number")[0] as [number, number];
    const mark = this.#driver.changeMark;
    this.#known = mark === undefined ? null : { mark, head: now };
    return now - head + parts;
  }
}
