import type { AnyClass } from "../contract.ts";
import { play } from "./sequence.ts";

/** Calls of one sequence. */
export const CALLS = 30;

/** Where two sides part. */
export interface Difference {
  readonly seed: number;
  readonly call: number;
  readonly before: readonly string[];
  readonly what: string;
  readonly real: string;
  readonly ours: string;
}

/** Files of the two sides, or memory. */
export interface Places {
  readonly real: string;
  readonly ours: string;
}

const MEMORY: Places = { real: ":memory:", ours: ":memory:" };

/** The first difference of a sequence; null for none. */
export function compare(
  Real: AnyClass,
  Ours: AnyClass,
  seed: number,
  places: Places = MEMORY,
): Difference | null {
  const real = play(Real, seed, CALLS, places.real);
  const ours = play(Ours, seed, CALLS, places.ours);
  const call = real.findIndex(({ answer }, index) => answer !== ours[index]?.answer);
  const said = real[call];
  if (said === undefined) return null;
  const before = real.slice(0, call).map((one) => `${one.call} → ${one.answer.slice(0, 100)}`);
  return { seed, call, before, what: said.call, real: said.answer, ours: ours[call]?.answer ?? "" };
}
