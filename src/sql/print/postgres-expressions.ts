import type { Column, Parameter } from "../ast/leaf.ts";
import type { Name, Operator, QualifiedOperator } from "../ast/name.ts";
import type { Call, Cast, Expr, Field, In, Quantified, Subscript } from "../ast/query.ts";
import type { Node } from "../ast/statement.ts";
import { CALL, callView } from "./expressions.ts";
import { leftOf, type Precedence, precedence, rightOf } from "./precedence.ts";
import { unsupported } from "./printer.ts";
import { literalText, typeText } from "./postgres-type.ts";
import { quoted } from "./quoted.ts";
import { ATOM, type Print, type Rules } from "./rule.ts";

const LEVELS: Precedence = precedence(
  "OR",
  "AND",
  "not",
  "single is test",
  "single < > = <= >= <>",
  "single between in like",
  "operator",
  "+ -",
  "* / %",
  "^",
  "at-time-zone",
  "collate",
  "sign",
  "cast",
);

/** Functions that are words of the grammar: quoted, they would be others. */
const KEYWORD_FUNCTIONS = /^(?:coalesce|greatest|grouping|least|merge_action|nullif)$/i;

/** Refuses what Postgres cannot say. */
export function refuse(construct: string): never {
  return unsupported(construct, "Postgres");
}

function levelOf(name: string): number {
  return LEVELS.get(name) ?? ATOM;
}

/** Whether a text is one operator, and begins no comment. */
function isOperator(text: string): boolean {
  if (!/^[-+*/<>=~!@#%^&|`?]+$/.test(text) || /--|\/\*|^=>$/.test(text)) return false;
  return text.length === 1 || /[^-+]$|[~!@#%^&|`?]/.test(text);
}

/** What stands before a name, with its dot. */
function qualifier(name: Name | null, print: Print): string {
  return name === null ? "" : `${print(name)}.`;
}

/** `schema.+`. */
export function operatorName(node: QualifiedOperator, print: Print): string {
  const { catalog, schema, symbol } = node;
  if (!isOperator(symbol)) refuse(`the operator ${symbol}`);
  return (
    [catalog, schema].map((each) => (each === null ? "" : `${print(each)}.`)).join("") + symbol
  );
}

function operatorLevel(operator: Operator): number {
  if (typeof operator !== "string") return levelOf("operator");
  if (/^(?:NOT )?I?LIKE$/.test(operator)) return levelOf("like");
  if (!isOperator(operator)) refuse(`the operator ${operator}`);
  return LEVELS.get(operator) ?? levelOf("operator");
}

/** How tightly a node binds in Postgres. */
export function postgresLevel(node: Node): number {
  switch (node.kind) {
    case "binary":
    case "quantified":
      return operatorLevel(node.operator);
    case "unary":
      operatorLevel(node.operator);
      return levelOf(node.operator === "-" || node.operator === "+" ? "sign" : "operator");
    case "logical":
      return levelOf(node.operator);
    case "like":
      if (/^(?:GLOB|REGEXP|MATCH)$/.test(node.operator)) refuse(node.operator);
      return levelOf(node.kind);
    case "cast":
      return node.form === "colons" ? levelOf(node.kind) : ATOM;
    case "blob":
      return levelOf("cast");
    default:
      return levelOf(node.kind);
  }
}

/**
 * Whether an expression may stand where the grammar takes no AND, no NOT, no IS NULL, no LIKE, no
 * IN, no BETWEEN and none of what binds tightly but begins with a word: AT TIME ZONE, COLLATE.
 */
export function isPlain(node: Expr): boolean {
  switch (node.kind) {
    case "binary":
      return isPlain(node.left) && isPlain(node.right);
    case "unary":
      return isPlain(node.operand);
    case "cast":
      return node.form !== "colons" || isPlain(node.operand);
    case "quantified":
      return false;
    default:
      return postgresLevel(node) >= levelOf("sign");
  }
}

function inText(node: In, print: Print, level: number): string {
  const { not, operand, source } = node;
  const left = `${print(operand, leftOf(level))}${not ? " NOT" : ""} IN `;
  if (source.kind === "query") return `${left}(${print(source)})`;
  if (source.kind !== "row") return `${left}(SELECT * FROM ${print(source)})`;
  const [first] = source.items;
  if (first === undefined) refuse("an empty list behind IN");
  if (source.items.length > 1 || first.kind !== "subquery")
    return `${left}(${print(source.items)})`;
  // In double parentheses the query would not be one value.
  return `(${print(operand, ATOM)} ${not ? "<>" : "="} ${print(first)})`;
}

function quantifiedText({ quantifier, source }: Quantified, print: Print): string {
  if (source.kind === "subquery") refuse(`one value of a query behind ${quantifier}`);
  return `(${print(source)})`;
}

/** What a subscript or a field stands behind. */
function objectText({ kind, object }: Subscript | Field, print: Print): string {
  const bare = /^(?:parameter|subscript|field|subquery)$/.test(object.kind);
  const text = print(object);
  return bare || (kind === "subscript" && object.kind === "column") ? text : `(${text})`;
}

/** The brackets of a subscript. */
export function bracketsText({ slice, lower, upper }: Subscript, print: Print): string {
  return slice ? `[${print(lower)} : ${print(upper)}]` : `[${print(lower)}]`;
}

function callShown(node: Call, print: Print): object {
  const { schema, name } = node.name;
  const word = schema === null && name.quote === "" && KEYWORD_FUNCTIONS.test(name.text);
  return callView(node, word ? name.text.toUpperCase() : print(node.name));
}

function castText(node: Cast, print: Print, level: number): string {
  const { form, operand, type } = node;
  if (form === "colons") return `${print(operand, level)}::${print(type)}`;
  if (form === "literal" && operand.kind === "string" && type.dimensions === 0) {
    return literalText(node, print);
  }
  return `CAST(${print(operand)} AS ${print(type)})`;
}

/** A parameter between NULs, which no text has, until it gets its number. */
function parameterText({ sigil, name }: Parameter): string {
  return `\0${sigil}${name}\0`;
}

/** Numbers parameters as SQLite does: those without a number in the order of the text. */
export function numberParameters(text: string): string {
  const parameters: string[] = [];
  return text.replaceAll(/\0([^\0]*)\0/g, (_, name: string) => {
    const number = Number(name.slice(1));
    if (name.startsWith("?") && number > 0) {
      while (parameters.length < number) parameters.push("");
      return `$${number}`;
    }
    const found = name === "?" ? -1 : parameters.indexOf(name);
    return `$${found < 0 ? parameters.push(name) : found + 1}`;
  });
}

function columnText({ table, name }: Column, print: Print): string {
  if (table !== null) return `${print(table)}.${print(name)}`;
  const value = name.quote === "" && /^(?:true|false)$/i.test(name.text);
  return value ? name.text.toUpperCase() : print(name);
}

/** Expressions as only Postgres writes them, its names and its types. */
export const POSTGRES_EXPRESSIONS: Rules<
  | "name"
  | "object-name"
  | "qualified-operator"
  | "default-value"
  | "integer"
  | "string"
  | "blob"
  | "bits"
  | "parameter"
  | "column"
  | "star"
  | "keyword-value"
  | "current-of"
  | "is"
  | "test"
  | "between"
  | "in"
  | "quantified"
  | "array-query"
  | "row"
  | "array"
  | "subscript"
  | "field"
  | "cast"
  | "type"
  | "typed-name"
  | "at-time-zone"
  | "collate"
  | "call"
  | "argument"
  | "order"
  | "operator-class"
> = {
  name: ({ text }) => (text === "" ? refuse("an empty name") : quoted(text, '"')),
  "object-name": ({ catalog, schema, name }, print) =>
    qualifier(catalog, print) + qualifier(schema, print) + print(name),
  "qualified-operator": (node, print) => `OPERATOR(${operatorName(node, print)})`,
  "default-value": "DEFAULT",
  integer: "text",
  string: ({ value }) =>
    value.includes("\0") ? refuse("a NUL character") : `'${value.replaceAll("'", "''")}'`,
  blob: ({ hex }) => `'\\x${hex}'::bytea`,
  bits: ({ radix, digits }) => `${radix}'${digits}'`,
  parameter: parameterText,
  column: columnText,
  star: ({ table }, print) => (table === null ? "*" : `${print(table)}.*`),
  "keyword-value": "keyword (precision)",
  "current-of": "CURRENT OF cursor",
  is: [
    "<left IS not DISTINCT FROM >right",
    // SQLite's IS is what IS NOT DISTINCT FROM is.
    (node) => ({ ...node, not: node.not === node.distinct, distinct: false }),
  ],
  test: "<operand IS not test",
  between: [
    "<operand not BETWEEN symmetric low AND >high",
    (node, print) => {
      const level = postgresLevel(node);
      return { ...node, low: print(node.low, isPlain(node.low) ? rightOf(level) : ATOM) };
    },
  ],
  in: inText,
  quantified: [
    "<left operator quantifier source",
    (node, print) => ({ ...node, source: quantifiedText(node, print) }),
  ],
  "array-query": "ARRAY(query)",
  row: ({ explicit, items }, print) =>
    `${explicit || items.length < 2 ? "ROW" : ""}(${print(items)})`,
  array: ({ items }, print) => `ARRAY[${print(items)}]`,
  subscript: (node, print) => objectText(node, print) + bracketsText(node, print),
  field: (node, print) => `${objectText(node, print)}.${print(node.name) || "*"}`,
  cast: castText,
  type: typeText,
  "typed-name": "name type COLLATE_collation",
  "at-time-zone": [
    "<operand AT_TIME_ZONE_>zone local",
    (node) => ({ ...node, local: node.zone === null ? "AT LOCAL" : "" }),
  ],
  collate: "<operand COLLATE collation",
  call: [CALL, callShown],
  argument: "variadic name_=> value",
  order: "value opclass USING_using direction :nulls",
  "operator-class": "name (options)",
};
