import { describe, expect, it } from "vitest";
import { shallowChains } from "../../../../src/sql/change/fit/shallow-chains.ts";
import { type SeededRandom, freshRandom } from "../../seeded-random.ts";
import { PlainSqlite, treeOf } from "./plain-sqlite.ts";

const SCHEMA = `
  CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT);
  CREATE INDEX t_a ON t (a); CREATE INDEX t_b ON t (b);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
  INSERT INTO t SELECT i, i % 7, char(65 + i % 5) FROM n;`;

function operand(random: SeededRandom, depth: number): string {
  if (depth > 0 && random.below(4) === 0)
    return `(${chain(random, random.pick(["AND", "OR", "||"]), depth - 1)})`;
  return random.pick([
    "NULL",
    "0",
    "1",
    "a = 3",
    "b = 'B'",
    "a IS NULL",
    "( id > 5 )",
    "NOT a",
    "id IN (1, 2)",
    "b || a",
    "x'61'",
    "'it''s' /* || */",
  ]);
}

function chain(random: SeededRandom, operator: string, depth: number): string {
  const count = random.pick([2, 5, 16, 17, 40, 90]);
  return Array.from({ length: count }, () => operand(random, depth)).join(` ${operator} `);
}

describe("long chains", () => {
  it("have the value of shallow ones, and the same plan", () => {
    const random = freshRandom("shallow chains");
    const db = new PlainSqlite(SCHEMA);
    let changed = 0;
    for (let round = 0; round < 300; round++) {
      const value = chain(random, random.pick(["AND", "OR", "||"]), 2);
      for (const sql of [`SELECT id, ${value} FROM t`, `SELECT id FROM t WHERE ${value}`]) {
        const shallow = shallowChains(sql, treeOf(sql));
        changed += Number(shallow !== sql);
        expect(db.ask(shallow), sql).toEqual(db.ask(sql));
        expect(db.plan(shallow), sql).toEqual(db.plan(sql));
      }
    }
    expect(changed).toBeGreaterThan(200);
  });

  it("may have thousands of operands", () => {
    const db = new PlainSqlite(SCHEMA);
    for (const operator of ["AND", "OR"]) {
      const sql = `SELECT count(*) AS n FROM t WHERE ${Array.from({ length: 5_000 }, (_, i) => `id <> ${i}`).join(` ${operator} `)}`;
      const answer = db.ask(shallowChains(sql, treeOf(sql)));
      expect(answer).toMatchObject({ rows: [[operator === "AND" ? 0n : 30n]] });
      // Without: deeper than SQLite itself allows.
      expect(db.ask(sql)).toMatch(/Expression tree is too large/);
    }
  });

  it("are only what they are", () => {
    const sql = `SELECT ${Array.from({ length: 50 }, () => "1").join(" + ")}`;
    expect(shallowChains(sql, treeOf(sql))).toBe(sql);
    const sixteen = `SELECT ${Array.from({ length: 16 }, () => "a").join(" OR ")} AS v`;
    expect(shallowChains(sixteen, treeOf(sixteen))).toMatch(
      /^SELECT \(\(\(\(a OR a\) OR \(a OR a\)\)/,
    );
  });
});
