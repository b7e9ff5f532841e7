import type { Row, SqlValue } from "../../../base/value.ts";
import type { Statement } from "../../ast/statement.ts";
import { listParameters } from "../../read/parameters.ts";
import { walk } from "../../tree/walk.ts";
import { applyEdits, byStart, type Edit } from "../edit.ts";
import { literalValue } from "../literal.ts";
import type { Fitted } from "./fitted.ts";

/** Shorter ones are not what makes a statement long. */
const LONG = 500;

interface LongLiteral {
  readonly start: number;
  readonly end: number;
  readonly value: SqlValue;
}

/**
 * The statement with its longest texts and blobs as parameters: like a literal, a parameter has no
 * affinity and no collation. Those that name a column of the result stay.
 *
 * @param sql The text, all of which is the statement.
 * @param most Parameters that the statement may have.
 * @example
 * // INSERT INTO t VALUES (?, x'…')  →  INSERT INTO t VALUES (?1, ?2)
 */
export function longLiterals(
  sql: string,
  statement: Statement,
  values: Row,
  most: number,
): Fitted | null {
  const naming: { readonly start: number; readonly end: number }[] = [];
  const changes = "returning" in statement;
  walk(statement, (node) => {
    if (node.kind === (changes ? "returning" : "result")) naming.push(node);
  });
  const found: LongLiteral[] = [];
  walk(statement, (node) => {
    if (node.kind !== "string" && node.kind !== "blob") return;
    const { start, end } = node;
    if (end - start < LONG) return;
    if (naming.some((column) => column.start <= start && end <= column.end)) return;
    const value =
      node.kind === "string" ? node.value : literalValue("blob", sql.slice(start, end), false);
    if (value !== undefined) found.push({ start, end, value });
  });
  const longest = found
    .sort((a, b) => b.end - b.start - (a.end - a.start))
    .slice(0, Math.max(0, most - values.length));
  if (longest.length === 0) return null;
  const edits: Edit[] = longest.map(({ start, end }, i) => {
    return { start, end, text: `?${values.length + i + 1}` };
  });
  // A plain `?` would count from those.
  for (const { number, start, end } of listParameters(sql)) {
    edits.push({ start, end, text: `?${number}` });
  }
  edits.sort(byStart);
  return {
    sql: applyEdits(sql, edits),
    values: [...values, ...longest.map(({ value }) => value)],
  };
}
