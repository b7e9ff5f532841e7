import type { Bookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type {
  ChangeFeed,
  SlotInfo,
  SubscribeOptions,
  Subscription,
} from "../../engine/feed/change-feed.ts";
import type { ResultSet } from "../../engine/session/result-set.ts";
import type {
  BeginOptions,
  Database,
  Session,
  SessionOptions,
  Statement,
} from "../../engine/session/session.ts";
import type { Pong, RemoteSessionOptions, SchemaObject } from "../api/remote-api.ts";
import type { Caller } from "./caller.ts";
import { remoteFeed } from "./remote-feed.ts";
import type { SessionParts } from "./remote-session.ts";
import { ClientSession } from "./remote-session.ts";

/** How a single statement or a batch is to be run. */
export type QueryOptions = RemoteSessionOptions & {
  /** How long the server may work on it, in milliseconds. Default: no limit of its own. */
  readonly statementTimeoutMs?: number;
};

/**
 * A transaction of a remote database. It is rolled back when it is disposed of, and when the
 * connection is lost; the server ends one that idles while others wait.
 */
export class RemoteTransaction implements AsyncDisposable {
  readonly #session: ClientSession;

  constructor(session: ClientSession) {
    this.#session = session;
  }

  /** @throws DosqlError as the server has it; a failed statement does not end the transaction */
  async query(sql: string, params: Row = []): Promise<ResultSet> {
    return this.#open().execute(sql, params);
  }

  /** All statements or none of them. */
  async batch(statements: readonly Statement[]): Promise<ResultSet[]> {
    return this.#open().batch(statements);
  }

  /** A point to roll back to; `name` as in SAVEPOINT. */
  savepoint(name: string): Promise<void> {
    return this.#mark("SAVEPOINT", name);
  }

  rollbackTo(name: string): Promise<void> {
    return this.#mark("ROLLBACK TO", name);
  }

  release(name: string): Promise<void> {
    return this.#mark("RELEASE", name);
  }

  /**
   * Durable when the promise is resolved.
   *
   * @throws DosqlError `connection` when the answer was lost: then it may be committed or not
   */
  commit(): Promise<Bookmark> {
    return this.#end(this.#session.commit());
  }

  rollback(): Promise<void> {
    return this.#end(this.#session.rollback());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }

  /** Nothing of it may run outside of a transaction, also when that was lost. */
  #open(): ClientSession {
    if (this.#session.transaction !== "none") return this.#session;
    throw new DosqlError("transaction-state", "the transaction is over");
  }

  async #end<T>(ended: Promise<T>): Promise<T> {
    try {
      return await ended;
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  async #mark(what: string, name: string): Promise<void> {
    await this.query(`${what} "${name.replaceAll('"', '""')}"`);
  }
}

// No `using` here: what it is compiled to for older homes is a tenth of this client.

/**
 * A database that is elsewhere. It is a `Database` as one in this process is, for `d1()` and
 * everything else that takes one, and has a surface of its own.
 */
export class RemoteDatabase implements Database, AsyncDisposable {
  readonly #caller: Caller;
  readonly #parts: SessionParts;
  readonly #idle = new Map<string, ClientSession[]>();
  readonly feed: ChangeFeed;

  constructor(parts: SessionParts) {
    this.#caller = parts.caller;
    this.#parts = parts;
    this.feed = remoteFeed(parts.caller);
  }

  session(options: SessionOptions = {}): Session {
    return this.#session(options);
  }

  /**
   * Runs one statement. A `bigint` is an INTEGER and a `number` a REAL, both ways, unless
   * `integers: "number"` asks for numbers. A call whose answer is lost with the connection is sent
   * again, and happens once.
   */
  async query(sql: string, params: Row = [], options: QueryOptions = {}): Promise<ResultSet> {
    return this.#lend(options, (session) => session.execute(sql, params));
  }

  /** Runs all statements in one transaction. */
  batch(statements: readonly Statement[], options: QueryOptions = {}): Promise<ResultSet[]> {
    return this.#lend(options, (session) => session.batch(statements));
  }

  /**
   * Begins a transaction: over WebSocket only.
   *
   * @example
   * await using tx = await db.begin();
   * await tx.query("UPDATE t SET n = n + 1 WHERE id = ?", [1n]);
   * await tx.commit();
   */
  async begin(
    options: BeginOptions = {},
    session: SessionOptions = {},
  ): Promise<RemoteTransaction> {
    const own = this.#session(session);
    await own.begin(options);
    return new RemoteTransaction(own);
  }

  /** Rows in parts of some hundred kilobytes: the result is never in memory here as a whole. */
  async *iterate(
    sql: string,
    params: Row = [],
    options: QueryOptions = {},
  ): AsyncGenerator<Row, void> {
    const session = this.#session(options);
    try {
      for await (const { rows } of session.iterate(sql, params)) yield* rows;
    } finally {
      await session[Symbol.asyncDispose]();
    }
  }

  /** Changes as they happen; goes on by itself after a lost connection. Over WebSocket only. */
  subscribe(options: SubscribeOptions = {}): Subscription {
    this.#caller.needSocket("subscriptions");
    return this.feed.subscribe(options);
  }

  schema(): Promise<SchemaObject[]> {
    return this.#caller.call((root) => root.schema());
  }

  async ping(): Promise<Pong> {
    const pong = await this.#caller.call((root) => root.ping());
    this.#parts.epoch ??= pong.epoch;
    return pong;
  }

  slots(): Promise<SlotInfo[]> {
    return this.#caller.call((root) => root.slots());
  }

  /** Ends the connection, and with it what is open on it. */
  async close(): Promise<void> {
    this.#caller.close();
    this.#parts.apart?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #session(given: QueryOptions & SessionOptions): ClientSession {
    const { statementTimeoutMs = 0, offload: _offload, ...options } = given;
    const session = new ClientSession(this.#parts, options);
    session.statementTimeoutMs = statementTimeoutMs;
    return session;
  }

  /** Sessions are lent: a session makes one call at a time. */
  async #lend<T>(options: QueryOptions, body: (session: ClientSession) => Promise<T>): Promise<T> {
    const key = JSON.stringify(options);
    const idle = this.#idle.get(key) ?? [];
    const session = idle.pop() ?? this.#session(options);
    try {
      return await body(session);
    } finally {
      if (session.transaction !== "none") await session[Symbol.asyncDispose]();
      else if (options.asOf === undefined) this.#idle.set(key, [...idle, session]);
    }
  }
}
