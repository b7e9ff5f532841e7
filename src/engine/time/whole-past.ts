import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { applyEdits, byStart } from "../../sql/change/edit.ts";
import { tokenize } from "../../sql/lex/lexer.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { Statement } from "../session/session.ts";
import type { CheckedLog } from "./checked-log.ts";
import { withoutTakenParameters } from "./parameter-numbers.ts";
import { readPastMark } from "./past-mark.ts";
import { momentsOf } from "./past-statement.ts";
import { PastText } from "./past-text.ts";
import { momentKey } from "./point-in-time.ts";

/** The parts of a shard that compute what stands behind AS OF. */
export interface PastHost {
  readonly reader: { readonly driver: SqlDriver };
  readonly checkedLog: CheckedLog;
}

/** A query for a database that is as of a moment. */
export interface WholePast extends Statement {
  readonly moment: Moment;
}

/**
 * A query all of whose tables are read as of one moment, as one that says nothing of time: for a
 * copy of the database as it was then.
 *
 * @param asOf the time of tables that say none; null is now
 * @returns null for a query that reads several times, or the present too
 */
export function wholePast(
  { reader, checkedLog: checked }: PastHost,
  { sql: given, params }: Statement,
  asOf: Moment | null,
): WholePast | null {
  const parsed = attemptSqlite(given);
  if (parsed instanceof DosqlError || parsed.statement === null) return null;
  const everywhere = readPastMark(given, parsed)?.hint ?? asOf;
  const text = new PastText(given, parsed.statement, true);
  if (everywhere === null && text.sources.some(({ value }) => value === null)) return null;
  const request = { sql: given, values: params, everywhere, checked };
  const moments = text.sources.length === 0 ? [] : momentsOf(reader.driver, request);
  const moment = moments[0] ?? everywhere;
  if (moment === null) return null;
  if (moments.some((one) => momentKey(one) !== momentKey(moment))) return null;
  const sql = withoutComments(given);
  const said = text.sources.some(({ value }) => value !== null);
  if (!said) return { moment, sql, params };
  const edits = text.edits(({ name }) => quoteIdentifier(name));
  const bound = withoutTakenParameters(given, edits, params);
  const all = [...bound.edits, ...text.nameEdits(bound.edits)].sort(byStart);
  return { moment, sql: applyEdits(sql, all), params: bound.values };
}

/** Hints stand in comments. What is left stays where it is. */
function withoutComments(sql: string): string {
  let at = 0;
  let text = "";
  for (const { start, end } of tokenize(sql)) {
    text += " ".repeat(start - at) + sql.slice(start, end);
    at = end;
  }
  return text;
}
