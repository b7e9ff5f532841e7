import { describe, expect, it } from "vitest";
import type { Row } from "../../../../src/base/value.ts";
import { jsonItem } from "../../../../src/sql/change/fit/json-value.ts";
import { spilledParameters } from "../../../../src/sql/change/fit/spilled-parameters.ts";
import { freshRandom } from "../../seeded-random.ts";
import { PlainSqlite, anyDouble, anyValue, treeOf } from "./plain-sqlite.ts";

/** Two stay, all others are items. */
const MOST = 12;

const SCHEMA = `
  CREATE TABLE t (
    id INTEGER PRIMARY KEY, i INTEGER, r REAL, s TEXT COLLATE NOCASE, n NUMERIC, b BLOB, x);
  CREATE INDEX t_i ON t (i); CREATE INDEX t_s ON t (s); CREATE INDEX t_x ON t (x);
  INSERT INTO t VALUES (1, 1, 1, 'a', 1, x'01', 1), (2, 2, 2.5, 'B', '2', 'b', '7'),
    (3, 7, 7, '7', 7, 7, 7.0), (4, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, -3, 1e3, '1e3', 1e3, x'', 'A');`;

function fit(sql: string, values: Row) {
  const fitted = spilledParameters(sql, treeOf(sql), values, MOST);
  if (fitted === null) throw new Error("not fitted");
  return fitted;
}

describe("parameters in JSON", () => {
  it("bind any value as it is", () => {
    const random = freshRandom("spilled values");
    const db = new PlainSqlite(SCHEMA);
    for (let round = 0; round < 400; round++) {
      const values = Array.from({ length: 2 + random.below(20) }, () => anyValue(random));
      const sql = `VALUES ${values.map(() => "(?, typeof(?))").join()}`;
      const twice = values.flatMap((value) => [value, value]);
      const fitted = fit(sql, twice);
      expect(fitted.values.length).toBeLessThanOrEqual(MOST);
      expect(db.ask(fitted.sql, fitted.values)).toEqual(db.ask(sql, twice));
    }
  });

  it("bind any double to its last bit", () => {
    const random = freshRandom("spilled doubles");
    const db = new PlainSqlite("");
    for (let round = 0; round < 40; round++) {
      const values = Array.from({ length: 100 }, () => anyDouble(random));
      const fitted = fit(`SELECT ${values.map(() => "?").join()}`, values);
      const answer = db.ask(fitted.sql, fitted.values);
      expect(answer).toMatchObject({ rows: [values] });
    }
  });

  it("give doubles of many digits as a product, which no reader of decimals rounds", () => {
    expect(jsonItem(0.1).json).toBe("0.1");
    expect(jsonItem(-3).json).toBe("-3.0");
    const { json, read } = jsonItem(0.1 + 0.2);
    expect(`${json} ${read("x")}`).toBe("5404319552844596 (x*pow(2,-54))");
    expect(jsonItem(1e300).read("x")).toContain("pow");
  });

  it.each(["i", "r", "s", "n", "b", "x", "id"])("compare with column %s alike", (column) => {
    const random = freshRandom(`spilled ${column}`);
    const db = new PlainSqlite(SCHEMA);
    for (let round = 0; round < 150; round++) {
      const values = [0, 1, ...Array.from({ length: 4 }, () => anyValue(random))];
      const given = "WHERE ?1 = ?1 AND ?2 = ?2 AND";
      const condition = random.pick([
        `${column} = ?3 OR ${column} = ?4 OR ${column} IN (?5, ?6)`,
        `${column} BETWEEN ?3 AND ?4 AND ${column} <> ?5 AND ?6 IS ?6`,
        `(${column}, ?3) > (?4, ?5) OR ${column} IS ?6`,
        `${column} IN (?3, ?4, ?5, ?6)`,
        `?3 < ${column} AND coalesce(?4, ?5, ?6) IS NOT ${column}`,
        `${column} >= CASE ?3 WHEN ?4 THEN ?5 ELSE ?6 END`,
      ]);
      const sql = `SELECT * FROM t ${given} (${condition}) ORDER BY id`;
      const fitted = fit(sql, values);
      expect(db.ask(fitted.sql, fitted.values), sql).toEqual(db.ask(sql, values));
      expect(db.plan(fitted.sql, fitted.values), sql).toEqual(db.plan(sql, values));
    }
  });

  it("store alike in every affinity", () => {
    const random = freshRandom("spilled stores");
    for (let round = 0; round < 100; round++) {
      const values = Array.from({ length: 12 }, () => anyValue(random));
      const sql = "INSERT INTO t (i, r, s, n, b, x) VALUES (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?)";
      const fitted = fit(sql, values);
      const [one, two] = [new PlainSqlite(SCHEMA), new PlainSqlite(SCHEMA)];
      one.ask(sql, values);
      two.ask(fitted.sql, fitted.values);
      const all =
        "SELECT *, typeof(i), typeof(r), typeof(s), typeof(n), typeof(b), typeof(x) FROM t";
      expect(two.ask(all)).toEqual(one.ask(all));
    }
  });

  it("keep numbers, names and the names of columns", () => {
    const db = new PlainSqlite(SCHEMA);
    const values = [1n, 2n, 3n, 4n, 5n];
    for (const sql of [
      "SELECT ?5, ? , ?1 + ?4 /* sum */, ? FROM t LIMIT ?2",
      "SELECT ?, ?, ?, ?1, ?4, ?5 AS five",
      "SELECT x FROM (SELECT ?3 AS x, ?4, ?5) WHERE ?1 AND ?2 ORDER BY ?3",
      "WITH w AS (SELECT ?5) SELECT *, ?3 || ?4, ?1, ?2 FROM w",
    ]) {
      const count = sql.includes("? ,") ? [...values, 6n, 7n] : values;
      const fitted = fit(sql, count);
      expect(db.ask(fitted.sql, fitted.values), fitted.sql).toEqual(db.ask(sql, count));
    }
  });

  it("split long values over documents, and give up beyond them", () => {
    const long = Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i).repeat(200_000));
    const sql = `SELECT ${long.map(() => "length(?)").join(" + ")} AS n`;
    const fitted = fit(sql, long);
    expect(fitted.values.length).toBeGreaterThan(3);
    const db = new PlainSqlite("");
    expect(db.ask(fitted.sql, fitted.values)).toEqual(db.ask(sql, long));
    const longer = long.map((text) => text.repeat(3));
    expect(spilledParameters(sql, treeOf(sql), longer, MOST)).toBeNull();
  });
});
