import type { Row, SqlValue } from "../base/value.ts";
import type { ColumnInfo, IntegerMode } from "./sql-driver.ts";

/** A result column with the schema (`main`, `temp`, an attached name) that its table lives in. */
export interface EmbeddedColumn extends ColumnInfo {
  readonly database: string | null;
}

/** What `run` did; see `SyncRunResult` for the meaning that facades see. */
export interface EmbeddedRunResult {
  /** `sqlite3_changes()`: stale after a statement that is no INSERT, UPDATE or DELETE. */
  readonly changes: number;
  /** A double in `number` mode (rounded beyond 2^53), exact in `bigint` mode. */
  readonly lastRowid: number | bigint;
}

/**
 * One prepared statement of an embedding program, bound by parameter index. Errors of SQLite are
 * `DosqlError("sqlite")`; what a user function threw comes out as it is.
 *
 * INTEGERs come out as bigint. `all` and `first` in `number` mode may give them as numbers
 * instead, when all of them fit; to learn that, a driver may run the statement twice.
 */
export interface EmbeddedStatement {
  /** The part of the given text that was compiled, with its `;`. The rest was not looked at. */
  readonly text: string;
  /**
   * Says which parameters have names, in index order: with the sigil, `?n` too; null for `?`.
   * Must be called before the first execution unless all are `?`.
   */
  bindNames(names: readonly (string | null)[]): void;
  columns(): readonly EmbeddedColumn[];
  all(params: Row, integers: IntegerMode): Row[];
  /** The first row; then the statement is reset. */
  first(params: Row, integers: IntegerMode): Row | undefined;
  /** The first row under the column names of this very execution; a name used twice is the last. */
  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined;
  /** The statement is busy until the iterator ends; end it by `return()`. */
  iterate(params: Row): IterableIterator<Row>;
  run(params: Row, integers: IntegerMode): EmbeddedRunResult;
  /** The text with the values in the parameters' places. Runs nothing. */
  expanded(params: Row): string;
}

/** A user function in SQL. Arguments arrive with INTEGERs as bigint. */
export interface EmbeddedFunction {
  readonly name: string;
  /** Exact number of arguments; -1 takes any number. */
  readonly arity: number;
  readonly deterministic: boolean;
  /** Refused inside views, triggers and the schema. */
  readonly directOnly: boolean;
}

/** The steps of a user aggregate; `inverse` makes it a window function too. */
export interface EmbeddedAggregate {
  readonly start: () => unknown;
  readonly step: (state: unknown, args: unknown[]) => unknown;
  readonly inverse: ((state: unknown, args: unknown[]) => unknown) | null;
  readonly result: (state: unknown) => unknown;
}

/** How far a backup is. */
export interface BackupProgress {
  readonly totalPages: number;
  readonly remainingPages: number;
}

/**
 * One SQLite connection that a program embeds: `SqlDriver`'s sibling with what the
 * better-sqlite3 API needs. Synchronous; a lock held elsewhere makes it wait for the busy
 * timeout it was opened with.
 */
export interface EmbeddedDriver {
  readonly inTransaction: boolean;
  /** Compiles the first statement of a text; null when it holds none. */
  prepare(sql: string): EmbeddedStatement | null;
  exec(sql: string): void;
  defineFunction(definition: EmbeddedFunction, body: (args: unknown[]) => unknown): void;
  defineAggregate(definition: EmbeddedFunction, steps: EmbeddedAggregate): void;
  loadExtension(path: string, entryPoint?: string): void;
  /** `SQLITE_DBCONFIG_DEFENSIVE`. Without effect where the home cannot set it. */
  setDefensive(active: boolean): void;
  /**
   * Copies a schema (`main` or an attached name) to a file off the calling thread, a slice of
   * pages at a time. `nextSlice` is called before each slice and says how many pages it has; a
   * home may take the first answer for all. What it throws ends the backup.
   */
  backup(
    schema: string,
    path: string,
    nextSlice: (state: BackupProgress) => number,
  ): Promise<BackupProgress>;
  /** The bytes of a schema's database file. Throws `runtime` where the home lacks it. */
  serialize(schema: string): Uint8Array;
  close(): void;
}
