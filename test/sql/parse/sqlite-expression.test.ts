import { describe, expect, it } from "vitest";
import { type Fact, at, FACT_TITLE, sourceOf, statementOf } from "./sqlite-tree.ts";

/** An expression, a path in it, the text there, and what the node says. */
type Inside = readonly [expression: string, path: string, source: string, node: object];

function facts(insides: readonly Inside[]): Fact[] {
  return insides.map(([expression, path, source, node]) => [
    `SELECT ${expression} FROM t`,
    path === "" ? "body.columns.0.value" : `body.columns.0.value.${path}`,
    source,
    node,
  ]);
}

const ATOMS: readonly Inside[] = [
  ["NULL", "", "NULL", { kind: "null" }],
  ["12", "", "12", { kind: "integer", text: "12" }],
  ["1_000", "", "1_000", { kind: "integer", text: "1000" }],
  ["0xFf", "", "0xFf", { kind: "integer", text: "0xFf" }],
  [".5e-3", "", ".5e-3", { kind: "float", text: ".5e-3" }],
  ["'it''s'", "", "'it''s'", { kind: "string", value: "it's" }],
  ["x'CAfe'", "", "x'CAfe'", { kind: "blob", hex: "CAfe" }],
  ["?", "", "?", { kind: "parameter", sigil: "?", name: "" }],
  ["?12", "", "?12", { kind: "parameter", sigil: "?", name: "12" }],
  [":a", "", ":a", { kind: "parameter", sigil: ":", name: "a" }],
  ["@a", "", "@a", { kind: "parameter", sigil: "@", name: "a" }],
  ["$a::b(c)", "", "$a::b(c)", { kind: "parameter", sigil: "$", name: "a::b(c)" }],
  ["#a", "", "#a", { kind: "parameter", sigil: "#", name: "a" }],
  ["a", "", "a", { kind: "column", table: null, name: { text: "a", quote: "" } }],
  ['"a""b"', "name", '"a""b"', { kind: "name", text: 'a"b', quote: '"' }],
  ["`a`", "name", "`a`", { text: "a", quote: "`" }],
  ["[a b]", "name", "[a b]", { text: "a b", quote: "[" }],
  ["true", "", "true", { kind: "column", name: { text: "true" } }],
  ["s.t . c", "", "s.t . c", { kind: "column" }],
  ["s.t . c", "table", "s.t", { catalog: null, schema: { text: "s" }, name: { text: "t" } }],
  ["'t'.'c'", "table.name", "'t'", { text: "t", quote: "'" }],
  ["*", "", "*", { kind: "star", table: null }],
  ["t.*", "", "t.*", { kind: "star", table: { name: { text: "t" } } }],
  [
    "current_timestamp",
    "",
    "current_timestamp",
    { kind: "keyword-value", keyword: "CURRENT_TIMESTAMP", precision: null },
  ],
];

const OPERATIONS: readonly Inside[] = [
  ["- ~a", "", "- ~a", { kind: "unary", operator: "-", operand: { kind: "unary" } }],
  ["a == 1", "", "a == 1", { kind: "binary", operator: "=" }],
  ["a != 1", "", "a != 1", { kind: "binary", operator: "<>" }],
  ["(a + b) * c", "", "(a + b) * c", { kind: "binary", operator: "*" }],
  ["(a + b) * c", "left", "a + b", { kind: "binary", operator: "+" }],
  ["a - b - c", "left", "a - b", { kind: "binary", operator: "-" }],
  ["a || b -> c ->> d", "left", "a || b -> c", { operator: "->" }],
  ["a OR b AND c OR d", "", "a OR b AND c OR d", { kind: "logical", operator: "OR" }],
  ["a OR b AND c OR d", "operands.1", "b AND c", { kind: "logical", operator: "AND" }],
  ["a AND (b AND c)", "operands.1", "b AND c", { kind: "logical" }],
  ["NOT a = b", "", "NOT a = b", { kind: "not", operand: { kind: "binary" } }],
  ["a IS b", "", "a IS b", { kind: "is", not: false, distinct: false }],
  ["a IS NOT b", "", "a IS NOT b", { kind: "is", not: true, distinct: false }],
  ["a IS DISTINCT FROM NULL", "", "a IS DISTINCT FROM NULL", { not: false, distinct: true }],
  ["a IS NOT DISTINCT FROM b", "right", "b", { kind: "column" }],
  ["a IS NULL", "", "a IS NULL", { kind: "test", test: "NULL", not: false }],
  ["a ISNULL", "", "a ISNULL", { kind: "test", test: "NULL", not: false }],
  ["a NOTNULL", "", "a NOTNULL", { kind: "test", test: "NULL", not: true }],
  ["a NOT NULL", "", "a NOT NULL", { kind: "test", test: "NULL", not: true }],
  ["a IS true", "", "a IS true", { kind: "is", right: { kind: "column" } }],
  [
    "a NOT LIKE b ESCAPE 'x'",
    "",
    "a NOT LIKE b ESCAPE 'x'",
    { kind: "like", operator: "LIKE", not: true, escape: { kind: "string" } },
  ],
  ["a GLOB b", "", "a GLOB b", { kind: "like", operator: "GLOB", not: false, escape: null }],
  ["a REGEXP b", "", "a REGEXP b", { operator: "REGEXP" }],
  ["a MATCH b", "", "a MATCH b", { operator: "MATCH" }],
  [
    "a NOT BETWEEN 1 AND 2 + 3",
    "",
    "a NOT BETWEEN 1 AND 2 + 3",
    { kind: "between", not: true, symmetric: false, low: { text: "1" }, high: { kind: "binary" } },
  ],
  ["a IN ()", "source", "()", { kind: "row", items: [] }],
  ["a NOT IN (1, 2)", "", "a NOT IN (1, 2)", { kind: "in", not: true }],
  ["a IN (SELECT 1)", "source", "SELECT 1", { kind: "query" }],
  ["a IN main.u", "source", "main.u", { kind: "object-name", catalog: null }],
  ["a IN f(1)", "source", "f(1)", { kind: "call", arguments: [{ text: "1" }], over: null }],
  [
    'a COLLATE "x" = b',
    "left",
    'a COLLATE "x"',
    { kind: "collate", collation: { schema: null, name: { text: "x" } } },
  ],
];

const COMPOSITES: readonly Inside[] = [
  ["(SELECT 1)", "", "(SELECT 1)", { kind: "subquery", query: { kind: "query" } }],
  ["EXISTS (VALUES (1))", "", "EXISTS (VALUES (1))", { kind: "exists" }],
  ["(a, (1, 2))", "", "(a, (1, 2))", { kind: "row", explicit: false }],
  ["(a, (1, 2))", "items.1", "(1, 2)", { kind: "row" }],
  [
    "CASE a WHEN 1 THEN 2 WHEN 3 THEN 4 ELSE 5 END",
    "",
    "CASE a WHEN 1 THEN 2 WHEN 3 THEN 4 ELSE 5 END",
    { kind: "case", operand: { kind: "column" }, otherwise: { text: "5" } },
  ],
  ["CASE WHEN a THEN b END", "whens.0", "WHEN a THEN b", { kind: "when" }],
  ["CASE WHEN a THEN b END", "", "CASE WHEN a THEN b END", { operand: null, otherwise: null }],
  ["CAST(a AS INT)", "", "CAST(a AS INT)", { kind: "cast", form: "cast" }],
  ["CAST(a AS DECIMAL (1, 2))", "type", "DECIMAL (1, 2)", { kind: "type", setOf: false }],
  ["CAST(a AS)", "type", "", { name: { name: { text: "" } }, modifiers: [] }],
];

const CALLS: readonly Inside[] = [
  [
    "f(a, 1)",
    "",
    "f(a, 1)",
    { kind: "call", quantifier: "", withinGroup: false, nulls: "", filter: null, over: null },
  ],
  ["f(a, 1)", "name", "f", { kind: "object-name", schema: null }],
  ["count(*)", "arguments.0", "*", { kind: "star", table: null }],
  ["count(DISTINCT)", "", "count(DISTINCT)", { quantifier: "DISTINCT", arguments: [] }],
  ["f(ALL a)", "", "f(ALL a)", { quantifier: "ALL" }],
  ["f(a ORDER BY b DESC NULLS LAST)", "orderBy.0", "b DESC NULLS LAST", { nulls: "LAST" }],
  ["f(a) FILTER (WHERE b)", "filter", "b", { kind: "column" }],
  ["f(a) OVER w", "over", "w", { kind: "name", text: "w" }],
  [
    "f(a) OVER (w PARTITION BY b, c ORDER BY d)",
    "over",
    "(w PARTITION BY b, c ORDER BY d)",
    { kind: "window", name: null, base: { text: "w" }, frame: null },
  ],
  [
    "f() OVER (ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE NO OTHERS)",
    "over.frame",
    "ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE NO OTHERS",
    {
      kind: "frame",
      unit: "ROWS",
      from: "PRECEDING",
      fromOffset: { text: "1" },
      to: "UNBOUNDED FOLLOWING",
      toOffset: null,
      exclude: "NO OTHERS",
    },
  ],
  [
    "f() OVER (GROUPS CURRENT ROW EXCLUDE TIES)",
    "over.frame",
    "GROUPS CURRENT ROW EXCLUDE TIES",
    { unit: "GROUPS", from: "CURRENT ROW", to: "", exclude: "TIES" },
  ],
];

describe.each([
  { title: "an atom", insides: ATOMS },
  { title: "an operation", insides: OPERATIONS },
  { title: "a composite", insides: COMPOSITES },
  { title: "a call", insides: CALLS },
])("the tree of $title", ({ insides }) => {
  it.each(facts(insides))(FACT_TITLE, (sql, path, source, node) => {
    const found = at(statementOf(sql), path);
    expect(sourceOf(sql, found)).toBe(source);
    expect(found).toMatchObject(node);
  });
});

describe("words that are names where the grammar has no use for them", () => {
  it.each(["over", "filter", "window", "match", "glob", "key", "replace", "left", "indexed"])(
    "%s",
    (word) => {
      const { body } = statementOf(`SELECT ${word} FROM t`) as any;
      expect(body.columns[0].value).toMatchObject({ kind: "column", name: { text: word } });
    },
  );
});
