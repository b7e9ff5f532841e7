import type { AlterNull } from "../ast/alter.ts";
import type { AsOf, RowValue } from "../ast/query.ts";
import type { Print, Rules } from "./rule.ts";

/** The rows of VALUES, each in its parentheses, however few values it has. */
function rowTexts(rows: readonly RowValue[], print: Print): readonly string[] {
  return rows.map(({ items }) => `(${print(items)})`);
}

/** `SET NOT NULL` and `DROP NOT NULL`. */
export function alterNullView(node: AlterNull): object {
  return { ...node, not: false, verb: node.not ? "SET" : "DROP" };
}

/** Kinds that are no operator, or one that binds more tightly than all that may follow. */
const SINGLE = /^(?:null|boolean|integer|float|string|blob|bits|parameter|call|cast|subquery|row)$/;

/** A timestamp or LSN, in parentheses where it is a larger expression. */
function asOfView({ value }: AsOf, print: Print): object {
  return { value: SINGLE.test(value.kind) ? value : `(${print(value)})` };
}

/** What both dialects write alike beside expressions. */
export const STATEMENTS: Rules<
  "result" | "values" | "with" | "as-of" | "rename-table" | "add-constraint"
> = {
  result: "value AS_alias",
  values: ["VALUES rows", ({ rows }, print) => ({ rows: rowTexts(rows, print) })],
  with: "WITH recursive tables",
  "as-of": ["FOR SYSTEM_TIME AS OF value", asOfView],
  "rename-table": "RENAME TO to",
  "add-constraint": "ADD constraint",
};
