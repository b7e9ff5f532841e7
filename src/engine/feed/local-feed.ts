import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO } from "../../base/lsn.ts";
import type { ChangeFeed, FeedStart, SubscribeOptions } from "./change-feed.ts";
import { CommitSignal } from "./commit-signal.ts";
import { CommittedLog, notCaptured } from "./committed-log.ts";
import { FeedFilter } from "./feed-filter.ts";
import type { FeedHost } from "./feed-host.ts";
import { FeedSubscription } from "./feed-subscription.ts";
import { closedError, LeaseTurns } from "./lease-turns.ts";
import { LocalSlots } from "./local-slots.ts";
import { findPosition } from "./log-position.ts";
import type { StoredSlot } from "./slot-table.ts";

const HEARTBEAT_MS = 10_000;

/** The feed of a shard in this process. */
export class LocalFeed implements ChangeFeed {
  readonly slots: LocalSlots;
  readonly #host: FeedHost;
  readonly #turns: LeaseTurns;
  readonly #log: CommittedLog;
  readonly #signal = new CommitSignal();
  readonly #subscriptions = new Set<FeedSubscription>();
  readonly #stopListening: () => void;
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

  /** @param ended is called when the subscription has ended */
  subscribe(
    options: SubscribeOptions = {},
    ended: (subscription: FeedSubscription) => void = () => undefined,
  ): FeedSubscription {
    if (this.#closed) throw closedError();
    if (!this.#host.changes.active) throw notCaptured();
    const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
    if (!(heartbeatMs >= 0)) {
      throw new DosqlError("invalid-argument", `heartbeatMs cannot be ${heartbeatMs}`);
    }
    const slot = options.slot === undefined ? null : this.slots.take(options.slot);
    try {
      return this.#open(options, slot, heartbeatMs, ended);
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
    const holds = [...this.#subscriptions].map((subscription) => subscription.hold);
    return Math.min(this.head, ...this.slots.holds(), ...holds) as Lsn;
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#closed = true;
    this.#stopListening();
    for (const subscription of this.#subscriptions) subscription.close();
    this.#turns.close();
  }

  #open(
    options: SubscribeOptions,
    slot: StoredSlot | null,
    heartbeatMs: number,
    ended: (subscription: FeedSubscription) => void,
  ): FeedSubscription {
    const { from = slot === null ? "now" : slot.confirmedLsn } = options;
    const isSnapshot = from === "snapshot";
    const start = findPosition(this.#log.reader, isSnapshot ? "now" : from);
    if (slot !== null && !isSnapshot) checkSlotStart(slot, from, start);
    const subscription = new FeedSubscription({
      host: this.#host,
      log: this.#log,
      slots: this.slots,
      turns: this.#turns,
      signal: this.#signal,
      filter: new FeedFilter(options, this.#log, slot?.sinceLsn ?? start),
      start,
      // What the snapshot tells was not told before it ended.
      position: isSnapshot ? (slot?.confirmedLsn ?? LSN_ZERO) : start,
      isSnapshot,
      slot: slot?.name ?? null,
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
