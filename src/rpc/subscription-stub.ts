import type { Lsn } from "../base/lsn.ts";
import { LSN_ZERO } from "../base/lsn.ts";
import type {
  FeedEvent,
  FeedStart,
  SubscribeOptions,
  Subscription,
} from "../engine/feed/change-feed.ts";
import { confirmedSlot } from "../engine/feed/confirmed-slot.ts";
import type { LogRecord } from "../engine/log/record.ts";
import type { FeedLine } from "./feed-line.ts";
import type { FeedPart, FeedReply, FeedWish } from "./feed-wire.ts";

/** A subscription on a feed from afar: it asks for the next answer when this one is used up. */
export class SubscriptionStub implements Subscription {
  readonly #line: FeedLine;
  readonly #id: string;
  readonly #options: SubscribeOptions;
  readonly #wish: FeedWish;
  readonly #events: AsyncGenerator<FeedEvent, undefined>;
  readonly #first: Promise<FeedReply>;
  readonly #closing = Promise.withResolvers<null>();
  #closed = false;
  #position: Lsn = LSN_ZERO;
  #from: FeedStart | null;
  #since: Lsn | null = null;
  #turn = 0;
  /** Of a transaction of which not all records are here. */
  #records: LogRecord[] = [];

  /** Begins at once, so that nothing is missed before the first `next()`. */
  constructor(line: FeedLine, options: SubscribeOptions) {
    const { from, signal, slot, tables, operations, since, maxLag, heartbeatMs } = options;
    this.#line = line;
    this.#id = line.newId();
    this.#options = options;
    this.#wish = {
      ...(slot === undefined ? {} : { slot }),
      ...(tables === undefined ? {} : { tables }),
      ...(operations === undefined ? {} : { operations }),
      ...(maxLag === undefined ? {} : { maxLag }),
      ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    };
    this.#from = from ?? null;
    if (typeof from === "number") this.#position = from;
    this.#since = since ?? null;
    this.#events = this.#run();
    if (signal?.aborted === true) {
      this.#closed = true;
      this.#first = Promise.resolve({ head: line.head });
      return;
    }
    signal?.addEventListener("abort", this.close);
    this.#first = this.#ask();
    this.#first.catch(() => undefined);
  }

  get position(): Lsn {
    return this.#position;
  }

  async begun(): Promise<void> {
    const { begun } = await this.#first;
    if (this.#turn === 0 && begun !== undefined) this.#position = begun.position;
  }

  async confirm(lsn: Lsn): Promise<void> {
    const { slot } = this.#options;
    const at = { slot, closed: this.#closed, position: this.#position };
    await this.#line.call({ kind: "confirm-slot", name: confirmedSlot(at, lsn), lsn });
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

  /** From now on there are no events. The object gives it up a while later if it never hears. */
  readonly close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.signal?.removeEventListener("abort", this.close);
    this.#closing.resolve(null);
    this.#line.once({ kind: "close", id: this.#id }).catch(() => undefined);
  };

  async *#run(): AsyncGenerator<FeedEvent, undefined> {
    try {
      for (let asked = this.#first; !this.#closed; asked = this.#ask()) {
        const reply = await Promise.race([asked, this.#closing.promise]);
        if (reply === null) return undefined;
        this.#noteAnswer(reply);
        for (const part of reply.parts ?? []) {
          const event = this.#take(part);
          if (event !== null) yield event;
          if (this.#closed) return undefined;
        }
      }
    } finally {
      this.close();
    }
    return undefined;
  }

  async #ask(): Promise<FeedReply> {
    const place = { turn: this.#turn, from: this.#from, since: this.#since };
    const call = { kind: "pull", id: this.#id, wish: this.#wish, ...place } as const;
    try {
      return await this.#line.call(call, () => !this.#closed);
    } finally {
      // What is told after this is another call's answer.
      if (this.#closed) void this.#line.once({ kind: "close", id: this.#id }).catch(() => null);
    }
  }

  #noteAnswer({ begun }: FeedReply): void {
    this.#turn += 1;
    if (begun === undefined) return;
    // What was told of a transaction is told again.
    this.#records = [];
    this.#since ??= this.#wish.slot === undefined ? begun.since : null;
    if (this.#turn > 1) return;
    this.#position = begun.position;
    if (this.#from !== "snapshot") this.#from = begun.position;
  }

  /** Null for what is no whole event. */
  #take(part: FeedPart): FeedEvent | null {
    if (part.kind === "records") {
      for (const record of part.records) this.#records.push(record);
      return null;
    }
    if (part.kind === "snapshot") return part;
    if (part.kind !== "transaction") {
      this.#move(part.lsn);
      return part;
    }
    const begun = this.#records;
    this.#records = [];
    this.#move(part.transaction.lastLsn);
    if (begun.length === 0) return part;
    const records = [...begun, ...part.transaction.records];
    return { kind: "transaction", transaction: { ...part.transaction, records } };
  }

  #move(lsn: Lsn): void {
    this.#position = lsn;
    this.#from = lsn;
  }
}
