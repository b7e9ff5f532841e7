import { DosqlError } from "../../base/errors.ts";

/** What one hears who asks for changes that the log no longer holds. */
export function historyGone(after: number | null): DosqlError {
  const what = after === null ? "that time" : String(after);
  return new DosqlError("history-gone", `the change log no longer holds what follows ${what}`, {
    hint: 'take a new snapshot: subscribe from "snapshot"',
  });
}

/** What one hears who asks for a slot that was lost. */
export function slotLost(name: string, reason: string): DosqlError {
  return new DosqlError("history-gone", `the replication slot ${name} is lost: ${reason}`, {
    hint: 'drop it, create it again, and take a new snapshot: subscribe from "snapshot"',
  });
}
