import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { DriverCaps } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { fewTerms } from "../../sql/change/fit/few-terms.ts";
import type { Fitted } from "../../sql/change/fit/fitted.ts";
import { knownVersion } from "../../sql/change/fit/known-version.ts";
import { longLiterals } from "../../sql/change/fit/long-literals.ts";
import { shallowChains } from "../../sql/change/fit/shallow-chains.ts";
import { shortPatterns } from "../../sql/change/fit/short-patterns.ts";
import { spilledParameters } from "../../sql/change/fit/spilled-parameters.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { KnownText } from "./known-text.ts";

/** What a Durable Object's SQLite takes (measured). */
const COMPOUND_TERMS = 5;
const PATTERN_BYTES = 50;

/**
 * What `sqlite_version()` answers where the home denies it: the oldest version that a runtime of
 * our compatibility date has.
 */
const SQLITE_VERSION = "3.47.0";

/** A text that the home's SQLite takes, and its values. */
export interface FittedText {
  readonly text: KnownText;
  readonly values: Row;
}

/** A statement that runs once to see whether it is too much for the home's SQLite. */
export function isTooWide(values: Row, { narrow, maxParameters }: DriverCaps): boolean {
  return narrow === true && values.length > maxParameters;
}

/**
 * The statement in other words, which mean the same, after the home's SQLite refused it for a
 * limit that is narrower than SQLite's own; null where there are none, or for another error. It
 * costs nothing where no limit is met. Definitions stay as they are: their text is kept.
 *
 * @param error null for more values than the home binds
 */
export function fittedText(
  text: KnownText,
  values: Row,
  caps: DriverCaps,
  error: unknown,
): FittedText | null {
  if (caps.narrow !== true || (error !== null && !(error instanceof DosqlError))) return null;
  const fit = error === null ? spill : fitFor(error.message);
  if (fit === null || (text.class.kind !== "read" && text.class.kind !== "write")) return null;
  const parsed = attemptSqlite(text.sql);
  if (parsed instanceof DosqlError || parsed.statement === null) return null;
  const fitted = fit(text.sql, parsed.statement, values, caps);
  if (fitted === null || fitted.sql === text.sql) return null;
  // A pattern's text is its value, so such a statement does not come again.
  const isOnce = fit === shorten || fit === unload || text.isOnce === true;
  return { text: { ...text, sql: fitted.sql, isOnce }, values: fitted.values };
}

type Fit = (sql: string, statement: Statement, values: Row, caps: DriverCaps) => Fitted | null;

function fitFor(message: string): Fit | null {
  if (message === "too many terms in compound SELECT") return take;
  if (message.startsWith("Expression tree is too large")) return flatten;
  if (message === "LIKE or GLOB pattern too complex") return shorten;
  if (message === "statement too long") return unload;
  return message.startsWith("not authorized to use function: sqlite_version") ? tell : null;
}

const spill: Fit = (sql, statement, values, { maxParameters }) =>
  spilledParameters(sql, statement, values, maxParameters);

const flatten: Fit = (sql, statement, values) => ({ sql: shallowChains(sql, statement), values });

const shorten: Fit = (sql, statement, values) =>
  shortPatterns(sql, statement, values, PATTERN_BYTES);

const unload: Fit = (sql, statement, values, { maxParameters }) =>
  longLiterals(sql, statement, values, maxParameters);

const tell: Fit = (sql, statement, values) => ({
  sql: knownVersion(sql, statement, SQLITE_VERSION),
  values,
});

const take: Fit = (sql, statement, values) => {
  const taken = fewTerms(sql, statement, COMPOUND_TERMS);
  return taken === null ? null : { sql: taken, values };
};
