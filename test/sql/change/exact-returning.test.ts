import { describe, expect, it } from "vitest";
import type { Statement } from "../../../src/sql/ast/statement.ts";
import { exactReturning, namesQueries } from "../../../src/sql/change/exact-returning.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";

const parsed = (sql: string): Statement => parseSqlite(sql).statement as Statement;

function exact(sql: string, returned: string[], table: string[] = ["a", "b"]): string | null {
  const text = exactReturning(sql, parsed(sql), { returned, table }, "w");
  if (text !== null) parseSqlite(text);
  return text;
}

const tagged = (value: string): string =>
  `CASE typeof(${value}) WHEN 'integer' THEN 'i'||${value} ` +
  `WHEN 'text' THEN 't'||${value} ELSE ${value} END`;

describe("a RETURNING that tells types", () => {
  it("names columns as they were, and has those of a star", () => {
    expect(exact("DELETE FROM t RETURNING *, A AS b", ["a", "b", "b"])).toBe(
      `DELETE FROM t RETURNING ${tagged('"a"')} AS "a", ${tagged('"b"')} AS "b", ` +
        `${tagged("(A )")} AS "b"`,
    );
    expect(exact("DELETE FROM t RETURNING (a + 1)-- one\n, b", ['a "1', "b"])).toBe(
      `DELETE FROM t RETURNING ${tagged("((a + 1))")} AS "a ""1"-- one\n, ${tagged("(b)")} AS "b"`,
    );
    expect(exact("DELETE FROM t RETURNING a -- one\nAS x", ["x"])).toContain("(a -- one\n\n)");
  });

  it("computes once what may be another value, or work, the next time", () => {
    const once = (value: string): string =>
      `CASE WHEN 0 THEN (${value}) ELSE (WITH w(c, r) AS MATERIALIZED ` +
      `(SELECT ${value}, "a") SELECT ${tagged("c")} FROM w) END`;
    for (const value of ["random()", "(SELECT b)", "a + abs(b)", "EXISTS (SELECT 1)"]) {
      const sql = `INSERT INTO t VALUES (1, 2) RETURNING ${value}`;
      expect(exact(sql, ["x"])).toBe(`INSERT INTO t VALUES (1, 2) RETURNING ${once(value)} AS "x"`);
    }
  });

  it("has no words for what SQLite refuses, or for other names than it has", () => {
    expect(exact("DELETE FROM t RETURNING t.*", ["a", "b"])).toBe(null);
    expect(exact("DELETE FROM t RETURNING *", ["a", "b", "c"])).toBe(null);
    expect(exact("DELETE FROM t RETURNING a", ["a"], [])).toBe(null);
    expect(exact("DELETE FROM t", [])).toBe(null);
    expect(exact("SELECT 1", ["1"])).toBe(null);
  });

  it("asks for names with the tables that the statement sees", () => {
    const sql = 'WITH q AS (SELECT 1) UPDATE main."t x" AS y SET a = 1 RETURNING b -- c\n, *';
    expect(namesQueries(sql, parsed(sql))).toEqual({
      returned: 'WITH q AS (SELECT 1)\nSELECT b -- c\n, *\nFROM "main"."t x" LIMIT 0',
      table: 'SELECT * FROM "main"."t x" LIMIT 0',
    });
    expect(namesQueries("DELETE FROM t", parsed("DELETE FROM t"))).toBe(null);
  });
});
