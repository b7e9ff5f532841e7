import type { Lsn } from "../../../src/base/lsn.ts";
import type { DosqlError } from "../../../src/base/errors.ts";
import type { Row } from "../../../src/base/value.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import type {
  FeedEvent,
  SnapshotBatch,
  SubscribeOptions,
  Subscription,
} from "../../../src/engine/feed/change-feed.ts";
import type { FeedHandle } from "../../../src/engine/feed/feed-handle.ts";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import type { LogRecord, LogTransaction } from "../../../src/engine/log/record.ts";
import type { Session } from "../../../src/engine/session/session.ts";
import type { ShardParts } from "../../../src/engine/shard.ts";
import { Shard } from "../../../src/engine/shard.ts";
import type { Clock } from "../../../src/ports/clock.ts";

/** Connections to one database, which may be opened again. */
export type Connect = () => Pick<ShardParts, "writer" | "reader" | "openReader">;

/** Where the feed runs: what it must not notice. */
export interface FeedHome {
  readonly name: string;
  /** Whether sessions may have transactions of several statements. */
  readonly transactions: boolean;
  /** Whether the database outlives its connections. */
  readonly durable: boolean;
  readonly clock: Clock;
  /** Runs a test on a database of its own. */
  run(body: (connect: Connect) => Promise<void>): Promise<void>;
}

/** A shard whose changes are captured, with a session on it. */
export class FeedWorld {
  readonly shard: Shard;
  readonly database: LocalDatabase;
  readonly session: Session;

  constructor(connect: Connect, parts: Partial<ShardParts> & Pick<ShardParts, "clock">) {
    this.shard = new Shard({ ...connect(), capture: CAPTURE_ON, ...parts });
    this.database = new LocalDatabase(this.shard);
    this.session = this.database.session();
  }

  get feed(): FeedHandle {
    return this.database.feed;
  }

  async run(sql: string, ...params: Row): Promise<Row[]> {
    return (await this.session.execute(sql, params)).rows;
  }

  /** Several statements as one transaction. */
  async batch(...texts: string[]): Promise<void> {
    await this.session.batch(texts.map((sql) => ({ sql, params: [] })));
  }

  /** The next `count` events of a subscription that begins now; it is closed afterwards. */
  async events(count: number, options: SubscribeOptions): Promise<FeedEvent[]> {
    const subscription = this.feed.subscribe(options);
    const events = await take(subscription, count);
    await subscription.return?.();
    return events;
  }

  /** Everything that a subscription is told up to the head, heartbeats left out. */
  async replay(options: SubscribeOptions): Promise<LogTransaction[]> {
    const head = this.feed.head;
    const subscription = this.feed.subscribe({ heartbeatMs: 1, ...options });
    const found: LogTransaction[] = [];
    while (subscription.position < head) {
      const event = await nextOf(subscription);
      if (event.kind === "transaction") found.push(event.transaction);
    }
    await subscription.return?.();
    return found;
  }
}

/** Runs a test in one home. */
export async function inWorld(
  home: FeedHome,
  body: (world: FeedWorld, connect: Connect) => Promise<void>,
  parts: Partial<ShardParts> = {},
): Promise<void> {
  await home.run(async (connect) => {
    const world = new FeedWorld(connect, { clock: home.clock, ...parts });
    try {
      await body(world, connect);
    } finally {
      await world.database.close();
    }
  });
}

/** Lets everything run that waits for no timer. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

export async function nextOf(subscription: Subscription): Promise<FeedEvent> {
  const { done, value } = await subscription.next();
  if (done === true) throw new Error("the subscription has ended");
  return value;
}

export async function take(subscription: Subscription, count: number): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  while (events.length < count) events.push(await nextOf(subscription));
  return events;
}

/** The next transaction, whatever heartbeats come before it. */
export async function transactionOf(subscription: Subscription): Promise<LogTransaction> {
  for (;;) {
    const event = await nextOf(subscription);
    if (event.kind === "transaction") return event.transaction;
    if (event.kind !== "heartbeat") throw new Error(`unexpected ${event.kind}`);
  }
}

/** A snapshot from its first batch to its end. */
export async function snapshotOf(
  subscription: Subscription,
): Promise<{ readonly batches: SnapshotBatch[]; readonly lsn: Lsn }> {
  const batches: SnapshotBatch[] = [];
  for (;;) {
    const event = await nextOf(subscription);
    if (event.kind === "snapshot") batches.push(event);
    else if (event.kind === "snapshot-end") return { batches, lsn: event.lsn };
    else throw new Error(`unexpected ${event.kind}`);
  }
}

/** `insert t 1|a`, `update t 1|a > 1|b`, `ddl t` */
export function brief({ op, table, before, after }: LogRecord): string {
  const image = (row: Row | undefined): string[] =>
    row === undefined ? [] : [row.map((value) => value ?? "null").join("|")];
  return [op, table, [...image(before), ...image(after)].join(" > ")].join(" ").trim();
}

export function briefs(transactions: readonly LogTransaction[]): string[][] {
  return transactions.map(({ records }) => records.map(brief));
}

/** What a call throws, at once or later. */
export async function failureOf(body: () => unknown): Promise<DosqlError> {
  try {
    await body();
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error("it did not fail");
}
