import { describe, expect, it } from "vitest";
import type { Node } from "../../../src/sql/ast/statement.ts";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { equal } from "../../../src/sql/tree/equal.ts";
import { walk } from "../../../src/sql/tree/walk.ts";

/** Operations, each with another token behind it, so that a span too long is seen. */
const OPERATIONS = [
  ...["a + b", "a AND b AND c", "NOT a", "- a", "@ a", "a IS DISTINCT FROM b", "a IS NULL"],
  ...["a LIKE b ESCAPE c", "a NOT ILIKE b", "a BETWEEN b AND c", "a NOT BETWEEN b AND c"],
  ...["a IN (1, 2)", "a IN (SELECT 1)", "a = ANY (b)", "a LIKE ALL (b)", "a AT TIME ZONE b"],
  ...["a COLLATE c", "a::int", "CAST(a AS int[])", "CASE a WHEN b THEN c ELSE d END", "a[1]"],
  ...["a[1:2]", "(a).b", "EXISTS (SELECT 1)", "ARRAY[1, 2]", "ARRAY(SELECT 1)", "ROW(1, 2)"],
  ...[
    "f(a, b => c)",
    "f(DISTINCT a ORDER BY b)",
    "f() FILTER (WHERE a)",
    "f() OVER (w ROWS 1 PRECEDING)",
  ],
  ...["extract(year FROM a)", "trim(both a from b)", "INTERVAL '1' DAY", "date '2020-01-01'"],
  ...["a OPERATOR(s.+) b", "a || b || c", "current_timestamp(3)", "U&'\\0041' UESCAPE '!'"],
];

function valueOf(sql: string): Node {
  const { statement } = parsePostgres(sql);
  if (statement?.kind !== "query" || statement.body.kind !== "select") throw new Error(sql);
  const value = statement.body.columns[0]?.value;
  if (value === undefined) throw new Error(sql);
  return value;
}

describe("where an expression stands", () => {
  it.each(OPERATIONS)("is all of %s and no more", (text) => {
    const sql = `SELECT ${text} , x FROM t`;
    const value = valueOf(sql);
    expect(sql.slice(value.start, value.end)).toBe(text);
    walk(value, (node) => {
      expect(node.start).toBeGreaterThanOrEqual(value.start);
      expect(node.end).toBeLessThanOrEqual(value.end);
    });
  });
});

describe("equal", () => {
  it.each([
    ["a IN (1)", "a NOT IN (1)"],
    ["a LIKE b", "a NOT LIKE b"],
    ["a BETWEEN 1 AND 2", "a NOT BETWEEN 1 AND 2"],
    ["a IS NULL", "a IS NOT NULL"],
    ["a IS DISTINCT FROM b", "a IS NOT DISTINCT FROM b"],
  ])("tells %s from %s", (one, other) => {
    expect(equal(valueOf(`SELECT ${one}`), valueOf(`SELECT ${other}`))).toBe(false);
  });
});

describe("hints", () => {
  it.each([parseSqlite, parsePostgres])("stand in comments, not in strings or names", (parse) => {
    const text = `SELECT '/*dosql_a=''1''*/', "/*dosql_b='2'*/" /*dosql_c='3'*/ FROM t`;
    expect(parse(text).hints).toEqual([{ name: "dosql_c", value: "3" }]);
  });
});
