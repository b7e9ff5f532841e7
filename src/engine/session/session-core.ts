import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { ColumnInfo, IntegerMode } from "../../ports/sql-driver.ts";
import type { PragmaStatement } from "../../sql/read/pragma.ts";
import type { TransactionStatement } from "../../sql/read/transaction.ts";
import type { Outcome } from "../capture/statement-outcome.ts";
import type { RowidState } from "../counts/rowid-state.ts";
import { attempt, mayKeepRows, resultOf } from "../capture/statement-outcome.ts";
import { describeStatement, describeWith } from "../text/describe.ts";
import { locateError } from "../text/error-position.ts";
import type { Handle } from "../handle.ts";
import type { KnownText } from "../text/known-text.ts";
import { ForeignKeyScript, turnsForeignKeysOff } from "../text/foreign-key-script.ts";
import type { PragmaAnswer } from "../text/emulated-pragma.ts";
import type { KeptPragmas } from "../text/kept-pragmas.ts";
import { routePragma } from "../text/pragma-policy.ts";
import type { PragmaRoute } from "../text/pragma-policy.ts";
import { pragmaFlag } from "../text/pragma-value.ts";
import {
  noTransactions,
  notIterable,
  queryOnly,
  refuseShared,
  requireBindings,
  unsupported,
} from "./refusals.ts";
import type { ResultSet } from "./result-set.ts";
import type { OpenRows } from "../row-parts.ts";
import type {
  OnceAnswer,
  OnceCall,
  ScriptCounts,
  SessionOptions,
  Statement,
  StatementInfo,
} from "./session.ts";
import type { Shard } from "../shard.ts";
import { SessionInsights } from "./session-insights.ts";
import { SessionPragmas } from "./session-pragmas.ts";
import { SessionWriter } from "./session-writer.ts";
import { StatementRunner, isShortRead, resultLimits } from "./statement-runner.ts";
import type { Steps } from "./steps.ts";
import { PastRunner } from "../time/past-runner.ts";
import { TransactionControl, beginOptions } from "./transaction-control.ts";

/**
 * One client's conversation with one shard: which connection a statement runs on, and what has
 * to be waited for first. It never waits itself: it yields, and `LocalSession` and `SyncSession`
 * resolve that in their own way.
 */
export class SessionCore {
  readonly control: TransactionControl;
  readonly counts: RowidState;
  readonly #shard: Shard;
  readonly #runner: StatementRunner;
  readonly #integers: IntegerMode;
  readonly #lift: boolean;
  readonly #offload: boolean;
  readonly #whole: boolean;
  readonly #begins: boolean;
  readonly #readOnly: boolean;
  readonly #insights: SessionInsights;
  readonly #past: PastRunner;
  readonly #writer: SessionWriter;
  /** The batch that runs, where it turns foreign keys off. */
  #script: ForeignKeyScript | null = null;
  readonly #pragmas: SessionPragmas;

  constructor(shard: Shard, options: SessionOptions) {
    this.#shard = shard;
    this.#integers = options.integers ?? "bigint";
    this.#lift = options.liftLiterals ?? false;
    this.#whole = options.whole ?? false;
    this.#begins = options.begins ?? true;
    this.#offload = (options.offload ?? true) && shard.readerHost !== null;
    this.#runner = new StatementRunner(shard, {
      integers: this.#integers,
      bounded: this.#offload,
      limits: resultLimits(options),
      reportSize: options.reportSize ?? false,
      whole: this.#whole,
    });
    this.counts = this.#runner.counts;
    this.control = new TransactionControl(
      shard,
      options.isolation ?? "serializable",
      options.readOnly,
      options.deferred,
    );
    this.#pragmas = new SessionPragmas(shard, this.control, options);
    this.#readOnly = options.readOnly ?? false;
    this.#insights = new SessionInsights(shard, this.control, options.uncounted ?? false);
    this.#past = new PastRunner(shard, this.control, this.#runner, {
      integers: this.#integers,
      offload: this.#offload,
      asOf: options.asOf,
    });
    const { control } = this;
    const parts = { control, runner: this.#runner, past: this.#past, pragmas: this.#pragmas };
    this.#writer = new SessionWriter(shard, parts, this.#whole);
  }

  *execute(sql: string, params: Row): Steps<ResultSet> {
    let known: KnownText | null = null;
    try {
      const { text, lifted } = this.#shard.texts.read(sql, this.#lift && params.length === 0);
      if (lifted === null) known = text;
      requireBindings(text, lifted ?? params, this.#shard.writer.driver);
      const values = this.#runner.bind(text, lifted ?? params);
      const running = this.#insights.begin(lifted === null ? sql : text.sql);
      const result = yield* this.#route(text, values);
      this.#insights.end(running, result);
      this.#insights.write();
      return result;
    } catch (error) {
      throw this.#located(error, sql, known);
    }
  }

  #route(text: KnownText, values: Row): Steps<ResultSet> {
    const { kind, transaction, pragma } = text.class;
    if (transaction !== undefined) return this.#transactionStatement(transaction, text);
    this.control.current?.refuseIfLost();
    refuseShared(text);
    if (this.#past.concerns(text)) return this.#runPast(text, values);
    if (kind === "read") return this.#read(text, values);
    if (pragma !== undefined) return this.#pragma(text, values, pragma);
    if (kind === "unknown" || kind === "transaction") throw this.#refusal(text);
    return this.#writer.write(text, values);
  }

  /** All statements or none; inside an open transaction, a savepoint of it. */
  *batch(statements: readonly Statement[]): Steps<ResultSet[]> {
    const { control } = this;
    // What reads only, and has no lease, takes none that it would keep.
    const reads = control.readOnly && control.current !== null && !control.writing;
    if (this.#past.isPast || reads) return yield* this.#executeEach(statements);
    const off = (): boolean => turnsForeignKeysOff(statements);
    const results = yield* this.#together(off, () => statements.map((s) => this.#counted(s)));
    this.#insights.write();
    return results;
  }

  /** One transaction, in which a script of D1's may turn foreign keys off. */
  *#together<T>(turnsOff: () => boolean, body: () => T): Steps<T> {
    const { control } = this;
    const alone = this.#whole && control.current === null;
    if (!alone || !turnsOff()) return yield* control.atomically(body);
    this.#script = new ForeignKeyScript(this.#shard.writer.driver);
    control.foreignKeys = false;
    try {
      return yield* control.atomically(body);
    } finally {
      this.#script = null;
      control.foreignKeys = true;
    }
  }

  /** See `Session.once`. */
  *once(call: OnceCall): Steps<OnceAnswer> {
    const { statements, batch } = call;
    const [only] = statements;
    const single = statements.length === 1 && !batch ? only : undefined;
    const texts = attempt(() => statements.map(({ sql }) => this.#shard.texts.read(sql, false)));
    // What is no statement fails as always.
    if ("error" in texts || this.#past.isPast) return "repeatable";
    const classes = texts.value.map(({ text }) => text.class);
    if (classes.every(({ readonly }) => readonly)) return "repeatable";
    if (this.control.current !== null) return "unprotected";
    if (single !== undefined) {
      const isChange = classes[0]?.kind === "write" || classes[0]?.kind === "ddl";
      if (!isChange || texts.value[0]?.text.past !== null) return "unprotected";
    }
    const { keptCalls, writer } = this.#shard;
    const off = (): boolean => turnsForeignKeysOff(statements);
    const outcome = yield* this.#together(off, (): Outcome<ResultSet[]> => {
      const done = keptCalls.find(call);
      if (done !== null) return { value: done };
      const before = this.counts.totalChanges;
      const result = attempt(() => statements.map((one) => this.#counted(one)));
      if ("error" in result) {
        const keeps = single !== undefined && !this.#whole && mayKeepRows(result.error);
        if (!keeps || !writer.driver.inTransaction) throw result.error;
        if (this.counts.totalChanges === before) return result;
      }
      keptCalls.keep(call, result);
      this.#shard.changesOf = null;
      return result;
    });
    this.#insights.write();
    return resultOf(outcome);
  }

  /**
   * As `batch` for statements that are read one by one, which leave no results behind.
   *
   * @param keysOff whether one of them turns foreign keys off
   */
  *script(statements: Iterable<Statement>, keysOff: boolean): Steps<ScriptCounts> {
    return yield* this.#together(
      () => keysOff,
      () => {
        const counts = { statements: 0, rowsRead: 0, rowsWritten: 0 };
        for (const statement of statements) {
          const result = this.#runInBatch(statement);
          counts.statements += 1;
          counts.rowsRead += result.rowsRead ?? result.rows.length;
          counts.rowsWritten += result.rowsWritten ?? result.changes;
        }
        return counts;
      },
    );
  }

  /** See `Session.iterate`; on a connection that changes nothing meanwhile. */
  open(sql: string, params: Row, on: Handle): OpenRows {
    let known: KnownText | null = null;
    try {
      const { text } = this.#shard.texts.read(sql, false);
      known = text;
      requireBindings(text, params, this.#shard.writer.driver);
      refuseShared(text);
      const { kind, pragma, explain, command } = text.class;
      if (kind !== "read" || explain || pragma !== undefined) throw notIterable(command);
      if (this.control.current !== null) throw notIterable("a transaction");
      if (this.#past.concerns(text)) throw notIterable("the past");
      const values = this.#runner.bind(text, params);
      if (this.#runner.asksConnection(text, on)) throw notIterable("what was changed last");
      const running = this.#insights.begin(sql);
      const open = this.#runner.open(text, values, on.driver);
      // How many rows will be fetched, nobody knows.
      this.#insights.end(running, { rows: [], changes: 0 });
      return open;
    } catch (error) {
      throw this.#located(error, sql, known);
    }
  }

  describe(sql: string): StatementInfo {
    let known: KnownText | null = null;
    try {
      const { text } = this.#shard.texts.read(sql, false);
      known = text;
      const handle = this.#handle();
      const { pragma, explain } = text.class;
      const names = pragma === undefined || explain ? null : this.#pragmas.columns(pragma);
      if (names !== null) return describeWith(names.map(bareColumn), text, handle);
      if (!this.#past.concerns(text)) return describeStatement(text, handle);
      return describeWith(this.#past.columns(handle, text), text, handle);
    } catch (error) {
      throw locateError(error, sql, known);
    }
  }

  /** What PRAGMAs set of the session. */
  get kept(): KeptPragmas {
    return this.#pragmas.kept;
  }

  /** See `SchemaSession.lookUp`. */
  lookUp(sql: string): Row[] {
    return this.#handle().plan(sql).statement.all([], this.#integers);
  }

  /**
   * What our own reading does not know never reaches the writer to stay: it might begin a
   * transaction that no session holds. SQLite words the error where it has one.
   */
  #refusal(text: KnownText): DosqlError {
    const { driver } = this.#shard.writer;
    if (driver.caps.transactionStatements) this.#handle().plan(text.sql);
    else driver.exec(text.sql);
    return unsupported(text.class.command);
  }

  #handle(): Handle {
    return this.control.handle(false);
  }

  *#read(text: KnownText, values: Row): Steps<ResultSet> {
    const { lease, reader, writer, readsBesideWriter } = this.#shard;
    if (this.control.defersKeys && this.control.current === null) this.#endDeferral(text);
    const needsWriter =
      this.#runner.asksConnection(text, this.#handle()) ||
      (!readsBesideWriter && !lease.free && !lease.heldBy(this.control));
    if (needsWriter) return yield* this.#writer.read(text, values);
    const handle = this.control.handle(this.#runner.readsFile(text));
    const alone = handle === writer || handle !== reader;
    if (!this.#offload || alone || isShortRead(text, handle.plan(text.sql))) {
      return this.#runner.read(text, values, handle);
    }
    const task = this.#runner.task(text, values);
    const reply = yield { kind: "read", task };
    if (reply === undefined || !("rows" in reply)) {
      throw new DosqlError("bug", "a read was answered with no rows");
    }
    return this.#runner.result(text, reply.columns, reply.rows);
  }

  /** Also a read ends a transaction of its own, if it looks at the file. */
  #endDeferral({ sql, parameterCount, class: { explain } }: KnownText): void {
    const plan = this.#handle().plan(explain ? sql : `EXPLAIN ${sql}`);
    const nulls = Array.from({ length: parameterCount }, () => null);
    const program = explain ? [[0, "Transaction"]] : plan.statement.all(nulls, "number");
    if (program.some(([, opcode]) => opcode === "Transaction")) this.control.endDeferral();
  }

  /** A read of the past, or a change that reads it. */
  *#runPast(text: KnownText, values: Row): Steps<ResultSet> {
    if (text.class.kind === "read") return yield* this.#past.read(text, values);
    return yield* this.#past.withCopies(text, values, () => this.#writer.write(text, values));
  }

  /** Nothing changes in the past, so it needs no transaction to hold still. */
  *#executeEach(statements: readonly Statement[]): Steps<ResultSet[]> {
    const results: ResultSet[] = [];
    for (const { sql, params } of statements) {
      const { text } = this.#shard.texts.read(sql, false);
      if (text.class.transaction !== undefined) this.#homeTransactionStatement(text);
      results.push(yield* this.execute(sql, params));
    }
    return results;
  }

  *#pragma(text: KnownText, values: Row, pragma: PragmaStatement): Steps<ResultSet> {
    if (this.#pragmas.writes(pragma)) this.#writer.refuseReadOnly(text);
    const answer = yield* this.#pragmas.answerInTurn(pragma);
    if (answer !== null) return this.#answered(text, answer);
    const route = this.#routed(pragma);
    switch (route) {
      case "read":
        if (pragma.name === "defer_foreign_keys")
          return yield* this.#deferKeys(text, values, pragma);
        return yield* this.#read(text, values);
      case "defer_foreign_keys":
        return yield* this.#deferKeys(text, values, pragma);
      case "write":
        return yield* this.#writer.write(text, values);
      case "off":
        return this.#runner.result(text);
      case "foreign_keys":
        // As in SQLite, a change inside a transaction does nothing; in D1 each statement is one.
        if (pragma.hasValue && this.control.current === null && !this.#whole) {
          this.control.foreignKeys = pragmaFlag(pragma.value ?? "");
        }
        return this.#foreignKeys(text, pragma);
    }
  }

  *#deferKeys(text: KnownText, values: Row, pragma: PragmaStatement): Steps<ResultSet> {
    const { control } = this;
    if (control.writing) {
      if (pragma.hasValue) return yield* this.#writer.write(text, values);
      return this.#runner.read(text, values, this.#shard.writer);
    }
    if (!pragma.hasValue) return this.#runner.flag(text, pragma.name, control.defersKeys);
    // In D1 each statement is a transaction.
    if (!this.#whole) control.defersKeys = pragmaFlag(pragma.value ?? "");
    return this.#runner.result(text);
  }

  #routed(pragma: PragmaStatement): PragmaRoute {
    return this.#pragmas.vacuums(pragma) ? "write" : routePragma(pragma);
  }

  #answered(text: KnownText, { columns, rows }: PragmaAnswer): ResultSet {
    return this.#runner.result(text, columns.map(bareColumn), rows);
  }

  #foreignKeys(text: KnownText, pragma: PragmaStatement): ResultSet {
    if (pragma.hasValue) return this.#runner.result(text);
    const enforced = this.#script?.enforced ?? this.control.foreignKeys;
    return this.#runner.flag(text, "foreign_keys", enforced);
  }

  #counted(statement: Statement): ResultSet {
    const running = this.#insights.begin(statement.sql);
    const result = this.#runInBatch(statement);
    this.#insights.end(running, result);
    return result;
  }

  #runInBatch(statement: Statement): ResultSet {
    let known: KnownText | null = null;
    try {
      const { text } = this.#shard.texts.read(statement.sql, false);
      known = text;
      requireBindings(text, statement.params, this.#shard.writer.driver);
      const values = this.#runner.bind(text, statement.params);
      refuseShared(text);
      this.#script?.meet(text);
      const { kind, pragma, transaction } = text.class;
      if (this.#past.concerns(text) && kind === "read") {
        return this.#past.readOn(this.#shard.writer, text, values);
      }
      if (transaction !== undefined) return this.#homeTransactionStatement(text);
      if (kind === "unknown" || kind === "transaction") throw this.#refusal(text);
      if (pragma !== undefined && this.#pragmas.writes(pragma)) this.#writer.refuseReadOnly(text);
      const answer = pragma === undefined ? null : this.#pragmas.answer(pragma);
      if (answer !== null) return this.#answered(text, answer);
      const route = pragma === undefined ? null : this.#routed(pragma);
      if (pragma !== undefined && route === "foreign_keys") return this.#foreignKeys(text, pragma);
      if (kind !== "read" && route !== "read") {
        this.#writer.refuseReadOnly(text);
        return this.#writer.run(text, values);
      }
      return this.#runner.read(text, values, this.#shard.writer);
    } catch (error) {
      throw this.#located(error, statement.sql, known);
    }
  }

  /** A home that tells where errors are says so of all that SQLite can place. */
  #located(error: unknown, sql: string, known: KnownText | null): unknown {
    const tells = this.#shard.writer.driver.caps.narrow === true;
    return tells && (error as Partial<DosqlError>).at === undefined
      ? error
      : locateError(error, sql, known);
  }

  *#transactionStatement(statement: TransactionStatement, text: KnownText): Steps<ResultSet> {
    // What reads only never reaches the home.
    const has = this.#readOnly || this.#shard.writer.driver.caps.transactionStatements;
    if (!has || !this.#begins) {
      return this.#homeTransactionStatement(text);
    }
    switch (statement.action) {
      case "begin": {
        const options = beginOptions(statement);
        if (options.immediate === true && this.#pragmas.queryOnly) throw queryOnly();
        yield* this.control.begin(options);
        break;
      }
      case "commit":
        this.control.commit();
        break;
      case "rollback":
        this.control.rollback();
        break;
      case "savepoint":
      case "release":
      case "rollback-to":
        this.control.savepoint(statement, text.class.command, text.sql);
        break;
    }
    return this.#runner.result(text);
  }

  /** Where the home has no such statements, the home's own refusal is the faithful answer. */
  #homeTransactionStatement(text: KnownText): ResultSet {
    const refusal = this.#refusal(text);
    throw this.#begins ? refusal : noTransactions();
  }
}

function bareColumn(name: string): ColumnInfo {
  return { name, table: null, column: null, declaredType: null };
}
