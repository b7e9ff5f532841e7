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
  const isGap = (label: string): boolean => gaps.some(({ label: known }) => matches(known, label));
  const unexpected = [...differing].filter((label) => !isGap(label));
  return {
    unexpected: Object.fromEntries(
      unexpected.map((label) => [label, { reference: reference[label], ours: ours[label] }]),
    ),
    agreed: gaps
      .filter(({ label: known }) => ![...differing].some((label) => matches(known, label)))
      .map(({ label }) => String(label ?? "the whole case")),
  };
}

function matches(known: KnownGap["label"], label: string): boolean {
  if (known === undefined || known === label) return true;
  return known instanceof RegExp && known.test(label);
}
