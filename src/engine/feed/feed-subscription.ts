import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { AbortLike, FeedEvent, Subscription } from "./change-feed.ts";
import type { CommitSignal } from "./commit-signal.ts";
import type { CommittedLog } from "./committed-log.ts";
import { notCaptured } from "./committed-log.ts";
import type { FeedFilter } from "./feed-filter.ts";
import type { FeedHost } from "./feed-host.ts";
import { FeedSnapshot } from "./feed-snapshot.ts";
import type { LeaseTurns } from "./lease-turns.ts";
import type { LocalSlots } from "./local-slots.ts";
import { Pacer } from "./pacer.ts";
import { TransactionStream } from "./transaction-stream.ts";

/**
 * How long a position may have moved through transactions of no interest before it is told: a
 * heartbeat for each of them would cost more than they do.
 */
const SKIPPED_MS = 100;

/** What a subscription is made of. */
export interface SubscriptionParts {
  readonly host: FeedHost;
  readonly log: CommittedLog;
  readonly slots: LocalSlots;
  readonly turns: LeaseTurns;
  readonly signal: CommitSignal;
  readonly filter: FeedFilter;
  /** The end of the transaction after which it begins. */
  readonly start: Lsn;
  readonly position: Lsn;
  readonly isSnapshot: boolean;
  readonly slot: string | null;
  /** 0 is never. */
  readonly heartbeatMs: number;
  readonly abort: AbortLike | null;
  readonly ended: (subscription: FeedSubscription) => void;
}

/** One consumer of a shard's feed. */
export class FeedSubscription implements Subscription {
  readonly #parts: SubscriptionParts;
  readonly #events: AsyncGenerator<FeedEvent, undefined>;
  readonly #pacer: Pacer;
  #position: Lsn;
  #hold: Lsn;
  #toldMs: number;
  #closed = false;
  #wake: (() => void) | null = null;
  #snapshot: FeedSnapshot | null = null;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    this.#position = parts.position;
    this.#hold = parts.start;
    this.#toldMs = parts.host.clock.monotonicMs();
    this.#pacer = new Pacer(parts.host.clock);
    this.#events = this.#run();
    if (parts.abort?.aborted === true) this.close();
    else parts.abort?.addEventListener("abort", this.close);
  }

  get position(): Lsn {
    return this.#position;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The log is needed after this. With a slot, the slot holds what was not confirmed. */
  get hold(): Lsn {
    return this.#hold;
  }

  async confirm(lsn: Lsn): Promise<void> {
    const { slot, slots } = this.#parts;
    if (slot === null) {
      throw new DosqlError("misuse", "the subscription has no slot to confirm a position in", {
        hint: "create a slot, and subscribe with it",
      });
    }
    if (this.#closed) throw new DosqlError("misuse", "the subscription has ended");
    if (lsn > this.#position) {
      throw new DosqlError(
        "invalid-argument",
        `the subscription has reached ${this.#position}, and cannot confirm ${lsn}`,
      );
    }
    await slots.confirm(slot, lsn);
  }

  next(): Promise<IteratorResult<FeedEvent, undefined>> {
    return this.#events.next();
  }

  return(): Promise<IteratorResult<FeedEvent, undefined>> {
    this.close();
    return this.#events.return(undefined);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** From now on there are no events. */
  readonly close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#parts.abort?.removeEventListener("abort", this.close);
    this.#snapshot?.close();
    this.#parts.ended(this);
    this.#wake?.();
  };

  async *#run(): AsyncGenerator<FeedEvent, undefined> {
    try {
      if (this.#parts.isSnapshot && !this.#closed) yield* this.#runSnapshot();
      const { filter, log, signal } = this.#parts;
      const stream = new TransactionStream(log, filter, this.#hold);
      while (!this.#closed) {
        const seen = signal.count;
        const head = this.#requireHead();
        if (stream.position < head) {
          // Not in a generator of its own, which would cost as much as the reading.
          for (const transaction of stream.pull(head)) {
            this.#move(transaction.lastLsn);
            yield { kind: "transaction", transaction };
            if (this.#closed) return undefined;
          }
          if (this.#pacer.worked(stream.pageEntries)) await this.#pacer.rest();
        }
        const delayMs = this.#heartbeatDelayMs(stream);
        if (delayMs === 0) yield* this.#heartbeat(stream);
        else if (stream.position >= head) await this.#sleep(seen, delayMs);
      }
    } catch (error) {
      // Closing ends what is being waited for; that is no error of the consumer's.
      if (!this.#closed) throw error;
    } finally {
      this.close();
    }
    return undefined;
  }

  /** Until the next heartbeat; null for never. */
  #heartbeatDelayMs(stream: TransactionStream): number | null {
    const { clock } = this.#parts.host;
    const everyMs = this.#parts.heartbeatMs === 0 ? Infinity : this.#parts.heartbeatMs;
    const afterMs = stream.position > this.#position ? Math.min(SKIPPED_MS, everyMs) : everyMs;
    if (afterMs === Infinity) return null;
    return Math.max(0, this.#toldMs + afterMs - clock.monotonicMs());
  }

  *#heartbeat(stream: TransactionStream): Generator<FeedEvent> {
    if (this.#closed) return;
    const { host, log } = this.#parts;
    // At the head, the present is later than all that was committed.
    const time = stream.position === log.head() ? host.bookmarks.tick() : stream.time;
    const lsn = stream.position;
    this.#move(lsn);
    if (time !== null) yield { kind: "heartbeat", lsn, time };
  }

  /** Until something was committed after `seen`, `delayMs` are over, or the subscription ends. */
  async #sleep(seen: number, delayMs: number | null): Promise<void> {
    const { host, signal } = this.#parts;
    if (this.#closed || signal.count !== seen) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = (): void => {
      resolve(undefined);
    };
    this.#wake = wake;
    const stopListening = signal.listen(wake);
    const stopTimer = delayMs === null ? null : host.clock.after(delayMs, wake);
    await promise;
    stopListening();
    stopTimer?.();
    this.#wake = null;
    this.#pacer.restart();
  }

  async *#runSnapshot(): AsyncGenerator<FeedEvent> {
    const { host, turns, filter } = this.#parts;
    const snapshot = new FeedSnapshot(host, turns, filter);
    this.#snapshot = snapshot;
    const lsn = await snapshot.open();
    this.#hold = lsn;
    for await (const batch of snapshot.batches(this.#pacer)) {
      if (this.#closed) return;
      yield batch;
    }
    this.#snapshot = null;
    if (this.#closed) return;
    this.#move(lsn);
    yield { kind: "snapshot-end", lsn };
  }

  /** The log's head, if the subscription may still read it. */
  #requireHead(): Lsn {
    const { host, log, slot, slots } = this.#parts;
    if (!host.changes.active) throw notCaptured();
    if (slot !== null) slots.requireUsable(slot);
    return log.head();
  }

  #move(lsn: Lsn): void {
    this.#position = lsn;
    this.#hold = lsn;
    this.#toldMs = this.#parts.host.clock.monotonicMs();
  }
}
