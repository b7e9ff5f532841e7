import type { Bookmark } from "../base/bookmark.ts";
import { DosqlError } from "../base/errors.ts";
import type { Row } from "../base/value.ts";
import type { ResultSet } from "../engine/result-set.ts";
import type {
  BeginOptions,
  Database,
  Session,
  SessionOptions,
  Statement,
  TransactionStatus,
} from "../engine/session.ts";
import type { StubDatabase } from "./shard-stub.ts";
import type {
  TransactionMessage,
  TransactionOptions,
  TransactionService,
} from "./shard-transaction-wire.ts";
import type { ShardService, WireAnswer } from "./shard-wire.ts";
import { fromWireError, fromWireResult } from "./shard-wire.ts";

/** What begins or ends a transaction, by its first word; the object reads the rest. */
const EDGE =
  /^(?:[\s;]|--.*|\/\*[^]*?\*\/)*(?:(begin|start)|(commit|end)|(?:rollback|abort)(?!.*\bto\b))\b/i;

/**
 * A Durable Object's shard as a database whose sessions have interactive transactions. Others
 * stay as they are: their sessions have them already.
 */
export function withTransactions(database: Database): Database {
  return isStub(database) ? transactingDatabase(database) : database;
}

function isStub(database: Database): database is StubDatabase {
  return "connect" in database;
}

function transactingDatabase(stub: StubDatabase): Database {
  return {
    session: (options: SessionOptions = {}) => new TransactingSession(stub, options),
    get feed() {
      return stub.feed;
    },
    close: () => undefined,
  };
}

/** The client's end of the protocol in shard-transaction-wire.ts. */
class PulledTransaction {
  readonly #final: Promise<WireAnswer>;
  #heard = Promise.withResolvers<WireAnswer | null>();
  #say: (message: TransactionMessage) => void = () => undefined;
  #isAsking = true;
  /** The object holds it no longer, whoever ended it. */
  isOver = false;

  constructor(service: TransactionService, options: TransactionOptions) {
    this.#final = service.transact((reply) => {
      this.#heard.resolve(reply);
      return new Promise((resolve) => (this.#say = resolve));
    }, options);
    const over = (): void => {
      this.isOver = true;
    };
    this.#final.then(over, over);
  }

  /** Waits for the answer to `ask`, or at first for the transaction to begin. */
  async heard(): Promise<WireAnswer | null> {
    try {
      return await Promise.race([this.#heard.promise, this.#final]);
    } finally {
      this.#isAsking = false;
    }
  }

  ask(message: TransactionMessage): Promise<WireAnswer | null> {
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
class TransactingSession implements Session {
  readonly #connect: () => ShardService;
  readonly #alone: Session;
  readonly #options: SessionOptions;
  /** Stays when the object ended it by itself, until the client knows. */
  #open: PulledTransaction | null = null;
  #seen = "" as Bookmark;
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;

  constructor(stub: StubDatabase, options: SessionOptions) {
    this.#connect = stub.connect;
    this.#alone = stub.session(options);
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

  describe(sql: string): ReturnType<Session["describe"]> {
    return this.#alone.describe(sql);
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
    await open.ask({ end: "rollback" }).catch(() => undefined);
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
    const service = this.#connect() as ShardService & TransactionService;
    const integers = this.#options.integers ?? "bigint";
    const open = new PulledTransaction(service, { integers, ...how });
    this.#open = open;
    try {
      const answer = await open.heard();
      if (answer !== null && "error" in answer) throw fromWireError(answer.error);
    } finally {
      if (open.isOver) this.#open = null;
    }
  }

  async #ask(open: PulledTransaction, message: TransactionMessage): Promise<ResultSet[]> {
    const answer = (await open.ask(message)) as WireAnswer;
    if ("error" in answer) throw fromWireError(answer.error);
    if (open.isOver) this.#open = null;
    this.#seen = answer.seen;
    return answer.results.map((result) => fromWireResult(result, answer.sizeBytes));
  }

  #current(what: string): PulledTransaction {
    if (this.#open !== null) return this.#open;
    throw new DosqlError("transaction-state", `cannot ${what} - no transaction is active`);
  }
}
