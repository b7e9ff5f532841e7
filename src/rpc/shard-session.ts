import type { Bookmark } from "../base/bookmark.ts";
import { DosqlError } from "../base/errors.ts";
import type { Row } from "../base/value.ts";
import type { ChangeFeed } from "../engine/feed/change-feed.ts";
import type { ResultSet } from "../engine/session/result-set.ts";
import type {
  BeginOptions,
  Database,
  OnceAnswer,
  OnceCall,
  Session,
  SessionOptions,
  Statement,
  StatementInfo,
  TransactionStatus,
} from "../engine/session/session.ts";
import type { Entropy } from "../ports/entropy.ts";
import type {
  KeptSession,
  SessionCall,
  SessionReply,
  SessionService,
} from "./shard-session-wire.ts";
import { EDGE, TransactingSession } from "./shard-transaction.ts";
import type { TransactionOptions, TransactionService } from "./shard-transaction-wire.ts";
import { fromWireAnswer, fromWireError } from "./shard-wire.ts";

/** Commands that begin and end a transaction. */
const BEGINS = /^(?:BEGIN|START TRANSACTION)$/;
const ENDS = /^(?:COMMIT|END|ROLLBACK|ABORT)$/;

/** What an object offers to a Worker that keeps sessions. */
export type KeepingService = SessionService & TransactionService;

/**
 * A shard in a Durable Object with all that a local one has: sessions with options, transactions,
 * descriptions, and calls that happen once. `connect` is asked for every call.
 */
export function sessionDatabase(
  connect: () => KeepingService,
  feed: ChangeFeed,
  entropy: Entropy,
): Database {
  const transacting = (): TransactionService => ({
    transact: async (next, options) => {
      try {
        return await connect().transact(next, options);
      } catch (error) {
        throw lostObject(error);
      }
    },
  });
  return {
    session(options: SessionOptions = {}): Session {
      const id = Array.from(entropy.randomBytes(16), (byte) => byte.toString(16).padStart(2, "0"));
      const kept: KeptSession = { id: id.join(""), options };
      const alone = new KeptStub(connect, kept);
      // A transaction that reads only must not hold the object.
      if (options.begins === false || options.readOnly === true) return alone;
      const { integers = "bigint" } = options;
      return new KeptSessionStub(transacting, alone, { integers, kept });
    },
    feed,
    close: () => undefined,
  };
}

/**
 * A session in the object. Each call stands alone; in a transaction of one that reads only, too,
 * so that the object waits for nobody.
 */
class KeptStub implements Session {
  transaction: TransactionStatus = "none";
  readonly #connect: () => KeepingService;
  readonly #kept: KeptSession;
  seen = "" as Bookmark;
  lockTimeoutMs = 0;
  statementTimeoutMs = 0;

  constructor(connect: () => KeepingService, kept: KeptSession) {
    this.#connect = connect;
    this.#kept = kept;
  }

  /** All texts: the object refuses them to others. */
  async begin({ isolation }: BeginOptions = {}): Promise<void> {
    const level = isolation === undefined ? "" : ` ISOLATION LEVEL ${isolation}`;
    await this.execute(`BEGIN${level}`, []);
  }

  async commit(): Promise<Bookmark> {
    await this.execute("COMMIT", []);
    return this.seen;
  }

  async rollback(): Promise<void> {
    await this.execute("ROLLBACK", []);
  }

  async execute(sql: string, params: Row): Promise<ResultSet> {
    const [result] = await this.#run([{ sql, params }], false);
    const command = result?.command ?? "";
    if (BEGINS.test(command)) this.transaction = "explicit";
    else if (ENDS.test(command)) this.transaction = "none";
    return result as ResultSet;
  }

  batch(statements: readonly Statement[]): Promise<ResultSet[]> {
    return this.#run(statements, true);
  }

  async once({ statements, batch, key, ageMs, holder = "" }: OnceCall): Promise<OnceAnswer> {
    const reply = await this.#ask({ kind: "run", statements, batch, key, ageMs, holder });
    return "unprotected" in reply ? "unprotected" : this.#resultsOf(reply);
  }

  async describe(sql: string): Promise<StatementInfo> {
    const reply = await this.#ask({ kind: "describe", sql });
    if ("info" in reply) return reply.info;
    throw notAnswered();
  }

  /** A call that is under way cannot be taken back. */
  cancel(): void {}

  async [Symbol.asyncDispose](): Promise<void> {}

  async #run(statements: readonly Statement[], batch: boolean): Promise<ResultSet[]> {
    return this.#resultsOf(await this.#ask({ kind: "run", statements, batch }));
  }

  async #ask(call: SessionCall): Promise<Exclude<SessionReply, { error: unknown }>> {
    let reply: SessionReply;
    try {
      reply = await this.#connect().session(this.#kept, call);
    } catch (error) {
      throw lostObject(error);
    }
    if ("error" in reply) throw fromWireError(reply.error);
    return reply;
  }

  #resultsOf(reply: SessionReply): ResultSet[] {
    if (!("results" in reply)) throw notAnswered();
    const { results, seen } = fromWireAnswer(reply);
    this.seen = seen;
    return results;
  }
}

/** The same with transactions, which hold the object. */
class KeptSessionStub extends TransactingSession {
  readonly #alone: KeptStub;

  constructor(connect: () => TransactionService, alone: KeptStub, options: TransactionOptions) {
    super(connect, alone, options);
    this.#alone = alone;
  }

  async once(call: OnceCall): Promise<OnceAnswer> {
    if (this.transaction !== "none") return "unprotected";
    // What begins a transaction can begin another one: the first went with its connection.
    if (call.statements.some(({ sql }) => EDGE.test(sql))) return "repeatable";
    return this.#alone.once(call);
  }
}

function notAnswered(): DosqlError {
  return new DosqlError("bug", "the object answered something else");
}

/** Who made the call makes it again, and says so. */
function lostObject(cause: unknown): DosqlError {
  if (cause instanceof DosqlError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new DosqlError("connection", `the database's object did not answer: ${message}`, {
    cause,
  });
}
