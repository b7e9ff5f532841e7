import type { Expr } from "../../ast/query.ts";
import type { Node, Statement } from "../../ast/statement.ts";
import { walk } from "../../tree/walk.ts";
import { applyEdits, byStart, type Edit } from "../edit.ts";
import { ResultNames } from "../result-names.ts";

/** Chains that are shorter are left as they are. */
const LONG = 16;

/**
 * The statement with its long chains of AND, OR and `||` in parentheses, so that a chain of n
 * operands is log2(n) deep and not n. The operators are associative in SQLite, NULL included, and
 * operands are evaluated in the same order; the planner sees the same terms, since it takes AND
 * and OR apart whatever their parentheses.
 *
 * @returns the same string where no chain is long
 * @example
 * // a OR b OR c OR d  →  ((a OR b) OR (c OR d))
 */
export function shallowChains(sql: string, statement: Statement): string {
  const edits: Edit[] = [];
  const results = new ResultNames(sql);
  const seen = new Set<Node>();
  walk(statement, (node) => {
    if (node.kind === "result") results.note(node);
    const operands = chain(node, seen);
    if (operands.length >= LONG) balance(operands, 0, operands.length, edits);
  });
  if (edits.length === 0) return sql;
  const aliases = results.edits(edits.toSorted(byStart));
  return applyEdits(sql, nested([...edits, ...aliases]));
}

/** The operands of a chain that begins with this node; nothing for a part of another one. */
function chain(node: Node, seen: Set<Node>): readonly Expr[] {
  if (node.kind === "logical") return node.operands;
  if (!isConcatenation(node) || seen.has(node)) return [];
  const operands: Expr[] = [];
  let left: Expr = node;
  while (isConcatenation(left)) {
    seen.add(left);
    operands.push(left.right);
    // One in parentheses begins behind them.
    if (left.left.start !== left.start) break;
    left = left.left;
  }
  operands.push(left.kind === "binary" && operands.includes(left.right) ? left.left : left);
  return operands.reverse();
}

function isConcatenation(node: Node): node is Extract<Expr, { kind: "binary" }> {
  return node.kind === "binary" && node.operator === "||";
}

/** Parentheses around both halves, and so on inside of them. */
function balance(operands: readonly Expr[], from: number, to: number, edits: Edit[]): void {
  const first = operands[from];
  const last = operands[to - 1];
  if (first === undefined || last === undefined || to - from < 2) return;
  edits.push(insertion(first.start, "("), insertion(last.end, ")"));
  const middle = (from + to) >> 1;
  balance(operands, from, middle, edits);
  balance(operands, middle, to, edits);
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** At one place what closes comes before what opens, and a name behind both. */
function nested(edits: readonly Edit[]): Edit[] {
  const rank = ({ text }: Edit): number => [")", "("].indexOf(text) + 1 || 3;
  return edits.toSorted((one, other) => one.start - other.start || rank(one) - rank(other));
}
