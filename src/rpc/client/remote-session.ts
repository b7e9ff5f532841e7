import type { Bookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { ResultSet, RowPart } from "../../engine/session/result-set.ts";
import type {
  BeginOptions,
  Session,
  Statement,
  StatementInfo,
  TransactionStatus,
} from "../../engine/session/session.ts";
import type { Answer } from "../api/answer-text.ts";
import { APART, readAnswer, readPart } from "../api/answer-text.ts";
import type { Call } from "../api/call-text.ts";
import { callText } from "../api/call-text.ts";
import type { RemoteRoot, RemoteSession, RemoteSessionOptions } from "../api/remote-api.ts";
import type { Caller } from "./caller.ts";
import type { SentTexts } from "./sent-texts.ts";
import type { Stub } from "./remote-stub.ts";
import { receivedError } from "./remote-stub.ts";

const LOST = "the connection was lost in a transaction";

export interface SessionParts {
  readonly caller: Caller;
  readonly texts: SentTexts;
  /** Where transactions are that the server does not have on `caller`; null until that is known. */
  apart: Caller | null;
  readonly openApart: () => Caller;
  /** Which of the databases that had the name; null until that is known. */
  epoch: number | null;
}

/** A session of a database that is elsewhere. */
export class ClientSession implements Session {
  readonly #parts: SessionParts;
  readonly #options: RemoteSessionOptions;
  #caller: Caller;
  /** The session on the server, and the connection's root that it belongs to. */
  #remote: { readonly root: Stub<RemoteRoot>; readonly session: Stub<RemoteSession> } | null = null;
  transaction: TransactionStatus = "none";
  seen = "" as Bookmark;
  #busy = false;
  #closed = false;
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;
  readonly interrupts = true;

  constructor(parts: SessionParts, options: RemoteSessionOptions) {
    this.#parts = parts;
    this.#caller = parts.caller;
    this.#options = options;
  }

  async execute(sql: string, params: Row): Promise<ResultSet> {
    const [result] = await this.#run([{ sql, params }], false);
    return result as ResultSet;
  }

  batch(statements: readonly Statement[]): Promise<ResultSet[]> {
    return this.#run(statements, true);
  }

  async describe(sql: string): Promise<StatementInfo> {
    return JSON.parse(await this.#call((session) => session.describe(sql))) as StatementInfo;
  }

  async begin(options: BeginOptions = {}): Promise<void> {
    if (this.#parts.apart !== null) this.#goApart();
    // What was begun on a connection that is lost is undone.
    await this.#call((session) => session.begin(options));
    this.transaction = options.implicit === true ? "implicit" : "explicit";
  }

  async commit(): Promise<Bookmark> {
    try {
      return (this.seen = (await this.#call((on) => on.commit(), false)) as Bookmark);
    } finally {
      this.transaction = "none";
    }
  }

  async rollback(): Promise<void> {
    try {
      await this.#call((session) => session.rollback(), false);
    } catch (error) {
      // It is rolled back with its connection.
      if (receivedError(error).code !== "connection") throw error;
    } finally {
      this.transaction = "none";
    }
  }

  cancel(reason: "canceled" | "statement-timeout" = "canceled"): void {
    this.#remote?.session.cancel(reason).then(undefined, () => undefined);
  }

  /** On the server the result waits as a whole. */
  async *iterate(sql: string, params: Row): AsyncGenerator<RowPart, void> {
    this.#caller.needSocket("results in parts");
    const text = this.#text(false);
    const cursor = await this.#call((session) => session.open(text(0, [{ sql, params }])));
    try {
      const head = readAnswer(
        await this.#caller.call(() => cursor.head(), false),
        this.#options.integers,
      );
      const columns = head?.results[0]?.columns ?? [];
      for (;;) {
        const part = await this.#caller.call(() => cursor.fetch(), false);
        if (part === "") return;
        yield { columns, rows: readPart(part, this.#options.integers) };
      }
    } finally {
      cursor[Symbol.dispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#leave();
  }

  #leave(): void {
    this.#remote?.session[Symbol.dispose]();
    this.#remote = null;
  }

  async #run(statements: readonly Statement[], batch: boolean): Promise<ResultSet[]> {
    const { texts } = this.#parts;
    const text = this.#text(batch);
    const send = async (given: Call["statements"]): Promise<Answer | null> =>
      readAnswer(
        await this.#call((on, ageMs) => on.run(text(ageMs, given))),
        this.#options.integers,
      );
    const short = texts.short(statements);
    // Where nothing has to be waited for, a call is made at once: calls keep their order.
    const answer =
      (await send(short instanceof Promise ? await short : short)) ?? (await send(statements));
    if (answer === null) throw new DosqlError("protocol", "the server wants a text that it has");
    texts.sent(statements);
    this.transaction = answer.transaction;
    this.seen = answer.seen;
    return answer.results;
  }

  #text(batch: boolean): (ageMs: number, statements: Call["statements"]) => string {
    const { lockTimeoutMs, statementTimeoutMs } = this;
    const key = this.transaction === "none" ? this.#parts.texts.newKey() : null;
    return (ageMs, statements) =>
      callText({ statements, batch, lockTimeoutMs, statementTimeoutMs, key, ageMs });
  }

  /**
   * A call on the server's session, made anew with a new connection, unless a transaction was open
   * in the old one.
   */
  async #call<T>(
    body: (session: Stub<RemoteSession>, ageMs: number) => PromiseLike<T>,
    again = true,
  ): Promise<T> {
    if (this.#closed) throw new DosqlError("misuse", "the session is closed");
    if (this.#busy) throw new DosqlError("misuse", "the session is busy with another statement");
    const outside = this.transaction === "none";
    this.#busy = true;
    const send = () =>
      this.#caller.call((root, ageMs) => body(this.#on(root, outside), ageMs), again && outside);
    try {
      const answer = await send();
      if (answer !== APART) return answer;
      this.#goApart();
      return await send();
    } catch (thrown) {
      const error = receivedError(thrown);
      if (error.code === "statement-timeout") this.cancel(error.code);
      if (error.code === "connection" && !outside) throw this.#lost(error);
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** For good: what the session has set and counted is there then. */
  #goApart(): void {
    this.#caller = this.#parts.apart ??= this.#parts.openApart();
  }

  #on(root: Stub<RemoteRoot>, outside: boolean): Stub<RemoteSession> {
    if (this.#remote?.root !== root) {
      if (!outside) throw new DosqlError("connection", LOST);
      this.#leave();
      this.#remote = { root, session: root.session(this.#options) };
    }
    return this.#remote.session;
  }

  #lost(cause: DosqlError): DosqlError {
    this.transaction = "none";
    this.#leave();
    return new DosqlError("connection", LOST, {
      hint: "unless it was about to commit it is rolled back: begin it again",
      cause,
    });
  }
}
