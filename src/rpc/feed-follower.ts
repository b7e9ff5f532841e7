import { rowSizeBytes } from "../base/row-size.ts";
import type { FeedEvent } from "../engine/feed/change-feed.ts";
import type { FeedSubscription } from "../engine/feed/feed-subscription.ts";
import type { LocalFeed } from "../engine/feed/local-feed.ts";
import type { LogRecord } from "../engine/log/record.ts";
import type { Clock } from "../ports/clock.ts";
import type { FeedPart } from "./feed-wire.ts";

/** How long a call may wait for news: less than what lies between may take for a dead one. */
const WAIT_MS = 20_000;

/** For more that may be ready, nobody waits longer. */
const LINGER_MS = 5;

/** About how large an answer is. The runtime's RPC takes 32 MiB. */
const ANSWER_BYTES = 1_048_576;

/** What a record costs besides its rows: its names are told once in an answer. */
const RECORD_BYTES = 64;

/** Collects the events of a subscription into answers of a size. */
export class FeedFollower {
  readonly #subscription: FeedSubscription;
  readonly #feed: LocalFeed;
  readonly #clock: Clock;
  /** What was asked of the subscription, and not answered in time. */
  #next: Promise<IteratorResult<FeedEvent, undefined>> | null = null;
  /** A transaction of which a part was told. */
  #rest: (FeedEvent & { readonly kind: "transaction" }) | null = null;
  #ended = false;
  /** What went wrong behind what the last answer told. */
  #failure: Error | null = null;

  constructor(subscription: FeedSubscription, feed: LocalFeed, clock: Clock) {
    this.#subscription = subscription;
    this.#feed = feed;
    this.#clock = clock;
  }

  /** Nothing comes any more. */
  get ended(): boolean {
    return this.#ended && this.#rest === null;
  }

  /** Waits for an event, and takes what else is there. Empty when there was nothing for long. */
  async take(): Promise<FeedPart[]> {
    if (this.#failure !== null) throw this.#failure;
    const parts: FeedPart[] = [];
    for (let bytes = 0; bytes < ANSWER_BYTES;) {
      let event: FeedEvent | null;
      try {
        event = this.#rest ?? (await this.#wait(parts.length === 0 ? WAIT_MS : LINGER_MS));
      } catch (error) {
        // What lies before it is told; who asks for more hears of it.
        if (parts.length === 0 || !(error instanceof Error)) throw error;
        this.#failure = error;
        break;
      }
      this.#rest = null;
      if (event === null) break;
      const { part, sizeBytes } = this.#part(event, ANSWER_BYTES - bytes);
      parts.push(part);
      bytes += sizeBytes;
      if (this.#subscription.position >= this.#feed.head && this.#rest === null) break;
    }
    return parts;
  }

  close(): void {
    this.#ended = true;
    this.#rest = null;
    this.#subscription.close();
  }

  /** Null when it took too long, or the subscription has ended. */
  async #wait(longestMs: number): Promise<FeedEvent | null> {
    if (this.#ended) return null;
    const next = (this.#next ??= this.#subscription.next());
    // Told where it is awaited; if nobody does, it is of no interest.
    next.catch(() => undefined);
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const stopTimer = this.#clock.after(longestMs, () => {
      resolve(null);
    });
    try {
      const result = await Promise.race([next, late]);
      if (result === null) return null;
      this.#next = null;
      if (result.done !== true) return result.value;
      this.#ended = true;
      return null;
    } finally {
      stopTimer();
    }
  }

  /** As much of an event as fits; of a transaction, the rest is kept. */
  #part(
    event: FeedEvent,
    roomBytes: number,
  ): { readonly part: FeedPart; readonly sizeBytes: number } {
    if (event.kind === "snapshot") {
      return { part: event, sizeBytes: sum(event.rows.map(rowSizeBytes)) };
    }
    if (event.kind !== "transaction") return { part: event, sizeBytes: RECORD_BYTES };
    const { records } = event.transaction;
    let sizeBytes = 0;
    for (const [place, record] of records.entries()) {
      sizeBytes += recordBytes(record);
      if (sizeBytes < roomBytes || place === records.length - 1) continue;
      const transaction = { ...event.transaction, records: records.slice(place + 1) };
      this.#rest = { kind: "transaction", transaction };
      return { part: { kind: "records", records: records.slice(0, place + 1) }, sizeBytes };
    }
    return { part: event, sizeBytes };
  }
}

function recordBytes({ before = [], after = [], sql = "" }: LogRecord): number {
  return RECORD_BYTES + rowSizeBytes(before) + rowSizeBytes(after) + sql.length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
