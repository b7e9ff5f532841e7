import type { BackupProgress, EmbeddedAggregate } from "../../../ports/embedded-driver.ts";
import type { WorkerBody } from "./worker-callbacks.ts";

/** A scalar function, called with its arguments. */
export function functionBody(call: (args: unknown[]) => unknown): WorkerBody {
  return (_step, args) => call(args);
}

/** A backup's progress. */
export function progressBody(nextSlice: (state: BackupProgress) => number): WorkerBody {
  return (_step, args) => nextSlice(args[0] as BackupProgress);
}

/** States that are kept when no group ends: those of statements that were given up. */
const STATES_KEPT = 10_000;

/** An aggregate, whose states stay here; the process has their numbers. */
export function aggregateBody(steps: EmbeddedAggregate): WorkerBody {
  const states = new Map<number, unknown>();
  let last = 0;
  return (step, [state, ...args]) => {
    const number = Number(state);
    switch (step) {
      case "start": {
        last += 1;
        states.set(last, steps.start());
        return last;
      }
      case "step":
        states.set(number, steps.step(states.get(number), args));
        return null;
      case "inverse":
        states.set(number, steps.inverse?.(states.get(number), args));
        return null;
      default: {
        const result = steps.result(states.get(number));
        // A window asks for the result of one state many times.
        if (steps.inverse === null) states.delete(number);
        else dropOldest(states);
        return result;
      }
    }
  };
}

function dropOldest(states: Map<number, unknown>): void {
  const [oldest] = states.keys();
  if (oldest !== undefined && states.size > STATES_KEPT) states.delete(oldest);
}
