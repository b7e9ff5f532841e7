import type { Database } from "../../engine/session/session.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { workersEntropy } from "../../platform/workers/entropy.ts";
import { FeedStub } from "../../rpc/feed-stub.ts";
import type { ShardFeedService } from "../../rpc/feed-wire.ts";
import { stubDatabase } from "../../rpc/shard-stub.ts";
import type { ShardService } from "../../rpc/shard-wire.ts";
import type { ShardNamespace, ShardStub } from "../d1.ts";

/**
 * The database in a `DoSQLShard` for who needs more of it than D1 offers: sessions with exact
 * integers, and the change feed. `d1()` of it is the same database with D1's shape.
 *
 * A subscription goes on by itself when the object is evicted or reset; the Worker that follows
 * it has to be kept alive by its own request, alarm or `waitUntil`.
 *
 * @example
 * const { feed } = shardDatabase(env.DOSQL);
 * for await (const event of feed.subscribe({ slot: "search", tables: ["docs"] })) {
 *   if (event.kind === "transaction") await index(event.transaction.records);
 * }
 */
export function shardDatabase(source: ShardNamespace | ShardStub): Database {
  const connect = connection(source);
  return stubDatabase(
    connect,
    new FeedStub(connect, { clock: workersClock, entropy: workersEntropy }),
  );
}

function connection(source: ShardNamespace | ShardStub): () => ShardService & ShardFeedService {
  const service = (stub: ShardStub): ShardService & ShardFeedService =>
    stub as unknown as ShardService & ShardFeedService;
  // A stub seems to have every property one asks for, but only it has `fetch`.
  if ("fetch" in source) return () => service(source);
  const id = source.idFromName("main") as never;
  return () => service(source.get(id));
}
