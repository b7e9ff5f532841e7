import type { Row } from "../base/value.ts";

/**
 * A result column. `table`, `column` and `declaredType` are null for expressions and where the
 * driver cannot say.
 */
export interface ColumnInfo {
  readonly name: string;
  readonly table: string | null;
  readonly column: string | null;
  readonly declaredType: string | null;
}

/**
 * How INTEGER values come out. `bigint` is exact and the engine's own form; `number` is the
 * faithful form of D1 and better-sqlite3: a double, rounded beyond 2^53 (never an error).
 */
export type IntegerMode = "bigint" | "number";

/**
 * What a statement did. `changes` counts rows of this statement only (0 for reads), as
 * `sqlite3_changes()`.
 */
export interface RunResult {
  readonly changes: number;
  readonly lastRowid: bigint;
  /** What else was asked; absent where the driver asks SQLite nothing then. */
  readonly also?: Row;
}

/** What a driver counted while a statement ran, where it can (Durable Objects). */
export interface StatementCounts {
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/**
 * One prepared SQL statement. Parameters bind by position (`?`, `?n`); the engine rewrites
 * named ones before. A statement is re-prepared by SQLite itself when the schema changes, so
 * `columns()` is asked afresh after DDL.
 */
export interface DriverStatement {
  /** Result columns; empty when the statement returns no rows. */
  columns(): readonly ColumnInfo[];
  /** All rows, as arrays. */
  all(params: Row, integers: IntegerMode): Row[];
  /** Rows one at a time. The statement is busy until the iterator ends; end it by `return()`. */
  iterate(params: Row, integers: IntegerMode): IterableIterator<Row>;
  /**
   * Runs to the end and drops the rows.
   *
   * @param also a list of expressions whose values are wanted afterwards, integers as doubles: one
   * query less, where the driver has to ask what the statement did
   */
  run(params: Row, also?: string): RunResult;
  /** As `run`, for whom what it did is no news. There only where knowing it takes time. */
  runQuietly?(params: Row): void;
  /** Counts of the last `all` or `run`; absent where the driver cannot know. */
  readonly counts?: StatementCounts;
}

/** What a driver can and cannot do; the engine asks this, never the platform's name. */
export interface DriverCaps {
  /** BEGIN, COMMIT and SAVEPOINT reach SQLite as statements (Node: yes; Durable Object: no). */
  readonly transactionStatements: boolean;
  /**
   * SQLite has limits there that ordinary statements meet, and hands INTEGERs of RETURNING out as
   * doubles, so the engine says these in other words (Durable Object). Default false.
   */
  readonly narrow?: boolean;
  /** The most parameters one statement binds (100 in a Durable Object). */
  readonly maxParameters: number;
  /**
   * `"text"` is a string where no such column exists, as in D1. Not so where SQLite was compiled
   * with DQS=0 (better-sqlite3): there it is an error.
   */
  readonly doubleQuotedStrings: boolean;
  /** Prefix of the engine's own tables: `_cf_dosql_` in files, `_dosql_` in a Durable Object. */
  readonly hiddenPrefix: string;
}

/** One SQLite connection. Every method is synchronous and throws `DosqlError("sqlite", …)`. */
export interface SqlDriver {
  readonly caps: DriverCaps;
  /** Whether a transaction is open on this connection. */
  readonly inTransaction: boolean;
  /**
   * Another number whenever the database may have changed, by a statement or a rollback. Absent
   * where looking costs no more than remembering.
   */
  readonly changeMark?: number;
  /** How many rows of `total_changes()` the driver itself put somewhere. Default 0. */
  readonly ownChanges?: number;
  /** Compiles exactly one statement. */
  prepare(sql: string): DriverStatement;
  /**
   * As `prepare`, for a text that a user wrote. A home that can watch what SQLite compiles refuses
   * what touches the engine's objects, now and whenever SQLite compiles it anew. Absent where the
   * home cannot.
   */
  prepareUser?(sql: string): DriverStatement;
  /** Runs any number of statements; results are dropped. */
  exec(sql: string): void;
  /** All of `body` or nothing of it; nests. */
  atomically<T>(body: () => T): T;
  /** Rows changed by the last INSERT, UPDATE or DELETE on this connection, and its last rowid. */
  lastRun(also?: string): RunResult;
  /** Size of the database in bytes. */
  sizeBytes(): number;
  /**
   * The bytes of the database as this connection sees it, what it has not committed included.
   * Absent where the home cannot.
   */
  serialize?(): Uint8Array;
  close(): void;
}
