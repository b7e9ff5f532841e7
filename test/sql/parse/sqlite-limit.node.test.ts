import { describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { below, DEEP, LONG, nested, reach } from "./deep.ts";

/** Texts that go deeper than any limit, one for each way to go deeper. */
const TOO_DEEP: Readonly<Record<string, string>> = {
  parentheses: nested("(", "1", ")"),
  "parentheses that never close": nested("(", "1", ""),
  NOT: nested("NOT ", "1", ""),
  "unary minus": nested("- ", "1", ""),
  rows: nested("(1, ", "1", ")"),
  subqueries: nested("(SELECT ", "1", ")"),
  EXISTS: nested("EXISTS (SELECT ", "1", ")"),
  "IN with a query": nested("1 IN (SELECT ", "1", ")"),
  "IN with a list": nested("1 IN (", "1", ")"),
  "IN with a function": nested("1 IN f(", "1", ")"),
  BETWEEN: nested("1 BETWEEN ", "1", " AND 1"),
  "BETWEEN, its second bound": nested("1 BETWEEN 1 AND (", "1", ")"),
  LIKE: nested("1 LIKE (", "1", ")"),
  IS: nested("1 IS NOT NOT ", "1", ""),
  "all operators": nested("1 OR 1 AND NOT 1 = 1 < 1 & 1 + 1 * 1 || (", "1", ")"),
  "CASE WHEN": nested("CASE WHEN ", "1", " THEN 1 END"),
  "CASE ELSE": nested("CASE WHEN 1 THEN 1 ELSE ", "1", " END"),
  CAST: nested("CAST(", "1", " AS INT)"),
  RAISE: nested("raise(FAIL, ", "1", ")"),
  calls: nested("f(", "1", ")"),
  "calls with ORDER BY": nested("f(1 ORDER BY ", "1", ")"),
  FILTER: nested("f() FILTER (WHERE ", "1", ")"),
  "OVER with ORDER BY": nested("f() OVER (ORDER BY ", "1", ")"),
  "OVER with PARTITION BY": nested("f() OVER (PARTITION BY ", "1", ")"),
  "OVER with a frame": nested("f() OVER (ROWS ", "1", " PRECEDING)"),
  WINDOW: nested("(SELECT 1 WINDOW w AS (ORDER BY ", "1", "))"),
  FROM: nested("(SELECT 1 FROM ", "t", ")"),
  "FROM in parentheses": `(SELECT 1 FROM ${nested("(", "t", ")")})`,
  "joins in parentheses": `(SELECT 1 FROM ${nested("(t JOIN ", "t", ")")})`,
  "functions in FROM": nested("(SELECT 1 FROM f(", "1", "))"),
  WHERE: nested("(SELECT 1 WHERE ", "1", ")"),
  "GROUP BY": nested("(SELECT 1 GROUP BY ", "1", ")"),
  HAVING: nested("(SELECT 1 HAVING ", "1", ")"),
  "ORDER BY": nested("(SELECT 1 ORDER BY ", "1", ")"),
  LIMIT: nested("(SELECT 1 LIMIT ", "1", ")"),
  "AS OF": nested("(SELECT 1 FROM t FOR SYSTEM_TIME AS OF ", "1", ")"),
  VALUES: nested("(VALUES (", "1", "))"),
  UNION: nested("(SELECT 1 UNION SELECT ", "1", ")"),
  "UNION after UNION": `(SELECT 1${" UNION SELECT 1".repeat(DEEP)})`,
  WITH: `(${nested("WITH a AS (", "SELECT 1", ") SELECT 1")})`,
  "JOIN after JOIN": `(SELECT 1 FROM t${" JOIN t".repeat(DEEP)})`,
  "a sum": `1${" + 1".repeat(LONG)}`,
  "a chain of =": `1${" = 1".repeat(LONG)}`,
  ISNULL: `1${" ISNULL".repeat(LONG)}`,
  COLLATE: `1${" COLLATE a".repeat(LONG)}`,
};

/** Texts that are long, not deep. */
const LONG_TEXTS: Readonly<Record<string, string>> = {
  AND: `SELECT 1${" AND 1".repeat(LONG)}`,
  OR: `SELECT 1${" OR 1".repeat(LONG)}`,
  "IN list": `SELECT 1 IN (1${", 1".repeat(LONG)})`,
  VALUES: `VALUES (1)${", (1)".repeat(LONG)}`,
  columns: `CREATE TABLE t(a${", a INT NOT NULL".repeat(LONG / 2)})`,
  constraints: `CREATE TABLE t(a${" CONSTRAINT b NULL".repeat(LONG)})`,
  "statements of a trigger": `CREATE TRIGGER r INSERT ON t BEGIN ${"SELECT 1;".repeat(LONG)} END`,
  "module arguments": `CREATE VIRTUAL TABLE t USING m(${nested("(", "a,", ")")})`,
};

/** The words of the error, or null. */
function limitOf(sql: string): string | null {
  try {
    parseSqlite(sql);
    return null;
  } catch (error) {
    if (error instanceof DosqlError && error.code === "limit") return error.message;
    throw error;
  }
}

describe("a text that is nested too deeply", () => {
  const half = Math.floor(reach(0) / 2);

  it.each(Object.keys(TOO_DEEP))("by %s is refused with half of the stack used", (name) => {
    const sql = `SELECT ${TOO_DEEP[name]}`;
    expect(below(half, () => limitOf(sql))).toBe("statement too large: nested deeper than 1000");
  });
});

describe("a text that is long", () => {
  it.each(Object.keys(LONG_TEXTS))("by its %s is taken", (name) => {
    expect(limitOf(LONG_TEXTS[name] ?? "")).toBeNull();
  });

  it("beyond all measure is refused", () => {
    expect(limitOf(" ".repeat(64 * 1024 * 1024 + 1))).toMatch(/^statement too large/);
  });
});

describe("nesting that occurs", () => {
  it.each([
    ["990 parentheses", "(".repeat(990) + "1" + ")".repeat(990)],
    ["a sum of 990", `1${" + 1".repeat(989)}`],
    ["300 calls", "f(".repeat(300) + "1" + ")".repeat(300)],
    ["150 subqueries", "(SELECT ".repeat(150) + "1" + ")".repeat(150)],
    ["80 queries in FROM", `(SELECT 1 FROM ${"(SELECT 1 FROM ".repeat(80)}t${")".repeat(81)}`],
  ])("is taken: %s", (_, expression) => {
    expect(limitOf(`SELECT ${expression}`)).toBeNull();
  });
});
