import { expect, it } from "vitest";
import { webClock } from "../../../src/platform/web/clock.ts";
import { workersClock } from "../../../src/platform/workers/clock.ts";

it.each([
  ["the web's clock", webClock],
  ["the runtime's clock", workersClock],
])("%s waits where a timer would fire at once", async (_, clock) => {
  const fired: number[] = [];
  const stops = [2 ** 31, 2 ** 32 + 1, Infinity].map((ms) => clock.after(ms, () => fired.push(ms)));
  await new Promise<void>((resolve) => void clock.after(30, resolve));
  for (const stop of stops) stop();
  expect(fired).toEqual([]);
});
