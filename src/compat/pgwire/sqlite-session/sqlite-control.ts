import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import { mayLimit, withoutLimit } from "../../../engine/embedded/embedded-limit.ts";
import { SavepointStack } from "../../../engine/embedded/embedded-savepoints.ts";
import type { ResultSet } from "../../../engine/session/result-set.ts";
import type { SchemaSession, Session, StatementInfo } from "../../../engine/session/session.ts";
import { listParameters } from "../../../sql/read/parameters.ts";
import { readTransaction } from "../../../sql/read/transaction.ts";
import type { TransactionStatement } from "../../../sql/read/transaction.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";
import { namedText } from "./quoted-names.ts";

/** Texts that may be a transaction statement; all others are not read for it. */
const MAY_CONTROL =
  /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*(?:BEGIN|COMMIT|END|RELEASE|ROLLBACK|SAVEPOINT)/is;

/** What may count rows though it is no INSERT, UPDATE or DELETE. */
const MAY_DROP = /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*DROP\b/is;

/** DDL and its like, which SQLite compiles when it is prepared, and a session when it is run. */
const COMPILED_LATER = /^(?:ALTER|ANALYZE|CREATE|DROP|REINDEX|VACUUM)\b/;

/** A text that SQLite has found right. */
export interface CompiledText {
  /** What runs. */
  readonly text: string;
  readonly info: StatementInfo;
}

/** As SQLite runs a script's statement: what is not bound is NULL. */
function unboundParameters(sql: string): Row {
  const count = listParameters(sql).reduce((most, { number }) => Math.max(most, number), 0);
  return Array.from({ length: count }, () => null);
}

/** Transactions by SQLite's rules over a session that has the engine's. */
export class SqliteControl {
  readonly #session: Session;
  readonly #savepoints = new SavepointStack();
  #lastRowid = 0n;

  constructor(session: Session) {
    this.#session = session;
  }

  get inTransaction(): boolean {
    return this.#session.transaction !== "none";
  }

  /** What SQLite says of a text before it is run. */
  *compile(text: string): Work<CompiledText> {
    try {
      const compiled = yield* this.#compile(text);
      yield* this.#refuseStrings(compiled.text);
      return compiled;
    } catch (error) {
      // SQLite tells of the first mistake, which may be a name that passed for a string.
      if (error instanceof DosqlError && error.code === "sqlite") {
        yield* this.#refuseStrings(text, error.message);
      }
      throw error;
    }
  }

  /** @param told what was said of the text already; that is not about strings */
  *#refuseStrings(text: string, told?: string): Work {
    const named = namedText(text);
    if (named === null) return;
    try {
      const { command } = yield* this.#describe(named.sql);
      if (command === "CREATE TABLE") this.#schema.compileDdl?.(named.sql);
    } catch (error) {
      const refusal = named.refusal(error);
      if (refusal !== null && (error as DosqlError).message !== told) throw refusal;
    }
  }

  *#compile(text: string): Work<CompiledText> {
    try {
      return { text, info: yield* this.#describe(text) };
    } catch (error) {
      const limited = mayLimit(text) ? yield* this.#withoutLimit(error, text) : null;
      if (limited === null) throw error;
      return { text: limited, info: yield* this.#describe(limited) };
    }
  }

  *#describe(text: string): Work<StatementInfo> {
    const session = this.#session;
    const info = yield* settled(session.describe(text));
    if (COMPILED_LATER.test(info.command)) yield* settled(session.describe(`EXPLAIN ${text}`));
    return info;
  }

  /** Runs one statement of a script, with NULL for what is not bound. */
  *runUnbound(given: string): Work<ResultSet> {
    const compiled = mayLimit(given) || given.includes('"') ? yield* this.compile(given) : null;
    const text = compiled?.text ?? given;
    return yield* this.run(text, unboundParameters(given));
  }

  /** Runs one statement. */
  *run(sql: string, params: Row): Work<ResultSet> {
    const control = MAY_CONTROL.test(sql) ? readTransaction(sql) : null;
    if (control !== null) return yield* this.#transactionStatement(control, sql);
    const before = MAY_DROP.test(sql) ? yield* this.#counts() : null;
    const answer = this.#session.execute(sql, params);
    const result = answer instanceof Promise ? yield* settled(answer) : answer;
    this.#lastRowid = result.lastRowid;
    if (before === null || result.command !== "DROP TABLE") return result;
    const [changes, total] = yield* this.#counts();
    return total === before[1] ? result : { ...result, changes: Number(changes) };
  }

  /**
   * A statement failed. SQLite ends a transaction by itself at some errors, and an idle one loses
   * its lease: the session is outside of it from then on, as SQLite's connection is.
   */
  *failed(): Work {
    const session = this.#session;
    if (session.transaction === "none") return;
    try {
      // Answered without a look at the file: that would begin what a deferred transaction reads.
      yield* settled(session.execute("PRAGMA foreign_keys", []));
    } catch (error) {
      if (!(error instanceof DosqlError) || error.code === "bug") throw error;
      yield* settled(session.rollback());
    }
  }

  /** The session's own. */
  *#counts(): Work<Row> {
    const asked = this.#session.execute("SELECT changes(), total_changes()", []);
    return (yield* settled(asked)).rows[0] ?? [];
  }

  *#withoutLimit(error: unknown, sql: string): Work<string | null> {
    const search = withoutLimit(error, sql);
    let step = search.next();
    while (step.done !== true) {
      const rows =
        this.#lookUp(step.value) ?? (yield* settled(this.#session.execute(step.value, []))).rows;
      step = search.next(rows);
    }
    return step.value?.sql ?? null;
  }

  /** To prepare a statement begins no deferred transaction's reading. */
  #lookUp(sql: string): Row[] | null {
    return this.#schema.lookUp?.(sql) ?? null;
  }

  get #schema(): Partial<SchemaSession> {
    return this.#session;
  }

  *#transactionStatement(
    { action, name = "" }: TransactionStatement,
    sql: string,
  ): Work<ResultSet> {
    const session = this.#session;
    const savepoints = this.#savepoints;
    if (action === "savepoint" && session.transaction === "none") {
      yield* settled(session.begin());
      savepoints.begin(true);
    }
    if (action === "release" && session.transaction !== "none" && savepoints.commits(name)) {
      yield* settled(session.commit());
      savepoints.begin(false);
      return nothing("RELEASE", this.#lastRowid);
    }
    if ((action === "release" || action === "rollback-to") && session.transaction === "none") {
      throw new DosqlError("sqlite", `no such savepoint: ${name}`, { sqlite: "SQLITE_ERROR" });
    }
    const result = yield* settled(session.execute(sql, []));
    if (action === "savepoint") savepoints.push(name);
    else if (action === "release") savepoints.release(name);
    else if (action === "rollback-to") savepoints.rollbackTo(name);
    else savepoints.begin(false);
    return result;
  }
}

function nothing(command: string, lastRowid: bigint): ResultSet {
  return { columns: [], rows: [], changes: 0, lastRowid, command };
}
