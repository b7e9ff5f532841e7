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
import type { Stub } from "./remote-stub.ts";

/** As the engine has it. */
const HEARTBEAT_MS = 10_000;
/** Heartbeats that may be missing before a connection is looked at. */
const MISSED_HEARTBEATS = 3;

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
  // Each may be made again: a second time does no more than the first.
  const once = { again: false };
  return {
    create: (name, options = {}) => caller.call((root) => root.createSlot(name, options), once),
    confirm: (name, lsn) => caller.call((root) => root.confirmSlot(name, lsn), { again: true }),
    drop: (name) => caller.call((root) => root.dropSlot(name), once),
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
  readonly #options: SubscribeOptions;
  readonly #events: FeedEvent[] = [];
  #remote: { readonly root: Stub<RemoteRoot>; readonly stub: Stub<RemoteSubscription> } | null =
    null;
  #position: Lsn | null = null;
  /** Where it began: tables have the names there that were given. */
  #since: Lsn | null = null;
  /** A snapshot cannot be gone on with: it was of one moment. */
  #inSnapshot = false;
  #done = false;
  #end: PromiseWithResolvers<undefined> = Promise.withResolvers();

  constructor(caller: Caller, options: SubscribeOptions) {
    this.#caller = caller;
    this.#options = options;
    const { signal } = options;
    if (signal?.aborted === true) void this.return();
    signal?.addEventListener("abort", () => void this.return());
  }

  get position(): Lsn {
    if (this.#position !== null) return this.#position;
    throw notAtHand("position before the first event", "next() first");
  }

  async next(): Promise<IteratorResult<FeedEvent, undefined>> {
    if (this.#events.length === 0 && !this.#done) {
      const text = await Promise.race([this.#fetch(), this.#end.promise]);
      if (text === undefined || text === "") await this.return();
      else this.#events.push(...readEvents(text));
    }
    const event = this.#done ? undefined : this.#events.shift();
    if (event === undefined) return { done: true, value: undefined };
    this.#told(event);
    return { done: false, value: event };
  }

  async confirm(lsn: Lsn): Promise<void> {
    await this.#caller.call((root) => this.#on(root).confirm(lsn), { again: true });
  }

  async return(): Promise<IteratorResult<FeedEvent, undefined>> {
    this.#done = true;
    this.#end.resolve(undefined);
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

  #fetch(): Promise<string> {
    const { heartbeatMs = HEARTBEAT_MS } = this.#options;
    const timeoutMs = heartbeatMs * MISSED_HEARTBEATS;
    return this.#caller.call((root) => this.#next(root), {
      again: !this.#inSnapshot,
      timeoutMs,
    });
  }

  /** Where it begins must be known first: without, a lost connection would lose what comes next. */
  async #next(root: Stub<RemoteRoot>): Promise<string> {
    const remote = this.#on(root);
    if (this.#position === null && !this.#inSnapshot) this.#began(await remote.begun());
    return await remote.next();
  }

  #began(position: Lsn | null): void {
    this.#position ??= position;
    this.#since ??= this.#position;
  }

  #on(root: Stub<RemoteRoot>): Stub<RemoteSubscription> {
    if (this.#remote?.root === root) return this.#remote.stub;
    const { signal: _signal, ...options } = this.#options;
    const from = this.#position === null ? {} : { from: this.#position };
    const since = this.#since === null ? {} : { since: this.#since };
    this.#remote = { root, stub: root.subscribe({ ...options, ...since, ...from }) };
    return this.#remote.stub;
  }

  #told(event: FeedEvent): void {
    this.#inSnapshot = event.kind === "snapshot";
    if (event.kind === "transaction") this.#position = event.transaction.lastLsn;
    else if (event.kind !== "snapshot") this.#began((this.#position = event.lsn));
  }
}

function notAtHand(what: string, instead: string): DosqlError {
  return new DosqlError("unsupported", `${what} is not at hand for a remote database`, {
    hint: `use ${instead}`,
  });
}
