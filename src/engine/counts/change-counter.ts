import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { MORE_STEP, logNames } from "../log/layout.ts";
import { LogTail } from "../log/log-tail.ts";

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
  readonly #tail: LogTail;
  #live: DriverStatement | null = null;
  #logged: DriverStatement | null = null;
  #ends: string | null = null;

  /**
   * @param isLogging whether the change log is there, and written
   * @param tail where it ends
   */
  constructor(driver: SqlDriver, isLogging: () => boolean, tail: LogTail = new LogTail(driver)) {
    this.#driver = driver;
    this.#isLogging = isLogging;
    this.#tail = tail;
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
    return this.#tail.recall().head;
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

  /** What `loggedAfter` may be told, for `DriverStatement.run`: where the log's tables end. */
  get ends(): string {
    if (this.#ends !== null) return this.#ends;
    const { log, more } = logNames(this.#driver.caps.hiddenPrefix);
    return (this.#ends = `(SELECT max(lsn) FROM ${log}), (SELECT max(id) FROM ${more})`);
  }

  /**
   * How many rows the change log got since its newest entry was `head`. LSNs are dense, and exact
   * in doubles, which a Durable Object reads much faster than bigints.
   *
   * @param ends as they are now, where they were asked
   */
  loggedAfter(head: number, ends?: Row): number {
    const first = (head + 1) * MORE_STEP;
    const [newest, part] = ends ?? [null, first];
    const [now, parts] = Number(part) < first ? [Number(newest), 0] : this.#ask(head, first);
    // What a statement logs waits for its commit.
    if (now > head) this.#tail.note({ head: toLsn(now), open: true, time: null });
    return now - head + parts;
  }

  /** The newest entry, and the number of parts from one on. */
  #ask(head: number, first: number): readonly [number, number] {
    const { log, more } = logNames(this.#driver.caps.hiddenPrefix);
    this.#logged ??= this.#driver.prepare(
      `SELECT (SELECT coalesce(max(lsn), ?1) FROM ${log}), ` +
        `(SELECT count(*) FROM ${more} WHERE id >= ?2)`,
    );
    return this.#logged.all([head, first], "number")[0] as [number, number];
  }
}
