import type { Bookmark } from "../base/bookmark.ts";
import { DosqlError } from "../base/errors.ts";
import type { Row } from "../base/value.ts";
import type { ResultSet } from "../engine/session/result-set.ts";
import type {
  BeginOptions,
  Database,
  Session,
  SessionOptions,
  Statement,
  StatementInfo,
  TransactionStatus,
} from "../engine/session/session.ts";
import type { Described } from "./shard-session-wire.ts";
import type { StubDatabase } from "./shard-stub.ts";
import type {
  TransactionMessage,
  TransactionOptions,
  TransactionReply,
  TransactionService,
} from "./shard-transaction-wire.ts";
import type { ShardService, WireAnswer } from "./shard-wire.ts";
import { fromWireAnswer, fromWireError } from "./shard-wire.ts";

const ROLLBACK = { end: "rollback" } as const;

/** What begins or ends a transaction, by its first word; the object reads the rest. */
export const EDGE: RegExp =
  /^(?:[\s;]|--.*|\/\*[^]*?\*\/)*(?:(begin|start)|(commit|end)|(?:rollback|abort)(?!.*\bto\b))\b/i;

/**
 * A Durable Object's shard as a database whose sessions have interactive transactions. Others
 * stay as they are: their sessions have them already.
 */
export function withTransactions(database: Database): Database {
  if (!("connect" in database)) return database;
  const connect = (): TransactionService =>
    (database as StubDatabase).connect() as ShardService & TransactionService;
  return {
    session(options: SessionOptions = {}): Session {
      const { integers = "bigint" } = options;
      return new TransactingSession(connect, database.session(options), { integers });
    },
    get feed() {
      return database.feed;
    },
    close: () => undefined,
  };
}

/** The client's end of the protocol in shard-transaction-wire.ts. */
class PulledTransaction {
  readonly #final: Promise<WireAnswer>;
  #heard = Promise.withResolvers<TransactionReply | null>();
  #say: (message: TransactionMessage) => void = () => undefined;
  #isAsking = true;
  #isLeft = false;
  /** The object holds it no longer, whoever ended it. */
  isOver = false;

  constructor(service: TransactionService, options: TransactionOptions) {
    this.#final = service.transact((reply) => {
      this.#heard.resolve(reply);
      if (this.#isLeft) return ROLLBACK;
      return new Promise((resolve) => (this.#say = resolve));
    }, options);
    const over = (): boolean => (this.isOver = true);
    this.#final.then(over, over);
  }

  /**
   * Waits for the answer to `ask`, or at first for the transaction to begin.
   *
   * @throws DosqlError the failure that it tells of
   */
  async heard(): Promise<TransactionReply | null> {
    try {
      const reply = await Promise.race([this.#heard.promise, this.#final]);
      if (reply !== null && "error" in reply) throw fromWireError(reply.error);
      return reply;
    } finally {
      this.#isAsking = false;
    }
  }

  /** Ends it, also where a statement still runs. */
  async leave(): Promise<void> {
    this.#isLeft = true;
    this.#say(ROLLBACK);
    await this.#final.catch(() => undefined);
  }

  ask(message: TransactionMessage): Promise<TransactionReply | null> {
    if (this.#isAsking) {
      throw new DosqlError("misuse", "the session is busy with another statement");
    }
    this.#isAsking = true;
    this.#heard = Promise.withResolvers();
    this.#say(message);
    return this.heard();
  }
}

/** Calls stand alone, but in a transaction. */
export class TransactingSession implements Session {
  readonly #connect: () => TransactionService;
  readonly #alone: Session;
  readonly #options: TransactionOptions;
  /** Stays when the object ended it by itself, until the client knows. */
  #open: PulledTransaction | null = null;
  #seen = "" as Bookmark;
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;

  /** @param alone runs what is in no transaction */
  constructor(connect: () => TransactionService, alone: Session, options: TransactionOptions) {
    this.#connect = connect;
    this.#alone = alone;
    this.#options = options;
  }

  get transaction(): TransactionStatus {
    return this.#open === null ? "none" : "explicit";
  }

  get seen(): Bookmark {
    const { seen } = this.#alone;
    return seen > this.#seen ? seen : this.#seen;
  }

  async execute(sql: string, params: Row): Promise<ResultSet> {
    const [edge, begins, commits] = EDGE.exec(sql) ?? [];
    if (edge === undefined || (this.#open !== null && !this.#open.isOver)) {
      const [result] = await this.batch([{ sql, params }]);
      return result as ResultSet;
    }
    if (begins !== undefined) await this.#begin({ begin: sql });
    else if (commits !== undefined) await this.commit();
    else await this.rollback();
    return { columns: [], rows: [], changes: 0, lastRowid: 0n, command: edge.toUpperCase() };
  }

  batch(statements: readonly Statement[]): Promise<ResultSet[]> {
    return this.#open === null
      ? Promise.resolve(this.#alone.batch(statements))
      : this.#ask(this.#open, { statements });
  }

  async describe(sql: string): Promise<StatementInfo> {
    if (this.#open === null) return this.#alone.describe(sql);
    const reply = await this.#reply(this.#open, { describe: sql });
    return (reply as Described).info;
  }

  begin({ readOnly = false }: BeginOptions = {}): Promise<void> {
    return this.#begin({ readOnly });
  }

  async commit(): Promise<Bookmark> {
    const open = this.#current("commit");
    try {
      await this.#ask(open, { end: "commit" });
    } finally {
      this.#open = null;
    }
    return this.seen;
  }

  /** However it ended, nothing of it stays. */
  async rollback(): Promise<void> {
    const open = this.#current("rollback");
    this.#open = null;
    await open.leave();
  }

  /** A call that is under way cannot be taken back. */
  cancel(): void {}

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#open !== null) await this.rollback();
  }

  async #begin(how: { readonly begin?: string; readonly readOnly?: boolean }): Promise<void> {
    if (this.#open !== null) {
      throw new DosqlError("transaction-state", "cannot start a transaction within a transaction");
    }
    const open = new PulledTransaction(this.#connect(), { ...this.#options, ...how });
    this.#open = open;
    try {
      await open.heard();
    } finally {
      if (open.isOver) this.#open = null;
    }
  }

  async #reply(open: PulledTransaction, message: TransactionMessage): Promise<TransactionReply> {
    const answer = await open.ask(message);
    if (open.isOver) this.#open = null;
    return answer as TransactionReply;
  }

  async #ask(open: PulledTransaction, message: TransactionMessage): Promise<ResultSet[]> {
    const answer = (await this.#reply(open, message)) as WireAnswer;
    const { results, seen } = fromWireAnswer(answer);
    this.#seen = seen;
    return results;
  }

  #current(what: string): PulledTransaction {
    if (this.#open !== null) return this.#open;
    throw new DosqlError("transaction-state", `cannot ${what} - no transaction is active`);
  }
}
