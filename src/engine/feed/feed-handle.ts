import type { Lsn } from "../../base/lsn.ts";
import type { ChangeFeed, SubscribeOptions, Subscription } from "./change-feed.ts";
import type { FeedSubscription } from "./feed-subscription.ts";
import { closedError } from "./lease-turns.ts";
import type { LocalFeed } from "./local-feed.ts";
import type { LocalSlots } from "./local-slots.ts";

/** The feed of a shard as one of those sees it who have the shard open: it ends what it began. */
export class FeedHandle implements ChangeFeed {
  readonly #feed: LocalFeed;
  readonly #subscriptions = new Set<FeedSubscription>();
  #closed = false;

  constructor(feed: LocalFeed) {
    this.#feed = feed;
  }

  get head(): Lsn {
    return this.#feed.head;
  }

  get slots(): LocalSlots {
    return this.#feed.slots;
  }

  subscribe(options?: SubscribeOptions): Subscription {
    if (this.#closed) throw closedError();
    const subscription = this.#feed.subscribe(options, (closed) => {
      this.#subscriptions.delete(closed);
    });
    if (!subscription.closed) this.#subscriptions.add(subscription);
    return subscription;
  }

  /** Ends the subscriptions. */
  close(): void {
    this.#closed = true;
    for (const subscription of this.#subscriptions) subscription.close();
  }
}
