import { DosqlError } from "../../base/errors.ts";

/** What a statement's body came to: its failure may still leave rows (OR FAIL). */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

export function attempt<T>(body: () => T): Outcome<T> {
  try {
    return { value: body() };
  } catch (error) {
    return { error };
  }
}

export function resultOf<T>(outcome: Outcome<T> | null): T {
  if (outcome === null) throw new DosqlError("bug", "a statement ended without a result");
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

/** OR FAIL and RAISE(FAIL) leave the rows before the one that failed. */
export function mayKeepRows(error: unknown): boolean {
  if (!(error instanceof DosqlError)) return false;
  const { sqlite = "" } = error;
  // A foreign key is looked at when the statement is over, and takes all of it back.
  return sqlite.startsWith("SQLITE_CONSTRAINT") && sqlite !== "SQLITE_CONSTRAINT_FOREIGNKEY";
}
