import { DosqlError } from "../../../base/errors.ts";
import type { Lsn } from "../../../base/lsn.ts";
import type {
  ChangeFeed,
  ChangeSlots,
  SlotInfo,
  SlotOptions,
  SubscribeOptions,
  Subscription,
} from "../../../engine/feed/change-feed.ts";
import type { LogTransaction } from "../../../engine/log/record.ts";
import type { PastOptions } from "../../../engine/past-changes.ts";
import type { WorkerDatabase } from "./worker-database.ts";
import type {
  WorkerChanges,
  WorkerFailure,
  WorkerFeedCall,
  WorkerSettled,
} from "./worker-message.ts";
import type { FeedLine } from "./worker-subscription.ts";
import { WorkerSubscription } from "./worker-subscription.ts";

/** Between two questions for what the process is at: soon at first, then seldom. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 50;

/**
 * The change feed of a database in another process. A process that was asked last for what is not
 * there yet says when it is. Whoever waits asks again after each request of the program's: what
 * that has made is told in this way.
 */
export class WorkerFeed implements ChangeFeed, FeedLine {
  readonly slots: ChangeSlots;
  readonly #database: WorkerDatabase;
  readonly #subscriptions = new Set<WorkerSubscription>();
  #closed = false;

  /** @throws DosqlError `misuse` when changes are not captured */
  constructor(database: WorkerDatabase) {
    this.#database = database;
    this.slots = new WorkerSlots(this);
    this.ask({ kind: "head" });
    database.onClose(() => {
      this.#closed = true;
      for (const subscription of this.#subscriptions) subscription.close();
    });
  }

  get head(): Lsn {
    return this.ask({ kind: "head" }) as Lsn;
  }

  get generation(): number {
    return this.#database.connection.generation;
  }

  subscribe(options: SubscribeOptions = {}): Subscription {
    if (this.#closed) throw new DosqlError("misuse", "the database is closed");
    const number = this.#database.nextId();
    const subscription = new WorkerSubscription(this, number, options, (closed) => {
      this.#subscriptions.delete(closed);
    });
    if (!subscription.closed) this.#subscriptions.add(subscription);
    return subscription;
  }

  ask(call: WorkerFeedCall): unknown {
    const { connection } = this.#database;
    try {
      return connection.askAside({ op: "feed", call });
    } finally {
      connection.stir();
    }
  }

  async awaited(call: WorkerFeedCall, wanted: () => boolean = () => true): Promise<unknown> {
    const { connection } = this.#database;
    const { promise } = connection.askAside({ op: "feed", call }) as { readonly promise: number };
    const { generation } = connection;
    for (let ms = FIRST_PAUSE_MS; ;) {
      if (!wanted() || connection.closed) return null;
      if (connection.generation !== generation) {
        throw new DosqlError("connection", "the process that held the database ended meanwhile");
      }
      const found = connection.askAside({ op: "await", promise }) as WorkerSettled;
      if (found.settled) return found.value;
      // Who waits for events to come holds no program, but is told of those that are there.
      const held = found.busy || call.kind !== "events";
      await connection.news(held ? ms : null);
      ms = held ? Math.min(ms * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    }
  }

  failureOf(failure: WorkerFailure): unknown {
    return this.#database.connection.failureOf(failure);
  }
}

class WorkerSlots implements ChangeSlots {
  readonly #feed: WorkerFeed;

  constructor(feed: WorkerFeed) {
    this.#feed = feed;
  }

  async create(name: string, options: SlotOptions = {}): Promise<SlotInfo> {
    return (await this.#feed.awaited({ kind: "create", name, options })) as SlotInfo;
  }

  async confirm(name: string, lsn: Lsn): Promise<void> {
    await this.#feed.awaited({ kind: "confirm", name, lsn });
  }

  async drop(name: string): Promise<void> {
    await this.#feed.awaited({ kind: "drop", name });
  }

  list(): SlotInfo[] {
    return this.#feed.ask({ kind: "list" }) as SlotInfo[];
  }

  get(name: string): SlotInfo | null {
    return this.#feed.ask({ kind: "get", name }) as SlotInfo | null;
  }
}

/** The transactions that are committed now, a part at a time. */
export function workerChanges(
  database: WorkerDatabase,
  options: PastOptions,
): Generator<LogTransaction, undefined> {
  const cursor = database.nextId();
  // Whether there is anything to tell is known before it is told.
  database.connection.ask({ op: "changes", cursor, options });
  return toldBy(database, cursor, database.connection.generation);
}

/** @param database not its connection alone: with the last who has it, its process ends */
function* toldBy(
  database: WorkerDatabase,
  cursor: number,
  generation: number,
): Generator<LogTransaction, undefined> {
  for (let more = true; more;) {
    const { connection } = database;
    connection.settle();
    if (connection.generation !== generation) {
      throw new DosqlError("connection", "the changes are gone with the process they came from");
    }
    const part = connection.ask({ op: "told", cursor }) as WorkerChanges;
    yield* part.transactions;
    if (part.failure !== null) throw connection.failureOf(part.failure);
    ({ more } = part);
  }
  return undefined;
}
