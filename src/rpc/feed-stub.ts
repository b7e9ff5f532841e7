import type { Lsn } from "../base/lsn.ts";
import type {
  ChangeFeed,
  ChangeSlots,
  SlotInfo,
  SlotOptions,
  SubscribeOptions,
  Subscription,
} from "../engine/feed/change-feed.ts";
import { DosqlError } from "../base/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { Entropy } from "../ports/entropy.ts";
import { FeedLine } from "./feed-line.ts";
import type { ShardFeedService } from "./feed-wire.ts";
import { SubscriptionStub } from "./subscription-stub.ts";

/**
 * The feed of a shard in a Durable Object. What the feed has to say against a subscription is
 * thrown by its first `next()`. An object that is reset meanwhile, and an answer that is lost,
 * show nowhere, but while a snapshot is being told: then `next()` throws `history-gone`.
 */
export class FeedStub implements ChangeFeed {
  readonly slots: ChangeSlots;
  readonly #line: FeedLine;

  constructor(
    connect: () => ShardFeedService,
    home: { readonly clock: Clock; readonly entropy: Entropy },
  ) {
    this.#line = new FeedLine(connect, home);
    this.slots = new SlotsStub(this.#line);
  }

  /** The newest position that any answer has told; 0 before the first. */
  get head(): Lsn {
    return this.#line.head;
  }

  subscribe(options: SubscribeOptions = {}): Subscription {
    return new SubscriptionStub(this.#line, options);
  }
}

class SlotsStub implements ChangeSlots {
  readonly #line: FeedLine;

  constructor(line: FeedLine) {
    this.#line = line;
  }

  /** Where it is not known whether a slot was made, that is an `io` error. */
  async create(name: string, options: SlotOptions = {}): Promise<SlotInfo> {
    const { slots = [] } = await this.#line.once({ kind: "create-slot", name, options });
    const [slot] = slots;
    if (slot === undefined) throw new DosqlError("bug", "no slot was answered");
    return slot;
  }

  async confirm(name: string, lsn: Lsn): Promise<void> {
    await this.#line.call({ kind: "confirm-slot", name, lsn });
  }

  async drop(name: string): Promise<void> {
    await this.#line.once({ kind: "drop-slot", name });
  }

  async list(): Promise<SlotInfo[]> {
    const { slots = [] } = await this.#line.call({ kind: "list-slots" });
    return [...slots];
  }

  async get(name: string): Promise<SlotInfo | null> {
    return (await this.list()).find((slot) => slot.name === name) ?? null;
  }
}
