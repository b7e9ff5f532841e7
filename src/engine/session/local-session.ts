import type { Bookmark } from "../../base/bookmark.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import type { Awaitable, Row } from "../../base/value.ts";
import type { DatabaseCopy } from "../../ports/copy-host.ts";
import type { HistoryCopy } from "../../ports/history-host.ts";
import { Handle } from "../handle.ts";
import type { ResultSet, RowPart } from "./result-set.ts";
import { partsOf } from "../row-parts.ts";
import { SessionCore } from "./session-core.ts";
import type {
  BeginOptions,
  CopySession,
  OnceAnswer,
  OnceCall,
  SchemaSession,
  SessionOptions,
  Statement,
  StatementInfo,
  TransactionStatus,
} from "./session.ts";
import type { Shard } from "../shard.ts";
import type { Reply, Steps, Wait } from "./steps.ts";

/** An iteration that is forgotten keeps the write-ahead log from being emptied. */
const ITERATION_IDLE_MS = 300_000;

/** Who made a session, and closes it. */
export interface SessionOwner {
  readonly engaged: (engaged: boolean) => void;
  /** Others may still use the shard then. */
  readonly isClosed: () => boolean;
}

/** A session on a shard in this process. What needs no waiting is answered without a promise. */
export class LocalSession implements SchemaSession, CopySession {
  readonly #shard: Shard;
  readonly #core: SessionCore;
  readonly #engaged: (engaged: boolean) => void;
  readonly #isClosed: () => boolean;
  /** Ends the iterations and copies that are open. */
  readonly #ends = new Set<(error: DosqlError) => void>();
  #busy = false;
  #closed = false;
  #isEngaged = false;
  /** Ends the wait that is under way. */
  #interrupt: ((error: DosqlError) => void) | null = null;
  statementTimeoutMs = 0;

  /**
   * @param owner `engaged` is told when the session begins and ceases to wait or to be in a
   * transaction
   */
  constructor(shard: Shard, options: SessionOptions, owner: SessionOwner) {
    this.#shard = shard;
    this.#core = new SessionCore(shard, options);
    this.#engaged = owner.engaged;
    this.#isClosed = owner.isClosed;
  }

  get transaction(): TransactionStatus {
    return this.#core.control.status;
  }

  get seen(): Bookmark {
    return this.#core.control.seen;
  }

  get lockTimeoutMs(): number {
    return this.#core.kept.lockTimeoutMs;
  }

  set lockTimeoutMs(ms: number) {
    this.#core.kept.lockTimeoutMs = ms;
  }

  execute(sql: string, params: Row): Awaitable<ResultSet> {
    return this.#drive(this.#core.execute(sql, params));
  }

  batch(statements: readonly Statement[]): Awaitable<ResultSet[]> {
    return this.#drive(this.#core.batch(statements));
  }

  once(call: OnceCall): Awaitable<OnceAnswer> {
    return this.#drive(this.#core.once(call));
  }

  get interrupts(): boolean {
    return this.#shard.readerHost !== null;
  }

  /**
   * On this thread, with turns for others between the parts, and on a connection of its own: its
   * read transaction keeps what it reads, and keeps nobody waiting. One that nobody asks for more
   * for five minutes is closed.
   */
  async *iterate(sql: string, params: Row): AsyncGenerator<RowPart, void> {
    this.#refuse();
    const { openReader, clock } = this.#shard;
    if (openReader === null) {
      // A database in memory has one connection, and a result of it may be there twice.
      const { columns, rows } = await this.execute(sql, params);
      yield* partsOf({ columns, rows: rows.values() });
      return;
    }
    const driver = openReader();
    const state: { over: DosqlError | null } = { over: null };
    const end = (error: DosqlError): void => {
      if (state.over === null) driver.close();
      state.over ??= error;
    };
    this.#ends.add(end);
    this.#engage(true);
    try {
      for (const part of partsOf(this.#core.open(sql, params, new Handle(driver)))) {
        const stop = clock.after(ITERATION_IDLE_MS, () => end(idleIteration()));
        try {
          yield part;
        } finally {
          stop();
        }
        await new Promise<void>((resolve) => clock.after(0, resolve));
        if (state.over !== null) throw state.over;
      }
    } finally {
      end(closedIteration());
      this.#ends.delete(end);
      this.#engage(this.#busy || this.#ends.size > 0 || this.#core.control.current !== null);
    }
  }

  copy(committed: boolean): DatabaseCopy {
    this.#refuse();
    const { control } = this.#core;
    const { copyHost } = this.#shard;
    if (copyHost === null) throw new DosqlError("unsupported", "copies are not supported here");
    this.#busy = true;
    control.entered();
    try {
      control.current?.refuseIfLost();
      const inside = !committed && control.current !== null;
      const copy = copyHost.copy(inside ? control.handle(true).driver : null);
      const close = (): void => {
        this.#ends.delete(close);
        copy.close();
      };
      this.#ends.add(close);
      return { ready: copy.ready, read: (first, count) => copy.read(first, count), close };
    } finally {
      this.#leave();
    }
  }

  describe(sql: string): Awaitable<StatementInfo> {
    return this.#core.describe(sql);
  }

  lookUp(sql: string): Row[] {
    return this.#core.lookUp(sql);
  }

  compileDdl(sql: string): void {
    this.#refuse();
    this.#shard.writer.driver.prepare(`EXPLAIN ${sql}`);
  }

  begin(options?: BeginOptions): Awaitable<void> {
    return this.#drive(this.#core.control.begin(options));
  }

  commit(): Awaitable<Bookmark> {
    this.#refuse();
    try {
      return this.#core.control.commit();
    } finally {
      this.#leave();
    }
  }

  rollback(): Awaitable<void> {
    this.#refuse();
    try {
      this.#core.control.rollback();
    } finally {
      this.#leave();
    }
  }

  cancel(reason: "canceled" | "statement-timeout" = "canceled"): void {
    this.#interrupt?.(interruption(reason));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const end of this.#ends) end(closedIteration());
    this.cancel();
    // A statement that was interrupted unwinds first; its lease goes with the rest.
    if (this.#busy) await this.#settled;
    this.#core.control.end();
    this.#engaged(false);
  }

  #settled: Promise<unknown> = Promise.resolve();

  #drive<T>(steps: Steps<T>): Awaitable<T> {
    this.#refuse();
    this.#busy = true;
    this.#core.control.entered();
    let waiting = false;
    try {
      const first = steps.next();
      if (first.done === true) return first.value;
      waiting = true;
      this.#engage(true);
      const result = this.#wait(steps, first.value);
      this.#settled = result.catch(() => undefined);
      return result;
    } finally {
      if (!waiting) this.#leave();
    }
  }

  #engage(engaged: boolean): void {
    if (this.#isEngaged === engaged) return;
    this.#isEngaged = engaged;
    this.#engaged(engaged);
  }

  #refuse(): void {
    if (this.#closed) throw new DosqlError("misuse", "the session is closed");
    if (this.#isClosed()) throw new DosqlError("misuse", "the database is closed");
    if (this.#busy) throw new DosqlError("misuse", "the session is busy with another statement");
  }

  #leave(): void {
    this.#busy = false;
    this.#core.control.left();
    this.#engage(this.#ends.size > 0 || this.#core.control.current !== null);
  }

  async #wait<T>(steps: Steps<T>, first: Wait): Promise<T> {
    const { statementTimeoutMs } = this;
    const stopTimer =
      statementTimeoutMs > 0
        ? this.#shard.clock.after(statementTimeoutMs, () => {
            this.cancel("statement-timeout");
          })
        : null;
    try {
      let wait = first;
      for (;;) {
        const step = await this.#answer(wait).then(
          (reply) => steps.next(reply),
          (error: unknown) => steps.throw(error),
        );
        if (step.done === true) return step.value;
        wait = step.value;
      }
    } finally {
      stopTimer?.();
      this.#leave();
    }
  }

  async #answer(wait: Wait): Promise<Reply> {
    try {
      switch (wait.kind) {
        case "lease":
          await this.#awaitLease();
          return undefined;
        case "read": {
          const { readerHost } = this.#shard;
          if (readerHost === null) throw new DosqlError("bug", "there are no reader processes");
          const call = readerHost.read(wait.task);
          this.#interrupt = (error) => {
            call.kill(error);
          };
          return await call.result;
        }
        case "history":
          return await this.#fetchHistory(wait.moment);
      }
    } finally {
      this.#interrupt = null;
    }
  }

  async #fetchHistory(moment: Moment): Promise<HistoryCopy> {
    const { history } = this.#shard;
    if (history === null) throw new DosqlError("bug", "there is no archive");
    const { promise: interrupted, reject } = Promise.withResolvers<never>();
    this.#interrupt = reject;
    const opened = history.openAt(moment);
    try {
      return await Promise.race([opened, interrupted]);
    } catch (error) {
      // Nobody waits for it any more.
      opened.then((copy) => copy.close()).catch(() => undefined);
      throw error;
    }
  }

  async #awaitLease(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const { lease, clock } = this.#shard;
    let granted = false;
    const place = lease.acquire(this.#core.control, () => {
      granted = true;
      resolve(undefined);
    });
    const giveUp = (error: DosqlError): void => {
      // Granted already: the statement runs on, and at once.
      if (granted) return;
      place.leave();
      reject(error);
    };
    this.#interrupt = giveUp;
    const stopTimer =
      this.lockTimeoutMs > 0
        ? clock.after(this.lockTimeoutMs, () => {
            giveUp(new DosqlError("lock-timeout", "canceling statement due to lock timeout"));
          })
        : null;
    try {
      await promise;
    } finally {
      stopTimer?.();
    }
  }
}

function idleIteration(): DosqlError {
  const seconds = ITERATION_IDLE_MS / 1000;
  return new DosqlError("canceled", `nobody asked for the next rows for ${seconds} s`);
}

function closedIteration(): DosqlError {
  return new DosqlError("misuse", "the session is closed");
}

function interruption(reason: "canceled" | "statement-timeout"): DosqlError {
  return reason === "canceled"
    ? new DosqlError("canceled", "canceling statement due to user request")
    : new DosqlError("statement-timeout", "canceling statement due to statement timeout");
}
