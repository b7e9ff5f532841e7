import type { Awaitable, Row } from "../../base/value.ts";
import type { Bookmark } from "../../base/bookmark.ts";
import type { DatabaseCopy } from "../../ports/copy-host.ts";
import type { ColumnInfo, IntegerMode } from "../../ports/sql-driver.ts";
import type { ChangeFeed } from "../feed/change-feed.ts";
import type { ResultSet, RowPart } from "./result-set.ts";
import type { PointInTime } from "../time/point-in-time.ts";

/**
 * Postgres' names for what a transaction may see of others. Weaker levels are served by stronger
 * ones.
 */
export type IsolationLevel = "read committed" | "repeatable read" | "serializable";

/** How a session behaves; every field has a default. */
export interface SessionOptions {
  /** How INTEGERs come out of results. Default `bigint`. */
  readonly integers?: IntegerMode;
  /**
   * The level of a BEGIN that names none. Default `serializable`; pgwire asks for `read
   * committed`.
   */
  readonly isolation?: IsolationLevel;
  /**
   * Lift literals into parameters, so that ad-hoc texts share a plan (DESIGN rule 12). Default
   * false.
   */
  readonly liftLiterals?: boolean;
  /**
   * Statements count as a whole, as in D1: `ResultSet.changes` is all that one changed, rows of
   * triggers and of foreign keys' actions included, and one that fails leaves nothing, whatever its
   * OR or a trigger's RAISE says. Default false: as SQLite.
   */
  readonly whole?: boolean;
  /**
   * Whether statements begin and end transactions: BEGIN, SAVEPOINT and their like. Default true
   * where SQLite does so; else they are refused as a Durable Object's SQLite refuses them.
   */
  readonly begins?: boolean;
  /** Its statements are the engine's, or a script's, and no queries: nobody counts them. */
  readonly uncounted?: boolean;
  /** Fill `ResultSet.sizeBytes`. Default false: it costs a look at the file per statement. */
  readonly reportSize?: boolean;
  /**
   * Run reads that are not proven short in reader processes, where the home has them. Default
   * true. A session of an embedding program that owns its thread says false.
   */
  readonly offload?: boolean;
  /**
   * Rows at most in the result of one statement; one that has more fails with `limit`, and what it
   * changed is undone. Default: no limit.
   */
  readonly maxRows?: number;
  /**
   * Bytes at most in the result of one statement, about as it takes in memory. Default: 256 MiB
   * for reads that may be long on a thread that serves others too, else no limit.
   */
  readonly maxResultBytes?: number;
  /**
   * All statements read the database as it was then, and none changes it. Default: as it is now.
   */
  readonly asOf?: PointInTime;
  /**
   * Who answers PRAGMAs that the home's SQLite denies (`user_version` in a Durable Object): the
   * engine (`sqlite`, the default), or nobody (`home`), as D1's users expect.
   */
  readonly pragmas?: "sqlite" | "home";
  /**
   * Nothing is changed, and no transaction keeps others from writing: each is READ COMMITTED, and a
   * stronger level is refused. Default false.
   */
  readonly readOnly?: boolean;
  /**
   * BEGIN is SQLite's: it takes the write lease at the first write only. What it reads before is
   * one moment, and when somebody committed since, the write is SQLITE_BUSY_SNAPSHOT. Where there
   * is one connection it makes no difference. Default false.
   */
  readonly deferred?: boolean;
}

/** A statement with its bound values. */
export interface Statement {
  readonly sql: string;
  readonly params: Row;
}

/** What a script did. */
export interface ScriptCounts {
  readonly statements: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** What is known of a parameter before it is bound. */
export interface ParameterInfo {
  /** Its 1-based number, by which it binds. */
  readonly number: number;
  /** Its name with the sigil (`:a`, `@a`, `$a`), or null for `?` and `?n`. */
  readonly name: string | null;
  /**
   * Declared type of the column it is compared with or assigned to, `INTEGER` in LIMIT and OFFSET,
   * or null.
   */
  readonly declaredType: string | null;
}

/** A statement before it runs. */
export interface StatementInfo {
  readonly command: string;
  /** Nothing in the database can change by running it. */
  readonly readonly: boolean;
  readonly columns: readonly ColumnInfo[];
  readonly parameters: readonly ParameterInfo[];
}

/** A call that is to happen once, however often it is sent. */
export interface OnceCall {
  /** Chosen by the caller, out of reach of chance. */
  readonly key: string;
  /** How long ago the call was first sent; 0 for the first time. */
  readonly ageMs: number;
  readonly statements: readonly Statement[];
  /** All of them in one transaction also where there is one statement only. */
  readonly batch: boolean;
  /** Who alone may hear its answer again. */
  readonly holder?: string;
}

/**
 * What the call answered, now or when it was done; or a word, and nothing was done:
 *
 * - `repeatable`: it only reads, so it may run as often as one likes;
 * - `unprotected`: it cannot be kept with a key (inside a transaction; a PRAGMA, VACUUM, BEGIN).
 */
export type OnceAnswer = ResultSet[] | "repeatable" | "unprotected";

/** How BEGIN was asked for. */
export interface BeginOptions {
  readonly isolation?: IsolationLevel;
  readonly readOnly?: boolean;
  /** Take the write lease at once, as SQLite's BEGIN IMMEDIATE. */
  readonly immediate?: boolean;
  /**
   * A transaction that nobody asked for by name: a script sent as one message. A later BEGIN
   * turns it into an explicit one.
   */
  readonly implicit?: boolean;
}

/** Where a session stands: outside, in a transaction nobody named, or in one. */
export type TransactionStatus = "none" | "implicit" | "explicit";

/**
 * One client's conversation with a database. Statements run in the order they are given; a
 * second one given while the first still waits is an error of the caller (`bug`). Methods that
 * return `Awaitable` answer at once when nothing had to be waited for.
 *
 * BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE (and END, START TRANSACTION, ABORT) given to
 * `execute` do what `begin`, `commit` and `rollback` do.
 */
export interface Session extends AsyncDisposable {
  readonly transaction: TransactionStatus;
  /** A position that a later session can wait for, and that sorts as a string. */
  readonly seen: Bookmark;
  execute(sql: string, params: Row): Awaitable<ResultSet>;
  /** All statements in one transaction, in order; the first error undoes all of them. */
  batch(statements: readonly Statement[]): Awaitable<ResultSet[]>;
  /**
   * As `execute` and `batch`, but a call whose key was seen is not run again: it answers what it
   * answered then. The key is stored in the transaction of what the call changes. Absent where
   * nothing keeps keys.
   *
   * @throws DosqlError `connection` when the key is too old to know, `misuse` when it is that of
   * another call
   */
  once?(call: OnceCall): Awaitable<OnceAnswer>;
  /**
   * The rows of a SELECT in parts of about 256 KiB, all of one moment: what is committed meanwhile
   * does not show. Not in a transaction. Beside it the session may run other statements. Absent
   * where nobody can hold a result.
   *
   * @throws DosqlError `unsupported` for what is no SELECT of the present, and in a transaction
   */
  iterate?(sql: string, params: Row): AsyncIterable<RowPart>;
  /** Columns and parameters of a statement, without running it. */
  describe(sql: string): Awaitable<StatementInfo>;
  begin(options?: BeginOptions): Awaitable<void>;
  commit(): Awaitable<Bookmark>;
  rollback(): Awaitable<void>;
  /** Ends the statement that runs or waits now with `canceled`. Does nothing when idle. */
  cancel(reason?: "canceled" | "statement-timeout"): void;
  /** Longest wait for the write lease; 0 waits for ever. */
  lockTimeoutMs: number;
  /**
   * Longest a statement may run or wait; 0 is no limit. A statement running on the serving thread
   * cannot be interrupted.
   */
  statementTimeoutMs: number;
  /** Whether `statementTimeoutMs` ends long reads; absent: no, nothing here can be interrupted. */
  readonly interrupts?: boolean;
}

/** A session that tells of the schema where it stands: that begins nothing, and never waits. */
export interface SchemaSession extends Session {
  /** The rows of a read of the schema alone. */
  lookUp(sql: string): Row[];
  /** Compiles EXPLAIN where tables can be made: elsewhere SQLite does not look at their checks. */
  compileDdl(sql: string): void;
}

/** A session whose database can be copied as a file. */
export interface CopySession extends Session {
  /**
   * Begins a copy, which the session removes when it ends.
   *
   * @param committed what is committed now; else what an open transaction of this session sees
   * @throws DosqlError `unsupported` where nobody can make one
   */
  copy(committed: boolean): DatabaseCopy;
}

/** What every facade sees: a local shard, a remote server and, later, a cluster all provide it. */
export interface Database {
  session(options?: SessionOptions): Session;
  readonly feed: ChangeFeed;
  close(): Awaitable<void>;
}
