import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { RunResult } from "../../ports/sql-driver.ts";
import type { SessionValue } from "../../sql/change/session-values.ts";
import type { CountMark } from "./change-counter.ts";
import { afterDrop, beforeDrop } from "./dropped-rows.ts";
import type { DropMark } from "./dropped-rows.ts";
import type { Handle } from "../handle.ts";
import type { KnownText } from "../text/known-text.ts";
import { connectionAsks } from "../text/schema-effects.ts";
import { engineTable, restoreChanges } from "./restore-changes.ts";
import { restoreRowid } from "./restore-rowid.ts";
import type { RowidHolder, SessionCounts } from "../session/session-counts.ts";
import type { Shard } from "../shard.ts";

/** What a statement that changes rows found when it began. */
export interface Begun {
  /** Null where the statement's own count is all that it changed. */
  readonly mark: CountMark | null;
  /** `last_insert_rowid()` of the connection; null where any answer after it is the session's. */
  readonly rowid: bigint | null;
}

/** What a session heard last, as text: for one that goes on where another ended. */
export interface KeptCounts {
  readonly rowid: string;
  readonly changes: string;
  readonly totalChanges: string;
}

/**
 * A session's own `changes()`, `total_changes()` and `last_insert_rowid()`. SQLite keeps them per
 * connection, and sessions share the writer with each other and with the engine. The first two
 * are bound as parameters where a statement asks for them itself. Where SQLite has to answer (for
 * the rowid, and in views and triggers) the connection is brought to this session's values before.
 */
export class RowidState implements RowidHolder {
  readonly #shard: Shard;
  readonly #counts: SessionCounts;
  #lastRowid = 0n;

  constructor(shard: Shard) {
    this.#shard = shard;
    this.#counts = shard.sharedCounts ?? { changes: 0n, totalChanges: 0n };
  }

  get lastRowid(): bigint {
    return this.#lastRowid;
  }

  get totalChanges(): bigint {
    return this.#counts.totalChanges;
  }

  /** What `resume` takes. */
  get kept(): KeptCounts {
    const { changes, totalChanges } = this.#counts;
    const shared = this.#shard.sharedCounts !== null;
    const rowid = shared ? (this.#shard.rowidOf?.lastRowid ?? 0n) : this.#lastRowid;
    return { rowid: `${rowid}`, changes: `${changes}`, totalChanges: `${totalChanges}` };
  }

  /**
   * Goes on where another session ended, maybe in another life of the home. Inside a transaction,
   * before the first statement; the caller holds the lease.
   */
  resume({ rowid, changes, totalChanges }: KeptCounts): void {
    const shard = this.#shard;
    this.#lastRowid = BigInt(rowid);
    this.#counts.changes = BigInt(changes);
    this.#counts.totalChanges = BigInt(totalChanges);
    shard.changesOf = null;
    if (shard.sharedCounts === null || shard.rowidOf?.lastRowid === this.#lastRowid) return;
    restoreRowid(shard.writer.driver, this.#lastRowid);
    shard.rowidOf = this;
  }

  /** The values to bind, with those that were asked for behind them. */
  bind(values: Row, asked: readonly SessionValue[]): Row {
    return asked.length === 0 ? values : [...values, ...asked.map((name) => this.#counts[name])];
  }

  /** Whether SQLite has to answer with this session's values somewhere in a statement. */
  isAsked(text: KnownText, handle: Handle): boolean {
    const { rowid, counts } = connectionAsks(text, handle.catalog.effects());
    return rowid || counts;
  }

  /** Makes the writer answer a statement with this session's values. The caller holds the lease. */
  restore(text: KnownText): void {
    const shard = this.#shard;
    const { rowid, counts } = connectionAsks(text, shard.writer.catalog.effects());
    if (rowid) this.#restoreRowid();
    // With capture on, the engine itself writes between statements.
    if (!counts || (!shard.changes.active && shard.changesOf === this)) return;
    if (shard.sharedCounts !== null && !shard.changes.active) return;
    restoreChanges(shard.writer.driver, this.#counts.changes);
    shard.changesOf = this;
  }

  /** Before a statement that changes rows, on the writer. */
  begin(text: KnownText): Begun {
    const shard = this.#shard;
    const inserts = text.class.command !== "UPDATE" && text.class.command !== "DELETE";
    if (inserts) this.#restoreRowid();
    this.restore(text);
    const { spread } = shard.writer.catalog.effects();
    return {
      mark: spread ? shard.counter.mark() : null,
      rowid: inserts || shard.sharedCounts !== null ? null : (shard.rowidOf?.lastRowid ?? 0n),
    };
  }

  /** After it, also when it failed in the middle: notes what it left on the writer. */
  wrote({ mark, rowid }: Begun, done: RunResult, failed: boolean): void {
    const shard = this.#shard;
    const changes = BigInt(done.changes);
    this.#counts.changes = changes;
    this.#counts.totalChanges += shard.counter.changed(mark, changes, failed);
    shard.changesOf = this;
    // An UPDATE or DELETE moves it in a virtual table only.
    if (done.lastRowid === rowid) return;
    this.#lastRowid = done.lastRowid;
    shard.rowidOf = this;
  }

  /** After an INSERT that failed, where SQLite by itself would not have stored its row. */
  stoppedEarly(begun: Begun): void {
    const shard = this.#shard;
    const { driver } = shard.writer;
    const rowid = shard.rowidOf?.lastRowid ?? 0n;
    this.wrote(begun, { ...driver.lastRun(), lastRowid: rowid }, true);
    restoreRowid(driver, rowid);
    shard.changesOf = null;
  }

  /** What stood alone was taken back by its COMMIT, which found a deferred foreign key violated. */
  takenBack(totalBefore: bigint): void {
    this.#counts.changes = 0n;
    this.#counts.totalChanges = totalBefore;
    this.#shard.changesOf = null;
  }

  /** Before DDL. */
  beginDdl({ class: { command } }: KnownText): DropMark | null {
    const { writer, counter } = this.#shard;
    const mark = beforeDrop(writer.driver, counter, command);
    if (mark !== null) this.#shard.changesOf = null;
    return mark;
  }

  /** After it. */
  ranDdl(before: DropMark): void {
    afterDrop(this.#counts, this.#shard.counter, before);
  }

  /** VACUUM leaves the connection with the rowid of the last row that it copied, of any table. */
  vacuumed(): void {
    this.#shard.rowidOf = null;
    this.#restoreRowid();
  }

  /** Only an INSERT with a chosen rowid sets it. */
  #restoreRowid(): void {
    const shard = this.#shard;
    if (shard.sharedCounts !== null || shard.rowidOf === this) return;
    const { driver } = shard.writer;
    const table = engineTable(driver, "rowid");
    try {
      this.#insertAndDelete(table);
    } catch (error) {
      if (!(error instanceof DosqlError) || !error.message.startsWith("no such table")) throw error;
      // The first time, and when a rollback took the table back.
      driver.exec(`CREATE TABLE ${table} (x)`);
      this.#insertAndDelete(table);
    }
    shard.rowidOf = this;
    shard.changesOf = null;
  }

  #insertAndDelete(table: string): void {
    const { writer } = this.#shard;
    const run = (sql: string, values: Row): void => {
      writer.plan(sql, "engine").statement.run(values);
    };
    run(`INSERT INTO ${table} (rowid) VALUES (?1)`, [this.#lastRowid]);
    run(`DELETE FROM ${table}`, []);
  }
}
