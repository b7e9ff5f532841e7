import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import type { Parsed } from "../../sql/ast/statement.ts";
import { SQLITE } from "../../sql/lex/dialect.ts";
import { mayHoldHints } from "../../sql/lex/hint.ts";
import { hintsBetween } from "../../sql/parse/hints.ts";
import { walk } from "../../sql/tree/walk.ts";
import { momentOf } from "./point-in-time.ts";

/** How a text asks for the past. */
export interface PastMark {
  /** The hint's time, which is that of all tables that say none; null without a hint. */
  readonly hint: Moment | null;
}

/** The name of the hint, as in the comment `dosql_as_of='2026-11-20T10:00Z'`. */
const HINT = "dosql_as_of";

/**
 * Whether and how a text asks for the past; null for nearly all texts, at the cost of two looks.
 *
 * @param given all of the text, with the comments around its statement
 * @throws DosqlError `invalid-argument` for a hint that is no point in time, `read-only` for
 * AS OF behind the table that changes
 */
export function readPastMark(given: string, parsed: Parsed | DosqlError): PastMark | null {
  const hint = readHint(given);
  if (hint !== null) {
    // What cannot be read cannot be moved to another time, and the hint must not be lost.
    if (parsed instanceof DosqlError) throw parsed;
    return { hint };
  }
  if (!/system_time/i.test(given)) return null;
  if (parsed instanceof DosqlError) refuseTarget(given, parsed);
  return namesTime(parsed) ? { hint: null } : null;
}

/** The grammar has no AS OF behind the table that changes: it says why. */
function refuseTarget(given: string, { at }: DosqlError): void {
  if (at === undefined || !/^for\s+system_time\b/i.test(given.slice(at))) return;
  throw new DosqlError("read-only", "FOR SYSTEM_TIME AS OF cannot stand here", {
    at,
    hint: "tables are read as they were in FROM; what was cannot be changed",
  });
}

function readHint(given: string): Moment | null {
  if (!mayHoldHints(given)) return null;
  const hints = hintsBetween(given, SQLITE, 0, given.length).filter(({ name }) => name === HINT);
  const [first, second] = hints;
  if (first === undefined) return null;
  if (second === undefined) return momentOf(first.value);
  throw new DosqlError("invalid-argument", `a statement can have one ${HINT} only`);
}

function namesTime(parsed: Parsed | DosqlError): boolean {
  if (parsed instanceof DosqlError || parsed.statement === null) return false;
  let found = false;
  walk(parsed.statement, ({ kind }) => {
    found ||= kind === "as-of";
  });
  return found;
}
