import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import type { BookmarkClock } from "../bookmark-clock.ts";
import { logNames, logSchema } from "../log/layout.ts";
import { LogReader } from "../log/log-reader.ts";
import { LogTail } from "../log/log-tail.ts";
import { LogWriter } from "../log/log-writer.ts";
import { MetaTable } from "../meta-table.ts";
import type { LogOrigin } from "../log/record.ts";
import { commitValues } from "../log/to-transaction.ts";
import type { SchemaView } from "../time/view-table.ts";
import { ViewTable } from "../time/view-table.ts";
import { Capture } from "./capture.ts";
import type { CaptureSetting } from "./capture-setting.ts";
import { CAPTURE_OFF, isCaptured, sameSetting } from "./capture-setting.ts";
import { concernedTable, ddlTelling, renamedTo } from "./ddl-telling.ts";
import type { DdlTelling } from "./ddl-telling.ts";
import { definedName } from "./defined-name.ts";
import type { ChangeTraits } from "./replace-mode.ts";
import { readSchemaRows } from "./schema-rows.ts";
import type { SchemaRow } from "./schema-rows.ts";
import type { Outcome } from "./statement-outcome.ts";
import { attempt, mayKeepRows, resultOf } from "./statement-outcome.ts";
import { ToldSchema } from "./told-schema.ts";
import { mayReplaceUnseen, replaceUnseen } from "./unseen-replace.ts";
import { VirtualChange } from "./virtual-change.ts";
import type { StatementSource } from "./virtual-footprint.ts";

/**
 * The change log of one file as its writer sees it: every committed change has its entries and
 * its commit entry in the same transaction as itself.
 */
export class ChangeLog {
  readonly #driver: SqlDriver;
  readonly #bookmarks: BookmarkClock;
  /** Where it ends. */
  readonly tail: LogTail;
  readonly #writer: LogWriter;
  readonly #capture: Capture;
  readonly #views: ViewTable;
  readonly #told: ToldSchema;
  readonly #meta: MetaTable;
  readonly #listeners = new Set<() => void>();
  /** Entries behind this one must be settled: all, or where there are candidates. */
  #unsettled: { readonly after: Lsn; readonly whole: boolean } | null = null;
  #setting: CaptureSetting = CAPTURE_OFF;
  #schemaVersion = 0;

  /**
   * @param wanted null keeps what the file says, which at first is `off`; `"beside"` too, and
   * leaves the file as it is, because another connection of this process has it open already
   */
  constructor(
    driver: SqlDriver,
    bookmarks: BookmarkClock,
    wanted: CaptureSetting | "beside" | null,
  ) {
    this.#driver = driver;
    this.#bookmarks = bookmarks;
    this.tail = new LogTail(driver);
    this.#writer = new LogWriter(driver, this.tail);
    this.#capture = new Capture(driver, () => this.#setting);
    this.#views = new ViewTable(driver);
    this.#told = new ToldSchema(driver, (table) => isCaptured(this.#setting, table));
    this.#meta = new MetaTable(driver);
    const said = this.#load();
    if (wanted === "beside") return;
    if (wanted !== null && !(said && sameSetting(wanted, this.#setting))) this.set(wanted);
    else if (this.active) this.#check();
  }

  /** Whether changes are logged at all. */
  get active(): boolean {
    return this.#setting.mode === "on";
  }

  get setting(): CaptureSetting {
    return this.#setting;
  }

  get schemaVersion(): number {
    return this.#schemaVersion;
  }

  /**
   * Turns capture on, off, or to other tables, in a transaction of its own of origin `snapshot`:
   * it has the rows that a table holds when its capture begins, and says for restores from when on
   * the log does not tell of others.
   */
  set(setting: CaptureSetting): void {
    this.#driver.atomically(() => {
      if (setting.mode === "on") for (const sql of logSchema(this.#names())) this.#driver.exec(sql);
      this.#meta.write("capture", JSON.stringify(setting));
      const was = this.#setting;
      this.#setting = setting;
      if (setting.mode === "off" && was.mode === "off") return;
      this.#adopt();
      this.settle();
      const begun = was.mode === "on" || new LogReader(this.#driver).lastCommit() !== null;
      if (begun || this.tail.recall().open) this.#commitEntry("snapshot", setting);
    });
    this.#writer.forget();
    this.committed();
  }

  /**
   * Runs a statement that changes rows, or none, inside the caller's transaction.
   *
   * @param source what runs, where the caller has it: then changes of virtual tables cost less
   */
  change<T>(traits: ChangeTraits | null, body: () => T, source: StatementSource | null = null): T {
    if (!this.active || traits === null) return body();
    let run = body;
    for (const virtual of this.#capture.virtual(traits.unread === null ? traits.table : null)) {
      const change = new VirtualChange(this.#driver, virtual, this.#writer);
      const inner = run;
      run = () => change.run(source, inner);
    }
    return this.#change(traits, run);
  }

  #change<T>(traits: ChangeTraits, body: () => T): T {
    this.#prepare(traits);
    if (mayReplaceUnseen(traits)) {
      return this.#driver.atomically(() => {
        // What SQLite has to say about the text comes first.
        body();
        throw replaceUnseen(traits.unread);
      });
    }
    if (!this.#capture.failsMidway(traits)) return body();
    // What it kept could not be told, so it keeps nothing.
    return this.#driver.atomically(body);
  }

  /** Before a statement that changes rows, inside its transaction. */
  #prepare(traits: ChangeTraits): void {
    // As soon as the statement is over: its history is kept in memory.
    if (this.#unsettled?.whole === true) this.settle();
    const need = this.#capture.prepare(traits);
    if (need === "nothing") return;
    const after = this.#unsettled?.after ?? this.#writer.tail().head;
    this.#unsettled = { after, whole: need === "all" };
  }

  /**
   * Brings entries to what really happened, where that could not be told before. Before each
   * savepoint too, since a rollback must not take it back.
   */
  settle(): void {
    if (this.#unsettled === null) return;
    const { after, whole } = this.#unsettled;
    this.#unsettled = null;
    this.#capture.settle(after, whole);
  }

  /** Before VACUUM, which fires no trigger: rows move to where it would move them. */
  beforeVacuum(): void {
    const { caps, inTransaction } = this.#driver;
    // Inside of a transaction it fails; a Durable Object has none.
    if (!this.active || inTransaction || !caps.transactionStatements) return;
    this.commitAfter(() => {
      const after = this.#writer.tail().head;
      this.#unsettled = { after, whole: this.#capture.unknownNeed === "all" };
      this.#capture.compact(this.#point());
    });
  }

  /**
   * Runs what changes rows as a transaction of its own, to which no trigger of the user's answers.
   *
   * @param tables whose rows it changes, in lower case
   */
  commitQuietly(tables: ReadonlySet<string>, body: () => void): void {
    this.commitAfter(() => {
      const after = this.#writer.tail().head;
      this.#unsettled = { after, whole: this.#capture.unknownNeed === "all" };
      this.#capture.withoutTriggers(tables, () => this.#point(), body);
    });
  }

  /** Runs DDL inside the caller's transaction, and keeps capture and the log in step with it. */
  runDdl<T>(sql: string, run: () => T): T {
    if (!this.active) return run();
    const parsed = attemptSqlite(sql);
    const statement = parsed instanceof DosqlError ? null : parsed.statement;
    this.settle();
    return this.#driver.atomically(() => {
      const before = this.#fingerprint();
      const telling = this.#telling(statement);
      this.#capture.release(statement);
      const result = run();
      if (telling === "not" || this.#fingerprint() === before)
        this.#capture.reconcile(this.#point(), statement, "empty");
      else if (telling === "anew") this.#adopt();
      else this.#changeSchema(statement, definedName(statement), sql);
      this.#writer.forget();
      return result;
    });
  }

  /**
   * Runs a statement that stands alone as a transaction that ends with its commit entry.
   *
   * @param leavesNothing whether one that fails does, also where SQLite keeps rows
   */
  commitAfter<T>(body: () => T, leavesNothing = false): T {
    if (!this.active) return body();
    let outcome: Outcome<T> | null = null;
    const whole = (): void => {
      this.sealForeign();
      outcome = attempt(body);
      // Alone, SQLite takes back all that such a statement did; in a transaction it may not.
      if ("error" in outcome && (leavesNothing || !mayKeepRows(outcome.error))) throw outcome.error;
      // OR ROLLBACK and a full disk end the transaction by themselves.
      if (this.#driver.inTransaction) this.boundary();
    };
    this.#inTransaction(whole);
    this.committed();
    return resultOf(outcome);
  }

  /**
   * Before COMMIT: ends the transaction in the log, if it logged anything.
   *
   * @returns whether it did
   */
  boundary(origin: LogOrigin = "local"): boolean {
    if (!this.active || !this.tail.recall().open) return false;
    this.settle();
    this.#commitEntry(origin);
    return true;
  }

  /** After COMMIT: those who follow the log look at it. */
  committed(): void {
    for (const listener of this.#listeners) listener();
  }

  /**
   * Makes what another program did to the file a transaction of its own: its rows, and tables
   * that it made or altered.
   *
   * @param altered whether the schema may be another one
   * @returns whether there was anything
   */
  adoptForeign(altered: boolean): boolean {
    if (!altered && !this.#writer.tail().open) return false;
    if (altered) this.#capture.forget();
    return this.#driver.atomically(() => {
      const newest = new LogReader(this.#driver).lastCommit();
      if (newest !== null) this.#bookmarks.goOnAfter(commitValues(newest));
      const after = newest?.lsn ?? LSN_ZERO;
      this.#unsettled = { after, whole: this.#capture.unknownNeed === "all" };
      const rows = this.boundary("foreign");
      if (!altered) return rows;
      if (this.#capture.stands() && this.#told.stands(readSchemaRows(this.#driver))) return rows;
      this.#adopt();
      this.boundary("foreign");
      return true;
    });
  }

  /**
   * At the begin of a transaction: what another program wrote since the last look is a transaction
   * of its own, not a part of this one. Another process of ours may have committed in the same
   * millisecond, and no two transactions are at one time.
   */
  sealForeign(): void {
    if (!this.active || !this.#driver.caps.transactionStatements) return;
    const { open, time } = this.#writer.tail();
    if (open) this.adoptForeign(false);
    else if (time !== null) this.#bookmarks.goOnAfter(time);
  }

  /** When another connection of this process may have written since this one did. */
  resume(): void {
    if (this.active) this.#capture.resume();
  }

  /** While `recursive_triggers` is on, REPLACE fires delete triggers and needs nothing else. */
  set replaceFiresTriggers(fires: boolean) {
    this.#capture.replaceFiresTriggers = fires;
  }

  /** After a COMMIT that failed and left the transaction open: takes back what `boundary` did. */
  withdrawBoundary(): void {
    this.#writer.withdrawCommit();
  }

  /** Before the file is closed: whoever writes into it next may not be us. */
  rest(): void {
    if (!this.active) return;
    try {
      this.#capture.rest();
    } catch (error) {
      // A file that cannot be written (any more) can be closed all the same.
      if (!(error instanceof DosqlError && error.code === "sqlite")) throw error;
    }
  }

  /** After a rollback that took no DDL back. */
  rolledBack(): void {
    this.#resettle();
    this.#capture.rolledBack();
  }

  /** After DDL was rolled back, or when another connection changed the schema. */
  forget(): void {
    this.#resettle();
    this.#capture.forget();
    this.#writer.forget();
    this.#load();
  }

  /** Calls `listener` after each commit; the returned function ends that. */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** After a rollback: entries that are gone need not be settled, and others get their numbers. */
  #resettle(): void {
    if (this.#unsettled === null) return;
    const { after, whole } = this.#unsettled;
    const head = this.#writer.tail().head;
    this.#unsettled = this.#driver.inTransaction
      ? { after: toLsn(Math.min(after, head)), whole }
      : null;
  }

  #names(): ReturnType<typeof logNames> {
    return logNames(this.#driver.caps.hiddenPrefix);
  }

  /** Whether the file says anything about capture. */
  #load(): boolean {
    const text = this.#meta.read("capture");
    this.#setting = typeof text === "string" ? (JSON.parse(text) as CaptureSetting) : CAPTURE_OFF;
    this.#schemaVersion = Number(this.#meta.read("schema_version") ?? 0);
    return text !== null;
  }

  /**
   * What an open finds: the clock goes on after the newest commit, and what another program did
   * to the file since becomes a transaction of its own.
   */
  #check(): void {
    const newest = new LogReader(this.#driver).lastCommit();
    if (newest !== null) this.#bookmarks.goOnAfter(commitValues(newest));
    this.adoptForeign(true);
  }

  #telling(statement: Statement | null): DdlTelling {
    if (this.#setting.except.length === 0) return "as-is";
    return ddlTelling(statement, {
      rows: readSchemaRows(this.#driver),
      isCaptured: (table) => isCaptured(this.#setting, table),
      isTold: (table) => this.#told.knows(table),
    });
  }

  #changeSchema(statement: Statement | null, name: string, sql: string): void {
    const told = renamedTo(statement) ?? concernedTable(statement, readSchemaRows(this.#driver));
    this.#schemaVersion += 1;
    this.#meta.write("schema_version", BigInt(this.#schemaVersion));
    const lsn = this.#writer.ddl(name, sql, this.#schemaVersion);
    this.#views.reconcile(lsn, this.#schemaViews());
    this.#capture.reconcile({ lsn, version: this.#schemaVersion }, statement, "log-rows");
    this.#told.note(readSchemaRows(this.#driver), told);
  }

  /**
   * Logs what stands in the file and is not in the log: the DDL that leads there, then the rows
   * of the tables whose capture begins.
   */
  #adopt(): void {
    const rows = readSchemaRows(this.#driver);
    for (const { name, sql } of this.#told.changes(rows, this.#capture.unknownTables(rows))) {
      this.#schemaVersion += 1;
      this.#writer.ddl(name, sql, this.#schemaVersion);
    }
    this.#meta.write("schema_version", BigInt(this.#schemaVersion));
    this.#views.reconcile(this.#point().lsn, this.active ? this.#schemaViews() : []);
    this.#capture.reconcile(this.#point(), null, "adopt");
    this.#told.note(readSchemaRows(this.#driver));
  }

  #point(): { readonly lsn: Lsn; readonly version: number } {
    return { lsn: toLsn(this.#writer.tail().head + 1), version: this.#schemaVersion };
  }

  #commitEntry(origin: LogOrigin, setting: CaptureSetting | null = null): void {
    const time = this.#bookmarks.tick();
    const capture = setting === null ? {} : { capture: JSON.stringify(setting) };
    this.#writer.commit(time, { schemaVersion: this.#schemaVersion, origin, ...capture });
  }

  #schemaViews(): SchemaView[] {
    return readSchemaRows(this.#driver)
      .user.filter(({ type }) => type === "view")
      .map(({ name, sql }) => ({ name, sql: sql ?? "" }));
  }

  /** The user's part of the schema as text. */
  #fingerprint(): string {
    const facts = ({ type, name, table, sql }: SchemaRow): string =>
      [type, name, table, sql].join("\0");
    const rows = readSchemaRows(this.#driver).user.map(facts).sort();
    return [...rows, ...this.#headerNumbers()].join("\n");
  }

  /** A Durable Object has none. */
  #headerNumbers(): string[] {
    if (!this.#driver.caps.transactionStatements) return [];
    return ["user_version", "application_id"].map((name) => {
      const [row] = this.#driver.prepare(`PRAGMA ${name}`).all([], "number");
      return `${name} ${String(row?.[0])}`;
    });
  }

  #inTransaction(body: () => void): void {
    let committed = false;
    try {
      if (this.#driver.caps.transactionStatements) committed = this.#begun(body);
      else {
        this.#driver.atomically(body);
        committed = true;
      }
    } finally {
      if (!committed) this.rolledBack();
    }
  }

  /** Whether it was committed: OR ROLLBACK may have ended it before. */
  #begun(body: () => void): boolean {
    this.#driver.exec("BEGIN IMMEDIATE");
    try {
      body();
      if (!this.#driver.inTransaction) return false;
      this.#driver.exec("COMMIT");
      return true;
    } finally {
      // A failed COMMIT (a deferred foreign key) leaves SQLite's transaction open.
      if (this.#driver.inTransaction) this.#driver.exec("ROLLBACK");
    }
  }
}
