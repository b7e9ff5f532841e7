import { DosqlError } from "../../base/errors.ts";
import {
  DEFAULT_RESULT_LIMITS,
  MAX_RESULT_BYTES,
  ResultMeter,
  type ResultLimits,
} from "../../base/row-size.ts";
import type { Row } from "../../base/value.ts";
import type { ReaderTask } from "../../ports/reader-host.ts";
import type { ColumnInfo, IntegerMode, RunResult, SqlDriver } from "../../ports/sql-driver.ts";
import { orAbort } from "../../sql/change/fit/or-abort.ts";
import { changesDefinition } from "../../sql/read/definition-change.ts";
import type { StatementClass } from "../../sql/read/statement-class.ts";
import { withoutEngineRows } from "../engine-rows.ts";
import { type FittedText, fittedText, isTooWide } from "../text/fitted-text.ts";
import type { Handle, Plan } from "../handle.ts";
import type { KnownText } from "../text/known-text.ts";
import { exactlyReturned } from "../text/returned-rows.ts";
import type { ResultSet } from "./result-set.ts";
import type { SessionOptions } from "./session.ts";
import type { OpenRows } from "../row-parts.ts";
import { QueuedRows } from "./queued-rows.ts";
import { isForeignKeyError, stopsEarly } from "../counts/early-stop.ts";
import { type Begun, RowidState } from "../counts/rowid-state.ts";
import type { Shard } from "../shard.ts";

/** How a session wants its statements run. */
interface RunnerOptions {
  readonly integers: IntegerMode;
  /** This thread serves others too, so results are limited here as in a reader process. */
  readonly bounded: boolean;
  /** What the session asks for; null for the default. */
  readonly limits: ResultLimits | null;
  readonly reportSize: boolean;
  /** See `SessionOptions.whole`. */
  readonly whole: boolean;
}

/** Runs single statements of one session on a connection it may use, and shapes their results. */
export class StatementRunner {
  readonly #shard: Shard;
  readonly #integers: IntegerMode;
  readonly #rowids: RowidState;
  readonly #bounded: boolean;
  /** What the session asks for; null for the default. */
  readonly #limits: ResultLimits | null;
  readonly #reportSize: boolean;
  readonly #queued = new QueuedRows();
  readonly #whole: boolean;

  constructor(shard: Shard, options: RunnerOptions) {
    this.#shard = shard;
    this.#integers = options.integers;
    this.#bounded = options.bounded;
    this.#limits = options.limits;
    this.#reportSize = options.reportSize;
    this.#whole = options.whole;
    this.#rowids = new RowidState(shard);
  }

  /** The values to bind: those given, and the session's own that the text asks for. */
  bind(text: KnownText, values: Row): Row {
    return this.#rowids.bind(values, text.sessionValues);
  }

  /** Whether SQLite itself has to answer with what this session wrote last: only on the writer. */
  asksConnection(text: KnownText, handle: Handle): boolean {
    return this.#rowids.isAsked(text, handle);
  }

  /** Whether a deferred transaction begins to read with it; SQLite's does not with `SELECT 1`. */
  readsFile({ class: kind, sql }: KnownText): boolean {
    return kind.pragma !== undefined || NAMES_TABLE.test(sql);
  }

  read(text: KnownText, values: Row, handle: Handle): ResultSet {
    return this.#fitting(text, values, (fit) => this.#read(fit.text, fit.values, handle));
  }

  #read(text: KnownText, values: Row, handle: Handle): ResultSet {
    if (this.#rowids.isAsked(text, handle)) this.#rowids.restore(text);
    const plan = planOf(text, handle);
    const rows =
      this.#limits !== null || (this.#bounded && !isShortRead(text, plan))
        ? this.#boundedRows(plan, values)
        : plan.statement.all(values, this.#integers);
    const shown = withoutEngineRows(text.class, rows, handle.driver.caps.hiddenPrefix);
    const result = this.result(text, plan.columns, shown);
    const { counts } = plan.statement;
    return counts === undefined ? result : { ...result, ...counts };
  }

  /** A read whose rows are wanted one by one, on a connection that changes nothing meanwhile. */
  open(text: KnownText, values: Row, driver: SqlDriver): OpenRows {
    return this.#fitting(text, values, (fit) => {
      const { sql } = fit.text;
      const statement = driver.prepareUser?.(sql) ?? driver.prepare(sql);
      const rows = statement.iterate(fit.values, this.#integers);
      // Only the first step tells what is wrong, and which columns there are.
      const first = rows.next();
      const columns = [...statement.columns()];
      return { columns, rows: continued(first, rows) };
    });
  }

  /** A read for a process other than this one. */
  task({ sql }: KnownText, params: Row): ReaderTask {
    const limits = this.#limits;
    return { sql, params, integers: this.#integers, ...(limits === null ? {} : { limits }) };
  }

  /** On the writer; the caller holds the lease. */
  write(text: KnownText, values: Row): ResultSet {
    const whole = this.#whole ? aborting(text) : text;
    return this.#fitting(whole, values, (fit) => this.#change(fit.text, fit.values));
  }

  /** Runs a statement; one that meets a limit of the home's SQLite again, in other words. */
  #fitting<T>(text: KnownText, values: Row, run: (fit: FittedText) => T): T {
    const { caps } = this.#shard.writer.driver;
    const given = { text, values };
    let fit = (isTooWide(values, caps) && fittedText(text, values, caps, null)) || given;
    for (;;) {
      try {
        return run(fit);
      } catch (error) {
        const next = fittedText(fit.text, fit.values, caps, error);
        if (next === null) throw fit === given ? error : unplaced(error);
        fit = next;
      }
    }
  }

  get counts(): RowidState {
    return this.#rowids;
  }

  /** What `total_changes()` answers. */
  get totalChanges(): bigint {
    return this.#rowids.totalChanges;
  }

  /** @see RowidState.takenBack */
  takenBack(totalBefore: bigint): void {
    this.#rowids.takenBack(totalBefore);
  }

  #change(text: KnownText, values: Row): ResultSet {
    const { changes, writer } = this.#shard;
    if (changesDefinition(text.class)) {
      return changes.runDdl(text.sql, () => this.#write(text, values));
    }
    if (text.class.command === "VACUUM") changes.beforeVacuum();
    const source = { sql: text.sql, params: values };
    const change = (): ResultSet =>
      changes.change(text.change, () => this.#write(text, values), source);
    // A trigger may say RAISE(FAIL). With a change log the statement is a transaction anyway.
    const mayLeaveRows =
      this.#whole &&
      !changes.active &&
      (text.change?.action === "FAIL" || writer.catalog.effects().spread);
    return mayLeaveRows ? writer.driver.atomically(change) : change();
  }

  #write(text: KnownText, values: Row): ResultSet {
    const { writer } = this.#shard;
    const writes = text.class.kind === "write";
    if (!writes) this.#rowids.restore(text);
    let plan = planOf(text, writer);
    const begun = writes ? this.#rowids.begin(text) : null;
    const beforeDdl = text.class.kind === "ddl" ? this.#rowids.beginDdl(text) : null;
    // Only a home that counts rows needs to know which of them are the log's.
    const counted = writes && plan.statement.counts !== undefined;
    const { counter } = this.#shard;
    const tail = counted ? counter.tail() : null;
    const ends = tail === null ? undefined : counter.ends(tail);
    const total = this.#rowids.totalChanges;
    let rows: Row[] = [];
    let done: RunResult | null = null;
    try {
      if (plan.columns.length > 0) ({ plan, rows } = this.#returned(plan, values, writes));
      else done = plan.statement.run(values, ends);
      done ??= writer.driver.lastRun(ends);
      if (begun !== null) this.#rowids.wrote(begun, done, false);
      if (beforeDdl !== null) this.#rowids.ranDdl(beforeDdl);
    } catch (error) {
      // A statement that failed in the middle counts too, one that never began does not.
      const began = error instanceof DosqlError && ["sqlite", "limit"].includes(error.code);
      if (begun !== null && began) this.#failed(text, begun, error);
      throw error;
    }
    if (!writes) rows = withoutEngineRows(text.class, rows, writer.driver.caps.hiddenPrefix);
    if (text.class.command === "VACUUM") this.#rowids.vacuumed();
    if (changesSchema(text.class)) writer.forget();
    const changes = this.#whole ? Number(this.#rowids.totalChanges - total) : done.changes;
    const result = this.result(text, plan.columns, rows, writes || this.#whole ? changes : 0);
    const { counts } = plan.statement;
    if (counts === undefined) return result;
    const logged = tail === null ? 0 : counter.loggedSince(tail, done.also);
    // With triggers of the user's, SQLite puts them aside anyway.
    const isOurs = logged > 1 && counts.rowsRead > 1 && !writer.catalog.effects().spread;
    const rowsRead = counts.rowsRead - (isOurs ? this.#queued.of(text) : 0);
    // What the object's own code wrote before, past us, is logged and was not counted.
    return { ...result, rowsRead, rowsWritten: Math.max(0, counts.rowsWritten - logged) };
  }

  #failed(text: KnownText, begun: Begun, error: unknown): void {
    const { changes, writer } = this.#shard;
    const isKey = isForeignKeyError(error);
    if (changes.active && isKey && stopsEarly(writer.driver, text.sql)) {
      this.#rowids.stoppedEarly(begun);
      return;
    }
    // A home that looks at deferred keys itself has counted what it took back then.
    const done = writer.driver.lastRun();
    // Where texts are compiled by running them, it may never have begun.
    const isMistake = (error as Partial<DosqlError>).sqlite === "SQLITE_ERROR";
    if (isMistake && writer.driver.caps.narrow === true && !compiles(writer.driver, text)) return;
    this.#rowids.wrote(begun, isKey ? { ...done, changes: 0 } : done, true);
  }

  /** Rows of a read that may be long, on a thread that must not run out of memory. */
  #boundedRows(plan: Plan, values: Row): Row[] {
    const rows: Row[] = [];
    const meter = new ResultMeter(this.#limits ?? DEFAULT_RESULT_LIMITS);
    for (const row of plan.statement.iterate(values, this.#integers)) {
      meter.count(row);
      rows.push(row);
    }
    return rows;
  }

  /** Rows of RETURNING. SQLite has changed all rows when the first one comes, so they go again. */
  #returned(plan: Plan, values: Row, writes: boolean): { plan: Plan; rows: Row[] } {
    const limits = this.#limits;
    const { writer } = this.#shard;
    const rounds = writes && this.#integers === "bigint" && writer.driver.caps.narrow === true;
    const run = (): { plan: Plan; rows: Row[] } =>
      (rounds ? exactlyReturned(plan.sql, values, writer) : null) ?? {
        plan,
        rows: plan.statement.all(values, this.#integers),
      };
    if (limits === null) return run();
    return writer.driver.atomically(() => {
      const returned = run();
      const meter = new ResultMeter(limits);
      for (const row of returned.rows) meter.count(row);
      return returned;
    });
  }

  result(
    text: KnownText,
    columns: readonly ColumnInfo[] = [],
    rows: Row[] = [],
    changes = 0,
  ): ResultSet {
    return {
      columns,
      rows,
      changes,
      lastRowid: this.#rowids.lastRowid,
      command: text.class.command,
      ...(this.#reportSize ? { sizeBytes: this.#shard.writer.driver.sizeBytes() } : {}),
    };
  }

  /** The answer of a PRAGMA that we keep ourselves. */
  flag(text: KnownText, name: string, value: boolean): ResultSet {
    const column = { name, table: null, column: null, declaredType: null };
    const number = value ? 1 : 0;
    return this.result(text, [column], [[this.#integers === "bigint" ? BigInt(number) : number]]);
  }
}

function compiles(driver: SqlDriver, { sql, parameterCount }: KnownText): boolean {
  const nulls = new Array<null>(parameterCount).fill(null);
  try {
    driver.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(nulls, "number");
    return true;
  } catch {
    return false;
  }
}

function* continued(first: IteratorResult<Row>, rows: IterableIterator<Row>): Generator<Row, void> {
  try {
    for (let row = first; row.done !== true; row = rows.next()) yield row.value;
  } finally {
    rows.return?.();
  }
}

/** OR ROLLBACK would end a transaction that is not the statement's own. */
function aborting(text: KnownText): KnownText {
  return text.change?.action === "ROLLBACK" ? { ...text, sql: orAbort(text.sql) } : text;
}

/** What was run is not what was given, and so are its places. */
function unplaced(error: unknown): unknown {
  if (!(error instanceof DosqlError) || error.at === undefined) return error;
  const { code, message, sqlite, hint, cause } = error;
  return new DosqlError(code, message, {
    ...(sqlite === undefined ? {} : { sqlite }),
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}

function planOf({ sql, isOnce = false }: KnownText, handle: Handle): Plan {
  return isOnce ? handle.planOnce(sql) : handle.plan(sql);
}

/** Whether plans and the catalog must be read afresh after such a statement. */
export function changesSchema(statement: StatementClass): boolean {
  return changesDefinition(statement) || statement.kind === "maintenance";
}

/** Reads of the whole database that are spelled as a PRAGMA. */
const LONG_PRAGMAS: ReadonlySet<string> = new Set([
  "foreign_key_check",
  "integrity_check",
  "quick_check",
]);

/** Whether a read ends at once; see `isShort`, which knows SELECT only. */
export function isShortRead(text: KnownText, plan: Plan): boolean {
  const { explain, pragma } = text.class;
  if (explain) return true;
  return pragma === undefined ? plan.short : !LONG_PRAGMAS.has(pragma.name);
}

/** What a session asks for, where it asks. */
export function resultLimits({ maxRows, maxResultBytes }: SessionOptions): ResultLimits | null {
  if (maxRows === undefined && maxResultBytes === undefined) return null;
  return { rows: maxRows ?? Infinity, bytes: maxResultBytes ?? MAX_RESULT_BYTES };
}

/** Without one of these words a query names no table. */
const NAMES_TABLE = /\b(?:from|in)\b/i;
