import type { Clock } from "../../ports/clock.ts";

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
    const timer = setTimeout(fire, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
