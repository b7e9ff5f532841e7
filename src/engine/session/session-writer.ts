import { DosqlError } from "../../base/errors.ts";
import { attempt, mayKeepRows, resultOf } from "../capture/statement-outcome.ts";
import type { Outcome } from "../capture/statement-outcome.ts";
import { changesDefinition } from "../../sql/read/definition-change.ts";
import type { Row } from "../../base/value.ts";
import type { Shard } from "../shard.ts";
import type { KnownText } from "../text/known-text.ts";
import type { PastRunner } from "../time/past-runner.ts";
import { queryOnly, readOnlyTransaction } from "./refusals.ts";
import type { ResultSet } from "./result-set.ts";
import type { SessionPragmas } from "./session-pragmas.ts";
import { changesSchema } from "./statement-runner.ts";
import type { StatementRunner } from "./statement-runner.ts";
import type { Steps } from "./steps.ts";
import type { TransactionControl } from "./transaction-control.ts";

/** What a session runs its statements with. */
interface WriterParts {
  readonly control: TransactionControl;
  readonly runner: StatementRunner;
  readonly past: PastRunner;
  readonly pragmas: SessionPragmas;
}

/** What of one session runs on the shard's writer, under the write lease. */
export class SessionWriter {
  readonly #shard: Shard;
  readonly #control: TransactionControl;
  readonly #runner: StatementRunner;
  readonly #past: PastRunner;
  readonly #pragmas: SessionPragmas;
  readonly #whole: boolean;

  /** @param whole see `SessionOptions.whole` */
  constructor(shard: Shard, { control, runner, past, pragmas }: WriterParts, whole: boolean) {
    this.#shard = shard;
    this.#control = control;
    this.#runner = runner;
    this.#past = past;
    this.#pragmas = pragmas;
    this.#whole = whole;
  }

  /** A change; the session has the lease. */
  run(text: KnownText, values: Row): ResultSet {
    const transaction = this.#control.current;
    if (transaction !== null && changesSchema(text.class)) transaction.ddl = true;
    if (text.past === null) return this.#runner.write(text, values);
    return this.#past.write(text, values, (past, rest) => this.#runner.write(past, rest));
  }

  /** @throws DosqlError where nothing may change */
  refuseReadOnly({ class: { command, pragma } }: KnownText): void {
    if (this.#control.readOnly) throw readOnlyTransaction(command);
    if (this.#pragmas.queryOnly && pragma?.name !== "wal_checkpoint") throw queryOnly();
  }

  /** A read that only the writer can answer. */
  *read(text: KnownText, values: Row): Steps<ResultSet> {
    const { current, deferred } = this.#control;
    // There it would read another moment.
    if (current !== null && deferred) yield* this.#control.openForWriting(current);
    const held = this.#shard.lease.heldBy(this.#control);
    yield* this.#control.takeLease();
    try {
      return this.#runner.read(text, values, this.#shard.writer);
    } finally {
      if (!held) this.#control.releaseLease(false);
    }
  }

  /** A change: in the session's transaction, or as one of its own. */
  *write(text: KnownText, values: Row): Steps<ResultSet> {
    const transaction = this.#control.current;
    this.refuseReadOnly(text);
    if (transaction !== null) {
      yield* this.#control.openForWriting(transaction);
      try {
        return this.run(text, values);
      } catch (error) {
        // It ran as OR ABORT, which leaves what was there before it.
        if (this.#whole && asksRollback(text, error)) this.#control.lose(transaction);
        throw error;
      } finally {
        this.#control.noticeLoss(transaction);
      }
    }
    yield* this.#control.takeLease();
    let wrote = false;
    try {
      const result = this.#runAlone(text, values);
      wrote = true;
      return result;
    } finally {
      if (changesSchema(text.class)) this.#shard.schemaChanged();
      this.#control.releaseLease(wrote);
    }
  }

  /** As a transaction of its own. PRAGMA, VACUUM and their like cannot run inside of one. */
  #runAlone(text: KnownText, values: Row): ResultSet {
    const logs = text.class.kind === "write" || changesDefinition(text.class);
    if (!logs) {
      this.#control.endDeferral();
      return this.run(text, values);
    }
    const total = this.#runner.totalChanges;
    let ran = false;
    // With OR FAIL, rows may stand that were changed before it.
    let own: unknown;
    const run = (): ResultSet => {
      ran = true;
      try {
        return this.run(text, values);
      } catch (error) {
        own = error;
        throw error;
      }
    };
    try {
      if (this.#control.defersKeys) return this.#runDeferred(text, run);
      return this.#shard.changes.commitAfter(run, this.#whole);
    } catch (error) {
      if (ran && error !== own) this.#runner.takenBack(total);
      throw error;
    }
  }

  /** As a transaction of its own, at whose end the foreign keys are looked at. */
  #runDeferred({ class: { kind }, sql }: KnownText, run: () => ResultSet): ResultSet {
    const { changes, writer } = this.#shard;
    // What cannot be compiled is no statement, and ends nothing.
    if (kind === "write") writer.plan(sql);
    let compiled = true;
    try {
      const outcome = writer.driver.atomically((): Outcome<ResultSet> => {
        changes.sealForeign();
        this.#control.deferKeys();
        const done = attempt(run);
        if (!("error" in done)) changes.boundary();
        else if (!mayKeepRows(done.error)) {
          compiled = kind === "write" || !isMistake(done.error);
          throw done.error;
        } else if (writer.driver.inTransaction) changes.boundary();
        return done;
      });
      changes.committed();
      return resultOf(outcome);
    } finally {
      if (compiled) this.#control.endDeferral();
    }
  }
}

/** DDL that SQLite does not compile. */
function isMistake(error: unknown): boolean {
  return error instanceof DosqlError && error.sqlite === "SQLITE_ERROR";
}

/** Conflicts that OR ROLLBACK is about: not those of foreign keys, nor what triggers raise. */
const CONFLICT = /^SQLITE_CONSTRAINT_(?:UNIQUE|PRIMARYKEY|ROWID|NOTNULL|CHECK)$/;

function asksRollback({ change }: KnownText, error: unknown): boolean {
  return change?.action === "ROLLBACK" && CONFLICT.test((error as DosqlError).sqlite ?? "");
}
