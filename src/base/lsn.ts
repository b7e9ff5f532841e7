import { DosqlError } from "./errors.ts";

declare const lsn: unique symbol;

/**
 * A log sequence number: the place of one entry in a shard's change log. Dense: every number from
 * the oldest kept entry to the newest is taken, commit entries included. 0 is before the first.
 */
export type Lsn = number & { readonly [lsn]: never };

/** Before the first entry of any log. */
export const LSN_ZERO: Lsn = 0 as Lsn;

/** After the last entry of any log. */
export const LSN_MAX: Lsn = Number.MAX_SAFE_INTEGER as Lsn;

/**
 * A number as a log sequence number.
 *
 * @throws DosqlError `invalid-argument` for what is no whole number from 0 to 2^53
 */
export function toLsn(value: number | bigint): Lsn {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new DosqlError("invalid-argument", `${String(value)} is not a log sequence number`, {
      hint: "a log sequence number is a whole number from 0 on",
    });
  }
  return number as Lsn;
}
