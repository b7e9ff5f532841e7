import { describe, expect, it } from "vitest";
import { fewTerms } from "../../../../src/sql/change/fit/few-terms.ts";
import { walk } from "../../../../src/sql/tree/walk.ts";
import { freshRandom } from "../../seeded-random.ts";
import { PlainSqlite, treeOf } from "./plain-sqlite.ts";

const SCHEMA = `
  CREATE TABLE t (a TEXT COLLATE NOCASE, b INTEGER, c);
  INSERT INTO t VALUES ('x', 1, 1.0), ('X', 2, '1'), ('y', 1, NULL), (NULL, NULL, x'01');
  CREATE TABLE u (a, b, c);`;

const TERMS = [
  "SELECT a, b, c FROM t",
  "SELECT t.a, b AS bb, c FROM t WHERE b = 1",
  "SELECT c AS a, a AS b, b AS c FROM t",
  "SELECT 'X', 1.0, 1",
  "VALUES (1, 2, 3), ('x', 1, 1)",
  "SELECT max(a), count(*), 'lit' FROM t GROUP BY b",
  "SELECT DISTINCT b, b, b FROM t",
  "SELECT * FROM t",
];

/** The most terms that a compound anywhere in a text has. */
function mostTerms(sql: string): number {
  let most = 1;
  walk(treeOf(sql), (node) => {
    let count = 1;
    for (let body = node; body.kind === "compound"; body = body.left) count++;
    most = Math.max(most, count);
  });
  return most;
}

describe("a compound of few terms", () => {
  it("has the rows and names of one of many", () => {
    const random = freshRandom("few terms");
    const db = new PlainSqlite(SCHEMA);
    let fitted = 0;
    for (let round = 0; round < 1_500; round++) {
      const operators = random.pick([
        ["UNION ALL"],
        ["UNION"],
        ["UNION ALL", "UNION", "EXCEPT", "INTERSECT"],
      ]);
      let sql: string = random.pick(TERMS);
      const count = 6 + random.below(30);
      for (let i = 1; i < count; i++) sql += ` ${random.pick(operators)} ${random.pick(TERMS)}`;
      if (!sql.endsWith("1)"))
        sql += random.pick(["", " ORDER BY 1, 2, 3", " ORDER BY b DESC, 1, 3", " LIMIT 5"]);
      const taken = fewTerms(sql, treeOf(sql), 5);
      if (taken === null) continue;
      fitted++;
      expect(mostTerms(taken)).toBeLessThanOrEqual(5);
      expect(db.ask(taken), sql).toEqual(db.ask(sql));
    }
    expect(fitted).toBeGreaterThan(400);
  });

  it("stands in an INSERT, before its ON CONFLICT too", () => {
    const db = new PlainSqlite(`${SCHEMA} CREATE UNIQUE INDEX u_a ON u (a);`);
    const rows = Array.from({ length: 12 }, (_, i) => `SELECT ${i % 7}, ${i}, 0`).join(
      " UNION ALL ",
    );
    const sql = `INSERT INTO u ${rows} WHERE 1 ON CONFLICT (a) DO UPDATE SET c = c + 1 RETURNING *`;
    const taken = fewTerms(sql, treeOf(sql), 5);
    const fitted = db.ask(taken ?? "");
    db.ask("DELETE FROM u");
    expect(fitted).toEqual(db.ask(sql));
  });

  it("takes hundreds of terms", () => {
    const db = new PlainSqlite(SCHEMA);
    for (const operator of ["UNION ALL", "UNION"]) {
      const sql = Array.from({ length: 300 }, (_, i) => `SELECT ${i} AS n`).join(` ${operator} `);
      const taken = fewTerms(sql, treeOf(sql), 5);
      expect(taken).not.toBeNull();
      expect(db.ask(taken ?? "")).toEqual(db.ask(sql));
    }
  });

  it.each([
    ["too few to need it", "SELECT 1 UNION SELECT 2 UNION SELECT 3"],
    [
      "a name that only another term has",
      `${"SELECT 1 AS a UNION ALL ".repeat(6)}SELECT 2 AS z ORDER BY z`,
    ],
    ["names that a subquery would change", `${"SELECT 1, 1 UNION ".repeat(6)}SELECT 2, 3`],
    ["a collation that comes later", `SELECT 'x' AS n ${"UNION SELECT a FROM t ".repeat(6)}`],
    ["a name that may be a text", `SELECT "a" FROM t ${"UNION SELECT a FROM t ".repeat(6)}`],
    ["a part of another query", `SELECT * FROM (${"SELECT 1 UNION ALL ".repeat(6)}SELECT 2)`],
  ])("is not made of %s", (_, sql) => {
    expect(fewTerms(sql, treeOf(sql), 5)).toBeNull();
  });
});
