import type { ChangeFeed } from "../../engine/feed/change-feed.ts";
import { stubDatabase } from "../../rpc/shard-stub.ts";
import type { StubDatabase } from "../../rpc/shard-stub.ts";
import type { ShardService } from "../../rpc/shard-wire.ts";

/**
 * The shard of a Durable Object for code that runs in the object: its own methods, called without
 * a stub. So a call waits for nothing but what it asks for, and answers as it would from afar.
 */
export function ownDatabase(object: ShardService, feed: () => ChangeFeed): StubDatabase {
  const stub = stubDatabase(() => object);
  return {
    connect: stub.connect,
    session: (options) => stub.session(options),
    get feed() {
      return feed();
    },
    close: () => undefined,
  };
}
