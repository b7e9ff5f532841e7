import type { Bookmark } from "../../base/bookmark.ts";
import type { TransactionStatement } from "../../sql/read/transaction.ts";
import type { ResultSet } from "./result-set.ts";
import type { BeginOptions, Statement, StatementInfo } from "./session.ts";
import type { Shard } from "../shard.ts";
import type { SyncSession } from "./sync-session.ts";

/** What only the home can do, in the words of a statement. */
export interface ScopeControl extends TransactionStatement {
  readonly command: string;
}

/**
 * One transaction where the home has no BEGIN: it opens and ends a scope (and more inside of it,
 * for savepoints) around what the session does, and says so. Each scope that the home opens is
 * told before (`settle`) or right after (`enter`), each one that it ends right after.
 */
export class ScopedSession {
  readonly #shard: Shard;
  readonly #session: SyncSession;

  constructor(shard: Shard, session: SyncSession) {
    this.#shard = shard;
    this.#session = session;
  }

  /** The position of the newest commit that it can have seen. */
  get seen(): Bookmark {
    return this.#session.seen;
  }

  /**
   * In the outermost scope, before anything else.
   *
   * @throws DosqlError `sqlite` (SQLITE_BUSY) while somebody else has the write lease
   */
  enter(options: BeginOptions): void {
    this.#session.enterScope(options);
  }

  /** Whether a statement wanted all of it undone: the home has to end it so. */
  get isLost(): boolean {
    return this.#session.control.current?.lost === "rolled-back";
  }

  execute({ sql, params }: Statement): ResultSet {
    return this.#session.execute(sql, params);
  }

  /** Columns and parameters of a statement, without running it. */
  describe(sql: string): StatementInfo {
    return this.#session.describe(sql);
  }

  /** All statements or none. */
  batch(statements: readonly Statement[]): ResultSet[] {
    return this.#session.batch(statements);
  }

  /** What a text asks the home for; null for all others. */
  control(sql: string): ScopeControl | null {
    const { transaction, command } = this.#shard.texts.read(sql, false).text.class;
    return transaction === undefined ? null : { ...transaction, command };
  }

  /** The result of what the home did. */
  done(command: string): ResultSet {
    return { columns: [], rows: [], changes: 0, lastRowid: 0n, command };
  }

  /** Before a scope inside: what is logged so far must not go with it. */
  settle(): void {
    this.#shard.changes.settle();
  }

  /** After a scope inside was undone. */
  undone(): void {
    this.#session.control.undoneScope();
  }

  /** At the end of the outermost scope, while it can still fail: ends it in the log. */
  seal(): void {
    this.#shard.changes.boundary();
  }

  /** After the outermost scope. */
  left(committed: boolean): void {
    this.#session.control.leaveScope(committed);
  }
}
