import type { Clock } from "../../ports/clock.ts";

/** `setTimeout` fires at once when it is to wait longer. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The Workers runtime's clock. Inside one event it stands still between I/O, by design there. */
export const workersClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, fire) {
    const timer = setTimeout(fire, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => {
      clearTimeout(timer);
    };
  },
};
