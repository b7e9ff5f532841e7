import { env, runInDurableObject } from "cloudflare:test";
import { workersClock } from "../../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";
import type { FeedHome } from "./feed-home.ts";

/** The storage of a Durable Object of its own. */
export const durableHome: FeedHome = {
  name: "a Durable Object",
  transactions: false,
  durable: true,
  clock: workersClock,
  run: (body) =>
    runInDurableObject(env.BARE.get(env.BARE.newUniqueId()), (_object, state) =>
      body(() => ({ writer: new WorkersSqlDriver(state.storage) })),
    ),
};
