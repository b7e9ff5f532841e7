import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import type { Row } from "../../base/value.ts";
import type { HistoryCopy } from "../../ports/history-host.ts";
import type { ColumnInfo, IntegerMode, SqlDriver } from "../../ports/sql-driver.ts";
import type { Handle } from "../handle.ts";
import type { KnownText } from "../text/known-text.ts";
import { unsupported } from "../session/refusals.ts";
import type { ResultSet } from "../session/result-set.ts";
import type { Shard } from "../shard.ts";
import type { StatementRunner } from "../session/statement-runner.ts";
import type { Steps } from "../session/steps.ts";
import type { TransactionControl } from "../session/transaction-control.ts";
import { holdsMoment } from "./history.ts";
import type { KnownPast } from "./past-names.ts";
import { PastStatement, momentsOf } from "./past-statement.ts";
import type { PastRequest } from "./past-statement.ts";
import { momentKey, momentOf } from "./point-in-time.ts";
import type { PointInTime } from "./point-in-time.ts";

/** How a session wants its statements about the past run. */
interface PastOptions {
  readonly integers: IntegerMode;
  readonly offload: boolean;
  /** The time of the whole session; undefined is now. */
  readonly asOf: PointInTime | undefined;
}

/** Runs a text that needs nothing of the past any more. */
type Run<T> = (text: KnownText, values: Row) => T;

/** Runs the statements of one session that read the past. */
export class PastRunner {
  readonly #shard: Shard;
  readonly #control: TransactionControl;
  readonly #runner: StatementRunner;
  readonly #options: PastOptions;
  readonly #asOf: Moment | null;
  /** What was fetched for the statement under way. */
  #known: KnownPast | null = null;

  constructor(
    shard: Shard,
    control: TransactionControl,
    runner: StatementRunner,
    options: PastOptions,
  ) {
    this.#shard = shard;
    this.#control = control;
    this.#runner = runner;
    this.#options = options;
    this.#asOf = options.asOf === undefined ? null : momentOf(options.asOf);
  }

  /** Whether all of the session is in the past. */
  get isPast(): boolean {
    return this.#asOf !== null;
  }

  /**
   * Whether a statement reads the past.
   *
   * @throws DosqlError `read-only` for a change of it, `unsupported` for what would read the
   * schema as it is now
   */
  concerns(text: KnownText): boolean {
    const { past } = text;
    const whole = past === null ? this.#asOf !== null : past.hint !== null;
    if (!whole && past === null) return false;
    const { kind, command, pragma, transaction } = text.class;
    if (transaction !== undefined) return false;
    if (kind === "read" && pragma === undefined) return true;
    if (kind === "write" && !whole) return true;
    if (!whole) throw unsupported(`FOR SYSTEM_TIME AS OF in ${command}`);
    if (pragma !== undefined || kind === "read") throw unsupported(`${command} as of a time`);
    throw new DosqlError("read-only", `cannot execute ${command} as of a time`, {
      hint: "name the time behind the tables that it reads: FROM t FOR SYSTEM_TIME AS OF …",
    });
  }

  *read(text: KnownText, values: Row): Steps<ResultSet> {
    return yield* this.withCopies(text, values, () => this.#read(text, values));
  }

  /** On a connection that the session may use now. */
  readOn(handle: Handle, text: KnownText, values: Row): ResultSet {
    return this.#around(handle.driver, text, values, (past) => {
      const result = this.#runner.read(
        { ...text, sql: past.sql, isOnce: true },
        past.values,
        handle,
      );
      return { ...result, columns: past.columns(result.columns) };
    });
  }

  /** A change of rows, on the writer: `run` runs it. */
  write<T>(text: KnownText, values: Row, run: Run<T>): T {
    const { driver } = this.#shard.writer;
    const past = PastStatement.open(driver, this.#request(text, values), "write", true);
    return standing(past, () => run({ ...text, sql: past.sql, isOnce: true }, past.values));
  }

  /** The columns of a statement; of one whose time is a parameter, those that it has now. */
  columns(handle: Handle, text: KnownText): readonly ColumnInfo[] {
    const values = new Array<null>(text.parameterCount + text.sessionValues.length).fill(null);
    const request = { ...this.#request(text, values), isUnbound: true };
    return this.#undone(handle.driver, request, (past) => {
      const { driver } = handle;
      const statement = driver.prepareUser?.(past.sql) ?? driver.prepare(past.sql);
      return past.columns(statement.columns());
    });
  }

  /**
   * Runs what may need more of the past than the log holds: then it is fetched, and `attempt` is
   * called again.
   */
  *withCopies(text: KnownText, values: Row, attempt: () => Steps<ResultSet>): Steps<ResultSet> {
    try {
      return yield* attempt();
    } catch (error) {
      const gone = error instanceof DosqlError && error.code === "history-gone";
      const { history } = this.#shard;
      if (!gone || history === null || history.exists === false) throw error;
    }
    const { driver } = this.#control.handle(true);
    const moments = momentsOf(driver, this.#request(text, values));
    const copies = new Map<string, HistoryCopy>();
    try {
      for (const moment of neededCopies(driver, moments)) {
        if (copies.has(momentKey(moment))) continue;
        const copy = yield { kind: "history", moment };
        if (copy === undefined || !("driver" in copy)) {
          throw new DosqlError("bug", "the archive answered with nothing");
        }
        copies.set(momentKey(moment), copy);
      }
      this.#known = { moments, copies };
      return yield* attempt();
    } finally {
      this.#known = null;
      for (const copy of copies.values()) copy.close();
    }
  }

  *#read(text: KnownText, values: Row): Steps<ResultSet> {
    const { writer, reader, lease } = this.#shard;
    const newest = this.#control.handle(false);
    if (newest === writer || this.#runner.asksConnection(text, newest)) {
      const { current, deferred } = this.#control;
      // There it would read another moment.
      if (current !== null && deferred) yield* this.#control.openForWriting(current);
      const held = lease.heldBy(this.#control);
      yield* this.#control.takeLease();
      try {
        return this.readOn(writer, text, values);
      } finally {
        if (!held) this.#control.releaseLease(false);
      }
    }
    const handle = this.#control.handle(true);
    // A copy is of this process, and so is a moment that a transaction holds.
    const here = !this.#options.offload || this.#known !== null || handle !== reader;
    if (here) return this.readOn(handle, text, values);
    const past = { everywhere: this.#everywhere(text) };
    const task = { ...this.#runner.task(text, values), past };
    const reply = yield { kind: "read", task };
    if (reply === undefined || !("rows" in reply)) {
      throw new DosqlError("bug", "a read was answered with no rows");
    }
    return this.#runner.result(text, reply.columns, reply.rows);
  }

  #around<T>(driver: SqlDriver, text: KnownText, values: Row, run: (past: PastStatement) => T): T {
    return this.#undone(driver, this.#request(text, values), run);
  }

  /** Leaves nothing behind: without TEMP, the tables of the past are made and rolled back. */
  #undone<T>(driver: SqlDriver, request: PastRequest, run: (past: PastStatement) => T): T {
    const keepsRowid = driver === this.#shard.writer.driver;
    const whole = (): T => {
      const past = PastStatement.open(driver, request, "read", keepsRowid);
      return standing(past, () => run(past));
    };
    return driver.caps.transactionStatements ? whole() : rolledBack(driver, whole);
  }

  #request(text: KnownText, values: Row): PastRequest {
    const { checkedLog: checked } = this.#shard;
    const everywhere = this.#everywhere(text);
    return { sql: text.sql, values, everywhere, checked, known: this.#known };
  }

  #everywhere({ past }: KnownText): Moment | null {
    return past === null ? this.#asOf : (past.hint ?? this.#asOf);
  }
}

/** Those that the log does not hold; all where it does, but of some table it does not. */
function neededCopies(driver: SqlDriver, moments: readonly Moment[]): readonly Moment[] {
  const gone = moments.filter((moment) => !holdsMoment(driver, moment));
  return gone.length === 0 ? moments : gone;
}

/** Runs `run` while the tables of the past stand. */
function standing<T>(past: PastStatement, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw past.located(error);
  } finally {
    past.close();
  }
}

function rolledBack<T>(driver: SqlDriver, body: () => T): T {
  const undo = new DosqlError("bug", "a rollback was not noticed");
  const results: T[] = [];
  try {
    driver.atomically(() => {
      results.push(body());
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  return results[0] as T;
}
