import type { Clock } from "../../ports/clock.ts";

/** The Workers runtime's clock. Inside one event it stands still between I/O, by design there. */
export const workersClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
