import { isDeepStrictEqual } from "node:util";
import type { Call } from "./call.ts";

/** What came before a call. */
export interface Before {
  readonly calls: readonly Call[];
  /** One of them failed in D1. */
  readonly failed: boolean;
}

/**
 * What a difference is: `known`, with its reason in `known-gaps.ts` or here; `parted`, a known one
 * after which the two databases hold different rows; or null, an unexplained one.
 */
export type Verdict = "known" | "parted" | null;

export function verdictOf(call: Call, reference: unknown, ours: unknown, before: Before): Verdict {
  const [theirs, own] = [messageOf(reference), messageOf(ours)];
  // Of a text without a statement the client tells before anything runs.
  if (own?.endsWith("SQL code did not contain a statement.") === true && theirs !== null) {
    return "known";
  }
  // A text of several statements, on and off: the runtime's own cache of statements.
  if (theirs?.includes("can only be executed once at a time") === true) return "parted";
  // In a STRICT table with triggers, as a captured one has, SQLite looks at types before it looks
  // at NOT NULL and UNIQUE, which OR IGNORE and OR REPLACE would have dealt with.
  if (own?.includes("cannot store ") === true) return theirs === null ? "parted" : "known";
  if (theirs !== null && own !== null && isOtherMistake(call, theirs, own)) return "known";
  // Without ORDER BY the order of rows is that of the plan, which statistics choose: of two schemas
  // that hold the same ones, one has read them again since.
  if (isOtherOrder(call, reference, ours)) return "known";
  // An INSERT of rows that it reads while triggers of its own change them: for a table with
  // triggers SQLite reads them all before.
  if (theirs === null && own === null && /"INSERT[^"]* SELECT /.test(JSON.stringify(call))) {
    return "parted";
  }
  // Where a user's trigger on the child table sets off ON DELETE SET NULL of the same key, SQLite
  // forgets to look at that key in what set off the trigger, and leaves a row without a parent;
  // not where another trigger follows, as in a captured table.
  if (theirs === null && own?.includes("FOREIGN KEY constraint failed") === true) {
    const texts = JSON.stringify(before.calls);
    return /SET NULL/.test(texts) && /CREATE TRIGGER/.test(texts) ? "parted" : null;
  }
  // The place of a mistake in the RETURNING of a REPLACE is lost on its way through the log.
  if (own !== null && own === theirs?.replace(/ at offset \d+/, "")) {
    return /REPLACE[^]* RETURNING/.test(JSON.stringify(call)) ? "known" : null;
  }
  // After the largest rowid SQLite takes any that is free.
  if (RANDOM_ROWID.test(JSON.stringify(reference)) && RANDOM_ROWID.test(JSON.stringify(ours))) {
    return "parted";
  }
  // There SQLite also gives an INSERT its rowid before it finds that a constraint is broken. So
  // after a failure last_insert_rowid() may be another one, until the next INSERT.
  if (!before.failed) return null;
  const same = isDeepStrictEqual(withoutRowid(reference), withoutRowid(ours));
  return same || JSON.stringify(call).includes("last_insert_rowid()") ? "known" : null;
}

/** Whether two failures are those of one statement that has several mistakes. */
function isOtherMistake(call: Call, theirs: string, own: string): boolean {
  // For a table with triggers SQLite computes all rows before it inserts the first one.
  if (/"(?:INSERT|REPLACE)/.test(JSON.stringify(call))) return true;
  // The order in which an ALTER finds triggers that it breaks is not that of their names.
  const both = (pattern: RegExp): boolean => pattern.test(theirs) && pattern.test(own);
  return both(/error in (?:trigger|view) /) || both(/UNIQUE constraint failed: /);
}

function isOtherOrder(call: Call, reference: unknown, ours: unknown): boolean {
  if (call.kind !== "raw" || !call.sql.startsWith("SELECT ") || /ORDER BY/.test(call.sql)) {
    return false;
  }
  if (!Array.isArray(reference) || !Array.isArray(ours)) return false;
  const sorted = (rows: readonly unknown[]): string[] => rows.map((r) => JSON.stringify(r)).sort();
  return isDeepStrictEqual(sorted(reference), sorted(ours));
}

const RANDOM_ROWID = /"(?:last_row_id|id)",\d{17,}/;

function messageOf(answer: unknown): string | null {
  const { failed } = (answer ?? {}) as { failed?: { message: string } };
  return failed?.message ?? null;
}

/** The meta of results without `last_row_id`. */
function withoutRowid(answer: unknown): unknown {
  if (!Array.isArray(answer)) {
    if (typeof answer !== "object" || answer === null) return answer;
    return Object.fromEntries(Object.entries(answer).map(([k, v]) => [k, withoutRowid(v)]));
  }
  return answer
    .filter((item) => !(Array.isArray(item) && item[0] === "last_row_id"))
    .map(withoutRowid);
}
