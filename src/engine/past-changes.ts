import type { SubscribeOptions } from "./feed/change-feed.ts";
import { CommittedLog, notCaptured } from "./feed/committed-log.ts";
import { FeedFilter } from "./feed/feed-filter.ts";
import { findPosition } from "./feed/log-position.ts";
import { TransactionStream } from "./feed/transaction-stream.ts";
import type { LogTransaction } from "./log/record.ts";
import type { Shard } from "./shard.ts";

/** Which of the changes that are there. */
export type PastOptions = Pick<SubscribeOptions, "tables" | "operations" | "slot"> & {
  /** Default: the slot's confirmed position, else `"start"`. */
  readonly from?: Exclude<SubscribeOptions["from"], "snapshot" | undefined>;
};

/**
 * The transactions that are committed now, oldest first, for those who cannot wait for more.
 *
 * @throws DosqlError as `ChangeFeed.subscribe`
 */
export function* pastChanges(shard: Shard, options: PastOptions): Generator<LogTransaction> {
  if (!shard.changes.active) throw notCaptured();
  const log = new CommittedLog(shard.reader.driver);
  const { slot: name } = options;
  const slot = name === undefined ? null : shard.feed.slots.requireUsable(name);
  const start = findPosition(log.reader, options.from ?? slot?.confirmedLsn ?? "start");
  const stream = new TransactionStream(
    log,
    new FeedFilter(options, log, slot?.sinceLsn ?? start),
    start,
  );
  const head = log.head();
  while (stream.position < head) yield* stream.pull(head);
}
