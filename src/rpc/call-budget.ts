import type { Clock } from "../ports/clock.ts";
import type { ShardFeedService } from "./feed-wire.ts";
import type { KeepingService } from "./shard-session.ts";

/**
 * Counts the calls that a Worker makes for one client: an invocation has 1,000 to objects, and one
 * with a socket lives as long as that. When they are nearly spent, and no call and no transaction
 * is under way, the client has to come again.
 */
export class CallBudget {
  readonly #clock: Clock;
  readonly #spent: () => void;
  #left: number;
  #running = 0;

  /** @param spent ends the connection */
  constructor(most: number, clock: Clock, spent: () => void) {
    this.#left = most;
    this.#clock = clock;
    this.#spent = spent;
  }

  limited(service: KeepingService & ShardFeedService): KeepingService & ShardFeedService {
    return {
      session: (...args) => this.#run(() => service.session(...args)),
      transact: (...args) => this.#run(() => service.transact(...args)),
      // Some of these wait for minutes, and all of them can be made again.
      feed: (call) => {
        this.#left--;
        this.#look();
        return service.feed(call);
      },
    };
  }

  async #run<T>(call: () => Promise<T>): Promise<T> {
    this.#left--;
    this.#running++;
    try {
      return await call();
    } finally {
      this.#running--;
      this.#look();
    }
  }

  /** A moment later: the client should have the last answer. */
  #look(): void {
    if (this.#left > 0 || this.#running > 0) return;
    this.#clock.after(1, () => {
      if (this.#running === 0) this.#spent();
    });
  }
}
