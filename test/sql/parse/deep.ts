/** Deeper than any limit. */
export const DEEP = 5000;

/** Longer than any chain that is not flat. */
export const LONG = 100_000;

/** A text that goes deeper and deeper. */
export function nested(before: string, inside: string, after: string): string {
  return before.repeat(DEEP) + inside + after.repeat(DEEP);
}

/** How many calls fit the stack from here on. */
export function reach(levels: number): number {
  try {
    return reach(levels + 1);
  } catch {
    return levels;
  }
}

/** Calls `run` when that many levels of the stack are used. */
export function below<Result>(levels: number, run: () => Result): Result {
  return levels === 0 ? run() : below(levels - 1, run);
}
