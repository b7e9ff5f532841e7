import { describe, expect, it } from "vitest";
import { patternParts } from "../../../../src/sql/change/fit/pattern-parts.ts";
import { shortPatterns } from "../../../../src/sql/change/fit/short-patterns.ts";
import type { SeededRandom } from "../../seeded-random.ts";
import { freshRandom } from "../../seeded-random.ts";
import { PlainSqlite, treeOf } from "./plain-sqlite.ts";

/** So that patterns are often longer. */
const MOST = 2;

const LETTERS = [
  "a",
  "A",
  "b",
  "é",
  "É",
  "💡",
  "%",
  "_",
  "*",
  "?",
  "[",
  "]",
  "\\",
  "k",
  "K",
  "7",
  " ",
  "\0",
  "'",
];

function word(random: SeededRandom, longest: number, letters = LETTERS): string {
  return Array.from({ length: random.below(longest) }, () => random.pick(letters)).join("");
}

const FEW = ["a", "A", "b", "%", "%", "*", "é"];

describe("a long pattern", () => {
  it.each(["LIKE", "NOT LIKE", "GLOB", "NOT GLOB"])(
    "of %s asks the same as functions",
    (operator) => {
      const random = freshRandom(`patterns of ${operator}`);
      const db = new PlainSqlite("CREATE TABLE t (x, n INTEGER)");
      let fitted = 0;
      for (let round = 0; round < 3_000; round++) {
        const letters = random.below(2) === 0 ? FEW : LETTERS;
        const [text, pattern] = [word(random, 8, letters), word(random, 6, letters)];
        const stored =
          random.below(8) === 0
            ? null
            : random.below(8) === 0
              ? new TextEncoder().encode(text)
              : text;
        db.ask("DELETE FROM t");
        db.ask("INSERT INTO t VALUES (?, 7)", [stored]);
        const sql = `SELECT x ${operator} ?2, typeof(x ${operator} ?2), ?1 FROM t`;
        const short = shortPatterns(sql, treeOf(sql), [1n, pattern], MOST);
        if (short === null) continue;
        fitted++;
        expect(short.sql.replaceAll(/"[^"]*"/g, "")).not.toMatch(/LIKE|GLOB/);
        const given = db.ask(sql, [1n, pattern]);
        expect(db.ask(short.sql, short.values), JSON.stringify([stored, pattern])).toEqual(given);
      }
      expect(fitted).toBeGreaterThan(300);
    },
  );

  it("is also one of several parts, and leaves other parameters their values", () => {
    const db = new PlainSqlite(
      "CREATE TABLE t (x); INSERT INTO t VALUES ('abcdef'), ('xyz'), (NULL)",
    );
    for (const [sql, values] of [
      ["SELECT x, ? FROM t WHERE x LIKE '%' || ? || '%' AND ? = 3", [1n, "bcd", 3n]],
      ["SELECT ? FROM t WHERE ? LIKE ? OR x = ?", [1n, "hello world", "hello%", "xyz"]],
      ["SELECT x FROM t WHERE upper(x) LIKE ?1 OR x LIKE ?1", ["%CDE%"]],
      ["SELECT x LIKE 'a%f', x NOT LIKE '%z' FROM t", []],
      ["SELECT count(*) FROM t WHERE (x) LIKE ('abc%') AND NOT (x LIKE '%yyy')", []],
      ["UPDATE t SET x = x || '!' WHERE x LIKE ?1 RETURNING x", ["xy%"]],
      ["SELECT x LIKE 'a\\%%' ESCAPE '\\', x LIKE 'abc|%' ESCAPE '|' FROM t", []],
    ] as const) {
      const short = shortPatterns(sql, treeOf(sql), [...values], MOST);
      expect(short, sql).not.toBeNull();
      db.ask("SAVEPOINT s");
      const plain = db.ask(sql, [...values]);
      db.ask("ROLLBACK TO s");
      expect(db.ask(short?.sql ?? "", short?.values), short?.sql ?? "").toEqual(plain);
      db.ask("ROLLBACK TO s");
    }
  });

  it.each([
    ["one sign of any kind", "SELECT x LIKE '_bc%'"],
    ["a set", "SELECT x GLOB '[abc]*'"],
    ["several texts in between", "SELECT x LIKE '%abc%def%'"],
    ["two ends of what is computed", "SELECT upper(x) LIKE 'abc%def'"],
    ["a column as the pattern", "SELECT 'abc' LIKE x"],
    ["an open escape", "SELECT x LIKE 'abc\\' ESCAPE '\\'"],
    ["one inside of another", "SELECT (x LIKE 'abc%') LIKE 'abc%'"],
  ])("stays with %s", (_, sql) => {
    expect(shortPatterns(sql, treeOf(sql), [], MOST)).toBeNull();
  });

  it("has parts", () => {
    expect(patternParts("abc", "LIKE", null)).toEqual({ kind: "whole", text: "abc" });
    expect(patternParts("a%%", "LIKE", null)).toEqual({ kind: "ends", prefix: "a", suffix: "" });
    expect(patternParts("%a\0%b", "LIKE", null)).toEqual({ kind: "ends", prefix: "", suffix: "a" });
    expect(patternParts("%a!%%", "LIKE", "!")).toEqual({ kind: "within", text: "a%" });
    expect(patternParts("*%_*", "GLOB", null)).toEqual({ kind: "within", text: "%_" });
  });
});
