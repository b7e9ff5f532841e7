import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";

/** A subscription that is asked to confirm a position. */
interface Confirming {
  readonly slot: string | null | undefined;
  readonly closed: boolean;
  readonly position: Lsn;
}

/**
 * The slot in which a subscription may confirm a position.
 *
 * @throws DosqlError `misuse` without a slot, and when it has ended; `invalid-argument` for a
 * position that it has not reached
 */
export function confirmedSlot({ slot, closed, position }: Confirming, lsn: Lsn): string {
  if (slot === null || slot === undefined) {
    throw new DosqlError("misuse", "the subscription has no slot to confirm a position in", {
      hint: "create a slot, and subscribe with it",
    });
  }
  if (closed) throw new DosqlError("misuse", "the subscription has ended");
  if (lsn <= position) return slot;
  throw new DosqlError(
    "invalid-argument",
    `the subscription has reached ${position}, and cannot confirm ${lsn}`,
  );
}
