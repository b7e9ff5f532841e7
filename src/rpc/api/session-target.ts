import { RpcTarget } from "capnweb";
import { DosqlError } from "../../base/errors.ts";
import type { Awaitable } from "../../base/value.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type { BeginOptions, OnceCall, Session, Statement } from "../../engine/session/session.ts";
import { checkAccess, checkWritable } from "./access.ts";
import { APART, UNKNOWN_HASH, answerText } from "./answer-text.ts";
import type { Call } from "./call-text.ts";
import { readCall } from "./call-text.ts";
import { CursorTarget } from "./cursor-target.ts";
import type { RemoteSession, RemoteSessionOptions } from "./remote-api.ts";
import type { TargetParts } from "./target-parts.ts";
import { keptError } from "./sent-error.ts";
import type { OwnSessionOptions } from "./session-options.ts";
import { beginOptions, sessionOptions } from "./session-options.ts";

/** What begins or ends a transaction or a part of one. */
const EDGES = /^(?:BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE)\b/;

/** Calls of one session that wait at most: each holds its values. */
const MAX_WAITING = 1000;

/** A client's session. Its calls run one after the other, in the order in which they came. */
export class SessionTarget extends RpcTarget implements RemoteSession {
  readonly #parts: TargetParts;
  readonly #session: Session;
  readonly #options: OwnSessionOptions;
  readonly #integers: "bigint" | "number";
  /** It may have settings of its own. */
  #isSet = false;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #disposed = false;

  constructor(parts: TargetParts, options: RemoteSessionOptions) {
    super();
    const checked = sessionOptions(options);
    const own = { ...checked, ...(parts.access.readOnly ? { readOnly: true } : {}) };
    parts.open.enter();
    try {
      this.#session = parts.idle?.take(parts.access, own) ?? parts.access.database.session(own);
    } catch (error) {
      parts.open.leave();
      throw error;
    }
    this.#parts = parts;
    this.#options = own;
    this.#integers = own.integers ?? "bigint";
  }

  run(text: string): Promise<string> {
    return this.#inTurn(text, async () => {
      const call = readCall(text);
      const statements = await this.#statements(call);
      if (statements === null) return UNKNOWN_HASH;
      let results: ResultSet[];
      try {
        results = await this.#execute(call, statements);
      } catch (error) {
        if (await this.#isEdge(call, statements)) return APART;
        throw error;
      }
      await this.#refuseOpenTransaction();
      return answerText(results, this.#session, this.#integers);
    });
  }

  open(text: string): Promise<CursorTarget> {
    return this.#inTurn(text, async () => {
      const call = readCall(text);
      const statements = await this.#statements(call);
      return await CursorTarget.open(this.#parts, async () => {
        const [set] = statements === null ? [] : await this.#execute(call, statements);
        if (set === undefined) throw new DosqlError("protocol", "open() takes one text");
        const head = answerText([{ ...set, rows: [] }], this.#session, this.#integers);
        return { head, rows: set.rows, integers: this.#integers };
      });
    });
  }

  describe(sql: string): Promise<string> {
    return this.#inTurn(sql, async () => JSON.stringify(await this.#session.describe(sql)));
  }

  begin(options: BeginOptions): Promise<string | null> {
    return this.#inTurn("", async () => {
      if (!this.#parts.lasting) throw noTransactions();
      if (this.#parts.apart) return APART;
      const { isolation, readOnly, immediate } = beginOptions(options);
      await this.#session.begin({
        ...(isolation === undefined ? {} : { isolation }),
        ...(immediate === undefined ? {} : { immediate }),
        ...(readOnly === true ? { readOnly } : {}),
      });
      return null;
    });
  }

  commit(): Promise<string> {
    return this.#inTurn("", async () => this.#session.commit());
  }

  rollback(): Promise<void> {
    return this.#inTurn("", async () => this.#session.rollback());
  }

  cancel(reason: "canceled" | "statement-timeout"): void {
    if (this.#disposed) return;
    this.#session.cancel(reason === "statement-timeout" ? reason : "canceled");
  }

  /** Rolls back what is open; capnweb calls it when the client lets go or is gone. */
  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const { open, idle, access } = this.#parts;
    open.leave();
    const isNew = !this.#isSet && this.#waiting === 0 && this.#session.transaction === "none";
    if (idle !== null && isNew) {
      idle.give(access, this.#options, this.#session);
      return;
    }
    this.#session[Symbol.asyncDispose]().then(undefined, () => undefined);
  }

  /** @param held what the call holds in memory while it waits */
  #inTurn<T>(held: unknown, body: () => Promise<T>): Promise<T> {
    const { access, clock, open } = this.#parts;
    this.#refuseDisposed();
    if (this.#waiting >= MAX_WAITING) {
      throw new DosqlError("limit", `a session has ${MAX_WAITING} waiting calls at most`);
    }
    const length = typeof held === "string" ? held.length : 0;
    open.wait(length);
    this.#waiting++;
    const turn = this.#last.then(async () => {
      await this.#parts.room();
      this.#refuseDisposed();
      open.refuseFull();
      checkAccess(access, clock);
      const answer = await body();
      return typeof answer === "string" ? open.answered(answer) : answer;
    });
    const over = (): void => {
      this.#waiting--;
      open.waited(length);
    };
    this.#last = turn.then(over, over);
    return turn.catch((error: unknown) => {
      throw keptError(error);
    });
  }

  /** Its session may be somebody else's by now. */
  #refuseDisposed(): void {
    if (this.#disposed) throw new DosqlError("misuse", "the session is closed");
  }

  /** Null when the server does not know one of the texts. */
  async #statements(call: Call): Promise<Statement[] | null> {
    const { texts, access } = this.#parts;
    const statements: Statement[] = [];
    for (const { sql, params } of call.statements) {
      const text = typeof sql === "string" ? sql : texts.find(access, sql[0]);
      if (text === null) return null;
      if (typeof sql === "string") await texts.keep(access, text);
      this.#isSet ||= /pragma/i.test(text);
      statements.push({ sql: text, params });
    }
    return statements;
  }

  async #execute(call: Call, statements: readonly Statement[]): Promise<ResultSet[]> {
    const session = this.#session;
    if (this.#parts.access.readOnly) await this.#checkReads(statements);
    session.lockTimeoutMs = call.lockTimeoutMs;
    if (call.statementTimeoutMs > 0 && session.interrupts !== true) {
      // As `unsupported`, D1's face would say in D1's words only that it is not authorized.
      const message = "a statement timeout is not supported by this database";
      throw new DosqlError("invalid-argument", message, {
        hint: "nothing there can end a statement that runs: leave the timeout out",
      });
    }
    session.statementTimeoutMs = call.statementTimeoutMs;
    const { key, ageMs, batch } = call;
    if (key !== null && session.transaction === "none") {
      const { holder = "" } = this.#parts.access;
      return await once(session, { key, ageMs, batch, statements, holder });
    }
    return await runStatements(session, statements, batch);
  }

  async #checkReads(statements: readonly Statement[]): Promise<void> {
    for (const { sql } of statements) {
      const { readonly, command } = await this.#session.describe(sql);
      if (!readonly) checkWritable(this.#parts.access, command);
    }
  }

  /** Whether a statement failed because it begins or ends a transaction, and those are apart. */
  async #isEdge({ batch }: Call, statements: readonly Statement[]): Promise<boolean> {
    const [only, second] = statements;
    if (!this.#parts.apart || this.#options.begins === false || batch) return false;
    if (only === undefined || second !== undefined) return false;
    // What is no statement is none of these.
    const { command } = await attempt(() => this.#session.describe(only.sql));
    if (!EDGES.test(command)) return false;
    if (this.#parts.lasting) return true;
    throw noTransactions();
  }

  /** Over HTTP nobody would end it. */
  async #refuseOpenTransaction(): Promise<void> {
    if (this.#parts.lasting || this.#session.transaction === "none") return;
    await this.#session.rollback();
    throw noTransactions();
  }
}

async function attempt(
  describe: () => Awaitable<{ readonly command: string }>,
): Promise<{ readonly command: string }> {
  try {
    return await describe();
  } catch {
    return { command: "" };
  }
}

async function runStatements(
  session: Session,
  statements: readonly Statement[],
  batch: boolean,
): Promise<ResultSet[]> {
  const [only] = statements;
  if (batch || only === undefined || statements.length > 1) return session.batch(statements);
  return [await session.execute(only.sql, only.params)];
}

/** A call that is to happen once, however often it is sent. */
async function once(session: Session, call: OnceCall): Promise<ResultSet[]> {
  const answer = (await session.once?.(call)) ?? "unprotected";
  if (typeof answer !== "string") return answer;
  if (call.ageMs > 0 && answer === "unprotected") {
    throw new DosqlError("connection", "the connection was lost while the statement ran", {
      hint: "whether it was done is not known: look before you run it again",
    });
  }
  return runStatements(session, call.statements, call.batch);
}

function noTransactions(): DosqlError {
  return new DosqlError("unsupported", "transactions with several calls are not served over HTTP", {
    hint: "use batch(), or connect to the same address with ws: or wss:",
  });
}
