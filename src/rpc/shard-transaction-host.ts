import { DosqlError } from "../base/errors.ts";
import type { ResultSet } from "../engine/session/result-set.ts";
import type { ScopeControl, ScopedSession } from "../engine/session/scoped-session.ts";
import type { BeginOptions, Statement } from "../engine/session/session.ts";
import type { Clock } from "../ports/clock.ts";
import type { TransactionScope } from "../ports/transaction-scope.ts";
import type {
  NextMessage,
  TransactionMessage,
  TransactionOptions,
  TransactionReply,
} from "./shard-transaction-wire.ts";
import { checkMessage, limitsOf } from "./shard-transaction-wire.ts";
import type { WireAnswer } from "./shard-wire.ts";
import { toWireError, toWireResult } from "./shard-wire.ts";

/** What an object serves a transaction with. */
export interface TransactionHost {
  readonly session: ScopedSession;
  readonly scope: TransactionScope;
  readonly clock: Clock;
  readonly sizeBytes: () => number;
}

/** The object's end of the protocol in shard-transaction-wire.ts. */
export async function serveTransaction(
  host: TransactionHost,
  next: NextMessage,
  options: TransactionOptions,
): Promise<WireAnswer> {
  try {
    return await new ServedTransaction(host, next, options).serve();
  } catch (error) {
    return { error: toWireError(error) };
  }
}

/** Ends all scopes from `level` on; `again` opens that one anew (ROLLBACK TO). */
interface Exit {
  readonly level: number;
  readonly undo: boolean;
  readonly again: boolean;
}

/** The transaction is level 0; its savepoints, each inside the one before, are 1 and up. */
class ServedTransaction {
  readonly #host: TransactionHost;
  readonly #next: NextMessage;
  readonly #options: TransactionOptions;
  readonly #idleMs: number;
  readonly #totalMs: number;
  #endsMs = 0;
  /** What the client hears when it is asked for its next message. */
  #reply: TransactionReply | null = null;
  /** Of savepoints, in lower case: the name at place n is that of level n + 1. */
  readonly #names: string[] = [];

  constructor(host: TransactionHost, next: NextMessage, options: TransactionOptions) {
    this.#host = host;
    this.#next = next;
    this.#options = options;
    ({ idleMs: this.#idleMs, totalMs: this.#totalMs } = limitsOf(options));
  }

  async serve(): Promise<WireAnswer> {
    let entered = false;
    let committed = false;
    try {
      const exit = await this.#inScope(0, () => {
        this.#endsMs = this.#host.clock.monotonicMs() + this.#totalMs;
        this.#host.session.enter(this.#beginOptions());
        entered = true;
      });
      committed = !exit.undo;
    } finally {
      if (entered) this.#host.session.left(committed);
    }
    // With the position of the commit itself.
    const results = this.#reply !== null && "results" in this.#reply ? this.#reply.results : [];
    return { results, seen: this.#host.session.seen, sizeBytes: this.#host.sizeBytes() };
  }

  #beginOptions(): BeginOptions {
    const { begin, readOnly = false } = this.#options;
    if (begin === undefined) return { readOnly };
    const { session } = this.#host;
    const control = session.control(begin);
    // What only looks like a BEGIN fails in SQLite's words.
    if (control?.action !== "begin") session.execute({ sql: begin, params: [] });
    return { readOnly: control?.readOnly ?? readOnly };
  }

  async #inScope(level: number, enter: () => void): Promise<Exit> {
    const { scope, session } = this.#host;
    const undone: { exit?: Exit } = {};
    try {
      return await scope.scoped(async () => {
        enter();
        const exit = await this.#obeyAll();
        if (exit.undo) {
          undone.exit = exit;
          throw new DosqlError("canceled", "the scope is undone at the client's wish");
        }
        if (level === 0) session.seal();
        return exit;
      });
    } catch (error) {
      if (level > 0) session.undone();
      if (undone.exit !== undefined) return undone.exit;
      throw error;
    }
  }

  /** Until a message ends the innermost level, or one around it. */
  async #obeyAll(): Promise<Exit> {
    for (;;) {
      const message = await this.#ask();
      if ("describe" in message) {
        this.#describe(message.describe);
        continue;
      }
      const exit =
        "end" in message
          ? { level: 0, undo: message.end === "rollback", again: false }
          : await this.#obey(message.statements);
      if (exit !== null) return exit;
    }
  }

  #describe(sql: string): void {
    try {
      this.#reply = { info: this.#host.session.describe(sql) };
    } catch (error) {
      this.#reply = { error: toWireError(error) };
    }
  }

  /** @returns how a scope ends by it; null when none does that is open still */
  async #obey(statements: readonly Statement[]): Promise<Exit | null> {
    const { session } = this.#host;
    const [first, second] = statements;
    let opens = false;
    try {
      if (first === undefined || second !== undefined) {
        this.#answer(session.batch(statements));
        return null;
      }
      const control = session.control(first.sql);
      if (control === null) {
        this.#answer([session.execute(first)]);
        return null;
      }
      session.settle();
      const exit = this.#exitOf(control);
      this.#answer([session.done(control.command)]);
      if (exit !== null) return exit;
      opens = true;
    } catch (error) {
      if (!this.#host.scope.isIntact || session.isLost) throw rolledBackBy(error);
      // A statement that failed is undone by itself; the transaction goes on.
      this.#reply = { error: toWireError(error) };
    }
    return opens ? await this.#savepoint() : null;
  }

  /** @returns how the level outside of the savepoint ends; null when it goes on */
  async #savepoint(): Promise<Exit | null> {
    const level = this.#names.length;
    for (;;) {
      const exit = await this.#inScope(level, () => undefined);
      if (exit.level < level) return exit;
      if (!exit.again) return null;
    }
  }

  /** Keeps the names of savepoints in step; null for a new one. */
  #exitOf({ action, name = "" }: ScopeControl): Exit | null {
    const key = name.toLowerCase();
    switch (action) {
      case "begin":
        throw new DosqlError(
          "transaction-state",
          "cannot start a transaction within a transaction",
        );
      case "commit":
      case "rollback":
        return { level: 0, undo: action === "rollback", again: false };
      case "savepoint":
        this.#names.push(key);
        return null;
      case "release":
      case "rollback-to": {
        const place = this.#names.lastIndexOf(key);
        if (place < 0) {
          throw new DosqlError("sqlite", `no such savepoint: ${name}`, { sqlite: "SQLITE_ERROR" });
        }
        const again = action === "rollback-to";
        this.#names.length = again ? place + 1 : place;
        return { level: place + 1, undo: again, again };
      }
    }
  }

  #answer(results: readonly ResultSet[]): void {
    const { session, sizeBytes } = this.#host;
    const wire = results.map(toWireResult);
    this.#reply = { results: wire, seen: session.seen, sizeBytes: sizeBytes() };
  }

  /** The next message, in time. */
  async #ask(): Promise<TransactionMessage> {
    const { clock } = this.#host;
    const leftMs = this.#endsMs - clock.monotonicMs();
    if (leftMs <= 0) throw this.#tooLong();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const cancel = clock.after(Math.min(this.#idleMs, leftMs), () => {
      reject(leftMs <= this.#idleMs ? this.#tooLong() : this.#tooIdle());
    });
    try {
      return checkMessage(await Promise.race([late, this.#askClient()]));
    } finally {
      cancel();
    }
  }

  async #askClient(): Promise<unknown> {
    try {
      return await this.#next(this.#reply);
    } catch (error) {
      throw new DosqlError("canceled", "the transaction was rolled back: its client is gone", {
        cause: error,
      });
    }
  }

  #tooIdle(): DosqlError {
    return new DosqlError(
      "idle-in-transaction",
      `the transaction was rolled back: its client paused for more than ${this.#idleMs} ms`,
      { hint: "run it again, without pauses between its statements" },
    );
  }

  #tooLong(): DosqlError {
    return new DosqlError(
      "limit",
      `the transaction was rolled back: it lasted more than ${this.#totalMs} ms`,
      { hint: "it holds the whole database: split it" },
    );
  }
}

/** The statement ended the transaction: it, a trigger or a constraint says ROLLBACK. */
function rolledBackBy(error: unknown): DosqlError {
  const { message } = toWireError(error);
  return new DosqlError("transaction-state", `the transaction was rolled back: ${message}`, {
    cause: error,
  });
}
