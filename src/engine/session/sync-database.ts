import type { Row, SqlValue } from "../../base/value.ts";
import type {
  BackupProgress,
  EmbeddedAggregate,
  EmbeddedColumn,
  EmbeddedFunction,
} from "../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { TableModule } from "../virtual-table.ts";

/** What a statement did. */
export interface SyncRunResult {
  /**
   * Rows that this statement itself inserted, updated or deleted: not those of triggers and
   * foreign key actions, and 0 when it changed none.
   */
  readonly changes: number;
  /** The connection's last inserted rowid: exact in `bigint` mode, else a double. */
  readonly lastRowid: number | bigint;
}

/**
 * A statement of a synchronous database. INTEGERs come out as bigint; in `number` mode those of
 * `all` and `first` may be numbers already.
 */
export interface SyncStatement {
  /** Whether it returns rows. */
  readonly reader: boolean;
  /** Nothing in the database can change by running it (as `sqlite3_stmt_readonly`). */
  readonly readonly: boolean;
  /** Parameters by index: the name with its sigil (`:a`, `?1`), or null for `?`. */
  readonly parameters: readonly (string | null)[];
  /**
   * The column names can become others between two executions: it says `*` somewhere, and
   * another connection may alter the table.
   */
  readonly unsettledColumns: boolean;
  columns(): readonly EmbeddedColumn[];
  /** Whether `columns` knows the tables they are from. Default true. */
  readonly origins?: boolean;
  all(params: Row, integers: IntegerMode): Row[];
  first(params: Row, integers: IntegerMode): Row | undefined;
  /** The first row under its column names; of columns with the same name the last one counts. */
  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined;
  /** As `all`, one at a time. */
  iterate(params: Row, integers: IntegerMode): IterableIterator<Row>;
  run(params: Row, integers: IntegerMode): SyncRunResult;
  /** The text with the values in the parameters' places. Runs nothing. */
  expanded(params: Row): string;
}

/**
 * One embedded database on the caller's own thread: what the better-sqlite3 facade sees.
 * Methods throw `DosqlError`; a lock that somebody else holds for longer than the busy timeout
 * answers `sqlite: "SQLITE_BUSY"`. What a user function throws comes out as it is.
 */
export interface SyncDatabase {
  readonly inTransaction: boolean;
  /** It tells the log of statements itself. Default false. */
  readonly logs?: boolean;
  /** Compiles exactly one statement; `invalid-argument` for none or several. */
  prepare(sql: string): SyncStatement;
  /**
   * All of `body` or nothing of it; nests. There only where transactions have this form and no
   * other (a Durable Object): then BEGIN and its like are refused.
   */
  atomically?<T>(body: () => T): T;
  /** Runs all statements of a text; `trace` is told each one before it runs. */
  exec(sql: string, trace: ((statement: string) => void) | null): void;
  defineFunction(definition: EmbeddedFunction, body: (args: unknown[]) => unknown): void;
  defineAggregate(definition: EmbeddedFunction, steps: EmbeddedAggregate): void;
  /** Registers a virtual table or a module of them; absent where SQLite takes none. */
  defineTable?(name: string, module: TableModule): void;
  loadExtension(path: string, entryPoint?: string): void;
  /** Whether SQL that could corrupt the file is refused (`SQLITE_DBCONFIG_DEFENSIVE`). */
  setDefensive(active: boolean): void;
  /**
   * Copies a schema to a file, a slice of pages at a time. `nextSlice` is called before each
   * slice and says how many pages it has; what it throws ends the copy.
   */
  backup(
    schema: string,
    path: string,
    nextSlice: (state: BackupProgress) => number,
  ): Promise<BackupProgress>;
  serialize(schema: string): Uint8Array;
  close(): void;
}
