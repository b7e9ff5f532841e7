import { env, runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import { ManualClock } from "../manual-clock.ts";
import { Remembering } from "./remembered.ts";

it("answers as of the commits of a random history in a Durable Object", async () => {
  const random = freshRandom("time travel in a Durable Object");
  const stub = env.BARE.get(env.BARE.idFromName("random-history"));
  await runInDurableObject(stub, (_object, state) => {
    const clock = new ManualClock();
    const writer = new WorkersSqlDriver(state.storage);
    const shard = new Shard({ writer, clock, capture: CAPTURE_ON });
    const found = new Remembering(shard, clock, random, "durable object").run(40, 1);
    expect(found.failures.join("\n\n")).toBe("");
    expect(found.commits).toBeGreaterThan(10);
    expect(found.telling).toBeGreaterThan(20);
    const left = "SELECT name FROM sqlite_schema WHERE name LIKE '\\_dosql\\_past%' ESCAPE '\\'";
    expect(writer.prepare(left).all([], "number")).toEqual([]);
  });
});
