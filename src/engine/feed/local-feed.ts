import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { ChangeFeed, FeedStart, SubscribeOptions } from "./change-feed.ts";
import { CommitSignal } from "./commit-signal.ts";
import { CommittedLog, notCaptured } from "./committed-log.ts";
import { FeedFilter } from "./feed-filter.ts";
import type { FeedHost } from "./feed-host.ts";
import { FeedSubscription } from "./feed-subscription.ts";
import type { PastStart } from "./feed-subscription.ts";
import { closedError, LeaseTurns } from "./lease-turns.ts";
import { badLag, LocalSlots } from "./local-slots.ts";
import { findPosition } from "./log-position.ts";
import type { StoredSlot } from "./slot-table.ts";

const HEARTBEAT_MS = 10_000;
/** About 100 MB of log. */
const MAX_LAG = 1_000_000;

/** The feed of a shard in this process. */
export class LocalFeed implements ChangeFeed {
  readonly slots: LocalSlots;
  readonly #host: FeedHost;
  readonly #turns: LeaseTurns;
  readonly #log: CommittedLog;
  readonly #signal = new CommitSignal();
  readonly #subscriptions = new Set<FeedSubscription>();
  readonly #stopListening: () => void;
  /** Subscriptions of which nothing was asked, and the head when that was seen first. */
  readonly #idle = new WeakMap<FeedSubscription, { readonly since: number; readonly head: Lsn }>();
  #closed = false;

  constructor(host: FeedHost) {
    this.#host = host;
    this.#turns = new LeaseTurns(host.lease, host.clock);
    this.#log = new CommittedLog(host.reader.driver);
    this.slots = new LocalSlots(host, this.#turns, this.#log);
    this.#stopListening = host.changes.onCommit(() => {
      this.#signal.raise();
    });
  }

  get head(): Lsn {
    return this.#log.exists ? this.#log.head() : LSN_ZERO;
  }

  /**
   * @param ended is called when the subscription has ended
   * @param since where the subscription began that this one goes on with: tables are named as they
   * were called there
   */
  subscribe(
    options: SubscribeOptions = {},
    ended: (subscription: FeedSubscription) => void = () => undefined,
    since: Lsn | null = null,
  ): FeedSubscription {
    if (this.#closed) throw closedError();
    if (!this.#host.changes.active) throw notCaptured();
    const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
    if (!(heartbeatMs >= 0)) {
      throw new DosqlError("invalid-argument", `heartbeatMs cannot be ${heartbeatMs}`);
    }
    const slot = options.slot === undefined ? null : this.slots.take(options.slot);
    try {
      const asked = options.since === undefined ? since : toLsn(options.since);
      return this.#open(options, slot, { heartbeatMs, since: asked }, ended);
    } catch (error) {
      if (slot !== null) this.slots.release(slot.name);
      throw error;
    }
  }

  /**
   * Everything up to here is needed by no slot and no subscription; the log may be trimmed so far.
   * Slots beyond their lag do not count.
   */
  holds(): Lsn {
    this.#endStalled();
    const holds = [...this.#subscriptions].map((subscription) => subscription.hold);
    return Math.min(this.head, ...this.slots.holds(), ...holds) as Lsn;
  }

  /** Nobody may hold the log for ever who does not read it: a slot has a cap for that. */
  #endStalled(): void {
    const { head } = this;
    for (const subscription of [...this.#subscriptions]) {
      const { idleSince, hold } = subscription;
      const seen = this.#idle.get(subscription);
      if (idleSince === null) this.#idle.delete(subscription);
      else if (seen?.since !== idleSince) this.#idle.set(subscription, { since: idleSince, head });
      else if (head - seen.head > subscription.maxLag && head > hold) {
        subscription.expire(stalled(head - seen.head, subscription.position));
      }
    }
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#closed = true;
    this.#stopListening();
    for (const subscription of this.#subscriptions) subscription.close();
    this.#turns.close();
  }

  /** What is to be told out of the archive, because the log no longer holds it. */
  #past(from: FeedStart, options: SubscribeOptions, since: Lsn | null): PastStart | null {
    const archive = this.#host.feedArchive ?? null;
    if (typeof from === "string") return null;
    const asked = typeof from === "object" ? from.at : from;
    if (archive === null) return null;
    try {
      findPosition(this.#log.reader, from);
      return null;
    } catch (error) {
      if (!(error instanceof DosqlError) || error.code !== "history-gone") throw error;
    }
    const filter = (start: Lsn): FeedFilter => new FeedFilter(options, this.#log, since ?? start);
    return { archive, from: asked, filter };
  }

  #open(
    options: SubscribeOptions,
    slot: StoredSlot | null,
    { heartbeatMs, since }: { readonly heartbeatMs: number; readonly since: Lsn | null },
    ended: (subscription: FeedSubscription) => void,
  ): FeedSubscription {
    const { from = slot === null ? "now" : slot.confirmedLsn } = options;
    const isSnapshot = from === "snapshot";
    const past = slot === null ? this.#past(from, options, since) : null;
    const within = from === "snapshot" ? "now" : past === null ? from : "start";
    const start = findPosition(this.#log.reader, within);
    if (slot !== null && !isSnapshot) checkSlotStart(slot, from, start);
    const subscription = new FeedSubscription({
      host: this.#host,
      log: this.#log,
      slots: this.slots,
      turns: this.#turns,
      signal: this.#signal,
      filter: new FeedFilter(options, this.#log, slot?.sinceLsn ?? since ?? sinceOf(past, start)),
      start,
      past,
      // What the snapshot tells was not told before it ended.
      position: isSnapshot ? (slot?.confirmedLsn ?? LSN_ZERO) : sinceOf(past, start),
      isSnapshot,
      slot: slot?.name ?? null,
      maxLag: slot === null ? readMaxLag(options) : Infinity,
      heartbeatMs,
      abort: options.signal ?? null,
      ended: (closed) => {
        this.#subscriptions.delete(closed);
        if (slot !== null) this.slots.release(slot.name);
        ended(closed);
      },
    });
    // One whose signal was aborted before has ended already.
    if (!subscription.closed) this.#subscriptions.add(subscription);
    return subscription;
  }
}

/** @throws DosqlError `invalid-argument` */
function readMaxLag({ maxLag = MAX_LAG }: SubscribeOptions): number {
  if (maxLag === Infinity || (Number.isSafeInteger(maxLag) && maxLag > 0)) return maxLag;
  throw badLag(maxLag);
}

function stalled(entries: number, position: Lsn): DosqlError {
  const message = `the subscription asked for nothing while ${entries} entries were written`;
  return new DosqlError("history-gone", `${message}, and was ended`, {
    hint: `go on from ${position} while the log holds it; a slot keeps it for you`,
  });
}

/** From where on tables are followed; in the past that is known later, and not before `from`. */
function sinceOf(past: PastStart | null, start: Lsn): Lsn {
  if (past === null) return start;
  return typeof past.from === "number" ? past.from : LSN_ZERO;
}

/** A slot has promised that what it confirmed is never asked for again. */
function checkSlotStart({ name, confirmedLsn }: StoredSlot, from: FeedStart, start: Lsn): void {
  if (start >= confirmedLsn) return;
  const asked = typeof from === "object" ? "that time" : String(from);
  throw new DosqlError(
    "invalid-argument",
    `${asked} lies before what the replication slot ${name} has confirmed, ${confirmedLsn}`,
    { hint: "leave `from` out to go on where the slot is" },
  );
}
