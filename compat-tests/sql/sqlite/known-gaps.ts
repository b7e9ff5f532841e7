import type { Aspect, Difference } from "./agreement.ts";

/** A way in which we rightly or for now differ from SQLite. */
export interface KnownGap {
  readonly corpus: "committed" | "foreign";
  readonly aspect: Aspect;
  /** Matches the statements that differ for this reason. */
  readonly sql: RegExp;
  readonly reason: string;
}

/** Every difference must be listed, and what is listed must differ. */
export const KNOWN_GAPS: readonly KnownGap[] = [
  {
    corpus: "foreign",
    aspect: "verdict",
    sql: /^CREATE TRIGGER IF NOT EXISTS r1 AFTER DELETE .*RETURNING FALSE/s,
    reason:
      "SQLite refuses RETURNING in the body of a trigger, but not where the trigger is not made " +
      "because it exists; a parser does not know that",
  },
  {
    corpus: "foreign",
    aspect: "program",
    sql: /\[(count\(\*\)|max\(\w\)|min\(x\)\+y)\]/,
    reason:
      "a column without AS is named by its source text, which the printer writes otherwise; " +
      "who reprints a query must name its columns first",
  },
  {
    corpus: "foreign",
    aspect: "effect",
    sql: /e int {10,}Always default\(5\)/,
    reason:
      "SQLite drops a last word ALWAYS from a type that is written in 16 characters or more, the " +
      "space between its words included",
  },
];

/** The gap that explains a difference. */
export function gapOf(
  difference: Difference,
  corpus: "committed" | "foreign",
): KnownGap | undefined {
  return KNOWN_GAPS.find(
    (gap) =>
      gap.aspect === difference.aspect && gap.corpus === corpus && gap.sql.test(difference.sql),
  );
}
