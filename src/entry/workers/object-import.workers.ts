/*
 * Imports in a Durable Object. A script of ordinary size is one transaction in one event. One that
 * would outlive what the platform gives an event is run in slices, each a transaction and an event
 * of its own, while the import holds the write lease, so that nobody sees the database meanwhile.
 * Such a script begins in an empty database, and when it fails, all is dropped again: it came
 * as a whole or not at all. How far it came is stored with each slice: after a reset it goes on.
 */
import { DosqlError } from "../../base/errors.ts";
import { attempt, resultOf } from "../../engine/capture/statement-outcome.ts";
import { readSchemaRows } from "../../engine/capture/schema-rows.ts";
import { ForeignKeyScript } from "../../engine/text/foreign-key-script.ts";
import type { Shard } from "../../engine/shard.ts";
import { SpoolTable } from "../../engine/spool-table.ts";
import { SyncSession } from "../../engine/session/sync-session.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { notImporting } from "../../server/transfer/import-runs.ts";
import type { ImportState } from "../../server/transfer/import-state.ts";
import { IMPORTER, isOpen, readImport, writeImport } from "../../server/transfer/import-state.ts";
import type { IngestCounts } from "../../server/transfer/spooled-script.ts";
import {
  ingestSpooled,
  runNumbered,
  spooledKeysOff,
  statementsOf,
} from "../../server/transfer/spooled-script.ts";
import type { ImportReport, ImportStep } from "../../server/transfer/transfer.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { runWithKeysOff } from "./foreign-key-script.workers.ts";
import type { ObjectHome } from "./object-home.workers.ts";

/** An event may take 30 s of CPU. Measured: 16 MB of one-row INSERTs take about 2 s. */
const WHOLE_BYTES = 16 * 1024 * 1024;
/** Of text, in UTF-16 units: below a second, so that a reset loses little. */
const SLICE_LENGTH = 4 * 1024 * 1024;
/** Rows of a table that are deleted at once, before it is dropped. */
const UNDO_ROWS = 50_000;
/** A client that asks how it goes drives it; one that went away is not waited for. */
const IDLE_MS = 15_000;

/** The imports of one object. */
export class ObjectImport {
  readonly #ctx: DurableObjectState;
  readonly #home: ObjectHome;
  /** The statements behind those that were run; null after a reset. */
  #texts: { readonly script: string; readonly rest: Iterator<string> } | null = null;

  #turn: Promise<unknown> = Promise.resolve();
  /** Nobody asks how it goes, so one alarm follows the other. */
  #isAlone = false;

  constructor(ctx: DurableObjectState, home: ObjectHome) {
    this.#ctx = ctx;
    this.#home = home;
  }

  /** Whether one goes on. */
  get isOpen(): boolean {
    return isOpen(this.#read());
  }

  /** Begins to run a script that lies in the object; null when it goes on. */
  async begin(script: string): Promise<ImportStep> {
    const { driver, shard } = this.#home;
    const spool = new SpoolTable(driver);
    if (!spool.isClosed(script) || spool.read(script, 0) === null) throw unknownScript();
    if (isOpen(this.#read())) throw isBusy();
    const keysOff = spooledKeysOff(spool, script);
    if (spool.sizeBytes(script) <= WHOLE_BYTES || !isEmpty(shard)) {
      return this.#whole(spool, script, keysOff);
    }
    if (!shard.lease.tryAcquire(IMPORTER)) throw isBusy();
    const nowMs = workersClock.nowMs();
    const none = { statements: 0, rowsRead: 0, rowsWritten: 0 };
    const times = { startedMs: nowMs, steppedMs: nowMs };
    this.#store({ script, phase: "running", keysOff, ...none, ...times });
    return this.step(script);
  }

  /** Goes on with it, and tells what became of it. */
  async step(script: string): Promise<ImportStep> {
    this.#isAlone = false;
    const next = await this.#inTurn((state) => state.script === script);
    if (next?.script !== script) throw notImporting();
    if (next.report !== undefined) return next.report;
    const { phase, failure } = next;
    if (phase !== "failed" || failure === undefined) return null;
    throw new DosqlError(failure.code, failure.message, failure);
  }

  /** The alarm came: true while an import goes on, which nothing else is done beside. */
  async ring(): Promise<boolean> {
    const state = this.#read();
    if (!isOpen(state)) return false;
    this.#home.rang();
    this.#isAlone ||= workersClock.nowMs() - state.steppedMs >= IDLE_MS;
    const next = await this.#inTurn(() => this.#isAlone);
    if (isOpen(next)) this.#home.wakeIn(this.#isAlone ? 0 : IDLE_MS);
    return isOpen(next);
  }

  /** Opens the database first: it may be one that nobody has used yet. */
  #read(): ImportState | null {
    return readImport(this.#home.shard.writer.driver);
  }

  /** One slice after the other, however many ask for one. */
  #inTurn(wants: (state: ImportState) => boolean): Promise<ImportState | null> {
    const mine = this.#turn.then(async () => {
      const state = this.#read();
      return isOpen(state) && wants(state) ? this.#advanced(state) : state;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #whole(spool: SpoolTable, script: string, keysOff: boolean): Promise<ImportReport> {
    const startedMs = workersClock.nowMs();
    const session = this.#home.session("number");
    try {
      // Thrown out of what blocks the object, a failure would reset it.
      const run = () => attempt(() => ingestSpooled(spool, script, session, keysOff));
      const shard = (): Shard => this.#home.shard;
      const done = keysOff ? await runWithKeysOff(this.#ctx, shard, run) : run();
      return this.#report(resultOf(done), startedMs);
    } finally {
      spool.drop(script);
      spool.close(script);
    }
  }

  #report(counts: IngestCounts, startedMs: number): ImportReport {
    return {
      ...counts,
      sizeBytes: this.#home.driver.sizeBytes(),
      durationMs: workersClock.nowMs() - startedMs,
      bookmark: this.#home.session("number").seen,
    };
  }

  #store(state: ImportState): ImportState {
    const stored = { ...state, steppedMs: workersClock.nowMs() };
    writeImport(this.#home.driver, stored);
    this.#home.shard.changesOf = null;
    return stored;
  }

  /** One slice more. */
  async #advanced(state: ImportState): Promise<ImportState> {
    this.#home.wakeIn(IDLE_MS);
    const step = () => attempt(() => this.#slice(state));
    const done = await runWithKeysOff(this.#ctx, () => this.#home.shard, step);
    if (!("error" in done)) {
      const { lease } = this.#home.shard;
      if (!isOpen(done.value) && lease.heldBy(IMPORTER)) lease.release(IMPORTER);
      return done.value;
    }
    // It has read on, and what it did is rolled back.
    this.#texts = null;
    const isFinal = done.error instanceof DosqlError && done.error.code !== "busy";
    if (state.phase === "undoing" || !isFinal) throw done.error;
    const { code, message, sqlite, hint } = done.error;
    const failure = { code, message, ...(sqlite && { sqlite }), ...(hint && { hint }) };
    return this.#store({ ...state, phase: "undoing", failure });
  }

  #slice(state: ImportState): ImportState {
    const { shard } = this.#home;
    const session = new SyncSession(shard, { integers: "number", pragmas: "home", whole: true });
    // SQLite looks at keys when a transaction ends, and this one ends in the middle.
    session.control.foreignKeys = false;
    shard.lease.lend(IMPORTER, session.control);
    try {
      return state.phase === "running" ? this.#run(session, state) : this.#undo(session, state);
    } finally {
      if (shard.lease.heldBy(session.control)) shard.lease.release(session.control);
    }
  }

  #run(session: SyncSession, state: ImportState): ImportState {
    const { driver, shard } = this.#home;
    const { keysOff } = state;
    const keys = keysOff ? null : new ForeignKeyScript(driver);
    let { statements } = state;
    let isAtEnd = false;
    const unread = (): Iterator<string> => this.#statements(state);
    const texts = function* (): Generator<string> {
      // Reading what was spooled may write, so it waits until the keys are off.
      const rest = unread();
      for (let length = 0; length < SLICE_LENGTH;) {
        const next = rest.next();
        isAtEnd = next.done === true;
        if (next.done === true) break;
        length += next.value.length;
        statements += 1;
        // Plain rows are held against the keys at the end.
        if (keys !== null && !isPlain(next.value)) meet(keys, shard, next.value);
        yield next.value;
      }
      if (isAtEnd && !keysOff) requireKeys(shard);
      // In the same transaction: after a reset it is known what was done.
      writeImport(driver, { ...state, statements });
    };
    const before = state.statements;
    const done = runNumbered(session, { texts: texts(), before, keysOff: false });
    const rowsRead = state.rowsRead + done.rowsRead;
    const rowsWritten = state.rowsWritten + done.rowsWritten;
    const now = { ...state, statements, rowsRead, rowsWritten };
    if (!isAtEnd) return this.#store(now);
    const report = this.#report({ statements, rowsRead, rowsWritten }, state.startedMs);
    return this.#end({ ...now, phase: "done", report });
  }

  /** What was not run yet. After a reset the script is read again, and what was run is skipped. */
  #statements({ script, statements }: ImportState): Iterator<string> {
    if (this.#texts?.script === script) return this.#texts.rest;
    const rest = statementsOf(new SpoolTable(this.#home.driver), script);
    for (let skipped = 0; skipped < statements; skipped++) rest.next();
    this.#texts = { script, rest };
    return rest;
  }

  /** A part of what was made goes. */
  #undo(session: SyncSession, state: ImportState): ImportState {
    const { user, virtual, tables } = readSchemaRows(this.#home.driver);
    const { lease } = this.#home.shard;
    const run = (sql: string): number => {
      // The one before it has given the lease back.
      if (lease.heldBy(IMPORTER)) lease.lend(IMPORTER, session.control);
      return session.script([{ sql, params: [] }]).rowsWritten;
    };
    for (const { type, name } of user) {
      if (type === "trigger" || type === "view")
        run(`DROP ${type} IF EXISTS ${quoteIdentifier(name)}`);
    }
    const next = virtual[0] ?? tables[0];
    if (next === undefined) return this.#end({ ...state, phase: "failed" });
    const table = quoteIdentifier(next.name);
    // The change log tells of each row, so a long table goes bit by bit; unless it has a column
    // called `rowid`, by which none might go.
    const isLong = virtual.length === 0 && hasMoreRows(session, table);
    const gone = isLong ? run(`DELETE FROM ${table} WHERE rowid IN (${firstRows(table)})`) : 0;
    if (gone === 0) run(`DROP TABLE ${table}`);
    return this.#store(state);
  }

  #end(state: ImportState): ImportState {
    this.#texts = null;
    const spool = new SpoolTable(this.#home.driver);
    spool.drop(state.script);
    spool.close(state.script);
    return this.#store(state);
  }
}

/** INSERTs that can neither replace a row nor change one. */
function isPlain(sql: string): boolean {
  if (!/^insert\s+into\b/i.test(sql)) return false;
  return !UPSERT.test(sql) || !UPSERT.test(sql.replace(/'[^']*'/g, ""));
}

const UPSERT = /\bon\s+conflict\b/i;

/** Deletes and updates may have to reach other tables, which they do not without keys. */
function meet(keys: ForeignKeyScript, shard: Shard, sql: string): void {
  const text = attempt(() => shard.texts.read(sql, false).text);
  // What cannot be read says so when it runs.
  if ("error" in text) return;
  const met = attempt(() => keys.meet(text.value));
  if (!("error" in met)) return;
  throw new DosqlError("limit", `${text.value.class.command} in a script of more than 16 MiB`, {
    hint:
      "such a script may only insert into tables with foreign keys: put the statement into a " +
      "script of its own, or turn foreign keys off in this one",
  });
}

/** @throws DosqlError as a commit would */
function requireKeys({ writer }: Shard): void {
  const [broken] = writer.driver
    .prepare("SELECT 1 FROM pragma_foreign_key_check LIMIT 1")
    .all([], "number");
  if (broken === undefined) return;
  throw new DosqlError("sqlite", "FOREIGN KEY constraint failed", {
    sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
  });
}

function isEmpty({ writer }: Shard): boolean {
  return readSchemaRows(writer.driver).user.every(({ name }) => /^(?:sqlite|_cf)_/i.test(name));
}

function firstRows(table: string): string {
  return `SELECT rowid FROM ${table} LIMIT ${UNDO_ROWS}`;
}

/** False also for a table without rowids, which goes at once. */
function hasMoreRows(session: SyncSession, table: string): boolean {
  const beyond = `SELECT rowid FROM ${table} LIMIT 1 OFFSET ${UNDO_ROWS}`;
  const found = attempt(() => session.execute(beyond, []).rows);
  return !("error" in found) && found.value.length > 0;
}

function unknownScript(): DosqlError {
  return new DosqlError("not-found", "this script was taken already, or never came", {
    hint: "begin anew",
  });
}

function isBusy(): DosqlError {
  return new DosqlError("busy", "an import or a transaction is under way in this database", {
    hint: "try again",
  });
}
