import { DosqlError } from "../base/errors.ts";
import type { Lsn } from "../base/lsn.ts";
import { LSN_ZERO } from "../base/lsn.ts";
import type { Clock } from "../ports/clock.ts";
import type { Entropy } from "../ports/entropy.ts";
import type { FeedCall, FeedReply, ShardFeedService } from "./feed-wire.ts";
import { fromWireError } from "./shard-wire.ts";

/** How often a call is made that can be made again, and how long it waits the first time. */
const TRIES = 6;
const PAUSE_MS = 50;

/** Calls the feed of one shard from afar. */
export class FeedLine {
  readonly clock: Clock;
  readonly #connect: () => ShardFeedService;
  readonly #entropy: Entropy;
  /** The end of the newest transaction that was heard of. */
  head: Lsn = LSN_ZERO;

  /** @param connect is asked for every call: a stub whose object was reset is broken for good */
  constructor(connect: () => ShardFeedService, home: { clock: Clock; entropy: Entropy }) {
    this.#connect = connect;
    this.clock = home.clock;
    this.#entropy = home.entropy;
  }

  /** A name that nobody guesses. */
  newId(): string {
    return Array.from(this.#entropy.randomBytes(16), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
  }

  /** @throws DosqlError as the feed; `io` when there is no answer, and then maybe it was done */
  async once(call: FeedCall): Promise<FeedReply> {
    let reply;
    const service: Partial<ShardFeedService> = this.#connect();
    if (service.feed === undefined) {
      throw new DosqlError("unsupported", "the change feed does not go this way");
    }
    try {
      reply = await service.feed(call);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new DosqlError("io", `the database's object did not answer: ${message}`, {
        hint: "try again",
        cause: error,
      });
    }
    if ("error" in reply) throw fromWireError(reply.error);
    if (reply.head > this.head) this.head = reply.head;
    return reply;
  }

  /** Again while there is no answer: for calls that may be done twice. */
  async call(call: FeedCall, isWanted: () => boolean = () => true): Promise<FeedReply> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(call);
      } catch (error) {
        const isLost = error instanceof DosqlError && error.code === "io";
        if (!isLost || attempt === TRIES || !isWanted()) throw error;
      }
      await this.#pause(PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  async #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.clock.after(delayMs, () => {
      resolve(undefined);
    });
    await promise;
  }
}
