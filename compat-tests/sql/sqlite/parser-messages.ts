/**
 * Which of SQLite's complaints speak about the text alone.
 *
 * SQLite has no step that only parses: the actions of its grammar look at the schema while the
 * text is still being read. So the message is what tells a text that is no SQL from a text that
 * is SQL and means nothing here. The line is drawn thus:
 *
 * - A message of `PARSER_MESSAGES` comes from the tokenizer, from the grammar or from an action of
 *   the grammar, and no schema could make it go away. Our parser must refuse the same text.
 * - A message of `LIMIT_MESSAGES` says that a limit of this build was passed. Ours are others, so
 *   such a statement is not compared.
 * - Every other message is about meaning: names, counts of columns, types, functions, what may
 *   stand in a view or an index. Our parser takes such a text.
 *
 * Decided to be about meaning, though the text alone gives them away: "duplicate column name",
 * "table … has more than one primary key", "AUTOINCREMENT is only allowed on an INTEGER PRIMARY
 * KEY", "default value of column … is not constant", "cannot use DEFAULT on a generated column"
 * (they speak of a table that is being made); "duplicate WITH table name", "no such window",
 * "cannot override … of window" (names of the statement's own); "all VALUES must have the same
 * number of terms", "SELECTs to the left and right of … do not have the same number of result
 * columns", "IN(...) element has … terms", "row value misused" (raised or not depending on where
 * the text stands: a view may hold them); "… columns assigned … values" (the same words are said
 * of a subquery once its `*` is known); "ORDER BY may not be used with non-aggregate" (the same
 * words are said of functions that are no aggregates); "temporary table name must be unqualified"
 * and "temporary trigger may not have qualified name" (of schemas).
 */
export const PARSER_MESSAGES: readonly RegExp[] = [
  // The grammar has no place for this token; the text ended too early; no token at all.
  /^near ".*": syntax error$/s,
  /^incomplete input$/,
  /^unrecognized token: ".*"?$/s,
  // Behind CREATE TABLE (…): anything but STRICT and WITHOUT ROWID.
  /^unknown table option: /,
  // ORDER BY or LIMIT in an arm of a compound that is not the last.
  /^(ORDER BY|LIMIT) clause should come after (UNION|UNION ALL|INTERSECT|EXCEPT) not before$/,
  // ON or USING behind the first table of FROM.
  /^a JOIN clause is required before (ON|USING)$/,
  // INNER OUTER JOIN, NATURAL x JOIN, OUTER JOIN alone.
  /^unknown join type: /,
  // ?0 and ?32767.
  /^variable number must be between \?1 and \?\d+$/,
  // COLLATE, ASC or DESC in a list that holds only names.
  /^syntax error after column name ".*"$/s,
  // A frame that ends before it begins.
  /^unsupported frame specification$/,
  // f(DISTINCT x) OVER …
  /^DISTINCT is not supported for window functions$/,
  // NULLS FIRST or LAST where an index is described.
  /^unsupported use of NULLS (FIRST|LAST)$/,
  // What a trigger's body may not hold. (Qualified names only where the trigger is not temporary,
  // which one whose table is temporary is without saying so: there we refuse too much.)
  /^qualified table names are not allowed on INSERT, UPDATE, and DELETE statements within /,
  /^the (INDEXED BY|NOT INDEXED) clause is not allowed on UPDATE or DELETE statements within/,
  /^cannot use RETURNING in a trigger$/,
];

/** Limits of this build of SQLite, and of ours: neither has to follow the other. */
export const LIMIT_MESSAGES: readonly RegExp[] = [
  /^Expression tree is too large \(maximum depth \d+\)$/,
  /^Recursion limit$/,
  /^parser stack overflow$/,
  /^too many (SQL variables|terms in compound SELECT|FROM clause terms, max: \d+)$/,
  /^too many (columns|terms|arguments) (in|on) /,
  /^VIEWs and\/or subqueries nested too deep$/,
  /^string or blob too big$/,
];

/** What a complaint of SQLite says about a text. */
export type MessageKind = "parser" | "limit" | "meaning";

/** Sorts a complaint. */
export function messageKind(message: string): MessageKind {
  if (PARSER_MESSAGES.some((pattern) => pattern.test(message))) return "parser";
  return LIMIT_MESSAGES.some((pattern) => pattern.test(message)) ? "limit" : "meaning";
}
