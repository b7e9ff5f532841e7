import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../base/lsn.ts";
import type { SealTable } from "../log/seal-table.ts";

/** How much history stays although nobody else needs it: for time travel, and for restores. */
export interface Retention {
  /** How far back the log in the database reaches, in milliseconds. Default 24 hours. */
  readonly horizonMs: number;
  /** At most so many entries there, however young. Default 10 million, about 1 GB. */
  readonly maxEntries: number;
  /**
   * How far back the archive reaches at least, in milliseconds; up to half as much again is kept.
   * Default: all, which is Infinity.
   */
  readonly archiveMs: number;
}

const DEFAULT_RETENTION: Retention = {
  horizonMs: 86_400_000,
  maxEntries: 10_000_000,
  archiveMs: Infinity,
};

/**
 * Fills in what is not asked for.
 *
 * @throws DosqlError `invalid-argument`
 */
export function retentionOf(asked: Partial<Retention> = {}): Retention {
  const retention = { ...DEFAULT_RETENTION, ...asked };
  for (const [name, value] of Object.entries(retention)) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    if (name === "archiveMs" && value === Infinity) continue;
    throw new DosqlError("invalid-argument", `${name} cannot be ${String(value)}`, {
      hint: "it is a whole number, 0 or more",
    });
  }
  return retention;
}

/** What may not be trimmed yet, besides the horizon. */
export interface Holds {
  /** The first position that some consumer will read on from. */
  readonly feedLsn: Lsn;
  /** The last entry in the archive; null without one. */
  readonly archivedLsn: Lsn | null;
}

/**
 * Up to where the log may be trimmed: the end of a sealed transaction, or what was trimmed
 * already.
 */
export function trimLimit(
  seals: SealTable,
  { horizonMs, maxEntries }: Pick<Retention, "horizonMs" | "maxEntries">,
  { feedLsn, archivedLsn }: Holds,
  nowMs: number,
): Lsn {
  const sealed = seals.sealedLsn();
  const byTime = endBefore(seals, nowMs - horizonMs);
  const byCount = Math.max(sealed - maxEntries, 0);
  const needed = Math.min(feedLsn, archivedLsn ?? sealed, sealed);
  const limit = toLsn(Math.min(needed, Math.max(byTime, byCount)));
  const trimmed = seals.trimmedLsn();
  const end = seals.at(limit)?.lastLsn ?? LSN_ZERO;
  return end > trimmed ? end : trimmed;
}

/** The last transaction committed before a time: commit times rise with the LSN. */
function endBefore(seals: SealTable, wallMs: number): Lsn {
  let low: number = seals.trimmedLsn();
  let high: number = seals.sealedLsn();
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    const seal = seals.at(toLsn(middle));
    if (seal === null || seal.lastLsn <= low) {
      // No transaction ends in this half.
      const next = seals.after(toLsn(middle));
      if (next === null || next.lastLsn > high || next.wallMs >= wallMs) return toLsn(low);
      low = next.lastLsn;
    } else if (seal.wallMs < wallMs) low = seal.lastLsn;
    else high = seal.lastLsn - 1;
  }
  return toLsn(low);
}
