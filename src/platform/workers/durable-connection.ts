import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import type { RunResult } from "../../ports/sql-driver.ts";
import { workersClock } from "./clock.ts";
import type { DurableCursor, DurableStorage } from "./durable-storage.ts";
import { DeferredForeignKeys } from "./foreign-keys.ts";
import { RollbackWatch } from "./rollback-watch.ts";
import { durableError } from "./sqlite-error.ts";

/** What changes the size besides statements (an alarm, a subclass) is seen after this time. */
const SIZE_KEPT_MS = 1000;

const COUNTERS = "SELECT changes(), total_changes(), CAST(last_insert_rowid() AS TEXT)";

/**
 * `ctx.storage` with its errors in our terms, its transactions, and the counters that SQLite
 * keeps per connection. All statements of the driver go through it.
 */
export class DurableConnection {
  readonly #storage: DurableStorage;
  readonly #foreignKeys: DeferredForeignKeys;
  readonly #rollbacks: RollbackWatch;
  #depth = 0;
  /** `total_changes()` as last seen; null when something ran since that nobody counted. */
  #totalChanges: number | null = null;
  #changeMark = 0;
  #schemaMark = 0;
  /** The text that asks for the counters, and for more. */
  #counting: { also: string | undefined; sql: string } = { also: undefined, sql: COUNTERS };
  #size = { changeMark: -1, atMs: 0, bytes: 0 };
  /** What the last statement of a user's did, where one of ours came after it. */
  #lastRun: RunResult | null = null;

  constructor(storage: DurableStorage) {
    this.#storage = storage;
    this.#foreignKeys = new DeferredForeignKeys(storage);
    this.#rollbacks = new RollbackWatch(storage.sql);
  }

  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  get changeMark(): number {
    return this.#changeMark;
  }

  get ownChanges(): number {
    return this.#foreignKeys.inserted;
  }

  /** Another number whenever tables may have other columns. */
  get schemaMark(): number {
    return this.#schemaMark;
  }

  /** Asking takes longer than a point select, so between two changes it is asked once a second. */
  get sizeBytes(): number {
    const nowMs = workersClock.nowMs();
    const { changeMark, atMs } = this.#size;
    if (changeMark !== this.#changeMark || Math.abs(nowMs - atMs) >= SIZE_KEPT_MS) {
      const bytes = this.#storage.sql.databaseSize;
      this.#size = { changeMark: this.#changeMark, atMs: nowMs, bytes };
    }
    return this.#size.bytes;
  }

  /**
   * Starts a text; its rows are read by `rows`.
   *
   * @param plain It reads or changes rows, so that it defines nothing.
   */
  start(sql: string, params: readonly unknown[], plain = false): DurableCursor {
    this.#lastRun = null;
    if (!plain) {
      if (/\b(?:create|alter|drop)\b/i.test(sql)) this.#schemaMark++;
      this.#foreignKeys.note(sql);
      this.#rollbacks.note(sql);
    }
    try {
      return this.#storage.sql.exec(sql, ...params);
    } catch (error) {
      throw durableError(error, sql);
    }
  }

  /** The rows as they are asked for. */
  *rows(cursor: DurableCursor, sql: string): Generator<Row> {
    try {
      for (const row of cursor.raw()) yield bytesInPlace(row);
    } catch (error) {
      throw durableError(error, sql);
    }
  }

  /** All rows; the short path of every read. */
  allRows(cursor: DurableCursor, sql: string): Row[] {
    try {
      const rows = [...cursor.raw()] as Row[];
      for (const row of rows) bytesInPlace(row);
      return rows;
    } catch (error) {
      throw durableError(error, sql);
    }
  }

  /** Runs a text to its end; rows are produced only when asked for, and here nobody wants them. */
  drain(sql: string, params: readonly unknown[], plain = false): DurableCursor {
    const cursor = this.start(sql, params, plain);
    // What has no columns ran to its end at once.
    if (cursor.columnNames.length > 0) for (const _row of this.rows(cursor, sql));
    return cursor;
  }

  atomically<T>(body: () => T): T {
    this.#depth++;
    try {
      return this.#storage.transactionSync(() => {
        const result = body();
        this.#checkForeignKeys();
        return result;
      });
    } catch (error) {
      this.#undone();
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** As `atomically`, for a body that waits. Until it ends, no other event of the object runs. */
  async scoped<T>(body: () => Promise<T>): Promise<T> {
    // The runtime need not hand an exception back as the object that was thrown.
    let failure: Error | null = null;
    try {
      return await this.#storage.transaction(async () => {
        this.#depth++;
        try {
          if (this.#depth === 1) this.#rollbacks.begin();
          const result = await body();
          if (this.#depth === 1) this.#rollbacks.seal();
          this.#checkForeignKeys();
          return result;
        } catch (error) {
          failure = error instanceof Error ? error : durableError(error, "");
          throw failure;
        } finally {
          this.#depth--;
          if (this.#depth === 0) this.#rollbacks.end();
        }
      });
    } catch (error) {
      this.#undone();
      throw failure ?? durableError(error, "");
    }
  }

  /** Whether the transaction of `scoped` is still open. */
  get isIntact(): boolean {
    return this.#rollbacks.isIntact;
  }

  /** A write outside a transaction commits at the end of the event, so it is checked like one. */
  guarded<T>(body: () => T): T {
    return this.#depth === 0 && this.#foreignKeys.possible ? this.asStatement(body) : body();
  }

  /** As `atomically`, but what a statement leaves that fails (OR FAIL) stays. */
  asStatement<T>(body: () => T): T {
    const outcome = this.atomically(() => {
      try {
        return { value: body() };
      } catch (error) {
        if (!mayKeepRows(error)) throw error;
        return { error };
      }
    });
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  }

  /**
   * Runs one statement and tells what it changed; 0 when it is none that changes rows.
   *
   * @param counts It is an INSERT, UPDATE or DELETE: what SQLite counts then is its own count.
   */
  runCounted(
    sql: string,
    params: readonly unknown[],
    counts: boolean,
    also?: string,
  ): { cursor: DurableCursor; done: RunResult } {
    this.#changeMark++;
    const before = counts ? null : (this.#totalChanges ?? this.#counters().totalChanges);
    const cursor = this.drain(sql, params, counts);
    const { totalChanges, ...ran } = this.#counters(also);
    this.#totalChanges = totalChanges;
    return { cursor, done: totalChanges === before ? { ...ran, changes: 0 } : ran };
  }

  /** Something may have changed rows that `runCounted` did not see. */
  uncounted(): void {
    this.#totalChanges = null;
    this.#changeMark++;
  }

  lastRun(also?: string): RunResult {
    if (this.#lastRun !== null) return this.#lastRun;
    const { totalChanges: _all, ...ran } = this.#counters(also);
    return ran;
  }

  /** Before the outermost transaction ends. */
  #checkForeignKeys(): void {
    if (this.#depth !== 1 || !this.#foreignKeys.possible) return;
    const ran = this.lastRun();
    const broken = this.#foreignKeys.broken();
    this.uncounted();
    this.#lastRun = ran;
    if (!broken) return;
    throw new DosqlError("sqlite", "FOREIGN KEY constraint failed", {
      sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
    });
  }

  #undone(): void {
    this.uncounted();
    this.#schemaMark++;
    this.#foreignKeys.forget();
  }

  #counters(also?: string): RunResult & { readonly totalChanges: number } {
    if (this.#counting.also !== also) {
      this.#counting = { also, sql: also === undefined ? COUNTERS : `${COUNTERS}, ${also}` };
    }
    const { sql } = this.#counting;
    const [row = []] = this.allRows(this.start(sql, [], true), sql);
    const [changes, totalChanges, lastRowid, ...asked] = row;
    return {
      changes: Number(changes),
      totalChanges: Number(totalChanges),
      // The text is exact beyond 2^53.
      lastRowid: BigInt(String(lastRowid)),
      ...(also === undefined ? {} : { also: asked }),
    };
  }
}

/** A foreign key is looked at when the statement is over, and takes all of it back. */
function mayKeepRows(error: unknown): boolean {
  const { sqlite = "" } = error as Partial<DosqlError>;
  return sqlite.startsWith("SQLITE_CONSTRAINT") && !sqlite.endsWith("_FOREIGNKEY");
}

/** The runtime hands BLOBs out as ArrayBuffers. */
function bytesInPlace(row: unknown[]): Row {
  for (let i = 0; i < row.length; i++) {
    const value = row[i];
    if (typeof value === "object" && value !== null) row[i] = new Uint8Array(value as ArrayBuffer);
  }
  return row as SqlValue[];
}
