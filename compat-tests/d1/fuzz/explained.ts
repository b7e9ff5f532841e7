import { isDeepStrictEqual } from "node:util";
import type { Call } from "./call.ts";

/**
 * What a difference is: `known`, with its reason in `known-gaps.ts` or here; `parted`, a known one
 * after which the two databases hold different rows; or null, an unexplained one.
 */
export type Verdict = "known" | "parted" | null;

export function verdictOf(
  call: Call,
  reference: unknown,
  ours: unknown,
  failedBefore: boolean,
): Verdict {
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
  // For a table with triggers SQLite computes all rows before it inserts the first one, so of two
  // mistakes it tells the other one.
  if (theirs !== null && own !== null && /"(?:INSERT|REPLACE)/.test(JSON.stringify(call))) {
    return "known";
  }
  // An INSERT of rows that it reads while triggers of its own change them: for a table with
  // triggers SQLite reads them all before.
  if (theirs === null && own === null && /"INSERT[^"]* SELECT /.test(JSON.stringify(call))) {
    return "parted";
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
  if (!failedBefore) return null;
  const same = isDeepStrictEqual(withoutRowid(reference), withoutRowid(ours));
  return same || JSON.stringify(call).includes("last_insert_rowid()") ? "known" : null;
}

const RANDOM_ROWID = /"last_row_id",\d{17,}/;

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
