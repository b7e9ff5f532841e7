import { describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { below, DEEP, LONG, nested, reach } from "./deep.ts";

/** Texts that go deeper than any limit, one for each way to go deeper. */
const TOO_DEEP: Readonly<Record<string, string>> = {
  parentheses: nested("(", "1", ")"),
  "parentheses that never close": nested("(", "1", ""),
  NOT: nested("NOT ", "1", ""),
  "unary minus": nested("- ", "1", ""),
  "a prefix operator": nested("@ ", "1", ""),
  rows: nested("(1, ", "1", ")"),
  ROW: nested("ROW(", "1", ")"),
  arrays: nested("ARRAY[", "1", "]"),
  "brackets of an array": `ARRAY${nested("[", "1", "]")}`,
  "ARRAY of a query": nested("ARRAY(SELECT ", "1", ")"),
  subscripts: nested("a[", "1", "]"),
  slices: nested("a[1:", "1", "]"),
  subqueries: nested("(SELECT ", "1", ")"),
  "parentheses around a query": nested("(", "SELECT 1", ")"),
  "a query in a larger one": nested("(", "SELECT 1", " UNION SELECT 2)"),
  EXISTS: nested("EXISTS (SELECT ", "1", ")"),
  "IN with a query": nested("1 IN (SELECT ", "1", ")"),
  "IN with a list": nested("1 IN (", "1", ")"),
  ANY: nested("1 = ANY (", "1", ")"),
  BETWEEN: nested("1 BETWEEN (", "1", ") AND 1"),
  "BETWEEN, its second bound": nested("1 BETWEEN 1 AND (", "1", ")"),
  LIKE: nested("1 LIKE (", "1", ")"),
  "IS DISTINCT FROM": nested("1 IS DISTINCT FROM (", "1", ")"),
  "all operators": nested("1 OR 1 AND NOT 1 = 1 || 1 + 1 * 1 ^ (", "1", ")"),
  "AT TIME ZONE": nested("a AT TIME ZONE (", "1", ")"),
  "CASE WHEN": nested("CASE WHEN ", "1", " THEN 1 END"),
  "CASE ELSE": nested("CASE WHEN true THEN 1 ELSE ", "1", " END"),
  CAST: nested("CAST(", "1", " AS int)"),
  calls: nested("f(", "1", ")"),
  "calls with names": nested("f(a => ", "1", ")"),
  COALESCE: nested("coalesce(", "1", ")"),
  EXTRACT: nested("extract(year FROM ", "1", ")"),
  TRIM: nested("trim(", "1", ")"),
  "calls with ORDER BY": nested("f(1 ORDER BY ", "1", ")"),
  "WITHIN GROUP": nested("f() WITHIN GROUP (ORDER BY ", "1", ")"),
  FILTER: nested("f() FILTER (WHERE ", "1", ")"),
  "OVER with ORDER BY": nested("f() OVER (ORDER BY ", "1", ")"),
  "OVER with PARTITION BY": nested("f() OVER (PARTITION BY ", "1", ")"),
  "OVER with a frame": nested("f() OVER (ROWS ", "1", " PRECEDING)"),
  WINDOW: nested("(SELECT 1 WINDOW w AS (ORDER BY ", "1", "))"),
  FROM: nested("(SELECT 1 FROM ", "t", ") a"),
  LATERAL: nested("(SELECT 1 FROM LATERAL ", "t", ") a"),
  "queries in FROM": `(SELECT 1 FROM ${nested("(SELECT 1 FROM ", "t", ") a")})`,
  "joins in parentheses": `(SELECT 1 FROM ${nested("(t CROSS JOIN ", "t", ")")})`,
  "joins that wait for ON": `(SELECT 1 FROM ${nested("t JOIN ", "t", " ON true")})`,
  "functions in FROM": nested("(SELECT 1 FROM f(", "1", "))"),
  WHERE: nested("(SELECT 1 WHERE ", "1", ")"),
  "GROUP BY": nested("(SELECT 1 GROUP BY ", "1", ")"),
  "GROUPING SETS": `(SELECT 1 GROUP BY ${nested("GROUPING SETS (", "a", ")")})`,
  "ORDER BY": nested("(SELECT 1 ORDER BY ", "1", ")"),
  LIMIT: nested("(SELECT 1 LIMIT ", "1", ")"),
  "AS OF": nested("(SELECT 1 FROM t FOR SYSTEM_TIME AS OF ", "1", ")"),
  VALUES: nested("(VALUES (", "1", "))"),
  "UNION after UNION": `(SELECT 1${" UNION SELECT 1".repeat(DEEP)})`,
  WITH: `(${nested("WITH a AS (", "SELECT 1", ") SELECT 1")})`,
  "JOIN after JOIN": `(SELECT 1 FROM t${" CROSS JOIN t".repeat(DEEP)})`,
  "a sum": `1${" + 1".repeat(LONG)}`,
  casts: `1${"::int".repeat(LONG)}`,
  ISNULL: `1${" ISNULL".repeat(LONG)}`,
  COLLATE: `1${" COLLATE a".repeat(LONG)}`,
  "subscripts in a row": `a${"[1]".repeat(LONG)}`,
};

/** Texts that are long, not deep. */
const LONG_TEXTS: Readonly<Record<string, string>> = {
  AND: `SELECT 1${" AND 1".repeat(LONG)}`,
  "IN list": `SELECT 1 IN (1${", 1".repeat(LONG)})`,
  VALUES: `VALUES (1)${", (1)".repeat(LONG)}`,
  columns: `CREATE TABLE t(a int${", a int NOT NULL".repeat(LONG / 2)})`,
  comment: `SELECT 1 ${"/*".repeat(LONG)}${"*/".repeat(LONG)}`,
};

/** The words of the error, or null. */
function limitOf(sql: string): string | null {
  try {
    parsePostgres(sql);
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
});

describe("nesting that occurs", () => {
  it.each([
    ["450 parentheses", "(".repeat(450) + "1" + ")".repeat(450)],
    ["a sum of 990", `1${" + 1".repeat(989)}`],
    ["100 calls", "f(".repeat(100) + "1" + ")".repeat(100)],
    ["100 subqueries", "(SELECT ".repeat(100) + "1" + ")".repeat(100)],
    ["60 queries in FROM", `(SELECT 1 FROM ${"(SELECT 1 FROM ".repeat(60)}t${") a".repeat(60)})`],
  ])("is taken: %s", (_, expression) => {
    expect(limitOf(`SELECT ${expression}`)).toBeNull();
  });
});
