import { seedFor } from "../../sql/seeded-random.ts";

/** A small generator (mulberry32): the same seed gives the same numbers. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The seed of this run, printed, so that a run can be repeated. */
export function runSeed(): number {
  return seedFor("pgwire fuzz");
}
