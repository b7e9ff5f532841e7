import type { Name, ObjectName, Operator } from "../ast/name.ts";
import type { Call, Cast, In, OrderTerm, Test } from "../ast/query.ts";
import type { Node } from "../ast/statement.ts";
import { keywordUse } from "../lex/keywords.ts";
import { quoteText } from "../quote.ts";
import { CALL, callView } from "./expressions.ts";
import { type Precedence, precedence } from "./precedence.ts";
import { unsupported } from "./printer.ts";
import { quoted } from "./quoted.ts";
import { ATOM, type Print, type Rules } from "./rule.ts";

const LEVELS: Precedence = precedence(
  "OR",
  "AND",
  "not",
  "= <> is test between in LIKE GLOB REGEXP MATCH",
  "< <= > >=",
  "& | << >>",
  "+ -",
  "* / %",
  "|| -> ->>",
  "collate",
  "prefix- prefix+ prefix~",
);

/** Refuses what SQLite cannot say. */
export function refuse(construct: string): never {
  return unsupported(construct, "SQLite");
}

/** How tightly an operator binds, which must be one of SQLite's. */
function operatorLevel(operator: Operator, prefix = ""): number {
  const symbol = typeof operator === "string" ? operator : "OPERATOR()";
  return LEVELS.get(prefix + symbol) ?? refuse(`the operator ${symbol}`);
}

/** How tightly a node binds in SQLite. */
export function sqliteLevel(node: Node): number {
  switch (node.kind) {
    case "binary":
    case "logical":
    case "like":
      return operatorLevel(node.operator);
    case "unary":
      return operatorLevel(node.operator, "prefix");
    default:
      return LEVELS.get(node.kind) ?? ATOM;
  }
}

/**
 * A bare column of an expression. SQLite takes double quotes around a name that it does not know
 * for a string, but only a bare `true` for a value.
 */
function columnText({ text, quote }: Name): string {
  if (quote === '"') return quoted(text, '"');
  return quote === "" && /^(?:true|false)$/i.test(text) ? text : quoted(text, "`");
}

/** The words of a type as they were written, where they read back as words. */
function typeText(text: string): string {
  const bare = text.replaceAll(/(?<![\w$])(?:(["'`])(?:(?!\1).|\1\1)*\1|\[[^\]]*\])/gs, "_");
  const plain = bare.split(" ").every((word) => {
    const use = keywordUse(word) ?? "free";
    return use === "free" && /^(?!\d)[\w$\x80-\uffff]+$/.test(word);
  });
  return plain || text === "" ? text : quoted(text, '"');
}

/** The digits of a bytea literal of Postgres, which is a blob; else null. */
function byteaDigits({ operand, type }: Cast): string | null {
  if (type.name.name.text !== "bytea" || operand.kind !== "string") return null;
  return /^\\x((?:[\da-f]{2})*)$/i.exec(operand.value)?.[1] ?? null;
}

/** A function as the source of rows, which alone may have a schema. */
export function sourceCall(call: Call, print: Print): string {
  const { schema } = call.name;
  const plain = print({ ...call, name: { ...call.name, schema: null } });
  return schema === null ? plain : `${print(schema)}.${plain}`;
}

function sourceText({ source }: In, print: Print): string {
  switch (source.kind) {
    case "row":
      return `(${print(source.items)})`;
    case "query":
      return `(${print(source)})`;
    case "call":
      return sourceCall(source, print);
    default:
      return print(source);
  }
}

/** Only the name: what it names has no schema in SQLite. */
export function withoutSchema({ schema, name }: ObjectName, what: string): Name {
  return schema === null ? name : refuse(`a schema before ${what}`);
}

/** The terms of an index. SQLite has NULLS FIRST in the grammar of one only to refuse it. */
export function indexTerms(terms: readonly OrderTerm[]): readonly OrderTerm[] {
  return terms.some(({ nulls }) => nulls) ? refuse("NULLS of an index") : terms;
}

/** What IS can ask in SQLite. */
function testText({ test }: Test): string {
  if (test === "UNKNOWN") return "NULL";
  return test === "NULL" || test === "TRUE" || test === "FALSE" ? test : refuse(`IS ${test}`);
}

/** Expressions as only SQLite writes them, its names and its types. */
export const SQLITE_EXPRESSIONS: Rules<
  | "name"
  | "object-name"
  | "integer"
  | "string"
  | "blob"
  | "parameter"
  | "column"
  | "star"
  | "collate"
  | "keyword-value"
  | "is"
  | "test"
  | "between"
  | "in"
  | "row"
  | "cast"
  | "type"
  | "call"
  | "order"
  | "raise"
> = {
  name: ({ text }) => quoted(text, '"'),
  "object-name": [
    "name",
    ({ catalog, schema, name }, print) => ({
      catalog,
      name: schema === null ? name : `${print(schema)}.${print(name)}`,
    }),
  ],
  // Postgres' octal and binary numbers are decimal ones here.
  integer: ({ text }) => (/^0[ob]/i.test(text) ? String(BigInt(text)) : text),
  string: ({ value }) => quoteText(value),
  blob: ({ hex }) => `x'${hex}'`,
  parameter: ({ sigil, name }) => sigil + name,
  column: ({ table, name }, print) =>
    table === null ? columnText(name) : `${print(table)}.${print(name)}`,
  star: ({ table }, print) => (table === null ? "*" : `${print(withoutSchema(table, ".*"))}.*`),
  collate: [
    "<operand COLLATE collation",
    (node) => ({ ...node, collation: withoutSchema(node.collation, "a collation") }),
  ],
  "keyword-value": [
    "keyword",
    (node) => (/^CURRENT_(?:DATE|TIME)/.test(node.keyword) ? node : refuse(node.keyword)),
  ],
  is: "<left IS not distinct_FROM >right",
  test: ["<operand IS not test", (node) => ({ ...node, test: testText(node) })],
  between: "<operand not BETWEEN >low AND >high",
  in: ["<operand not IN source", (node, print) => ({ ...node, source: sourceText(node, print) })],
  row: ({ items }, print) =>
    items.length < 2 ? refuse("a row of fewer than two values") : `(${print(items)})`,
  cast: (node, print) => {
    const digits = byteaDigits(node);
    if (digits !== null) return `x'${digits}'`;
    return `CAST(${print(node.operand)} AS ${print(node.type)})`;
  },
  type: [
    "name",
    (node, print) => {
      const { name, modifiers } = node;
      const numbers = print(modifiers);
      if (/["'`]/.test(numbers)) refuse("a type modifier that is no number");
      const text = typeText(withoutSchema(name, "a type").text) + (numbers && `(${numbers})`);
      return { ...node, builtin: false, modifiers: [], name: text };
    },
  ],
  call: [CALL, (node, print) => callView(node, print(withoutSchema(node.name, "a function")))],
  order: "value direction :nulls",
  raise: ({ action, message }, print) =>
    `RAISE(${action}${message === null ? "" : `, ${print(message)}`})`,
};
