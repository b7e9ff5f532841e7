import type { Aspect } from "./agreement.ts";

/** A statement in which we rightly or for now differ from the oracle. */
export interface KnownGap {
  readonly aspect: Aspect;
  readonly reason: string;
}

/** By `statementKey`: a foreign statement is not ours to quote. */
export const KNOWN_GAPS: Readonly<Record<string, KnownGap>> = {};
