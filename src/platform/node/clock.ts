import type { Clock } from "../../ports/clock.ts";

/** `setTimeout` fires at once when it is to wait longer. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's clock. Its timers do not keep the process alive, unless they are due at once. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, fire) {
    if (delayMs <= 0) {
      const immediate = setImmediate(fire);
      return () => {
        clearImmediate(immediate);
      };
    }
    const timer = setTimeout(fire, Math.min(delayMs, LONGEST_TIMER_MS));
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
