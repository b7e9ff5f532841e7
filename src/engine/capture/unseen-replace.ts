import { DosqlError } from "../../base/errors.ts";
import type { ChangeTraits } from "./replace-mode.ts";

/** A statement without a tree says REPLACE: rows that it replaces could not be logged. */
export function mayReplaceUnseen({ action, unread }: ChangeTraits): boolean {
  return unread !== null && action === "REPLACE";
}

/** What such a statement answers where SQLite would have run it. */
export function replaceUnseen(cause: DosqlError | null): DosqlError {
  return cause?.code === "limit"
    ? new DosqlError("limit", "the statement is too long or too deep to be captured", {
        hint: "send REPLACE in parts, or turn capture off for its table",
        cause,
      })
    : new DosqlError("unsupported", "capture cannot read this statement, which says REPLACE", {
        hint: "turn capture off for its table, and please report the statement",
        cause,
      });
}
