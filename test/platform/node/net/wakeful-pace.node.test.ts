import { expect, it } from "vitest";
import { WakefulPace } from "../../../../src/platform/node/net/wakeful-pace.ts";

const ANSWERS = 200_000;

/** How many of many answers one is awake after, where answers take so long either way. */
function awakeAfter(pace: WakefulPace, ms: { asleep: number; awake: number }): number {
  let nowMs = 0;
  let awake = false;
  let count = 0;
  for (let i = 0; i < ANSWERS; i++) {
    nowMs += awake ? ms.awake : ms.asleep;
    awake = pace.answered(nowMs);
    count += Number(awake);
  }
  return count / ANSWERS;
}

it("stays awake where that gives more answers", () => {
  expect(awakeAfter(new WakefulPace(), { asleep: 0.065, awake: 0.035 })).toBeGreaterThan(0.95);
});

it("sleeps where it does not", () => {
  expect(awakeAfter(new WakefulPace(), { asleep: 0.025, awake: 0.035 })).toBeLessThan(0.02);
  expect(awakeAfter(new WakefulPace(), { asleep: 0.03, awake: 0.029 })).toBeLessThan(0.02);
});

it("sleeps where questions are seldom, and does not even try", () => {
  expect(awakeAfter(new WakefulPace(), { asleep: 1, awake: 0.1 })).toBe(0);
});

it("learns that the machine has changed", () => {
  const pace = new WakefulPace();
  awakeAfter(pace, { asleep: 0.065, awake: 0.035 });
  expect(awakeAfter(pace, { asleep: 0.025, awake: 0.035 })).toBeLessThan(0.2);
  expect(awakeAfter(pace, { asleep: 0.065, awake: 0.035 })).toBeGreaterThan(0.8);
});
