import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { applyEdits } from "../../sql/change/edit.ts";
import { sessionValueOf, sessionValues } from "../../sql/change/session-values.ts";
import type { SessionValue } from "../../sql/change/session-values.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { ChangeCounter } from "../counts/change-counter.ts";
import { afterDrop, beforeDrop } from "../counts/dropped-rows.ts";
import type { EmbeddedWork } from "./embedded-work.ts";
import { isForeignKeyError, stopsEarly } from "../counts/early-stop.ts";
import { restoreChanges } from "../counts/restore-changes.ts";
import { restoreRowid } from "../counts/restore-rowid.ts";
import { connectionAsks, readSchemaEffects } from "../text/schema-effects.ts";
import type { SchemaEffects } from "../text/schema-effects.ts";
import type { SessionCounts } from "../session/session-counts.ts";
import { foldName } from "../../sql/fold-name.ts";

/** A statement that gets the counts which it asks for as parameters. */
export interface AskingText {
  readonly sql: string;
  /** What it binds behind its own parameters. */
  readonly asked: readonly SessionValue[];
}

/**
 * `changes()` and `total_changes()` as the program of one connection must see them while the
 * engine writes on that connection too. `total_changes()` in views and triggers, and both in DDL,
 * stay SQLite's own answer.
 *
 * @example
 * counts.begin(); // the engine logs changes from now on
 * log.commitAfter(() => counts.count(work, () => statement.run(params), (done) => done.changes));
 * statement.all(counts.bind(params, text.asked), "bigint");
 */
export class EmbeddedCounts {
  readonly #driver: SqlDriver;
  readonly #counter: ChangeCounter;
  readonly #counts: SessionCounts = { changes: 0n, totalChanges: 0n };
  readonly #taken = new Set<SessionValue>();
  /** What the last statements changed and is not in `#counts` yet: adding bigints is slow. */
  #latest: number | null = null;
  #uncounted = 0;
  #begun = false;
  #effects: SchemaEffects | null = null;

  /** @param isLogging whether the change log is there, and written */
  constructor(driver: SqlDriver, isLogging: () => boolean) {
    this.#driver = driver;
    this.#counter = new ChangeCounter(driver, isLogging);
  }

  /**
   * The engine may write on the connection from now on, and every change of the program's goes
   * through `count`. Before that, SQLite counts.
   */
  begin(): void {
    if (this.#begun) return;
    Object.assign(this.#counts, this.#current());
    this.#begun = true;
  }

  /** After DDL, its rollback, and that of another connection. */
  schemaChanged(): void {
    this.#effects = null;
  }

  /** The program made a function of that name, which answers from now on. */
  defined(name: string): void {
    const value = sessionValueOf(name);
    if (value !== null) this.#taken.add(value);
  }

  /**
   * Runs an INSERT, UPDATE or DELETE of the program's. Nothing of the engine's but its triggers
   * may write inside of `body`.
   *
   * @param changesOf what the result says of `changes()`; null when nothing
   */
  count<T>(work: EmbeddedWork, body: () => T, changesOf: (result: T) => number | null): T {
    if (!this.#begun) return body();
    const { spread, asked } = this.#schema();
    if (asked) this.restore(work);
    const mark = spread ? this.#counter.mark() : null;
    const rowid = this.#rowidBefore(work);
    try {
      const result = body();
      const changes = changesOf(result);
      if (mark === null && changes !== null) {
        this.#latest = changes;
        this.#uncounted += changes;
        return result;
      }
      this.#note(mark, changes === null ? this.#counter.live().changes : BigInt(changes), false);
      return result;
    } catch (error) {
      const began = error instanceof DosqlError && error.code === "sqlite";
      if (began) this.#note(mark, this.#counter.live().changes, true);
      if (rowid !== null && isForeignKeyError(error) && stopsEarly(this.#driver, work.sql)) {
        restoreRowid(this.#driver, rowid);
      }
      throw error;
    }
  }

  /** `last_insert_rowid()` before an INSERT that may fail and not move it; null for others. */
  #rowidBefore({ class: { command }, change }: EmbeddedWork): bigint | null {
    const { children } = this.#schema();
    if (command !== "INSERT" || children.size === 0 || change === null) return null;
    return children.has(foldName(change.table)) ? this.#driver.lastRun().lastRowid : null;
  }

  /** What `total_changes()` answers. */
  get total(): bigint {
    return this.#current().totalChanges;
  }

  /** What stood alone was taken back by its COMMIT, which found a deferred foreign key violated. */
  takenBack(totalBefore: bigint): void {
    const counts = this.#settled();
    counts.changes = 0n;
    counts.totalChanges = totalBefore;
  }

  /** Runs DDL of the program's. */
  countDdl<T>({ class: { command } }: EmbeddedWork, body: () => T): T {
    const before = this.#begun ? beforeDrop(this.#driver, this.#counter, command) : null;
    const result = body();
    if (before !== null) afterDrop(this.#settled(), this.#counter, before);
    return result;
  }

  /** Views that ask for the counts are there, and SQLite's answer would be wrong. */
  get viewsAsk(): boolean {
    return this.#begun && this.#schema().counts.views.size > 0;
  }

  /** Before a statement whose views or triggers ask SQLite for `changes()`. */
  restore(work: EmbeddedWork): void {
    if (!this.#begun) return;
    const { counts } = connectionAsks({ class: work.class, asks: NOTHING }, this.#schema());
    if (counts) restoreChanges(this.#driver, this.#settled().changes);
  }

  /** What SQLite gets instead of a statement that asks; null for one that does not. */
  read(sql: string, parameterCount: number): AskingText | null {
    if (!/changes/i.test(sql)) return null;
    const parsed = attemptSqlite(sql);
    if (parsed instanceof DosqlError || parsed.statement === null) return null;
    const found = sessionValues(sql, parsed.statement, parameterCount + 1, this.#taken);
    if (found.values.length === 0) return null;
    return { sql: applyEdits(sql, found.edits), asked: found.values };
  }

  /** The values to bind, with those that were asked for behind them. */
  bind(params: Row, asked: readonly SessionValue[]): Row {
    if (asked.length === 0) return params;
    const counts = this.#current();
    return [...params, ...asked.map((name) => counts[name])];
  }

  #note(mark: Parameters<ChangeCounter["changed"]>[0], changes: bigint, failed: boolean): void {
    const counts = this.#settled();
    counts.changes = changes;
    counts.totalChanges += this.#counter.changed(mark, changes, failed);
  }

  #settled(): SessionCounts {
    if (this.#latest !== null) {
      this.#counts.changes = BigInt(this.#latest);
      this.#counts.totalChanges += BigInt(this.#uncounted);
      this.#latest = null;
      this.#uncounted = 0;
    }
    return this.#counts;
  }

  #schema(): SchemaEffects {
    this.#effects ??= readSchemaEffects(this.#driver);
    return this.#effects;
  }

  #current(): Readonly<SessionCounts> {
    if (this.#begun) return this.#settled();
    const { changes, total } = this.#counter.live();
    return { changes, totalChanges: total };
  }
}

const NOTHING = { rowid: false, counts: false };
