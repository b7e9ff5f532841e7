import type { Row } from "../../../base/value.ts";
import type { Parameter } from "../../ast/leaf.ts";
import type { Expr, Like } from "../../ast/query.ts";
import type { Node, Statement } from "../../ast/statement.ts";
import { quoteText } from "../../quote.ts";
import { ParameterNumbers } from "../../read/parameters.ts";
import { walk } from "../../tree/walk.ts";
import { applyEdits, byStart, type Edit } from "../edit.ts";
import { ResultNames } from "../result-names.ts";
import type { Fitted } from "./fitted.ts";
import { patternParts, type PatternParts } from "./pattern-parts.ts";

/**
 * The statement with functions in the place of each LIKE and GLOB whose pattern has more than
 * `most` bytes and is known: a text, a parameter or those concatenated. What is compared is the
 * text up to a NUL, as LIKE does, and LIKE's letters are the 26 of ASCII in either case, as are
 * those of `lower()`. A NULL stays NULL.
 *
 * @returns null where one of them cannot be said exactly
 * @example
 * // a LIKE '%…%'  →  (instr(lower(substr(CAST(a AS TEXT), 1)), '…') > 0)
 */
export function shortPatterns(
  sql: string,
  statement: Statement,
  values: Row,
  most: number,
): Fitted | null {
  const likes: Like[] = [];
  const parameters: Parameter[] = [];
  const results = new ResultNames(sql);
  walk(statement, (node) => {
    if (node.kind === "like") likes.push(node);
    else if (node.kind === "parameter") parameters.push(node);
    else if (node.kind === "result") results.note(node);
  });
  const bound = new Bound(values, parameters);
  const edits: Edit[] = [];
  for (const like of likes) {
    const pattern = bound.text(like.pattern);
    if (pattern === null || bytesOf(pattern) <= most) continue;
    // What stands inside of another one's operand would be written twice.
    if (likes.some((other) => other !== like && within(other, like))) return null;
    const text = inFunctions(sql, like, pattern, bound);
    if (text === null) return null;
    edits.push({ start: like.start, end: like.end, text });
  }
  if (edits.length === 0) return null;
  const all = [...edits, ...bound.numbered(edits)].sort(byStart);
  return {
    sql: applyEdits(sql, [...all, ...results.edits(all)]),
    values: values.slice(0, bound.highest),
  };
}

function within(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The parameters of a statement and what they are bound to. */
class Bound {
  /** The largest number that is still in the text. */
  highest = 0;
  readonly #values: Row;
  readonly #numbers: ReadonlyMap<Node, number>;

  constructor(values: Row, parameters: Parameter[]) {
    const numbers = new ParameterNumbers();
    this.#values = values;
    this.#numbers = new Map(
      parameters.sort(byStart).map((node) => [node, numbers.next(node.sigil + node.name)]),
    );
  }

  /** The text that an expression is when it runs; null where that is not known. */
  text(expression: Expr): string | null {
    switch (expression.kind) {
      case "string":
        return expression.value;
      case "parameter": {
        const value = this.#values[(this.#numbers.get(expression) ?? 0) - 1];
        return typeof value === "string" ? value : null;
      }
      case "binary": {
        if (expression.operator !== "||") return null;
        const left = this.text(expression.left);
        const right = this.text(expression.right);
        return left === null || right === null ? null : left + right;
      }
      default:
        return null;
    }
  }

  /** The text of an expression in which parameters have their numbers. */
  copy(sql: string, { start, end }: Expr): string {
    const edits: Edit[] = [];
    for (const [node, number] of this.#numbers) {
      if (node.start < start || node.end > end) continue;
      this.highest = Math.max(this.highest, number);
      edits.push({ start: node.start - start, end: node.end - start, text: `?${number}` });
    }
    return applyEdits(sql.slice(start, end), edits);
  }

  /** The numbers of parameters outside of what is replaced, which their places no longer tell. */
  numbered(replaced: readonly Edit[]): Edit[] {
    const edits: Edit[] = [];
    for (const [{ start, end }, number] of this.#numbers) {
      if (replaced.some((edit) => edit.start <= start && end <= edit.end)) continue;
      this.highest = Math.max(this.highest, number);
      edits.push({ start, end, text: `?${number}` });
    }
    return edits;
  }
}

function inFunctions(
  sql: string,
  { operator, left, not, escape }: Like,
  pattern: string,
  bound: Bound,
): string | null {
  if (operator !== "LIKE" && operator !== "GLOB") return null;
  const sign = escape === null ? null : bound.text(escape);
  if (escape !== null && (sign === null || Array.from(sign).length !== 1)) return null;
  const parts = patternParts(pattern, operator, sign);
  if (parts === null) return null;
  const folds = operator === "LIKE";
  const text = `substr(CAST((${bound.copy(sql, left)}) AS TEXT),1)`;
  const test = comparison(parts, folds ? `lower(${text})` : text, folds, REPEATABLE.has(left.kind));
  return test === null ? null : `(${not ? "NOT " : ""}(${test}))`;
}

/** What may be read twice: anything else may be slow, or another value each time. */
const REPEATABLE: ReadonlySet<Expr["kind"]> = new Set(["column", "parameter", "string"]);

function comparison(
  parts: PatternParts,
  text: string,
  folds: boolean,
  repeatable: boolean,
): string | null {
  const literal = (part: string): string => quoteText(folds ? lowered(part) : part);
  switch (parts.kind) {
    case "whole":
      return `${text}=${literal(parts.text)}`;
    case "within":
      return `instr(${text},${literal(parts.text)})>0`;
    case "ends": {
      const { prefix, suffix } = parts;
      const before = Array.from(prefix).length;
      const after = Array.from(suffix).length;
      const begins = `substr(${text},1,${before})=${literal(prefix)}`;
      const ends = `substr(${text},-${after})=${literal(suffix)}`;
      if (suffix === "") return begins;
      if (prefix === "") return ends;
      return repeatable ? `${begins} AND ${ends} AND length(${text})>=${before + after}` : null;
    }
  }
}

/** As `lower()` of SQLite: ASCII only. */
function lowered(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
