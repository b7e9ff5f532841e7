import { expect, it } from "vitest";
import { systemClock } from "../../../src/platform/node/clock.ts";

it("waits where a timer would fire at once", async () => {
  const fired: number[] = [];
  const longest = [2 ** 31, 2 ** 32 + 1, Infinity];
  const stops = longest.map((ms) => systemClock.after(ms, () => fired.push(ms)));
  await new Promise((resolve) => setTimeout(resolve, 30));
  for (const stop of stops) stop();
  expect(fired).toEqual([]);
});
