import { expect, it } from "vitest";
import { aggregateBody } from "../../../src/compat/better-sqlite3/worker/worker-bodies.ts";
import Database from "../../../src/entry/better-sqlite3.ts";

const ROWS = 10_500;

/** Sums, also of windows. */
const SUM = {
  start: (): unknown => 0,
  step: (sum: unknown, [value]: unknown[]): unknown => Number(sum) + Number(value),
  inverse: (sum: unknown, [value]: unknown[]): unknown => Number(sum) - Number(value),
  result: (sum: unknown): unknown => sum,
};

it("a window goes on beside any number of groups", { timeout: 60_000 }, () => {
  const db = new Database(":memory:", { binding: "worker" });
  db.aggregate("total", {
    start: 0,
    step: (sum: number, value: unknown) => sum + Number(value),
    inverse: (sum: number, value: unknown) => sum - Number(value),
  });
  const rows = db.prepare(
    "WITH RECURSIVE t (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t LIMIT ?) " +
      "SELECT i, (SELECT total(x) FROM (SELECT t.i AS x)) AS one, total(i) OVER (ORDER BY i) AS all_ " +
      "FROM t",
  );
  const wrong = rows
    .raw()
    .all(ROWS)
    .filter((row) => {
      const [i, one, all] = row as [number, number, number];
      return one !== i || all !== (i * (i + 1)) / 2;
    });
  expect(wrong).toEqual([]);
  db.close();
});

it("a state that was given up is an error, and no other value", () => {
  const body = aggregateBody(SUM);
  const first = body("start", []);
  const kept = body("start", []);
  const old = Array.from({ length: 99_999 }, () => body("start", []));
  body("step", [kept, 5n]);
  expect(() => body("step", [first, 1n])).toThrow("at once");
  expect(() => body("result", [first])).toThrow("at once");
  expect([old.length, body("result", [kept])]).toEqual([99_999, 5]);
});
