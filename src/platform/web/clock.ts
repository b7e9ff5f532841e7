import type { Clock } from "../../ports/clock.ts";

/** `setTimeout` fires at once when it is to wait longer. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The clock that Node, workerd and browsers share. */
export const webClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, fire) {
    const timer = setTimeout(fire, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
