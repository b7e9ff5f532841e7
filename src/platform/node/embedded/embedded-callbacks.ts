import type { EmbeddedAggregate, EmbeddedFunction } from "../../../ports/embedded-driver.ts";
import { embeddedError } from "./embedded-errors.ts";

/** A value that no SQLite type fits: returning it makes the running statement fail. */
const UNFIT = Symbol("unfit");

/** The state of one aggregation, as node:sqlite holds it. */
interface Accumulator {
  state: unknown;
  failure: { readonly error: unknown } | null;
}

/** What node:sqlite takes for an aggregate. */
interface NodeAggregate {
  readonly start: () => never;
  readonly step: (accumulator: never, ...args: unknown[]) => never;
  readonly result: (accumulator: never) => never;
  readonly inverse?: (accumulator: never, ...args: unknown[]) => never;
}

/**
 * User functions on their way into node:sqlite. An exception must not cross it: thrown in a
 * step, some versions swallow it and answer nothing, others crash. So what a callback throws is
 * kept here, the statement is made to fail, and its error is exchanged for what was kept.
 */
export class Callbacks {
  #failure: { readonly error: unknown } | null = null;

  /** A statement begins: a failure of an earlier one that ended without asking is forgotten. */
  begin(): void {
    this.#failure = null;
  }

  /** Whether node:sqlite itself complained that an INTEGER does not fit a double. */
  isRangeError(error: unknown): boolean {
    if (this.#failure !== null || !(error instanceof Error)) return false;
    return (error as { code?: unknown }).code === "ERR_OUT_OF_RANGE";
  }

  /** What to throw for an error that came out of node:sqlite. */
  failure(error: unknown): unknown {
    const failure = this.#failure;
    this.#failure = null;
    return failure === null ? embeddedError(error) : failure.error;
  }

  scalar(
    { arity }: EmbeddedFunction,
    body: (args: unknown[]) => unknown,
  ): (...args: unknown[]) => never {
    return withLength(arity, (...args: unknown[]) => {
      try {
        return body(args);
      } catch (error) {
        this.#failure = { error };
        return UNFIT;
      }
    }) as (...args: unknown[]) => never;
  }

  aggregate({ arity }: EmbeddedFunction, steps: EmbeddedAggregate): NodeAggregate {
    const { inverse } = steps;
    return {
      start: (() => begun(steps)) as () => never,
      step: advancing(arity, steps.step),
      result: ((accumulator: Accumulator) => this.#result(accumulator, steps)) as () => never,
      ...(inverse === null ? {} : { inverse: advancing(arity, inverse) }),
    };
  }

  #result(accumulator: Accumulator, steps: EmbeddedAggregate): unknown {
    if (accumulator.failure === null) {
      try {
        return steps.result(accumulator.state);
      } catch (error) {
        accumulator.failure = { error };
      }
    }
    this.#failure = accumulator.failure;
    return UNFIT;
  }
}

function begun(steps: EmbeddedAggregate): Accumulator {
  try {
    return { state: steps.start(), failure: null };
  } catch (error) {
    return { state: undefined, failure: { error } };
  }
}

function advancing(
  arity: number,
  step: (state: unknown, args: unknown[]) => unknown,
): (accumulator: never, ...args: unknown[]) => never {
  const advance = (accumulator: Accumulator, ...args: unknown[]): Accumulator => {
    if (accumulator.failure !== null) return accumulator;
    try {
      accumulator.state = step(accumulator.state, args);
    } catch (error) {
      accumulator.failure = { error };
    }
    return accumulator;
  };
  const length = arity < 0 ? arity : arity + 1;
  return withLength(length, advance) as (...args: never[]) => unknown as () => never;
}

/** node:sqlite reads the number of arguments off the function. */
function withLength<Body extends (...args: never[]) => unknown>(length: number, body: Body): Body {
  return length < 0 ? body : Object.defineProperty(body, "length", { value: length });
}
