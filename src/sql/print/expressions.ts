import type { Call, Frame } from "../ast/query.ts";
import type { Rules } from "./rule.ts";

/** What can follow a sign at once. */
const JOINABLE = /^[\w"'(.`]/;

/** A function call, shown by `callView`. */
export const CALL = `name quantifier arguments :orderBy ) WITHIN_GROUP_(ORDER_BY_within)
  FILTER_(WHERE_filter) :over`;

/** What `CALL` shows; `name` is how the dialect writes the name of the function. */
export function callView(node: Call, name: string): object {
  const { orderBy, withinGroup } = node;
  const [inside, within] = withinGroup ? [[], orderBy] : [orderBy, []];
  return { ...node, name: `${name}(`, orderBy: inside, withinGroup: false, within };
}

/** BETWEEN and AND stand where the frame has a second end. */
function frameView(node: Frame): object {
  const both = node.to !== "";
  return { ...node, between: both, and: both };
}

/** Expressions that both dialects write alike. */
export const EXPRESSIONS: Rules<
  | "null"
  | "boolean"
  | "float"
  | "unary"
  | "binary"
  | "logical"
  | "not"
  | "like"
  | "subquery"
  | "exists"
  | "when"
  | "case"
  | "frame"
  | "window"
> = {
  null: "NULL",
  boolean: ({ value }) => String(value).toUpperCase(),
  float: "text",
  unary: ({ operator, operand }, print, level) => {
    // Only another prefix may stand behind one without parentheses, if they bind alike.
    const text = print(operand, operand.kind === "unary" ? level : level + 1);
    if (typeof operator !== "string") return `${print(operator)} ${text}`;
    return operator + (JOINABLE.test(text) ? "" : " ") + text;
  },
  binary: "<left operator >right",
  // The chain is flat: one of the same operator inside it stood in parentheses.
  logical: ({ operator, operands }, print, level) =>
    operands.map((operand) => print(operand, level + 1)).join(` ${operator} `),
  not: "NOT <operand",
  like: "<left not operator >pattern ESCAPE_>escape",
  subquery: "(query)",
  exists: "EXISTS (query)",
  when: "WHEN condition THEN result",
  case: "CASE operand ~whens ELSE_otherwise END",
  frame: ["unit between fromOffset from and toOffset to :exclude", frameView],
  window: "name_AS ( base :partitionBy :orderBy frame )",
};
