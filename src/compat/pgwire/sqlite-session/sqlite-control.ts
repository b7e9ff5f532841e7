import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import { SavepointStack } from "../../../engine/embedded/embedded-savepoints.ts";
import type { ResultSet } from "../../../engine/session/result-set.ts";
import type { Session } from "../../../engine/session/session.ts";
import { listParameters } from "../../../sql/read/parameters.ts";
import { readTransaction } from "../../../sql/read/transaction.ts";
import type { TransactionStatement } from "../../../sql/read/transaction.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";

/** Texts that may be a transaction statement; all others are not read for it. */
const MAY_CONTROL =
  /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*(?:BEGIN|COMMIT|END|RELEASE|ROLLBACK|SAVEPOINT)/is;

/** A file that is served is in WAL mode: who asks for that mode is told so, and changes nothing. */
const ASKS_WAL = /^pragma\s+(main\s*\.\s*)?journal_mode\s*(?:=\s*|\(\s*)['"]?wal['"]?\s*\)?$/i;

/** The text to run for one that a program wrote for a file of its own. */
export function servedText(sql: string): string {
  return sql.replace(ASKS_WAL, "PRAGMA $1journal_mode");
}

/** As SQLite runs a script's statement: what is not bound is NULL. */
export function unboundParameters(sql: string): Row {
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

  /** Runs one statement. */
  *run(sql: string, params: Row): Work<ResultSet> {
    const control = MAY_CONTROL.test(sql) ? readTransaction(sql) : null;
    if (control !== null) return yield* this.#transactionStatement(control, sql);
    const answer = this.#session.execute(sql, params);
    const result = answer instanceof Promise ? yield* settled(answer) : answer;
    this.#lastRowid = result.lastRowid;
    return result;
  }

  /**
   * A statement failed. SQLite ends a transaction by itself at some errors, and an idle one loses
   * its lease: the session is outside of it from then on, as SQLite's connection is.
   */
  *failed(): Work {
    const session = this.#session;
    if (session.transaction === "none") return;
    try {
      yield* settled(session.execute("SELECT 1", []));
    } catch (error) {
      if (!(error instanceof DosqlError) || error.code === "bug") throw error;
      yield* settled(session.rollback());
    }
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
