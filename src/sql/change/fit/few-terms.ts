import type {
  Compound,
  Expr,
  Query,
  QueryBody,
  ResultColumn,
  Select,
  Values,
} from "../../ast/query.ts";
import type { Statement } from "../../ast/statement.ts";
import { walk } from "../../tree/walk.ts";
import { applyEdits, type Edit } from "../edit.ts";

/** One term of a compound, and the operator before it. */
interface Term {
  readonly body: Select | Values;
  readonly operator: string;
}

/** A query that computes the rows of other terms. Nothing that follows may become a part of it. */
const OPENING = "SELECT * FROM (";
const CLOSING = ") WHERE 1";

/**
 * The statement with its compound of more than `most` terms taken apart into subqueries, where
 * the rows, their order and the names of their columns are certain to stay:
 *
 * - UNION ALL throughout: all terms but the first, which names the columns, are grouped;
 * - other operators, which SQLite applies from left to right: the first terms become one.
 *
 * Only the compound that a query or an INSERT consists of: elsewhere the affinity of its columns
 * may decide comparisons, and that of a subquery is another one.
 *
 * @returns null where that is not certain
 */
export function fewTerms(sql: string, statement: Statement, most: number): string | null {
  const query = rowsOf(statement);
  if (query === null || query.body.kind !== "compound") return null;
  const terms = termsOf(query.body);
  if (terms === null || terms.length <= most) return null;
  if (!query.orderBy.every(({ value }) => isOfFirst(value, terms[0]?.body))) return null;
  const edits: Edit[] = [];
  const plain = terms.every(({ operator }, i) => i === 0 || operator === "UNION ALL");
  if (plain) {
    if (query.orderBy.length > 0 && !sortsAlike(terms)) return null;
    group(terms, 1, terms.length, most - 1, edits);
  } else {
    if (!namesStay(terms[0]?.body) || !sortsAlike(terms)) return null;
    for (let end = most; end < terms.length; end += most - 1) wrap(terms, 0, end, edits);
  }
  return applyEdits(sql, edits);
}

function rowsOf(statement: Statement): Query | null {
  if (statement.kind === "query") return statement;
  return statement.kind === "insert" ? statement.source : null;
}

function termsOf(compound: Compound): Term[] | null {
  const terms: Term[] = [];
  let body: QueryBody = compound;
  while (body.kind === "compound") {
    const { right, operator, all } = body;
    if (right.kind !== "select" && right.kind !== "values") return null;
    terms.push({ body: right, operator: all ? `${operator} ALL` : operator });
    body = body.left;
  }
  if (body.kind === "query") return null;
  return [...terms, { body, operator: "" }].toReversed();
}

/** Splits the terms of a range into at most `parts` groups, each of which is one term then. */
function group(
  terms: readonly Term[],
  from: number,
  to: number,
  parts: number,
  edits: Edit[],
): void {
  const count = to - from;
  if (count <= parts) return;
  for (let part = 0; part < parts; part++) {
    const first = from + Math.floor((count * part) / parts);
    const end = from + Math.floor((count * (part + 1)) / parts);
    if (end - first < 2) continue;
    open(terms, first, edits);
    group(terms, first, end, parts, edits);
    close(terms, end, edits);
  }
}

function wrap(terms: readonly Term[], from: number, end: number, edits: Edit[]): void {
  open(terms, from, edits);
  close(terms, end, edits);
}

function open(terms: readonly Term[], first: number, edits: Edit[]): void {
  const at = terms[first]?.body.start ?? 0;
  edits.push({ start: at, end: at, text: OPENING });
}

function close(terms: readonly Term[], end: number, edits: Edit[]): void {
  const at = terms[end - 1]?.body.end ?? 0;
  edits.push({ start: at, end: at, text: CLOSING });
}

/** Whether a term of ORDER BY means a column of the first term; SQLite also looks in the others. */
function isOfFirst(value: Expr, first: Select | Values | undefined): boolean {
  const bare = value.kind === "collate" ? value.operand : value;
  if (bare.kind === "integer") return true;
  if (bare.kind !== "column" || bare.table !== null || first?.kind !== "select") return false;
  return first.columns.some((column) => nameOf(column) === bare.name.text.toLowerCase());
}

/** The name of a result column, in lower case, where the statement says it. */
function nameOf({ alias, value }: ResultColumn): string | null {
  if (alias !== null) return alias.text.toLowerCase();
  return value.kind === "column" ? value.name.text.toLowerCase() : null;
}

/** Whether a subquery of the first term has columns of the same names. */
function namesStay(first: Select | Values | undefined): boolean {
  if (first?.kind !== "select") return first?.kind === "values";
  const names = first.columns.map(nameOf);
  return !names.includes(null) && new Set(names).size === names.length;
}

/**
 * Whether columns compare by the same collations. SQLite takes that of the first term that has
 * one: a column always has, and where no term names a column or a collation, none has.
 */
function sortsAlike(terms: readonly Term[]): boolean {
  const first = terms[0]?.body;
  if (first?.kind === "select" && first.columns.every(({ value }) => collates(value))) return true;
  return terms.every(({ body }) => {
    let names = false;
    walk(body, (node) => {
      names ||= node.kind === "column" || node.kind === "collate" || node.kind === "star";
    });
    return !names;
  });
}

/** In double quotes it may be a text. */
function collates(value: Expr): boolean {
  if (value.kind === "star" || value.kind === "collate") return true;
  return value.kind === "column" && (value.table !== null || value.name.quote !== '"');
}
