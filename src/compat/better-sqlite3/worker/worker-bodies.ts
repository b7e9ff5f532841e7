import { DosqlError } from "../../../base/errors.ts";
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
const STATES_KEPT = 100_000;

/** An aggregate, whose states stay here; the process has their numbers. */
export function aggregateBody(steps: EmbeddedAggregate): WorkerBody {
  const states = new AggregateStates();
  return (step, [state, ...args]) => {
    const number = Number(state);
    switch (step) {
      case "start":
        return states.add(steps.start());
      case "step":
        states.keep(number, steps.step(states.get(number), args));
        return null;
      case "inverse":
        states.keep(number, steps.inverse?.(states.get(number), args));
        return null;
      default: {
        const found = states.get(number);
        const result = steps.result(found);
        // A window asks for the result of one state many times.
        if (steps.inverse === null) states.delete(number);
        else states.keep(number, found);
        return result;
      }
    }
  };
}

/** The states of one aggregate, by number. Too many are there only when no group ends. */
class AggregateStates {
  /** Those that were used last are the last ones: a window goes on beside others. */
  readonly #states = new Map<number, unknown>();
  #last = 0;

  add(state: unknown): number {
    this.#last += 1;
    this.keep(this.#last, state);
    return this.#last;
  }

  /** @throws DosqlError `limit` for a state that has made room for others */
  get(number: number): unknown {
    const state = this.#states.get(number);
    if (state !== undefined || this.#states.has(number)) return state;
    throw new DosqlError("limit", `more than ${STATES_KEPT} groups of a window function at once`);
  }

  keep(number: number, state: unknown): void {
    this.#states.delete(number);
    this.#states.set(number, state);
    if (this.#states.size <= STATES_KEPT) return;
    const [oldest] = this.#states.keys();
    if (oldest !== undefined) this.#states.delete(oldest);
  }

  delete(number: number): void {
    this.#states.delete(number);
  }
}
