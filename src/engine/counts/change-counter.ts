import { toLsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { DriverStatement, SqlDriver } from "../../ports/sql-driver.ts";
import { ENTRY, MORE_STEP, logNames } from "../log/layout.ts";
import type { Tail } from "../log/log-tail.ts";
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
  #begins: string | null = null;

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

  /** What SQLite itself answers, without what its driver does beside. */
  live(): { readonly changes: bigint; readonly total: bigint } {
    this.#live ??= this.#driver.prepare("SELECT changes(), total_changes()");
    const [changes, total] = this.#live.all([], "bigint")[0] as [bigint, bigint];
    return { changes, total: total - BigInt(this.#driver.ownChanges ?? 0) };
  }

  /** Before a statement that may change more than it says. */
  mark(): CountMark {
    const { total } = this.live();
    return { total, head: this.#isLogging() ? this.#tail.read().head : null };
  }

  /** Where the change log ends, as far as is known without asking; null when nothing is logged. */
  tail(): Tail | null {
    return this.#isLogging() ? this.#tail.recall() : null;
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
   * What `loggedSince` may be told, for `DriverStatement.run`: where the log's tables end, and of
   * what stands alone, where it begins.
   */
  ends({ open }: Tail): string {
    const { log, more } = logNames(this.#driver.caps.hiddenPrefix);
    this.#ends ??= `(SELECT max(lsn) FROM ${log}), (SELECT max(id) FROM ${more})`;
    this.#begins ??=
      `${this.#ends}, ` +
      `(SELECT lsn FROM ${log} WHERE kind = ${ENTRY.commit} ORDER BY lsn DESC LIMIT 1)`;
    return open ? this.#ends : this.#begins;
  }

  /**
   * How many rows the change log got by a statement before which it was known to end at `tail`.
   * That may be long ago, and others may have written or rolled back on the same storage: then
   * the last commit tells where the statement began.
   *
   * @param ends as they are now, where they were asked
   */
  loggedSince(tail: Tail, ends?: Row): number {
    const known = ends ?? this.#driver.prepare(`SELECT ${this.ends(tail)}`).all([], "number")[0];
    const [newest = null, part = null, commit = null] = known ?? [];
    return this.#count(tail.open ? tail.head : Number(commit), Number(newest), Number(part));
  }

  /**
   * How many rows the change log got since its newest entry was `head`. LSNs are dense, and exact
   * in doubles, which a Durable Object reads much faster than bigints.
   */
  loggedAfter(head: number): number {
    return this.#count(head, Number.NaN, Number.NaN);
  }

  #count(head: number, newest: number, part: number): number {
    const first = (head + 1) * MORE_STEP;
    const [now, parts] = part < first ? [newest, 0] : this.#ask(head, first);
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
