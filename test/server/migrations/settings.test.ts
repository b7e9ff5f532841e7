import { expect, test } from "vitest";
import { parseJsonc } from "../../../src/server/migrations/jsonc.ts";
import { tomlTables } from "../../../src/server/migrations/toml-tables.ts";

const tables = (text: string): unknown =>
  tomlTables(text, "d1_databases")?.map((table) => Object.fromEntries(table)) ?? null;

test("the tables of one name in a TOML text", () => {
  const text = `
name = "w" # [[d1_databases]]
about = """
[[d1_databases]]
binding = "NO"
"""
[vars]
binding = "NO"
[[ "d1_databases" ]] # the first
binding = "A#1" # not this
'database_name' = 'it\\s'
"migrations_dir" = "a \\"b\\" \\u00e9"
number = 12
[[env.staging.d1_databases]]
binding = "NO"
[[d1_databases]]
binding='B'
[[kv_namespaces]]
binding = "NO"
`;
  expect(tables(text)).toEqual([
    { binding: "A#1", database_name: "it\\s", migrations_dir: 'a "b" é', number: null },
    { binding: "B" },
  ]);
  expect(tables(text.replaceAll("\n", "\r\n"))).toEqual(tables(text));
});

test("no tables, and tables in a form that is not read", () => {
  expect(tables("")).toEqual([]);
  expect(tables("[d1_databases]\nbinding = 'x'")).toEqual([]);
  expect(tables("d1_databases = [{ binding = 'x' }]")).toBe(null);
  expect(tables("[env.x]\nd1_databases = [{ binding = 'x' }]")).toEqual([]);
});

test("JSON with comments and commas", () => {
  const text = `\ufeff{ // a "comment"
    "a": "// no /* comment */ ,]", /* , */
    "b": [1, 2, /* last */ // really
    ],
    "c": "\\"//",
  }`;
  expect(parseJsonc("x", text)).toEqual({ a: "// no /* comment */ ,]", b: [1, 2], c: '"//' });
  expect(() => parseJsonc("w.json", "[1,,2]")).toThrow(/^w\.json is not JSON: /);
});
