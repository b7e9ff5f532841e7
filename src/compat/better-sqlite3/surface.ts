import type { SqliteError } from "./errors.ts";

/*
 * The types that users write. The entry gives them the names of better-sqlite3's type package,
 * so that code that is typed for the one compiles for the other; here they have others, because
 * a namespace cannot pass on a type under its own name.
 */

/** Anything, as that package has it where users leave out the types of a function's parameters. */
type Untyped = ReturnType<typeof JSON.parse>;

/** What an aggregate gets of a column: that package's guess from its state. */
type ElementOf<State> = State extends (infer Element)[] ? Element : State;

/** A Buffer wherever Node's types are there. */
type DatabaseBytes = typeof globalThis extends {
  Buffer: { alloc(size: number): infer Bytes extends Uint8Array };
}
  ? Bytes
  : Uint8Array<ArrayBuffer>;

/** An error as SQLite's errors are thrown. */
export type SqliteErrorInstance = SqliteError;

/** Options of `new Database`. */
export interface DatabaseOptions {
  /** Refuse to write. Default false. */
  readonly?: boolean | undefined;
  /** Refuse to create the file. Default false. */
  fileMustExist?: boolean | undefined;
  /** How long a statement waits for another connection's lock, in milliseconds. Default 5000. */
  timeout?: number | undefined;
  /** Told every statement before it runs, with its values. */
  verbose?: ((message?: unknown, ...additionalArgs: unknown[]) => void) | undefined;
  /** For better-sqlite3 where that opens the database; else checked and not used. */
  nativeBinding?: string | object | undefined;
  /**
   * What opens the database: `"native"` is the better-sqlite3 that the program has installed,
   * `"builtin"` Node's own SQLite; or better-sqlite3's class. Default: native where it can be
   * loaded, else builtin; a file that this process has open is opened by the same again.
   * `"sharded"` is for data folders: one database over its shards, of which there may be one.
   * `"worker"` opens it in a process of its own, by what would open it here; functions,
   * aggregates, tables and `verbose` run here. Not on Windows.
   */
  binding?: "native" | "builtin" | "worker" | "sharded" | Function | undefined;
  /**
   * For `binding: "worker"`, and not in memory: a statement that takes longer ends with an error
   * of code `SQLITE_INTERRUPT`, in milliseconds. An open transaction is rolled back, and temporary
   * tables are gone; else the database goes on. Default: none.
   */
  statementTimeoutMs?: number | undefined;
}

/** What `run` answers. */
export interface RunInfo {
  /** Rows this statement inserted, updated or deleted itself. */
  changes: number;
  lastInsertRowid: number | bigint;
}

/** A result column. The last four are null for expressions. */
export interface ResultColumn {
  name: string;
  column: string | null;
  table: string | null;
  database: string | null;
  type: string | null;
}

/** A prepared statement. */
export interface PreparedStatement<BindParameters extends unknown[] = unknown[], Result = unknown> {
  readonly database: OpenDatabase;
  readonly source: string;
  /** Whether it returns rows. */
  readonly reader: boolean;
  /** Whether it leaves the database as it is. */
  readonly readonly: boolean;
  /** Whether an iterator over it is open. */
  readonly busy: boolean;
  run(...params: BindParameters): RunInfo;
  get(...params: BindParameters): Result | undefined;
  all(...params: BindParameters): Result[];
  iterate(...params: BindParameters): IterableIterator<Result>;
  bind(...params: BindParameters): this;
  /** Rows are their first column. */
  pluck(toggleState?: boolean): this;
  /** Rows are objects of objects, by table. */
  expand(toggleState?: boolean): this;
  /** Rows are arrays. */
  raw(toggleState?: boolean): this;
  columns(): ResultColumn[];
  /** INTEGERs are bigints. */
  safeIntegers(toggleState?: boolean): this;
}

/** A function that runs inside a transaction; nested in another it is a savepoint. */
export interface TransactionFunction<
  Body extends (...args: Untyped[]) => unknown = (...args: Untyped[]) => unknown,
> {
  (...params: Parameters<Body>): ReturnType<Body>;
  default(...params: Parameters<Body>): ReturnType<Body>;
  deferred(...params: Parameters<Body>): ReturnType<Body>;
  immediate(...params: Parameters<Body>): ReturnType<Body>;
  exclusive(...params: Parameters<Body>): ReturnType<Body>;
}

export interface PragmaSettings {
  /** Only the first column of the first row. */
  simple?: boolean | undefined;
}

/** Options of user functions. */
export interface FunctionSettings {
  varargs?: boolean | undefined;
  deterministic?: boolean | undefined;
  directOnly?: boolean | undefined;
  safeIntegers?: boolean | undefined;
}

/** Options of user aggregates. */
export interface AggregateSettings<State = unknown> extends FunctionSettings {
  start?: State | (() => State);
  step(total: State, ...next: ElementOf<State>[]): State | void;
  /** Makes it a window function too. */
  inverse?: ((total: State, ...dropped: ElementOf<State>[]) => State | void) | undefined;
  result?: ((total: State) => unknown) | undefined;
}

export interface SerializeSettings {
  attached?: string | undefined;
}

export interface BackupSettings {
  attached?: string | undefined;
  /**
   * Called before each slice; answers how many pages it has, 0 to pause. Where Node's own SQLite
   * opens the database slices are counted, and all pages are copied after the last one.
   */
  progress?: ((info: BackupState) => number | void) | undefined;
}

export interface BackupState {
  totalPages: number;
  remainingPages: number;
}

/** A database connection. */
export interface OpenDatabase {
  readonly name: string;
  readonly open: boolean;
  readonly inTransaction: boolean;
  readonly readonly: boolean;
  readonly memory: boolean;
  prepare<BindParameters extends unknown[] | object = unknown[], Result = unknown>(
    source: string,
  ): BindParameters extends unknown[]
    ? PreparedStatement<BindParameters, Result>
    : PreparedStatement<[BindParameters], Result>;
  transaction<Body extends (...args: Untyped[]) => unknown>(fn: Body): TransactionFunction<Body>;
  exec(source: string): this;
  pragma(source: string, options?: PragmaSettings): unknown;
  /** The rows of EXPLAIN for a statement; its parameters stay unbound. */
  explain(source: string): unknown[];
  function(name: string, fn: (...params: Untyped[]) => unknown): this;
  function(name: string, options: FunctionSettings, fn: (...params: Untyped[]) => unknown): this;
  aggregate<State>(name: string, options: AggregateSettings<State>): this;
  /**
   * A virtual table. Where Node's own SQLite opens the database: only one without parameters,
   * which is a TEMP view then, without rowids; others are refused by name.
   */
  table(name: string, definition: object): this;
  loadExtension(path: string, entryPoint?: string): this;
  backup(destinationFile: string, options?: BackupSettings): Promise<BackupState>;
  /** The bytes of the database file, as a Buffer. */
  serialize(options?: SerializeSettings): DatabaseBytes;
  close(): this;
  defaultSafeIntegers(toggleState?: boolean): this;
  unsafeMode(unsafe?: boolean): this;
}

/** The class: callable with and without `new`. */
export interface DatabaseConstructor {
  /**
   * @param source a path (a SQLite file or a data folder of DoSQL), `":memory:"`, `""` for a
   * temporary file, or the bytes of a database
   */
  new (source?: string | Uint8Array, options?: DatabaseOptions): OpenDatabase;
  (source?: string | Uint8Array, options?: DatabaseOptions): OpenDatabase;
  readonly prototype: OpenDatabase;
  SqliteError: typeof SqliteError;
}
