import type { ErrorCode } from "../../base/errors.ts";
import { DosqlError } from "../../base/errors.ts";

/** Closes for no fault of the client's: it comes again. */
export const CLOSE = {
  /** The server stops. */
  goingAway: 1001,
  /** Something of ours failed. */
  internal: 1011,
  /** The object slept and forgot the connection. */
  resume: 4410,
} as const;

/** Closes that say why the calls of the connection fail. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  // A frame that is too large, as the standard has it.
  1009: "limit",
  4400: "protocol",
  4401: "authentication",
  4403: "permission",
  4404: "not-found",
  4405: "no-such-database",
  4429: "limit",
};

/** A close frame holds 125 bytes, two of which are the code. */
const MAX_REASON_BYTES = 123;

/** Code and reason by which a client learns of an error that ends its connection. */
export function closing(error: DosqlError): [code: number, reason: string] {
  return [closeCode(error), cutText(error.message, MAX_REASON_BYTES)];
}

function closeCode({ code }: DosqlError): number {
  // The last one: ours come behind the standard's, as such keys are always in their order.
  const [close] = Object.entries(CODES).findLast(([, known]) => known === code) ?? [];
  return Number(close ?? CLOSE.internal);
}

/** What the calls of a closed connection hear. */
export function closeError(close: number, reason: string): DosqlError {
  return new DosqlError(
    CODES[close] ?? "connection",
    reason || `the connection was lost (${close})`,
  );
}

/** A text of at most `bytes` bytes, cut between characters. */
function cutText(text: string, bytes: number): string {
  const utf8 = new TextEncoder();
  let cut = text;
  while (utf8.encode(cut).length > bytes) cut = cut.slice(0, -1);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
