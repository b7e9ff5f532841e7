import { DosqlError } from "../../../base/errors.ts";
import type { Lsn } from "../../../base/lsn.ts";
import { rowSizeBytes } from "../../../base/row-size.ts";
import type { Row } from "../../../base/value.ts";
import type { ChangeFeed, FeedEvent, Subscription } from "../../../engine/feed/change-feed.ts";
import type { LogTransaction } from "../../../engine/log/record.ts";
import type { PastOptions } from "../../../engine/past-changes.ts";
import type { PointInTime } from "../../../engine/time/point-in-time.ts";
import type { OpenDatabase } from "../surface.ts";
import type {
  WorkerChanges,
  WorkerEvents,
  WorkerFailure,
  WorkerFeedCall,
  WorkerPromise,
  WorkerSettled,
} from "../worker/worker-message.ts";

/** A part of what is told ends when it has so many bytes, or took so long. */
const PART_BYTES = 1024 * 1024;
const PART_MS = 4;

/** What the package adds to a database of its face. */
export interface Extras {
  readonly feed: ChangeFeed;
  changes(options?: PastOptions): Iterable<LogTransaction>;
  at(point: PointInTime): OpenDatabase;
}

/** A subscription, and the event that was asked of it and is not there yet. */
interface Told {
  readonly subscription: Subscription;
  next: Promise<IteratorResult<FeedEvent>> | null;
}

/** Something that is waited for. */
interface Pending {
  done: Promise<void>;
  /** How it ended. */
  end: (() => unknown) | null;
  /** The program was told that it is not there. */
  missed: boolean;
}

interface Parts {
  readonly extras: () => Extras;
  readonly busy: () => boolean;
  /** Called whenever something is there. */
  readonly settled: () => void;
  readonly steadyMs: () => number;
  readonly failureOf: (error: unknown) => WorkerFailure;
}

/** The past and the changes of a hosted database, for the program that is at the other end. */
export class HostedExtras {
  readonly #parts: Parts;
  readonly #pasts = new Map<number, OpenDatabase>();
  readonly #changes = new Map<number, Iterator<LogTransaction>>();
  readonly #subscriptions = new Map<number, Told>();
  readonly #promises = new Map<number, Pending>();
  #lastPromise = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  at(database: number, point: PointInTime): void {
    this.#pasts.set(database, this.#parts.extras().at(point));
  }

  past(database: number): OpenDatabase {
    const found = this.#pasts.get(database);
    if (found === undefined) throw new DosqlError("bug", "no such past in the process");
    return found;
  }

  shut(database: number): void {
    this.past(database).close();
    this.#pasts.delete(database);
  }

  /** Begins to tell of what is committed now. */
  begin(cursor: number, options: PastOptions): void {
    this.#changes.set(cursor, this.#parts.extras().changes(options)[Symbol.iterator]());
  }

  told(cursor: number): WorkerChanges {
    const changes = this.#changes.get(cursor);
    if (changes === undefined) throw new DosqlError("bug", "no such changes in the process");
    const transactions: LogTransaction[] = [];
    const { steadyMs, failureOf } = this.#parts;
    const until = steadyMs() + PART_MS;
    let failure: WorkerFailure | null = null;
    let more = true;
    try {
      for (let bytes = 0; bytes < PART_BYTES && steadyMs() < until;) {
        const step = changes.next();
        if (step.done === true) {
          more = false;
          break;
        }
        transactions.push(step.value);
        bytes += sizeOf(step.value);
      }
    } catch (error) {
      failure = failureOf(error);
    }
    if (failure !== null) more = false;
    if (!more) this.#changes.delete(cursor);
    return { transactions, more, failure };
  }

  /** What has to wait answers with a promise, of which `settled` tells. */
  feed(call: WorkerFeedCall): unknown {
    const { feed } = this.#parts.extras();
    const { slots } = feed;
    switch (call.kind) {
      case "head":
        return feed.head;
      case "list":
        return slots.list();
      case "get":
        return slots.get(call.name);
      case "create":
        return this.#promise(slots.create(call.name, call.options));
      case "drop":
        return this.#promise(slots.drop(call.name));
      case "confirm":
        return this.#promise(slots.confirm(call.name, call.lsn));
      case "subscribe": {
        const subscription = feed.subscribe(call.options);
        this.#subscriptions.set(call.number, { subscription, next: null });
        return subscription.position;
      }
      case "begun":
        return this.#promise(begun(this.#told(call.number).subscription));
      case "events":
        return this.#promise(this.#events(this.#told(call.number)));
      case "confirmed":
        return this.#promise(this.#told(call.number).subscription.confirm(call.lsn));
      case "end": {
        const { subscription } = this.#told(call.number);
        this.#subscriptions.delete(call.number);
        void Promise.resolve(subscription.return?.()).catch(() => undefined);
        return null;
      }
    }
  }

  /** What a promise is waited for by; null when there is no such promise. */
  pending(promise: number): Promise<void> | null {
    return this.#promises.get(promise)?.done ?? null;
  }

  settled(promise: number): WorkerSettled {
    const found = this.#promises.get(promise);
    if (found === undefined) throw new DosqlError("bug", "no such promise in the process");
    found.missed = found.end === null;
    if (found.end === null) return { settled: false, busy: this.#parts.busy() };
    this.#promises.delete(promise);
    return { settled: true, value: found.end() ?? null };
  }

  /** Whether something is there of which the program was told that it is not; says so once. */
  news(): boolean {
    let found = false;
    for (const pending of this.#promises.values()) {
      if (pending.end === null || !pending.missed) continue;
      pending.missed = false;
      found = true;
    }
    return found;
  }

  #told(number: number): Told {
    const found = this.#subscriptions.get(number);
    if (found === undefined) throw new DosqlError("bug", "no such subscription in the process");
    return found;
  }

  #promise(value: unknown): WorkerPromise {
    this.#lastPromise += 1;
    const promise = this.#lastPromise;
    const entry: Pending = { done: Promise.resolve(), end: null, missed: false };
    const over = (end: () => unknown): void => {
      entry.end = end;
      this.#parts.settled();
    };
    entry.done = Promise.resolve(value).then(
      (found) => over(() => found),
      (error: unknown) =>
        over(() => {
          throw error;
        }),
    );
    this.#promises.set(promise, entry);
    return { promise };
  }

  /** Waits for one event, and takes those along that are there. */
  async #events(told: Told): Promise<WorkerEvents> {
    const { steadyMs, failureOf } = this.#parts;
    const events: FeedEvent[] = [];
    let until = Infinity;
    try {
      for (let bytes = 0; bytes < PART_BYTES && steadyMs() < until;) {
        told.next ??= told.subscription.next();
        const step = events.length === 0 ? await told.next : await soon(told.next);
        if (step === null) break;
        told.next = null;
        if (step.done === true) return { events, done: true, failure: null };
        if (events.length === 0) until = steadyMs() + PART_MS;
        events.push(step.value);
        bytes += eventSize(step.value);
      }
    } catch (error) {
      told.next = null;
      return { events, done: true, failure: failureOf(error) };
    }
    return { events, done: false, failure: null };
  }
}

async function begun(subscription: Subscription): Promise<Lsn> {
  await subscription.begun?.();
  return subscription.position;
}

/** What is there without the event loop's turning; null else. */
async function soon<T>(next: Promise<T>): Promise<T | null> {
  let found: { readonly value: T } | null = null;
  const seen = next.then(
    (value) => {
      found = { value };
    },
    () => undefined,
  );
  for (let turns = 0; turns < SOON_TURNS && found === null; turns++) await Promise.resolve();
  if (found === null) return null;
  await seen;
  return await next;
}

/** Promises that an event which is there goes through, amply. */
const SOON_TURNS = 20;

function eventSize(event: FeedEvent): number {
  if (event.kind === "transaction") return sizeOf(event.transaction);
  return event.kind === "snapshot" ? sizeOfRows(event.rows) : 0;
}

function sizeOf({ records }: LogTransaction): number {
  return records.reduce(
    (sum, { before, after }) => sum + rowSize(before) + rowSize(after) + RECORD_BYTES,
    RECORD_BYTES,
  );
}

/** What a record has besides its rows, about. */
const RECORD_BYTES = 200;

function sizeOfRows(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + rowSizeBytes(row), 0);
}

function rowSize(row: Row | undefined): number {
  return row === undefined ? 0 : rowSizeBytes(row);
}
