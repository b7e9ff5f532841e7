import type { Bookmark } from "../../base/bookmark.ts";
import type { TransactionStatement } from "../../sql/read/transaction.ts";
import { stateError, wouldHold } from "./refusals.ts";
import type { BeginOptions, IsolationLevel, TransactionStatus } from "./session.ts";
import type { Handle } from "../handle.ts";
import { HeldMoment } from "./held-moment.ts";
import type { Shard } from "../shard.ts";
import type { Steps } from "./steps.ts";
import { Transaction, lostError, savepointSql } from "./transaction.ts";
import type { LeaseHolder } from "./write-lease.ts";

/**
 * A session's transaction and its hold on the write lease. SQLite hears BEGIN at the first write
 * (READ COMMITTED) or at once (the stronger levels, which are serial).
 */
export class TransactionControl implements LeaseHolder {
  readonly #shard: Shard;
  readonly #isolation: IsolationLevel;
  readonly #readOnly: boolean;
  #transaction: Transaction | null = null;
  #idleSinceMs: number | null = null;
  /** What a transaction reads that was begun deferred; null where none is. */
  readonly #moment: HeldMoment | null;
  /** A COMMIT that fails ends nothing, as in SQLite. */
  readonly #staysOpen: boolean;
  /** Whether this session wants foreign keys enforced. */
  foreignKeys = true;
  /**
   * What the session said of `PRAGMA defer_foreign_keys` while nothing of it is on the writer: it
   * holds until the transaction that comes next ends, which may be one statement.
   */
  defersKeys = false;

  /** @param deferred see `SessionOptions.deferred` */
  constructor(shard: Shard, isolation: IsolationLevel, readOnly = false, deferred = false) {
    this.#shard = shard;
    this.#isolation = readOnly ? "read committed" : isolation;
    this.#readOnly = readOnly;
    this.#staysOpen = deferred;
    const { momentReaders } = shard;
    this.#moment = deferred && momentReaders !== null ? new HeldMoment(shard, momentReaders) : null;
  }

  /** Whether a transaction is open that reads one moment, and has not written yet. */
  get deferred(): boolean {
    return this.#moment !== null && this.#transaction !== null && !this.writing;
  }

  /**
   * Where statements read.
   *
   * @param begins whether a deferred transaction begins to read now
   */
  handle(begins: boolean): Handle {
    const { writer, reader } = this.#shard;
    if (this.writing) return writer;
    const moment = this.deferred ? this.#moment : null;
    return (begins ? moment?.hold() : moment?.handle) ?? reader;
  }

  /** Whether nothing may be changed now. */
  get readOnly(): boolean {
    return this.#readOnly || this.#transaction?.readOnly === true;
  }

  get current(): Transaction | null {
    return this.#transaction;
  }

  get status(): TransactionStatus {
    if (this.#transaction === null) return "none";
    return this.#transaction.implicit ? "implicit" : "explicit";
  }

  /** A session reads whatever its shard committed, so it has seen the newest. */
  get seen(): Bookmark {
    return this.#shard.bookmarks.current;
  }

  /** Whether the session's own writes are on the writer and nowhere else yet. */
  get writing(): boolean {
    return this.#transaction?.writing === true;
  }

  *begin(options: BeginOptions = {}): Steps<void> {
    const open = this.#transaction;
    if (open !== null && !(open.implicit && options.implicit !== true)) {
      throw stateError("cannot start a transaction within a transaction");
    }
    const transaction = open ?? new Transaction(options);
    const level = options.isolation ?? this.#isolation;
    const serial = level !== "read committed" && this.#moment === null;
    const immediate = options.immediate === true || serial;
    if (immediate && this.#readOnly) throw wouldHold();
    if (open !== null) {
      open.implicit = false;
      open.readOnly = options.readOnly ?? false;
    }
    this.#transaction = transaction;
    if (!immediate || options.implicit === true) return;
    let opened = false;
    try {
      yield* this.openForWriting(transaction);
      opened = true;
    } finally {
      if (!opened) this.#transaction = null;
    }
  }

  commit(): Bookmark {
    const transaction = this.#transaction;
    if (transaction?.writing !== true) this.endDeferral();
    if (transaction === null) throw stateError("cannot commit - no transaction is active");
    this.#moment?.release();
    if (transaction.lost !== null) {
      this.#transaction = null;
      throw lostError(transaction.lost);
    }
    if (!transaction.writing) {
      this.#transaction = null;
      return this.seen;
    }
    const { changes, writer } = this.#shard;
    const { driver } = writer;
    let ended = false;
    let done = false;
    try {
      ended = changes.boundary();
      driver.exec("COMMIT");
      done = true;
    } finally {
      // A failed COMMIT (a deferred foreign key) leaves SQLite's transaction open.
      const stays = driver.inTransaction && this.#staysOpen;
      if (stays && ended) changes.withdrawBoundary();
      if (!stays) {
        if (driver.inTransaction) driver.exec("ROLLBACK");
        this.#finish(done);
      }
    }
    return this.seen;
  }

  /** Begins where the home has begun a transaction already, as a scope; see `ScopedSession`. */
  *enterScope(options: BeginOptions): Steps<void> {
    yield* this.takeLease();
    const transaction = new Transaction(options);
    transaction.scoped = true;
    transaction.writing = true;
    this.#transaction = transaction;
  }

  /** After the home's scope ended. */
  leaveScope(committed: boolean): void {
    this.#finish(committed);
  }

  /** After a scope inside of it was undone. */
  undoneScope(): void {
    if (this.#transaction !== null) this.#rolledBack(this.#transaction);
  }

  rollback(): void {
    const transaction = this.#transaction;
    if (transaction?.writing !== true) this.endDeferral();
    if (transaction === null) throw stateError("cannot rollback - no transaction is active");
    this.#moment?.release();
    if (transaction.writing) this.#abandon(transaction);
    this.#transaction = null;
  }

  /** SAVEPOINT, RELEASE, ROLLBACK TO; `sql` is the statement's own text. */
  savepoint(statement: TransactionStatement, command: string, sql: string): void {
    const transaction = this.#transaction;
    if (transaction === null) throw stateError(`${command} can only be used in a transaction`);
    transaction.refuseIfLost();
    const { action, name = "" } = statement;
    if (transaction.writing) {
      if (action === "savepoint") this.#shard.changes.settle();
      this.#shard.writer.driver.exec(action === "savepoint" ? savepointSql(name) : sql);
      if (action === "rollback-to") this.#rolledBack(transaction);
    } else if (action === "savepoint") transaction.addSavepoint(name);
    else if (action === "release") transaction.releaseSavepoint(name);
    else transaction.rollbackToSavepoint(name);
  }

  /** Runs `body` under one transaction of its own, or under a savepoint of the open one. */
  *atomically<T>(body: () => T): Steps<T> {
    const outer = this.#transaction;
    outer?.refuseIfLost();
    if (outer === null) {
      yield* this.takeLease();
      this.#transaction = new Transaction({ implicit: true });
      this.#transaction.writing = true;
    } else {
      yield* this.openForWriting(outer);
    }
    let done = false;
    try {
      const { changes, writer } = this.#shard;
      changes.settle();
      const result = writer.driver.atomically(() => {
        if (outer === null) {
          changes.sealForeign();
          this.deferKeys();
        }
        const value = body();
        if (outer === null) changes.boundary();
        return value;
      });
      done = true;
      return result;
    } finally {
      if (outer === null) this.#finish(done);
      else {
        if (!done) this.#rolledBack(outer);
        this.noticeLoss(outer);
      }
    }
  }

  *openForWriting(transaction: Transaction): Steps<void> {
    if (transaction.writing) return;
    yield* this.takeLease();
    const { driver } = this.#shard.writer;
    try {
      driver.exec(transaction.openingSql());
      try {
        this.#moment?.refuseStale();
      } catch (error) {
        driver.exec("ROLLBACK");
        throw error;
      }
      this.#moment?.release();
      this.deferKeys();
      transaction.writing = true;
      this.#shard.changes.sealForeign();
    } finally {
      if (!transaction.writing) this.#shard.lease.release(this);
    }
  }

  *takeLease(): Steps<void> {
    const { lease } = this.#shard;
    if (!lease.tryAcquire(this)) yield { kind: "lease" };
    if (this.writing) return;
    let ready = false;
    try {
      this.#shard.enter(this.#shard.writer, this.#shard.changes);
      this.#applyForeignKeys();
      ready = true;
    } finally {
      if (!ready) lease.release(this);
    }
  }

  /** In a transaction on the writer: what the session said before it began. */
  deferKeys(): void {
    if (this.defersKeys) this.#shard.writer.driver.exec("PRAGMA defer_foreign_keys = ON");
  }

  /** The transaction is over, or the statement that was one. */
  endDeferral(): void {
    if (!this.defersKeys) return;
    this.defersKeys = false;
    const { driver } = this.#shard.writer;
    // SQLite's own ends with its transaction, which there is the whole event.
    if (!driver.caps.transactionStatements) driver.exec("PRAGMA defer_foreign_keys = OFF");
  }

  /** Ends a write outside any transaction. */
  releaseLease(wrote: boolean): void {
    if (wrote) this.#shard.bookmarks.tick();
    this.#shard.lease.release(this);
  }

  /** Ends a transaction as SQLite would; of a scope the home has to. */
  lose(transaction: Transaction): void {
    if (transaction.scoped) transaction.lost = "rolled-back";
    else this.#shard.writer.driver.exec("ROLLBACK");
  }

  /** SQLite may end a transaction by itself: ON CONFLICT ROLLBACK, a full disk. */
  noticeLoss(transaction: Transaction): void {
    if (!transaction.writing || this.#shard.writer.driver.inTransaction) return;
    transaction.lost = "rolled-back";
    this.#abandon(transaction);
  }

  /** The session's driver says when a statement starts and ends. */
  entered(): void {
    this.#moment?.entered();
    this.#idleSinceMs = null;
  }

  left(): void {
    this.#moment?.left(() => {
      if (this.#transaction !== null) this.#transaction.lost = "idle-reading";
    });
    if (!this.writing || this.#transaction?.scoped === true) return;
    this.#idleSinceMs = this.#shard.clock.monotonicMs();
    this.#shard.lease.noteIdle();
  }

  idleSinceMs(): number | null {
    return this.#idleSinceMs;
  }

  expire(): void {
    const transaction = this.#transaction;
    if (transaction === null) return;
    transaction.lost = "idle-in-transaction";
    this.#abandon(transaction);
  }

  /** The client is gone. */
  end(): void {
    const open = this.#transaction !== null;
    if (open) this.rollback();
    if (open) return;
    if (this.#shard.lease.heldBy(this)) this.#shard.lease.release(this);
  }

  #applyForeignKeys(): void {
    const shard = this.#shard;
    if (shard.writerForeignKeys === this.foreignKeys) return;
    shard.enforceForeignKeys(this.foreignKeys);
  }

  #abandon(transaction: Transaction): void {
    const { driver } = this.#shard.writer;
    if (driver.inTransaction) driver.exec("ROLLBACK");
    this.endDeferral();
    transaction.writing = false;
    if (transaction.ddl) this.#shard.schemaChanged();
    else this.#shard.changes.rolledBack();
    this.#shard.lease.release(this);
  }

  #finish(committed: boolean): void {
    const transaction = this.#transaction;
    this.#transaction = null;
    this.endDeferral();
    if (transaction?.ddl === true) this.#shard.schemaChanged();
    else if (!committed) this.#shard.changes.rolledBack();
    this.releaseLease(committed);
    if (committed) this.#shard.changes.committed();
  }

  /** A part of the transaction is undone. */
  #rolledBack(transaction: Transaction): void {
    if (transaction.ddl) this.#shard.writer.forget();
    if (transaction.ddl) this.#shard.changes.forget();
    else this.#shard.changes.rolledBack();
  }
}

/** What a BEGIN statement asks for. */
export function beginOptions(statement: TransactionStatement): BeginOptions {
  const { isolation, readOnly, mode } = statement;
  return {
    // READ UNCOMMITTED is served as READ COMMITTED, as Postgres does.
    ...(isolation === undefined
      ? {}
      : { isolation: isolation === "read uncommitted" ? "read committed" : isolation }),
    ...(readOnly === undefined ? {} : { readOnly }),
    immediate: mode === "immediate" || mode === "exclusive",
  };
}
