import { describe, expect, it } from "vitest";
import { liftLiterals } from "../../src/sql/change/lift.ts";
import { parsePostgres } from "../../src/sql/parse/postgres.ts";
import { liftText } from "./lift-text.ts";
import { literalValue } from "../../src/sql/change/literal.ts";
import { CORPUS, CORPUS_EXCLUDED } from "./corpus.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

const NOTHING = { exclude: () => false };

const EXCLUDED = {
  exclude: (column: string) => CORPUS_EXCLUDED.includes(column.toLowerCase()),
  arithmeticInSet: true,
};

describe("the corpus", () => {
  it.each(CORPUS)("%i of %s", (count, sql) => {
    const lifted = liftText(sql, EXCLUDED);
    expect(lifted?.values.length ?? 0).toBe(count);
    if (lifted === null) return;
    // Only literals are gone, and each has left one parameter, in order.
    const parts = lifted.text.split(/\?\d+/);
    expect([...new Set(lifted.text.match(/\?\d+/g))]).toEqual(
      lifted.values.map((_, i) => `?${i + 1}`),
    );
    let at = 0;
    for (const part of parts) {
      const found = sql.indexOf(part, at);
      expect(found, part).toBeGreaterThanOrEqual(0);
      at = found + part.length;
    }
    expect(sql.endsWith(parts.at(-1) ?? "")).toBe(true);
  });
});

describe("liftLiterals", () => {
  it("gives values the types of their literals", () => {
    const sql = "INSERT INTO t VALUES (1, -2, 1.0, 'it''s', x'00Ff', 9223372036854775807)";
    expect(liftText(sql, NOTHING)).toEqual({
      text: "INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      values: [1n, -2n, 1, "it's", new Uint8Array([0, 255]), 9223372036854775807n],
    });
  });

  it("shares the parameter of equal literals compared with one column, and only that", () => {
    const sql = "SELECT * FROM t WHERE a = 7 OR 7 = A OR b = 7 OR a = '7' OR a IN (7, 8)";
    expect(liftText(sql, NOTHING)).toEqual({
      text: "SELECT * FROM t WHERE a = ?1 OR ?1 = A OR b = ?2 OR a = ?3 OR a IN (?1, ?4)",
      values: [7n, 7n, "7", 8n],
    });
    expect(liftText("INSERT INTO t VALUES (7, 7)", NOTHING)?.values).toEqual([7n, 7n]);
  });

  it("numbers from where it is told", () => {
    const options = { ...NOTHING, firstNumber: 5 };
    expect(liftText("SELECT * FROM t WHERE a = 7 AND b < 8", options)?.text).toBe(
      "SELECT * FROM t WHERE a = ?5 AND b < ?6",
    );
  });

  it("asks for columns as they are written", () => {
    const asked: string[] = [];
    const exclude = (column: string): boolean => asked.push(column) < 0;
    liftText('SELECT * FROM t WHERE t.A = 7 AND "b ""c" IN (8) AND 9 = [d]', { exclude });
    expect(asked).toEqual(["A", 'b "c', "d"]);
  });

  it("leaves statements with parameters alone", () => {
    for (const parameter of ["?", "?1", ":a", "@a", "$1", "#a"]) {
      expect(liftText(`SELECT * FROM t WHERE a = 7 AND b = ${parameter}`, NOTHING)).toBe(null);
      expect(liftText(`SELECT ${parameter} FROM t WHERE a = 7`, NOTHING)).toBe(null);
      expect(liftText(`SELECT * FROM t WHERE a = 7 LIMIT ${parameter}`, NOTHING)).toBe(null);
    }
    expect(liftText("SELECT * FROM t WHERE a = '?'", NOTHING)?.values).toEqual(["?"]);
  });

  it("lifts arithmetic in SET only when told", () => {
    const sql = "UPDATE t SET a = a + 5 WHERE b = 6";
    expect(liftText(sql, NOTHING)?.values).toEqual([6n]);
    expect(liftText(sql, { ...NOTHING, arithmeticInSet: true })?.values).toEqual([5n, 6n]);
  });

  it("lifts out of Postgres' statements, too", () => {
    const lift = (sql: string): unknown =>
      liftLiterals(sql, parsePostgres(sql), { ...NOTHING, sigil: "$" });
    expect(lift("SELECT * FROM t WHERE a = 7 AND b IN (E'it\\'s', $$x$$) AND c > 1.5")).toEqual({
      text: "SELECT * FROM t WHERE a = $1 AND b IN ($2, $3) AND c > $4",
      values: [7n, "it's", "x", 1.5],
    });
    expect(lift("UPDATE t SET a = 5 WHERE b = $1")).toBe(null);
  });

  it("leaves bulk loads alone", () => {
    const rows = (count: number): string => "(7, 'x'), ".repeat(count).slice(0, -2);
    expect(liftText(`INSERT INTO t VALUES ${rows(100)}`, NOTHING)?.values).toHaveLength(200);
    expect(liftText(`INSERT INTO t VALUES ${rows(101)}`, NOTHING)).toBe(null);
  });

  it("reads long and deep statements once", () => {
    const many = 200_000;
    expect(liftText(`INSERT INTO t VALUES ${"(7),".repeat(many)}(7)`, NOTHING)).toBe(null);
    expect(liftText(`SELECT * FROM t WHERE a IN (${"7,".repeat(many)}7)`, NOTHING)).toBe(null);
    const nested = (depth: number): string => `${"(".repeat(depth)}a = 7${")".repeat(depth)}`;
    expect(liftText(`SELECT * FROM t WHERE ${nested(500)}`, NOTHING)?.values).toEqual([7n]);
    // Deeper than the parser reads: left alone.
    expect(liftText(`SELECT * FROM t WHERE ${nested(many)}`, NOTHING)).toBe(null);
    const aliases = Array.from({ length: many }, (_, i) => `1 AS s${i}`).join(", ");
    const aliased = Array.from({ length: many }, (_, i) => `s${i} = 7`).join(" AND ");
    expect(liftText(`SELECT ${aliases} FROM t WHERE ${aliased}`, NOTHING)).toBe(null);
    const terms = "a = b AND ".repeat(many / 2);
    expect(liftText(`SELECT * FROM t WHERE ${terms} c = 7`, NOTHING)?.values).toEqual([7n]);
  });

  it("answers any text", () => {
    const random = freshRandom("lift soup");
    for (let round = 0; round < 3000; round++) {
      const condition = sqlSoup(random, random.below(15));
      for (const sql of [
        `SELECT a FROM t WHERE a = 7 AND ${condition}`,
        `INSERT INTO t VALUES (7, ${condition})`,
        `UPDATE t SET a = 7, ${condition} WHERE b = 8`,
        condition,
      ]) {
        const lifted = liftText(sql, NOTHING);
        if (lifted) expect(lifted.values.length, `seed ${random.seed}`).toBeGreaterThan(0);
      }
    }
  });
});

describe("literalValue", () => {
  it.each([
    ["integer", "9223372036854775807", false, 9223372036854775807n],
    ["integer", "9223372036854775808", false, undefined],
    ["integer", "9223372036854775808", true, -9223372036854775808n],
    ["integer", "0", true, 0n],
    ["integer", "007", false, 7n],
    ["integer", "0x10", false, undefined],
    ["integer", "1_000", false, undefined],
    ["float", "1.5", true, -1.5],
    ["float", "1e22", false, 1e22],
    ["float", "1e23", false, undefined],
    ["float", "123456789012345.", false, 123456789012345],
    ["float", "1234567890.123456", false, undefined],
    ["float", "0.0", true, undefined],
    ["string", "''", false, ""],
    ["string", "'a'", true, undefined],
    ["blob", "x''", false, new Uint8Array()],
    ["identifier", "a", false, undefined],
  ] as const)("%s %s, negative %s", (kind, text, negative, value) => {
    expect(literalValue(kind, text, negative)).toEqual(value);
  });
});
