import { DosqlError } from "../../../base/errors.ts";
import type { Lsn } from "../../../base/lsn.ts";
import type {
  FeedEvent,
  SubscribeOptions,
  Subscription,
} from "../../../engine/feed/change-feed.ts";
import type { WorkerEvents, WorkerFailure, WorkerFeedCall } from "./worker-message.ts";

/** The feed in another process. */
export interface FeedLine {
  /** Of the process, as `WorkerConnection`. */
  readonly generation: number;
  /** What needs no waiting is answered at once, the rest with a promise. */
  ask(call: WorkerFeedCall): unknown;
  /** @param wanted false: nobody wants the answer any more; null comes instead */
  awaited(call: WorkerFeedCall, wanted?: () => boolean): Promise<unknown>;
  failureOf(failure: WorkerFailure): unknown;
}

/**
 * A subscription that lives in another process. Events come in parts; the position is that of the
 * last event that was handed out. When the process was ended, it goes on there in the next one.
 */
export class WorkerSubscription implements Subscription {
  readonly #feed: FeedLine;
  readonly #number: number;
  readonly #options: Omit<SubscribeOptions, "signal">;
  readonly #signal: SubscribeOptions["signal"];
  readonly #ended: (subscription: WorkerSubscription) => void;
  #begin: Lsn;
  #generation: number;
  #position: Lsn;
  #events: readonly FeedEvent[] = [];
  #place = 0;
  #failure: WorkerEvents["failure"] = null;
  #done = false;
  #closed = false;
  /** Rows of a snapshot were told, and not all. */
  #inSnapshot: boolean;
  /** Requests wait in line. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    feed: FeedLine,
    number: number,
    { signal, ...options }: SubscribeOptions,
    ended: (subscription: WorkerSubscription) => void,
  ) {
    this.#feed = feed;
    this.#number = number;
    this.#options = options;
    this.#signal = signal;
    this.#ended = ended;
    this.#position = this.#subscribe(options);
    this.#generation = feed.generation;
    this.#begin = this.#position;
    this.#inSnapshot = options.from === "snapshot";
    if (signal?.aborted === true) this.close();
    else signal?.addEventListener("abort", this.close);
  }

  get position(): Lsn {
    return this.#position;
  }

  get closed(): boolean {
    return this.#closed;
  }

  next(): Promise<IteratorResult<FeedEvent, undefined>> {
    const next = this.#last.then(() => this.#next());
    this.#last = next.catch(() => undefined);
    return next;
  }

  async begun(): Promise<void> {
    if (this.#closed) return;
    this.#resume();
    const found = await this.#feed.awaited({ kind: "begun", number: this.#number });
    if (this.#position !== this.#begin || found === null) return;
    this.#begin = found as Lsn;
    this.#position = this.#begin;
  }

  async confirm(lsn: Lsn): Promise<void> {
    if (this.#options.slot !== undefined && lsn > this.#position && !this.#closed) {
      throw new DosqlError(
        "invalid-argument",
        `the subscription has reached ${this.#position}, and cannot confirm ${lsn}`,
      );
    }
    if (this.#closed) throw new DosqlError("misuse", "the subscription has ended");
    this.#resume();
    await this.#feed.awaited({ kind: "confirmed", number: this.#number, lsn });
  }

  return(): Promise<IteratorResult<FeedEvent, undefined>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
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
    this.#signal?.removeEventListener("abort", this.close);
    this.#ended(this);
    if (this.#generation !== this.#feed.generation) return;
    try {
      this.#feed.ask({ kind: "end", number: this.#number });
    } catch (error) {
      // It went with its process.
      if (!(error instanceof DosqlError) || error.code !== "connection") throw error;
    }
  };

  async #next(): Promise<IteratorResult<FeedEvent, undefined>> {
    while (!this.#closed) {
      const event = this.#events[this.#place];
      if (event !== undefined) {
        this.#place += 1;
        this.#move(event);
        return { done: false, value: event };
      }
      const failure = this.#failure;
      if (failure !== null || this.#done) this.close();
      if (failure !== null) throw this.#feed.failureOf(failure);
      if (!this.#closed) await this.#fetch();
    }
    return { done: true, value: undefined };
  }

  async #fetch(): Promise<void> {
    this.#resume();
    const { generation } = this.#feed;
    let told: WorkerEvents | null;
    try {
      const call = { kind: "events", number: this.#number } as const;
      told = (await this.#feed.awaited(call, () => !this.#closed)) as WorkerEvents | null;
    } catch (error) {
      // The next one goes on.
      if (this.#feed.generation !== generation && !this.#closed) return;
      throw error;
    }
    if (told === null) return;
    this.#events = told.events;
    this.#place = 0;
    this.#failure = told.failure;
    this.#done = told.done;
  }

  #move(event: FeedEvent): void {
    if (event.kind === "snapshot") return;
    if (event.kind === "snapshot-end") this.#inSnapshot = false;
    this.#position = event.kind === "transaction" ? event.transaction.lastLsn : event.lsn;
  }

  /** Has the process know the subscription, where the position is. */
  #resume(): void {
    if (this.#generation === this.#feed.generation) return;
    if (this.#inSnapshot) {
      this.close();
      throw new DosqlError("connection", "the snapshot is gone with the process it came from");
    }
    this.#subscribe({ since: this.#begin, ...this.#options, from: this.#position });
    this.#generation = this.#feed.generation;
  }

  #subscribe(options: SubscribeOptions): Lsn {
    const { slot, since, ...rest } = options;
    // A slot knows where its tables were named.
    const named = slot === undefined ? { since } : { slot };
    const given = Object.entries({ ...rest, ...named }).filter(([, value]) => value !== undefined);
    const call = { kind: "subscribe", number: this.#number } as const;
    return this.#feed.ask({ ...call, options: Object.fromEntries(given) }) as Lsn;
  }
}
