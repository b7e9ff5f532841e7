/*
 * Where SQLite's home hands INTEGERs out as doubles, RETURNING can tell them as text: each column
 * comes out as itself (NULL, REAL, BLOB) or as text with a letter in front, `i` for an INTEGER's
 * digits, `t` for TEXT. A query could be put inside of another one for that, a change cannot.
 */
import type { DataChange, Expr, ResultColumn } from "../ast/query.ts";
import type { Statement } from "../ast/statement.ts";
import { tokenize } from "../lex/lexer.ts";
import { quoteIdentifier } from "../quote.ts";
import type { Edit } from "./edit.ts";
import { walk } from "../tree/walk.ts";
import { applyEdits } from "./edit.ts";

/** Queries whose columns are named as those of a RETURNING, and as those of its table. */
export interface NamesQueries {
  readonly returned: string;
  readonly table: string;
}

/** What tells the names of a RETURNING; null without one. */
export function namesQueries(sql: string, statement: Statement): NamesQueries | null {
  if (!isChange(statement) || statement.returning === null) return null;
  const { with: tables, table, returning } = statement;
  const head = tables === null ? "" : `${sql.slice(tables.start, tables.end)}\n`;
  const columns = sql.slice(returning.columns[0]?.start, returning.end);
  const names = [table.name.schema, table.name.name].filter((name) => name !== null);
  const from = `FROM ${names.map((name) => quoteIdentifier(name.text)).join(".")} LIMIT 0`;
  return { returned: `${head}SELECT ${columns}\n${from}`, table: `SELECT * ${from}` };
}

/** Names that the queries have learnt. */
export interface ReturnedNames {
  readonly returned: readonly string[];
  readonly table: readonly string[];
}

/**
 * The statement with a RETURNING that tells the types of its values; null where there are no words
 * for it. Its parameters must have numbers: an expression may stand twice.
 *
 * @param wrapped a name that no table of a user's has
 * @example
 * // DELETE FROM t RETURNING id
 * // → … RETURNING CASE typeof("id") WHEN 'integer' THEN 'i'||"id" … ELSE "id" END AS "id"
 */
export function exactReturning(
  sql: string,
  statement: Statement,
  names: ReturnedNames,
  wrapped: string,
): string | null {
  const columns = isChange(statement) ? (statement.returning?.columns ?? []) : [];
  const stars = columns.flatMap(({ value }) => (value.kind === "star" ? [value] : []));
  const [reference] = names.table;
  const starred = stars.length * names.table.length;
  if (reference === undefined || columns.length === 0) return null;
  if (names.returned.length !== columns.length - stars.length + starred) return null;
  // SQLite refuses `t.*` there.
  if (stars.some(({ table }) => table !== null)) return null;
  let next = 0;
  const edits = columns.map((column): Edit => {
    const { start, end, value } = column;
    const own = names.returned.slice(
      next,
      (next += value.kind === "star" ? names.table.length : 1),
    );
    const text = (name: string): string => {
      if (value.kind === "star") return tagged(name);
      const given = expressionOf(sql, column);
      return repeats(value) ? tagged(`(${given})`) : taggedOnce(given, wrapped, reference);
    };
    const texts = own.map(quoteIdentifier).map((name) => `${text(name)} AS ${name}`);
    return { start, end, text: texts.join(", ") };
  });
  return applyEdits(sql, edits);
}

/** What SQLite knows RETURNING of. */
function isChange(statement: Statement): statement is Exclude<DataChange, { kind: "merge" }> {
  return ["insert", "update", "delete"].includes(statement.kind);
}

/** What stands before a column's alias. */
function expressionOf(sql: string, { start, end, alias }: ResultColumn): string {
  const text = sql.slice(start, alias?.start ?? end);
  const last = alias === null ? undefined : tokenize(text).at(-1);
  const isAs = last !== undefined && /^as$/i.test(text.slice(last.start, last.end));
  return closed(isAs ? text.slice(0, last.start) : text);
}

/** With an end to a comment in it. */
function closed(text: string): string {
  return text.includes("--") ? `${text}\n` : text;
}

/** Whether it answers the same again, at once: a query is work, and a function may be random(). */
function repeats(value: Expr): boolean {
  let found = false;
  walk(value, ({ kind }) => {
    found ||= kind === "call" || kind === "query";
  });
  return !found;
}

/** For what is the same however often it is read. */
function tagged(value: string): string {
  return (
    `CASE typeof(${value}) WHEN 'integer' THEN 'i'||${value} ` +
    `WHEN 'text' THEN 't'||${value} ELSE ${value} END`
  );
}

/**
 * For what is to be computed once for each row: a query that refers to no column of it would be
 * computed once for all. What would be legal only inside of a query stays an error.
 */
function taggedOnce(value: string, wrapped: string, reference: string): string {
  return (
    `CASE WHEN 0 THEN (${value}) ELSE (WITH ${wrapped}(c, r) AS MATERIALIZED ` +
    `(SELECT ${value}, ${quoteIdentifier(reference)}) SELECT ${tagged("c")} FROM ${wrapped}) END`
  );
}
