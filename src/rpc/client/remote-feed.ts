import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import type {
  ChangeFeed,
  ChangeSlots,
  FeedEvent,
  SubscribeOptions,
  Subscription,
} from "../../engine/feed/change-feed.ts";
import { readEvents } from "../api/event-text.ts";
import type { RemoteRoot, RemoteSubscription } from "../api/remote-api.ts";
import type { Caller } from "./caller.ts";
import { HEARTBEAT_MS, MISSED_HEARTBEATS } from "./delays.ts";
import type { Stub } from "./remote-stub.ts";

/** The changes of a database that is elsewhere. What has to be asked for has no plain property. */
export function remoteFeed(caller: Caller): ChangeFeed {
  return {
    get head(): never {
      throw notAtHand("feed.head", "(await db.ping()).head");
    },
    slots: remoteSlots(caller),
    subscribe: (options = {}) => new ClientSubscription(caller, options),
  };
}

function remoteSlots(caller: Caller): ChangeSlots {
  // To make one or to drop it a second time fails: who lost the answer has to look.
  return {
    create: (name, options = {}) => caller.call((root) => root.createSlot(name, options), false),
    confirm: (name, lsn) => caller.call((root) => root.confirmSlot(name, lsn)),
    drop: (name) => caller.call((root) => root.dropSlot(name), false),
    list: () => {
      throw notAtHand("feed.slots.list()", "await db.slots()");
    },
    get: () => {
      throw notAtHand("feed.slots.get()", "await db.slots()");
    },
  };
}

/** Goes on from where it was when the connection was lost. */
class ClientSubscription implements Subscription {
  readonly #caller: Caller;
  readonly #options: Omit<SubscribeOptions, "signal">;
  readonly #events: FeedEvent[] = [];
  #remote: { readonly root: Stub<RemoteRoot>; readonly stub: Stub<RemoteSubscription> } | null =
    null;
  /** Where it is, and where it began: tables have the names there that were given. */
  #at: { readonly from?: Lsn; readonly since?: Lsn } = {};
  /** A snapshot cannot be gone on with: it was of one moment. */
  #inSnapshot = false;
  #done = false;
  #end: PromiseWithResolvers<""> = Promise.withResolvers();

  constructor(caller: Caller, options: SubscribeOptions) {
    const { signal, ...others } = options;
    this.#caller = caller;
    this.#options = others;
    if (signal?.aborted === true) void this.return();
    signal?.addEventListener("abort", () => void this.return());
  }

  get position(): Lsn {
    if (this.#at.from !== undefined) return this.#at.from;
    throw notAtHand("position before the first event", "next() first");
  }

  async next(): Promise<IteratorResult<FeedEvent, undefined>> {
    if (this.#events.length === 0 && !this.#done) {
      const { heartbeatMs = HEARTBEAT_MS } = this.#options;
      const timeoutMs = heartbeatMs * MISSED_HEARTBEATS;
      const fetched = this.#caller.call((root) => this.#next(root), !this.#inSnapshot, timeoutMs);
      const text = await Promise.race([fetched, this.#end.promise]);
      if (text !== "") this.#events.push(...readEvents(text));
    }
    const event = this.#done ? undefined : this.#events.shift();
    if (event === undefined) return this.return();
    this.#told(event);
    return { done: false, value: event };
  }

  confirm(lsn: Lsn): Promise<void> {
    return this.#caller.call((root) => this.#on(root).confirm(lsn));
  }

  async return(): Promise<IteratorResult<FeedEvent, undefined>> {
    this.#done = true;
    this.#end.resolve("");
    this.#remote?.stub[Symbol.dispose]();
    this.#remote = null;
    return { done: true, value: undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Where it begins must be known first: without, a lost connection would lose what comes next. */
  async #next(root: Stub<RemoteRoot>): Promise<string> {
    const remote = this.#on(root);
    if (this.#at.from === undefined && !this.#inSnapshot) {
      const began = await remote.begun();
      // Another call may have heard it first, and moved on.
      if (began !== null && this.#at.from === undefined) this.#moveTo(began);
    }
    return await remote.next();
  }

  #moveTo(from: Lsn): void {
    this.#at = { since: from, ...this.#at, from };
  }

  #on(root: Stub<RemoteRoot>): Stub<RemoteSubscription> {
    if (this.#remote?.root !== root) {
      this.#remote = { root, stub: root.subscribe({ ...this.#options, ...this.#at }) };
    }
    return this.#remote.stub;
  }

  #told(event: FeedEvent): void {
    this.#inSnapshot = event.kind === "snapshot";
    if (event.kind === "transaction") this.#moveTo(event.transaction.lastLsn);
    else if (event.kind !== "snapshot") this.#moveTo(event.lsn);
  }
}

function notAtHand(what: string, instead: string): DosqlError {
  return new DosqlError("unsupported", `${what} is not at hand for a remote database`, {
    hint: `use ${instead}`,
  });
}
