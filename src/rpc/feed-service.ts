import { DosqlError } from "../base/errors.ts";
import type { LocalFeed } from "../engine/feed/local-feed.ts";
import type { Clock } from "../ports/clock.ts";
import { FeedFollower } from "./feed-follower.ts";
import type { FeedCall, FeedPull, FeedReply } from "./feed-wire.ts";

/** A subscription that nobody asked for so long is given up: its caller is gone. */
const IDLE_MS = 60_000;

/**
 * How far a slot may lag unless it was made with another limit, in entries of the log: a Durable
 * Object has no disk to spare for a consumer that never comes back.
 */
const SLOT_MAX_LAG = 1_000_000;

interface Kept {
  readonly follower: FeedFollower;
  /** The call that it answers next. */
  turn: number;
  /** When it answered last; null while it is asked. */
  sinceMs: number | null;
}

/** The feed of a shard for those who call it from afar; see feed-wire.ts. */
export class FeedService {
  readonly #feed: LocalFeed;
  readonly #clock: Clock;
  readonly #released: () => void;
  readonly #kept = new Map<string, Kept>();

  /** @param released is called when less of the log may be needed than before */
  constructor(feed: LocalFeed, clock: Clock, released: () => void) {
    this.#feed = feed;
    this.#clock = clock;
    this.#released = released;
  }

  /** @throws DosqlError as `ChangeFeed` and its parts */
  async answer(call: FeedCall): Promise<FeedReply> {
    const { slots } = this.#feed;
    this.forgetIdle();
    switch (call.kind) {
      case "pull":
        return await this.#pull(call);
      case "close":
        this.#drop(call.id);
        break;
      case "create-slot": {
        const slot = await slots.create(call.name, { maxLag: SLOT_MAX_LAG, ...call.options });
        return { head: this.#feed.head, slots: [slot] };
      }
      case "confirm-slot":
        await slots.confirm(call.name, call.lsn);
        this.#released();
        break;
      case "drop-slot":
        await slots.drop(call.name);
        this.#released();
        break;
      case "list-slots":
        return { head: this.#feed.head, slots: slots.list() };
    }
    return { head: this.#feed.head };
  }

  /** Not by a timer, which would keep the object in memory. */
  forgetIdle(): void {
    const limitMs = this.#clock.monotonicMs() - IDLE_MS;
    for (const [id, { sinceMs }] of this.#kept) {
      if (sinceMs !== null && sinceMs < limitMs) this.#drop(id);
    }
  }

  async #pull(call: FeedPull): Promise<FeedReply> {
    const known = this.#kept.get(call.id);
    if (known === undefined || known.turn !== call.turn) return await this.#begin(call);
    known.sinceMs = null;
    // Whoever asks a second time does not know of this answer.
    known.turn = -1;
    try {
      const parts = await known.follower.take();
      if (known.follower.ended) this.#forget(call.id, known);
      known.turn = call.turn + 1;
      return { head: this.#feed.head, parts };
    } catch (error) {
      this.#forget(call.id, known);
      throw error;
    } finally {
      known.sinceMs = this.#clock.monotonicMs();
    }
  }

  /** For the first call, and where this object does not know what the caller was told. */
  async #begin({ id, turn, wish, from, since }: FeedPull): Promise<FeedReply> {
    this.#drop(id);
    if (from === "snapshot" && turn > 1) {
      throw new DosqlError("history-gone", "the snapshot was interrupted, and cannot go on", {
        hint: 'drop what it told, and take a new one: subscribe from "snapshot"',
      });
    }
    const options = { ...wish, ...(from === null ? {} : { from }) };
    const subscription = this.#feed.subscribe(options, () => this.#released(), since);
    const kept = {
      follower: new FeedFollower(subscription, this.#feed, this.#clock),
      turn: turn + 1,
      sinceMs: this.#clock.monotonicMs(),
    };
    this.#kept.set(id, kept);
    await subscription.begun();
    const { position, hold } = subscription;
    const start = from === "snapshot" ? hold : position;
    return { head: this.#feed.head, begun: { position, since: since ?? start } };
  }

  /** Unless another one has its place by now. */
  #forget(id: string, kept: Kept): void {
    if (this.#kept.get(id) === kept) this.#drop(id);
  }

  #drop(id: string): void {
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    kept?.follower.close();
  }
}
