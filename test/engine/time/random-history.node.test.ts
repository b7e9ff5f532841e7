import { expect, it } from "vitest";
import { freshRandom } from "../../sql/seeded-random.ts";
import { ManualClock } from "../manual-clock.ts";
import { ShardFixture } from "../open-shard.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Remembering } from "./remembered.ts";

it("answers as of every commit of a random history as it was", { timeout: 120_000 }, async () => {
  const random = freshRandom("time travel");
  let compared = 0;
  for (let round = 0; round < 3; round++) {
    const clock = new ManualClock();
    await using fixture = new ShardFixture({ clock, capture: CAPTURE_ON });
    const found = new Remembering(fixture.shard, clock, random).run(120, 1);
    expect(found.failures.join("\n\n")).toBe("");
    expect(found.commits).toBeGreaterThan(40);
    compared += found.compared;
  }
  expect(compared).toBeGreaterThan(1_000);
});
