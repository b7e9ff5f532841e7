import type { Answers } from "./contract.ts";

/** Questions that are answered otherwise, by case, with the reason. */
export type Gaps = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** How one case went. */
export interface Outcome {
  readonly agreed: number;
  /** Refused by name: an answer of its own kind, and never a wrong one. */
  readonly refused: number;
  /** Questions whose answers differ, and that no gap explains. */
  readonly differences: readonly string[];
  /** Gaps that have closed: they must leave the list. */
  readonly closed: readonly string[];
}

/** Compares a database that is served with the real library. */
export function outcomeOf(name: string, real: Answers, ours: Answers, gaps: Gaps): Outcome {
  const known = gaps[name] ?? {};
  const differences: string[] = [];
  const closed: string[] = [];
  let agreed = 0;
  let refused = 0;
  for (const [label, right] of Object.entries(real)) {
    const mine = JSON.stringify(ours[label]);
    if (mine === JSON.stringify(right)) {
      agreed += 1;
      if (label in known) closed.push(label);
    } else if (mine === undefined || /is not supported|cannot be set here/.test(mine)) {
      refused += 1;
    } else if (!(label in known)) {
      differences.push(`${label}: ${mine}, not ${JSON.stringify(right)}`);
    }
  }
  return { agreed, refused, differences, closed };
}

/** The whole case ended where it asked for what is not supported. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && /is not supported/.test(error.message);
}
