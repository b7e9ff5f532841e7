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
import type { IntegerMode } from "../../ports/sql-driver.ts";
import { APART, readAnswer, readPart } from "../api/answer-text.ts";
import { callText } from "../api/call-text.ts";
import type {
  RemoteRoot,
  RemoteSession,
  RemoteSessionOptions,
  StatementHash,
} from "../api/remote-api.ts";
import { isHashed } from "../api/statement-texts.ts";
import type { Caller } from "./caller.ts";
import type { SentTexts } from "./sent-texts.ts";
import type { Stub } from "./remote-stub.ts";

export interface SessionParts {
  readonly caller: Caller;
  readonly texts: SentTexts;
  /** Where transactions are that the server does not have on `caller`; null until that is known. */
  apart: Caller | null;
  readonly openApart: () => Caller;
}

/** A session of a database that is elsewhere. */
export class ClientSession implements Session {
  readonly #parts: SessionParts;
  readonly #options: RemoteSessionOptions;
  readonly #integers: IntegerMode;
  #caller: Caller;
  /** The session on the server, and the connection's root that it belongs to. */
  #remote: { readonly root: Stub<RemoteRoot>; readonly session: Stub<RemoteSession> } | null = null;
  #transaction: TransactionStatus = "none";
  #seen = "" as Bookmark;
  #busy = false;
  #closed = false;
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;
  readonly interrupts = true;

  constructor(parts: SessionParts, options: RemoteSessionOptions) {
    this.#parts = parts;
    this.#caller = parts.caller;
    this.#options = options;
    this.#integers = options.integers ?? "bigint";
  }

  get transaction(): TransactionStatus {
    return this.#transaction;
  }

  get seen(): Bookmark {
    return this.#seen;
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
    this.#transaction = options.implicit === true ? "implicit" : "explicit";
  }

  async commit(): Promise<Bookmark> {
    try {
      this.#seen = (await this.#call((session) => session.commit(), false)) as Bookmark;
      return this.#seen;
    } finally {
      this.#transaction = "none";
    }
  }

  async rollback(): Promise<void> {
    try {
      await this.#call((session) => session.rollback(), false);
    } catch (error) {
      // It is rolled back with its connection.
      if (!(error instanceof DosqlError && error.code === "connection")) throw error;
    } finally {
      this.#transaction = "none";
    }
  }

  cancel(reason: "canceled" | "statement-timeout" = "canceled"): void {
    this.#remote?.session.cancel(reason).then(undefined, () => undefined);
  }

  /** On the server the result waits as a whole. */
  async *iterate(sql: string, params: Row): AsyncGenerator<RowPart, void> {
    if (this.#caller.single) {
      throw new DosqlError("unsupported", "results in parts are not served over HTTP", {
        hint: "connect to the same address with ws: or wss:",
      });
    }
    const text = this.#text([{ sql, params }], false);
    const cursor = await this.#call((session) => session.open(text(0, [sql])), true);
    try {
      const head = readAnswer(
        await this.#caller.call(() => cursor.head(), { again: false }),
        this.#integers,
      );
      const columns = head?.results[0]?.columns ?? [];
      for (;;) {
        const part = await this.#caller.call(() => cursor.fetch(), { again: false });
        if (part === "") return;
        yield { columns, rows: readPart(part, this.#integers) };
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
    const text = this.#text(statements, batch);
    const sqls = statements.map(({ sql }) => sql);
    const short = sqls.some(isHashed) ? await Promise.all(sqls.map((s) => texts.short(s))) : sqls;
    const send = async (given: readonly (string | readonly [StatementHash])[]) =>
      readAnswer(await this.#call((on, ageMs) => on.run(text(ageMs, given))), this.#integers);
    const answer = (await send(short)) ?? (await send(sqls));
    if (answer === null) throw new DosqlError("protocol", "the server wants a text that it has");
    texts.sent(sqls);
    this.#transaction = answer.transaction;
    this.#seen = answer.seen;
    return answer.results;
  }

  #text(
    statements: readonly Statement[],
    batch: boolean,
  ): (ageMs: number, sqls: readonly (string | readonly [StatementHash])[]) => string {
    const { lockTimeoutMs, statementTimeoutMs } = this;
    const key = this.#transaction === "none" ? this.#parts.texts.newKey() : null;
    return (ageMs, sqls) =>
      callText({
        statements: statements.map(({ params }, at) => ({ sql: sqls[at] ?? "", params })),
        batch,
        lockTimeoutMs,
        statementTimeoutMs,
        key,
        ageMs,
      });
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
    const outside = this.#transaction === "none";
    this.#busy = true;
    const send = () =>
      this.#caller.call((root, ageMs) => body(this.#on(root, outside), ageMs), {
        again: again && outside,
      });
    try {
      const answer = await send();
      if (answer !== APART) return answer;
      this.#goApart();
      return await send();
    } catch (error) {
      if (error instanceof DosqlError) {
        if (error.code === "statement-timeout") this.cancel("statement-timeout");
        if (error.code === "connection" && !outside) throw this.#lost(error);
      }
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
      if (!outside) throw new DosqlError("connection", "the connection of the transaction is lost");
      this.#leave();
      this.#remote = { root, session: root.session(this.#options) };
    }
    return this.#remote.session;
  }

  #lost(cause: DosqlError): DosqlError {
    this.#transaction = "none";
    this.#leave();
    return new DosqlError("connection", "the connection was lost in a transaction", {
      hint: "unless it was about to commit it is rolled back: begin it again",
      cause,
    });
  }
}
