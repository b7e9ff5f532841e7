import { isDeepStrictEqual } from "node:util";
import type { Answers } from "./contract.ts";
import type { KnownGap } from "./known-gaps.ts";

/** How one driver's answers to a case stand against the reference's. */
export interface Comparison {
  /** Differences that nobody listed: label → what was right and what came. */
  readonly unexpected: Record<string, { readonly reference: unknown; readonly ours: unknown }>;
  /** Gaps that are listed although both agree. */
  readonly agreed: string[];
}

/** Compares answers to one case; `gaps` are those of this driver and this case. */
export function compare(reference: Answers, ours: Answers, gaps: readonly KnownGap[]): Comparison {
  const differing = new Set(
    [...new Set([...Object.keys(reference), ...Object.keys(ours)])].filter(
      (label) => !isDeepStrictEqual(reference[label], ours[label]),
    ),
  );
  const isGap = (label: string): boolean =>
    gaps.some((gap) => gap.label === undefined || gap.label === label);
  const unexpected = [...differing].filter((label) => !isGap(label));
  return {
    unexpected: Object.fromEntries(
      unexpected.map((label) => [label, { reference: reference[label], ours: ours[label] }]),
    ),
    agreed: gaps
      .filter(({ label }) => (label === undefined ? differing.size === 0 : !differing.has(label)))
      .map(({ label }) => label ?? "the whole case"),
  };
}
