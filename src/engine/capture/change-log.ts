import type { Lsn } from "../../base/lsn.ts";
import { toLsn } from "../../base/lsn.ts";
import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import type { BookmarkClock } from "../bookmark-clock.ts";
import { logNames, logSchema } from "../log/layout.ts";
import { LogReader } from "../log/log-reader.ts";
import { LogWriter } from "../log/log-writer.ts";
import { MetaTable } from "../meta-table.ts";
import type { LogOrigin } from "../log/record.ts";
import { commitValues } from "../log/to-transaction.ts";
import { Capture } from "./capture.ts";
import type { CaptureSetting } from "./capture-setting.ts";
import { CAPTURE_OFF } from "./capture-setting.ts";
import { definedName } from "./defined-name.ts";
import type { ChangeTraits } from "./replace-mode.ts";
import { readSchemaRows } from "./schema-rows.ts";
import type { SchemaRow } from "./schema-rows.ts";

/** What a statement's body came to: its failure may still leave rows (OR FAIL). */
type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/**
 * The change log of one file as its writer sees it: every committed change has its entries and
 * its commit entry in the same transaction as itself.
 */
export class ChangeLog {
  readonly #driver: SqlDriver;
  readonly #bookmarks: BookmarkClock;
  readonly #writer: LogWriter;
  readonly #capture: Capture;
  readonly #meta: MetaTable;
  readonly #listeners = new Set<() => void>();
  #setting: CaptureSetting = CAPTURE_OFF;
  #schemaVersion = 0;

  /** @param wanted null keeps what the file says, which at first is `off` */
  constructor(driver: SqlDriver, bookmarks: BookmarkClock, wanted: CaptureSetting | null) {
    this.#driver = driver;
    this.#bookmarks = bookmarks;
    this.#writer = new LogWriter(driver);
    this.#capture = new Capture(driver, () => this.#setting);
    this.#meta = new MetaTable(driver);
    this.#load();
    if (wanted !== null && !sameSetting(wanted, this.#setting)) this.set(wanted);
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
   * Turns capture on, off, or to other tables, in a transaction of its own. The rows that a table
   * holds when its capture begins are logged as one transaction of origin `snapshot`.
   */
  set(setting: CaptureSetting): void {
    this.#driver.atomically(() => {
      if (setting.mode === "on") for (const sql of logSchema(this.#names())) this.#driver.exec(sql);
      this.#meta.write("capture", JSON.stringify(setting));
      const was = this.#setting;
      this.#setting = setting;
      if (setting.mode === "off" && was.mode === "off") return;
      this.#adopt();
      this.boundary("snapshot");
    });
    this.#writer.forget();
    this.committed();
  }

  /** Before a statement that changes rows, inside its transaction. */
  prepare(traits: ChangeTraits | null): void {
    if (this.active && traits !== null) this.#capture.prepare(traits);
  }

  /** Runs DDL inside the caller's transaction, and keeps capture and the log in step with it. */
  runDdl<T>(sql: string, run: () => T): T {
    if (!this.active) return run();
    const parsed = attemptSqlite(sql);
    const statement = parsed instanceof DosqlError ? null : parsed.statement;
    return this.#driver.atomically(() => {
      const before = this.#fingerprint();
      this.#capture.release(statement);
      const result = run();
      if (this.#fingerprint() === before)
        this.#capture.reconcile(this.#point(), statement, "empty");
      else this.#changeSchema(statement, definedName(statement), sql);
      this.#writer.forget();
      return result;
    });
  }

  /** Runs a statement that stands alone as a transaction that ends with its commit entry. */
  commitAfter<T>(body: () => T): T {
    if (!this.active) return body();
    let outcome: Outcome<T> | null = null;
    const whole = (): void => {
      outcome = attempt(body);
      // OR ROLLBACK and a full disk end the transaction by themselves.
      if (this.#driver.inTransaction) this.boundary();
    };
    if (this.#driver.caps.transactionStatements) this.#inTransaction(whole);
    else this.#driver.atomically(whole);
    this.committed();
    return resultOf(outcome);
  }

  /** Before COMMIT: ends the transaction in the log, if it logged anything. */
  boundary(origin: LogOrigin = "local"): void {
    if (this.active && this.#writer.tail().open) this.#commitEntry(origin);
  }

  /** After COMMIT: those who follow the log look at it. */
  committed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** After a rollback that took no DDL back. */
  rolledBack(): void {
    this.#capture.forget();
  }

  /** After DDL was rolled back, or when another connection changed the schema. */
  forget(): void {
    this.#capture.forget();
    this.#writer.forget();
    this.#load();
  }

  /** Calls `listener` after each commit; the returned function ends that. */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #names(): ReturnType<typeof logNames> {
    return logNames(this.#driver.caps.hiddenPrefix);
  }

  #load(): void {
    const text = this.#meta.read("capture");
    this.#setting = typeof text === "string" ? (JSON.parse(text) as CaptureSetting) : CAPTURE_OFF;
    this.#schemaVersion = Number(this.#meta.read("schema_version") ?? 0);
  }

  /**
   * What an open finds: the clock goes on after the newest commit, and what another program did
   * to the file since becomes a transaction of its own.
   */
  #check(): void {
    const newest = new LogReader(this.#driver).lastCommit();
    if (newest !== null) this.#bookmarks.goOnAfter(commitValues(newest));
    this.#driver.atomically(() => {
      this.boundary("foreign");
      if (this.#capture.stands()) return;
      this.#adopt();
      this.boundary("foreign");
    });
  }

  #changeSchema(statement: Statement | null, name: string, sql: string): void {
    this.#schemaVersion += 1;
    this.#meta.write("schema_version", BigInt(this.#schemaVersion));
    const lsn = this.#writer.ddl(name, sql, this.#schemaVersion);
    this.#capture.reconcile({ lsn, version: this.#schemaVersion }, statement, "log-rows");
  }

  /**
   * Logs what stands in the file and is not in the log: the DDL of tables whose capture begins,
   * then their rows.
   */
  #adopt(): void {
    for (const { name, sql } of this.#capture.unknownObjects()) {
      this.#schemaVersion += 1;
      this.#writer.ddl(name, sql, this.#schemaVersion);
    }
    this.#meta.write("schema_version", BigInt(this.#schemaVersion));
    this.#capture.reconcile(this.#point(), null, "log-rows");
  }

  #point(): { readonly lsn: Lsn; readonly version: number } {
    return { lsn: toLsn(this.#writer.tail().head + 1), version: this.#schemaVersion };
  }

  #commitEntry(origin: LogOrigin): void {
    const time = this.#bookmarks.tick();
    this.#writer.commit(time, { schemaVersion: this.#schemaVersion, origin });
  }

  /** The user's part of the schema as text. */
  #fingerprint(): string {
    const facts = ({ type, name, table, sql }: SchemaRow): string =>
      [type, name, table, sql].join("\0");
    return readSchemaRows(this.#driver).user.map(facts).sort().join("\n");
  }

  #inTransaction(body: () => void): void {
    this.#driver.exec("BEGIN IMMEDIATE");
    try {
      body();
      if (this.#driver.inTransaction) this.#driver.exec("COMMIT");
    } finally {
      // A failed COMMIT (a deferred foreign key) leaves SQLite's transaction open.
      if (this.#driver.inTransaction) {
        this.#driver.exec("ROLLBACK");
        this.#capture.forget();
      }
    }
  }
}

function attempt<T>(body: () => T): Outcome<T> {
  try {
    return { value: body() };
  } catch (error) {
    return { error };
  }
}

function resultOf<T>(outcome: Outcome<T> | null): T {
  if (outcome === null) throw new DosqlError("bug", "a statement ended without a result");
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

function sameSetting(a: CaptureSetting, b: CaptureSetting): boolean {
  return a.mode === b.mode && a.except.join("\0") === b.except.join("\0");
}
