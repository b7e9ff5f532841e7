import { RpcTarget } from "capnweb";
import { DosqlError } from "../../base/errors.ts";
import { rowSizeBytes } from "../../base/row-size.ts";
import { toLsn } from "../../base/lsn.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";
import type { FeedEvent, Subscription } from "../../engine/feed/change-feed.ts";
import { checkAccess, checkWritable, expired } from "./access.ts";
import { eventsText } from "./event-text.ts";
import type { RemoteSubscribeOptions, RemoteSubscription } from "./remote-api.ts";
import type { TargetParts } from "./target-parts.ts";

/** Events of one answer at most; it also ends with the first event that is not there yet. */
const MOST_EVENTS = 100;
/** Rows of one answer, about: a transaction is never taken apart. */
const MOST_BYTES = 524_288;

/** Longer delays fire at once; no subscription waits so long for an event. */
const LONGEST_TIMER_MS = 2_147_483_647;

type Step = IteratorResult<FeedEvent, unknown>;

/**
 * A client's subscription. It reads ahead by one event at most, so a client that does not ask
 * holds nothing but its place.
 */
export class SubscriptionTarget extends RpcTarget implements RemoteSubscription {
  readonly #parts: TargetParts;
  readonly #subscription: Subscription;
  readonly #isSnapshot: boolean;
  #ahead: Promise<Step> | null = null;
  #asked = false;
  #disposed = false;

  constructor(parts: TargetParts, options: RemoteSubscribeOptions) {
    super();
    const { from, tables, operations, since, slot, heartbeatMs } = options;
    this.#parts = parts;
    this.#isSnapshot = from === "snapshot";
    // Before there is a subscription, which would go on for nobody if it is one too many.
    parts.open.enter();
    try {
      this.#subscription = parts.access.database.feed.subscribe({
        ...(from === undefined ? {} : { from }),
        ...(tables === undefined ? {} : { tables }),
        ...(operations === undefined ? {} : { operations }),
        ...(since === undefined ? {} : { since }),
        ...(slot === undefined ? {} : { slot }),
        ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
      });
    } catch (error) {
      parts.open.leave();
      throw error;
    }
  }

  async begun(): Promise<Lsn | null> {
    checkAccess(this.#parts.access, this.#parts.clock);
    if (this.#isSnapshot) return null;
    await this.#subscription.begun?.();
    return this.#subscription.position;
  }

  async next(): Promise<string> {
    if (this.#asked) throw new DosqlError("misuse", "the subscription is asked already");
    this.#asked = true;
    try {
      await this.#parts.room();
      this.#parts.open.refuseFull();
      const first = await this.#firstStep();
      checkAccess(this.#parts.access, this.#parts.clock);
      if (first.done === true) return "";
      return this.#parts.open.answered(eventsText(await this.#more(first.value)));
    } finally {
      this.#asked = false;
    }
  }

  async confirm(lsn: number): Promise<void> {
    checkAccess(this.#parts.access, this.#parts.clock);
    checkWritable(this.#parts.access, "confirming");
    await this.#subscription.confirm(toLsn(lsn));
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#parts.open.leave();
    this.#subscription.return?.().catch(() => undefined);
  }

  /** The next event, or the end of the token if that comes first. */
  async #firstStep(): Promise<Step> {
    const { access, clock } = this.#parts;
    checkAccess(access, clock);
    const step = this.#take();
    const leftMs = (access.expiresMs ?? Infinity) - clock.nowMs();
    if (leftMs > LONGEST_TIMER_MS) return step;
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = clock.after(leftMs, () => reject(expired()));
    try {
      return await Promise.race([step, promise]);
    } catch (error) {
      // Nobody waits for it any more, and nobody may have it.
      step.catch(() => undefined);
      throw error;
    } finally {
      stop();
    }
  }

  /** What is there besides the first event, as far as it fits. */
  async #more(first: FeedEvent): Promise<FeedEvent[]> {
    const events = [first];
    let sizeBytes = eventBytes(first);
    while (events.length < MOST_EVENTS && sizeBytes < MOST_BYTES) {
      const ahead = this.#take();
      const step = await Promise.race([ahead, this.#soon()]);
      if (step === null || step.done === true) {
        this.#ahead = ahead;
        ahead.catch(() => undefined);
        break;
      }
      events.push(step.value);
      sizeBytes += eventBytes(step.value);
    }
    return events;
  }

  #take(): Promise<Step> {
    const step = this.#ahead ?? this.#subscription.next();
    this.#ahead = null;
    return step;
  }

  #soon(): Promise<null> {
    return new Promise((resolve) => {
      this.#parts.clock.after(0, () => resolve(null));
    });
  }
}

/** About what an event takes in memory. */
function eventBytes(event: FeedEvent): number {
  const sum = (rows: readonly Row[]): number => {
    return rows.reduce((bytes, row) => bytes + rowSizeBytes(row), 0);
  };
  if (event.kind === "snapshot") return sum(event.rows);
  if (event.kind !== "transaction") return 0;
  return sum(event.transaction.records.flatMap(({ before = [], after = [] }) => [before, after]));
}
