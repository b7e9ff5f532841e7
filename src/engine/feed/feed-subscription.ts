import { DosqlError } from "../../base/errors.ts";
import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import { MAX_RESULT_BYTES } from "../../base/row-size.ts";
import type { LogTransaction } from "../log/record.ts";
import { MetaTable } from "../meta-table.ts";
import type { AbortLike, FeedEvent, Subscription } from "./change-feed.ts";
import type { CommitSignal } from "./commit-signal.ts";
import type { CommittedLog } from "./committed-log.ts";
import { notCaptured } from "./committed-log.ts";
import { confirmedSlot } from "./confirmed-slot.ts";
import type { FeedArchive } from "./feed-archive.ts";
import type { FeedFilter } from "./feed-filter.ts";
import type { FeedHost } from "./feed-host.ts";
import { FeedSnapshot } from "./feed-snapshot.ts";
import type { LeaseTurns } from "./lease-turns.ts";
import type { LocalSlots } from "./local-slots.ts";
import { historyGone } from "./history-gone.ts";
import { Pacer } from "./pacer.ts";
import { TransactionAssembly } from "./transaction-assembly.ts";
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
  /** The end of the transaction after which it begins; in the past, at least the log's. */
  readonly start: Lsn;
  /** Where it begins when the log does not reach back so far; null else. */
  readonly past: PastStart | null;
  readonly position: Lsn;
  readonly isSnapshot: boolean;
  readonly slot: string | null;
  /** Entries that may be written while nothing is asked for. */
  readonly maxLag: number;
  /** 0 is never. */
  readonly heartbeatMs: number;
  readonly abort: AbortLike | null;
  readonly ended: (subscription: FeedSubscription) => void;
}

/** A beginning that only the archive knows. */
export interface PastStart {
  readonly archive: FeedArchive;
  readonly from: Lsn | Hlc;
  /** The filter of a subscription that begins there. */
  filter(start: Lsn): FeedFilter;
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
  #filter: FeedFilter;
  /** Where the past that was asked for begins, once somebody wants to know. */
  #pastStart: Promise<Lsn> | null = null;
  /** How often something was asked for, and how often it was answered. */
  #asked = 0;
  #answered = 0;
  #failure: DosqlError | null = null;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    this.#position = parts.position;
    this.#hold = parts.start;
    this.#filter = parts.filter;
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
    const at = { slot, closed: this.#closed, position: this.#position };
    await slots.confirm(confirmedSlot(at, lsn), lsn);
  }

  /** With a slot it is the slot that holds the log, and has its own cap. */
  get maxLag(): number {
    return this.#parts.maxLag;
  }

  /** How often something was asked for, while nobody waits for an answer; null while one does. */
  get idleSince(): number | null {
    return this.#asked === this.#answered ? this.#asked : null;
  }

  next(): Promise<IteratorResult<FeedEvent, undefined>> {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) return Promise.reject(failure);
    this.#asked += 1;
    return this.#events.next();
  }

  /** Ends it, since it holds what it does not read; whoever asks next is told. */
  expire(failure: DosqlError): void {
    this.#failure = failure;
    this.close();
  }

  /** Until its position is known, which may stand in the archive. */
  async begun(): Promise<void> {
    if (this.#parts.past !== null) await this.#findPast(this.#parts.past);
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
      const { log, signal, past } = this.#parts;
      if (past !== null && !this.#closed) yield* this.#runPast(past);
      const stream = new TransactionStream(log, this.#filter, this.#hold);
      while (!this.#closed) {
        const seen = signal.count;
        const head = this.#requireHead();
        if (stream.position < head) {
          // Not in a generator of its own, which would cost as much as the reading.
          for (const transaction of stream.pull(head)) {
            this.#move(transaction.lastLsn);
            this.#answered += 1;
            yield { kind: "transaction", transaction };
            if (this.#closed) return undefined;
          }
          // What passes nothing by is not needed any more, told or not.
          this.#hold = stream.position;
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
    if (time === null) return;
    this.#answered += 1;
    yield { kind: "heartbeat", lsn, time };
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
      this.#answered += 1;
      yield batch;
    }
    this.#snapshot = null;
    if (this.#closed) return;
    this.#move(lsn);
    this.#answered += 1;
    yield { kind: "snapshot-end", lsn };
  }

  #findPast({ archive, from }: PastStart): Promise<Lsn> {
    this.#pastStart ??= this.#lookUpPast(archive, from);
    return this.#pastStart;
  }

  async #lookUpPast(archive: FeedArchive, from: Lsn | Hlc): Promise<Lsn> {
    const start = await archive.findStart(from, epochOf(this.#parts.host));
    if (start === null) throw historyGone(typeof from === "number" ? from : null);
    this.#position = start;
    return start;
  }

  /** Tells what the archive has and the log has not; then the position lies within the log. */
  async *#runPast(past: PastStart): AsyncGenerator<FeedEvent> {
    const { host, log } = this.#parts;
    const start = await this.#findPast(past);
    this.#filter = past.filter(start);
    const assembly = new TransactionAssembly(this.#filter, start, MAX_RESULT_BYTES);
    const reaches = (): boolean => assembly.position >= log.seals.trimmedLsn();
    for await (const page of past.archive.pages(start, epochOf(host))) {
      const found: LogTransaction[] = [];
      let fault: DosqlError | null = null;
      for (const entry of page) {
        fault ??= assembly.take(entry, found);
        if (fault !== null || (entry.lsn === assembly.position && reaches())) break;
        if (this.#pacer.worked(1)) await this.#pacer.rest();
      }
      for (const transaction of found) {
        if (this.#closed) return;
        this.#position = transaction.lastLsn;
        this.#toldMs = host.clock.monotonicMs();
        this.#answered += 1;
        yield { kind: "transaction", transaction };
      }
      if (fault !== null) throw fault;
      if (reaches() || this.#closed) break;
    }
    if (!reaches() && !this.#closed) throw historyGone(assembly.position);
    this.#hold = assembly.position;
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

/** The name of the shard's log in its archive. */
function epochOf({ reader }: FeedHost): string {
  return String(new MetaTable(reader.driver).read("epoch"));
}
