import { beforeAll, describe, expect, it } from "vitest";
import { Oracle } from "../oracle.ts";
import { libpgShapes } from "./libpg.ts";

/** Written otherwise, the same statement. */
const SAME: readonly (readonly [string, string])[] = [
  ["BEGIN", "START TRANSACTION"],
  ["SET TIME ZONE 'UTC'", "SET timezone = 'UTC'"],
  ["SELECT a AND b AND c", "SELECT (a AND b) AND c"],
  ["SELECT a[1][2]", "SELECT (a[1])[2]"],
  ["SELECT a != b", "SELECT a <> b"],
  ["SELECT a FROM t LIMIT ALL", "SELECT a FROM t"],
  ["SELECT a::int[3]", "SELECT CAST(a AS integer[])"],
  ["SELECT 1_000.5", "SELECT 1000.5"],
  ["SELECT EXTRACT(year FROM a)", "SELECT EXTRACT('year' FROM a)"],
  ["COPY t FROM STDIN CSV HEADER", "COPY t FROM STDIN (FORMAT csv, HEADER)"],
  ["CREATE INDEX i ON t ((a) COLLATE c)", "CREATE INDEX i ON t (((a COLLATE c)))"],
  [
    "CREATE TABLE t (a int UNIQUE INITIALLY DEFERRED DEFERRABLE)",
    "CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
  ],
  ["DROP TABLE t RESTRICT", "DROP TABLE t"],
];

/** Nearly the same text, another statement. */
const DIFFERENT: readonly (readonly [string, string])[] = [
  ["SELECT a + b * c", "SELECT (a + b) * c"],
  ["SELECT a - b - c", "SELECT a - (b - c)"],
  ["SELECT a AND b AND c", "SELECT a AND (b AND c)"],
  ["SELECT NOT a = b", "SELECT (NOT a) = b"],
  ["SELECT -a ^ 2", "SELECT -(a ^ 2)"],
  ["SELECT a", 'SELECT "A"'],
  ["SELECT a.b", "SELECT (a).b"],
  ["SELECT f(a)", "SELECT pg_catalog.f(a)"],
  ["SELECT f(a)", "SELECT f(VARIADIC a)"],
  ["SELECT f(DISTINCT a)", "SELECT f(a)"],
  ["SELECT f(a ORDER BY b)", "SELECT f(a) WITHIN GROUP (ORDER BY b)"],
  ["SELECT '1'", "SELECT 1"],
  ["SELECT ''", "SELECT NULL"],
  ["SELECT 0", "SELECT false"],
  ["SELECT 1", "SELECT 1.0"],
  ["SELECT $1", "SELECT $2"],
  ["SELECT a::int", "SELECT a::int8"],
  ["SELECT a::char", 'SELECT a::"char"'],
  ["SELECT a::int[]", "SELECT a::int[][]"],
  ["SELECT a LIKE b", "SELECT a ILIKE b"],
  ["SELECT a IN (1)", "SELECT a = 1"],
  ["SELECT a BETWEEN b AND c", "SELECT a BETWEEN SYMMETRIC b AND c"],
  ["SELECT (a, b)", "SELECT ROW(a, b)"],
  ["SELECT a FROM t", "SELECT a FROM ONLY t"],
  ["SELECT a FROM t, u", "SELECT a FROM t CROSS JOIN u"],
  ["SELECT a FROM t JOIN u ON true", "SELECT a FROM t LEFT JOIN u ON true"],
  ["SELECT a FROM t JOIN u USING (a)", "SELECT a FROM t NATURAL JOIN u"],
  ["SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a DESC"],
  ["SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a NULLS FIRST"],
  ["SELECT a FROM t LIMIT 1", "SELECT a FROM t OFFSET 1"],
  ["SELECT a FROM t ORDER BY a LIMIT 1", "SELECT a FROM t ORDER BY a FETCH FIRST 1 ROW WITH TIES"],
  ["SELECT a FROM t FOR UPDATE", "SELECT a FROM t FOR SHARE"],
  ["SELECT a FROM t GROUP BY a, b", "SELECT a FROM t GROUP BY (a, b)"],
  ["SELECT 1 UNION SELECT 2", "SELECT 1 UNION ALL SELECT 2"],
  ["SELECT 1 EXCEPT SELECT 2 EXCEPT SELECT 3", "SELECT 1 EXCEPT (SELECT 2 EXCEPT SELECT 3)"],
  ["SELECT sum(a) OVER (ORDER BY b)", "SELECT sum(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING)"],
  ["UPDATE t SET (a, b) = (1, 2)", "UPDATE t SET a = 1, b = 2"],
  ["INSERT INTO t VALUES (1)", "INSERT INTO t (a) VALUES (1)"],
  ["CREATE TABLE t (a int)", "CREATE TABLE t (a int NOT NULL)"],
  ["CREATE TABLE t (a int)", "CREATE UNLOGGED TABLE t (a int)"],
  ["DROP TABLE t", "DROP TABLE t CASCADE"],
  ["DROP TABLE t", "DROP VIEW t"],
  ["COMMIT", "ROLLBACK"],
  ["SET a = 1", "SET LOCAL a = 1"],
];

describe("the normal form", () => {
  let oracle: Oracle;

  beforeAll(async () => {
    oracle = await Oracle.load();
  });

  const shape = (sql: string): string => {
    const verdict = oracle.verdict(sql);
    if (verdict.kind === "reject") throw new Error(`${sql}: ${verdict.message}`);
    return libpgShapes(verdict.tree);
  };

  it.each(SAME)("is one for %s and %s", (left, right) => {
    expect(shape(left)).toBe(shape(right));
  });

  it.each(DIFFERENT)("tells %s from %s", (left, right) => {
    expect(shape(left)).not.toBe(shape(right));
  });
});
