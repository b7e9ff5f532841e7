import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import type { Parsed } from "../../sql/ast/statement.ts";
import { SQLITE } from "../../sql/lex/dialect.ts";
import { Lexer } from "../../sql/lex/lexer.ts";
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
  if (first === undefined) {
    refuseMisread(given);
    return null;
  }
  if (second === undefined) return momentOf(first.value);
  throw new DosqlError("invalid-argument", `a statement can have one ${HINT} only`);
}

/** A hint's beginning, alone or behind others, whatever follows. */
const MEANT = /^\/\*\s*(?:[^*]*,\s*)?dosql_as_of\s*=/;

/** Who means the past must not be shown the present. */
function refuseMisread(given: string): void {
  const lexer = new Lexer(given, { dialect: SQLITE, comments: true });
  while (lexer.next()) {
    if (lexer.kind !== "comment" || !MEANT.test(given.slice(lexer.start, lexer.end))) continue;
    throw new DosqlError("invalid-argument", `a comment with ${HINT} is no hint`, {
      at: lexer.start,
      hint: `write /*${HINT}='2026-11-20T10:00:00Z'*/, a percent sign as %25`,
    });
  }
}

function namesTime(parsed: Parsed | DosqlError): boolean {
  if (parsed instanceof DosqlError || parsed.statement === null) return false;
  let found = false;
  walk(parsed.statement, ({ kind }) => {
    found ||= kind === "as-of";
  });
  return found;
}
