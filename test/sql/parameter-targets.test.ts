import { describe, expect, it } from "vitest";
import { parameterTargets } from "../../src/sql/read/parameter-targets.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

/** Targets in short: `1 table|table.column`, `1 limit`, `1 cast type`, `1 -`. */
function read(sql: string): string[] {
  return parameterTargets(sql).map(({ number, target }) => {
    switch (target.kind) {
      case "column": {
        const column = target.column ?? `[${target.columnIndex}]`;
        // `table` stands exactly where there is one.
        expect(target.table).toBe(target.tables.length === 1 ? target.tables[0] : undefined);
        return `${number} ${target.tables.join("|")}.${column}`;
      }
      case "cast":
        return `${number} cast ${target.type}`;
      case "limit":
        return `${number} limit`;
      default:
        return `${number} -`;
    }
  });
}

describe("comparisons", () => {
  it.each([
    ["SELECT * FROM t WHERE a = ?", ["1 t.a"]],
    ["SELECT * FROM t WHERE ? = a", ["1 t.a"]],
    ["SELECT * FROM t WHERE a == ? OR a <> ? OR a != ?", ["1 t.a", "2 t.a", "3 t.a"]],
    [
      "SELECT * FROM t WHERE a < ? AND ? <= b AND c > ? AND ? >= d",
      ["1 t.a", "2 t.b", "3 t.c", "4 t.d"],
    ],
    ["SELECT * FROM t WHERE a IS ? OR b IS NOT ?", ["1 t.a", "2 t.b"]],
    ["SELECT * FROM t WHERE a IS DISTINCT FROM ?", ["1 t.a"]],
    ["SELECT * FROM t WHERE a IS NOT DISTINCT FROM ?", ["1 t.a"]],
    ["SELECT * FROM t WHERE ? IS NOT DISTINCT FROM a", ["1 t.a"]],
    ["SELECT * FROM t WHERE ? IS NULL OR a = ?", ["1 -", "2 t.a"]],
    ["SELECT * FROM t WHERE ?1 IS NULL OR a = ?1", ["1 t.a"]],
    ["SELECT * FROM t WHERE a IN (?, ?) AND b NOT IN (?)", ["1 t.a", "2 t.a", "3 t.b"]],
    ["SELECT * FROM t WHERE a IN (? + 1, f(?))", ["1 -", "2 -"]],
    ["SELECT * FROM t WHERE a BETWEEN ? AND ?", ["1 t.a", "2 t.a"]],
    ["SELECT * FROM t WHERE a NOT BETWEEN 1 AND ? AND b = ?", ["1 t.a", "2 t.b"]],
    ["SELECT * FROM t WHERE a + 1 = ? AND b || c = ?", ["1 -", "2 -"]],
    ["SELECT * FROM t WHERE a = ? + 1 AND b = -? AND c = ? || 'x'", ["1 -", "2 -", "3 -"]],
    ["SELECT * FROM t WHERE f(a) = ? AND g(?) = b", ["1 -", "2 -"]],
    ["SELECT * FROM t WHERE ? = f(a) AND ? = a + 1", ["1 -", "2 -"]],
    ["SELECT * FROM t WHERE a ->> 'x' = ? AND a -> ? = 1", ["1 -", "2 -"]],
    ["SELECT * FROM t WHERE a LIKE ? AND b MATCH ?", ["1 -", "2 -"]],
    ["SELECT * FROM t WHERE NULL = ? AND CURRENT_DATE = ? AND 'a' = ?", ["1 -", "2 -", "3 -"]],
    ['SELECT * FROM "t" WHERE "a b" = ? AND [c] = ? AND `d` = ?', ["1 t.a b", "2 t.c", "3 t.d"]],
    ["SELECT a = ? FROM t", ["1 t.a"]],
    ["SELECT ?", ["1 -"]],
    ["SELECT * FROM t WHERE key = ?", ["1 t.key"]],
    ["SELECT * FROM t WHERE (a) = (?) AND a IN ((?))", ["1 t.a", "2 t.a"]],
    ["SELECT * FROM t WHERE (a, b) = (?, ?) AND (?, 1) < (c, d)", ["1 t.a", "2 t.b", "3 t.c"]],
    ["SELECT * FROM t WHERE (a, b) IN ((?, ?), (1, ?))", ["1 t.a", "2 t.b", "3 t.b"]],
    [
      "SELECT * FROM t WHERE a IN (VALUES (?)) OR b IN (SELECT ? UNION SELECT ?)",
      ["1 t.a", "2 t.b", "3 t.b"],
    ],
    ["SELECT * FROM t WHERE (a, b) NOT IN (VALUES (?, ?))", ["1 t.a", "2 t.b"]],
    ["SELECT * FROM t WHERE ? IN (1, a) AND ? BETWEEN b AND c", ["1 t.a", "2 t.b"]],
    ["SELECT * FROM t WHERE (a, b) BETWEEN (?, 1) AND (2, ?)", ["1 t.a", "2 t.b"]],
    ["SELECT * FROM t WHERE a COLLATE nocase = ? AND ? COLLATE nocase = b", ["1 t.a", "2 t.b"]],
    ["SELECT * FROM t WHERE a BETWEEN 1 + 1 AND ? OR b = ? COLLATE nocase", ["1 t.a", "2 t.b"]],
    ["SELECT * FROM t WHERE a = b IN (?) OR a LIKE b IN (?)", ["1 -", "2 -"]],
    ["SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN ? PRECEDING AND 1 FOLLOWING) FROM t", ["1 -"]],
    ["SELECT * FROM t ORDER BY a = ? LIMIT (?)", ["1 t.a", "2 limit"]],
  ])("%s", (sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});

describe("tables", () => {
  it.each([
    ["SELECT * FROM t AS x WHERE x.a = ?", ["1 t.a"]],
    ["SELECT * FROM main.t x WHERE X.a = ?", ["1 t.a"]],
    ["SELECT * FROM t x WHERE t.a = ?", ["1 .a"]],
    ["SELECT * FROM main.t WHERE main.t.a = ?", ["1 t.a"]],
    ["SELECT * FROM t, u WHERE a = ? AND u.b = ?", ["1 t|u.a", "2 u.b"]],
    ["SELECT * FROM t LEFT JOIN u AS v ON t.a = v.a AND v.b = ? WHERE t.b = ?", ["1 u.b", "2 t.b"]],
    ["SELECT * FROM t NATURAL JOIN u WHERE a = ?", ["1 t|u.a"]],
    [
      "SELECT * FROM (t JOIN u USING (a)) CROSS JOIN v WHERE u.a = ? AND b = ?",
      ["1 u.a", "2 t|u|v.b"],
    ],
    [
      "SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.x = t.y AND z = ? AND t.w = ?)",
      ["1 u|t.z", "2 t.w"],
    ],
    ["SELECT (SELECT a FROM u WHERE b = ?) FROM t WHERE b = ?", ["1 u|t.b", "2 t.b"]],
    ["SELECT * FROM (SELECT * FROM u WHERE a = ?) AS s WHERE s.a = ?", ["1 u.a", "2 .a"]],
    ["SELECT * FROM t WHERE a = ? UNION SELECT * FROM u WHERE a = ?", ["1 t.a", "2 u.a"]],
    ["WITH c AS (SELECT * FROM t WHERE a = ?) SELECT * FROM c WHERE b = ?", ["1 t.a", "2 .b"]],
    [
      "WITH c AS (SELECT 1) SELECT * FROM C AS x, main.c WHERE x.b = ? AND c.b = ?",
      ["1 .b", "2 c.b"],
    ],
    ["WITH t AS (SELECT * FROM u WHERE a = ?) SELECT * FROM t, v WHERE a = ?", ["1 u.a", "2 v.a"]],
    [
      "SELECT (WITH t AS (SELECT 1) SELECT 1 FROM t WHERE t.a = ?) FROM t WHERE t.a = ?",
      ["1 .a", "2 t.a"],
    ],
    ["SELECT * FROM t, (SELECT * FROM u WHERE a = ?) WHERE b = ?", ["1 u.a", "2 t.b"]],
    [
      "SELECT * FROM t, (u JOIN v) AS x, (w) AS y WHERE x.a = ? AND y.a = ? AND u.a = ?",
      ["1 u|v.a", "2 w.a", "3 .a"],
    ],
    ["SELECT * FROM t AS x WHERE EXISTS (SELECT 1 FROM (SELECT 1) AS x WHERE x.a = ?)", ["1 .a"]],
    ["SELECT * FROM t JOIN json_each(t.j) WHERE json_each.value = ?", ["1 .value"]],
    ["SELECT * FROM t UNION SELECT * FROM u ORDER BY a = ?", ["1 .a"]],
    ["SELECT * FROM json_each(?) AS j JOIN t ON t.a = j.value WHERE t.b = ?", ["1 -", "2 t.b"]],
    ["SELECT * FROM t INDEXED BY i WHERE a = ?", ["1 t.a"]],
    ["SELECT * FROM t NOT INDEXED JOIN u WHERE u.a = ?", ["1 u.a"]],
    ["SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY b) LIMIT ?", ["1 limit"]],
    ["SELECT * FROM 't' WHERE a = ?", ["1 t.a"]],
  ])("%s", (sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});

describe("changes", () => {
  it.each([
    ['INSERT INTO t(a, "b c") VALUES (?, ?), (?, ?)', ["1 t.a", "2 t.b c", "3 t.a", "4 t.b c"]],
    ["INSERT INTO t VALUES (?, 1, ?)", ["1 t.[0]", "2 t.[2]"]],
    [
      "INSERT INTO t VALUES (f(?), (?), ? + 1, CAST(? AS int))",
      ["1 -", "2 t.[1]", "3 -", "4 cast int"],
    ],
    ["INSERT OR REPLACE INTO main.t AS x (a) VALUES (?)", ["1 t.a"]],
    ["REPLACE INTO t(a) VALUES (?)", ["1 t.a"]],
    ["INSERT INTO t(a) SELECT b FROM u WHERE c = ?", ["1 u.c"]],
    [
      "INSERT INTO t(a, b) SELECT ?, ? + 1 FROM u WHERE NOT EXISTS (SELECT 1 FROM t WHERE c = ?)",
      ["1 t.a", "2 -", "3 t|u.c"],
    ],
    ["INSERT INTO t SELECT ?, 1 UNION ALL SELECT 2, ?", ["1 t.[0]", "2 t.[1]"]],
    ["INSERT INTO t SELECT ?, *, ? FROM u", ["1 t.[0]", "2 -"]],
    ["INSERT INTO t(a) VALUES (1, ?)", ["1 -"]],
    ["WITH t AS (SELECT 1) UPDATE t SET a = ? WHERE b = ?", ["1 t.a", "2 t.b"]],
    [
      "INSERT INTO t(a) VALUES (?) ON CONFLICT (a) DO UPDATE SET b = ?, c = c + ? WHERE excluded.d > ?",
      ["1 t.a", "2 t.b", "3 -", "4 t.d"],
    ],
    [
      "INSERT INTO t(a) SELECT a FROM u WHERE true ON CONFLICT DO UPDATE SET b = ? RETURNING c = ?",
      ["1 t.b", "2 t.c"],
    ],
    ["UPDATE t SET a = ?, b = b + ?, c = ? || c WHERE d = ?", ["1 t.a", "2 -", "3 -", "4 t.d"]],
    ["UPDATE OR IGNORE t SET a = ? WHERE t.b = ?", ["1 t.a", "2 t.b"]],
    [
      "UPDATE t SET (a, b) = (?, ?), (c) = (?), d = ? COLLATE nocase",
      ["1 t.a", "2 t.b", "3 t.c", "4 t.d"],
    ],
    ["UPDATE t SET (a, b) = (SELECT ?, 1)", ["1 -"]],
    ["UPDATE t SET a = (b = ?) FROM u", ["1 t|u.b"]],
    [
      "INSERT INTO t AS x VALUES (?) ON CONFLICT (a) WHERE b = ? DO UPDATE SET (c, d) = (?, excluded.d = ?)",
      ["1 t.[0]", "2 t.b", "3 t.c", "4 t.d"],
    ],
    ["UPDATE t AS x SET a = ? FROM u WHERE x.b = ? AND c = ?", ["1 t.a", "2 t.b", "3 t|u.c"]],
    ["UPDATE t SET a = (SELECT b FROM u WHERE c = ?) WHERE d = ?", ["1 u|t.c", "2 t.d"]],
    ["DELETE FROM t WHERE a = ? RETURNING b = ?", ["1 t.a", "2 t.b"]],
    ["WITH c AS (SELECT 1) DELETE FROM t WHERE a = ?", ["1 t.a"]],
  ])("%s", (sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});

describe("other places", () => {
  it.each([
    ["SELECT * FROM t LIMIT ? OFFSET ?", ["1 limit", "2 limit"]],
    ["SELECT * FROM t LIMIT ?, ?", ["1 limit", "2 limit"]],
    ["SELECT * FROM t LIMIT 5, ?", ["1 limit"]],
    ["SELECT * FROM t LIMIT ? + 1", ["1 -"]],
    ["SELECT CAST(? AS decimal(10, 2)), CAST(? AS text)", ["1 cast decimal(10, 2)", "2 cast text"]],
    ["SELECT * FROM t WHERE a = CAST(? AS int)", ["1 cast int"]],
    ["DELETE FROM t ORDER BY a = ? LIMIT ?", ["1 t.a", "2 limit"]],
    ["EXPLAIN SELECT * FROM t WHERE a = ?", ["1 t.a"]],
    ["SELECT * FROM t WHERE a = ? AND", []],
    ["SELECT * FROM t WHERE b = ?7 AND c = ?2", ["2 t.c", "7 t.b"]],
    ["SELECT * FROM t WHERE a = :x AND b = :y AND c = :x", ["1 t.a", "2 t.b"]],
  ])("%s", (sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});

it("says something of any text, with each number once", () => {
  const random = freshRandom("parameter targets soup");
  for (let round = 0; round < 2000; round++) {
    const sql = `SELECT * FROM t WHERE ${sqlSoup(random, random.below(20))}`;
    const numbers = parameterTargets(sql).map(({ number }) => number);
    expect(numbers, `seed ${random.seed}`).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  }
});

it("reads long statements once", () => {
  const many = 20_000;
  expect(read(`SELECT ${"CAST(? AS int), ".repeat(many)}1`)).toHaveLength(many);
  expect(read(`SELECT ${"(SELECT a = ? FROM u), ".repeat(many)}1 FROM t`)).toHaveLength(many);
  expect(read(`INSERT INTO t VALUES ${"(?, ?), ".repeat(many)} (1, 2)`)).toHaveLength(2 * many);
  const tables = Array.from({ length: 63 }, (_, index) => `t${index}, `).join("");
  const sql = `SELECT * FROM ${tables} u WHERE ${"a = ? AND ".repeat(many)} 1`;
  expect(read(sql)).toHaveLength(many);
  expect(read(sql)[0]).toContain("1 t0|t1|t2|");
});

it("reads deep statements without a deep stack", () => {
  const nested = (open: string, depth: number): string[] => {
    return read(`SELECT ${open.repeat(depth)}a = ?${")".repeat(depth)} FROM t`);
  };
  expect(nested("(", 900)).toEqual(["1 t.a"]);
  expect(nested("(SELECT ", 150)).toEqual(["1 t.a"]);
  // Deeper than the parser goes.
  expect(nested("(", 200_000)).toEqual([]);
  expect(nested("(SELECT ", 50_000)).toEqual([]);
});

describe("a parameter that stands in a select list and elsewhere", () => {
  it("is what it is compared with", () => {
    const sql = "INSERT INTO t(n) SELECT ?1 FROM u WHERE name = ?1";
    expect(parameterTargets(sql)).toEqual([
      { number: 1, target: { kind: "column", table: "u", tables: ["u"], column: "name" } },
    ]);
  });
});
