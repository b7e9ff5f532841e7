import type { Clock } from "../../ports/clock.ts";

/** The clock that Node, workerd and browsers share. */
export const webClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
