import { describe, expect, it } from "vitest";
import { bindByNumber, listParameters } from "../../src/sql/read/parameters.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

/** Parameters in short: `number name`. */
function list(sql: string): string[] {
  return listParameters(sql).map(({ number, name }) => `${number} ${name ?? "-"}`);
}

describe("listParameters", () => {
  it.each([
    ["SELECT 1", []],
    ["SELECT '?', \"$1\", [:a], `@b` -- ?\n/* ? */", []],
    ["SELECT ?, ?", ["1 -", "2 -"]],
    ["SELECT ?2, ?, ?1, ?", ["2 -", "3 -", "1 -", "4 -"]],
    ["SELECT :a, @a, $a, #a, :a", ["1 :a", "2 @a", "3 $a", "4 #a", "1 :a"]],
    ["SELECT :A, :a", ["1 :A", "2 :a"]],
    ["SELECT ?5, :a, ?, :a", ["5 -", "6 :a", "7 -", "6 :a"]],
    ["SELECT $2, $1", ["1 $2", "2 $1"]],
    ["SELECT $a::b(c), ?", ["1 $a::b(c)", "2 -"]],
    ["SELECT ?007, ?", ["7 -", "8 -"]],
    ["SELECT a->>?, b->?", ["1 -", "2 -"]],
  ])("%s", (sql, expected) => {
    expect(list(sql)).toEqual(expected);
  });

  it("gives the offsets of the tokens", () => {
    const sql = "SELECT /* é𝒳 */ :a, ?12";
    expect(listParameters(sql).map(({ start, end }) => sql.slice(start, end))).toEqual([
      ":a",
      "?12",
    ]);
  });
});

describe("bindByNumber", () => {
  it.each([
    ["SELECT $1", "SELECT ?1"],
    ["SELECT $2, $1, $12", "SELECT ?2, ?1, ?12"],
    ["SELECT '$1', \"$1\", [$1], `$1`, $1 -- $1", "SELECT '$1', \"$1\", [$1], `$1`, ?1 -- $1"],
    ["SELECT a$1, $1a, $a, $a::b", "SELECT a$1, $1a, $a, $a::b"],
    ["SELECT :1, @1, ?1", "SELECT :1, @1, ?1"],
    ["SELECT '$1", "SELECT '$1"],
    // One name to SQLite, and to Postgres a parameter and a cast: refused, not bound wrongly.
    ["SELECT $2::int, $1, $3(x)", "SELECT ?2::int, ?1, ?3(x)"],
  ])("%s", (sql, expected) => {
    expect(bindByNumber(sql)).toBe(expected);
  });

  it("changes one character of each parameter and nothing else", () => {
    const random = freshRandom("bindByNumber");
    for (let round = 0; round < 2000; round++) {
      const sql = sqlSoup(random, random.below(15)).replaceAll("?12", "$12");
      const bound = bindByNumber(sql);
      expect(bound, `seed ${random.seed}`).toHaveLength(sql.length);
      for (let at = 0; at < sql.length; at++) {
        if (bound[at] === sql[at]) continue;
        expect(`${sql[at]}${bound[at]}`, `seed ${random.seed} ${JSON.stringify(sql)}`).toBe("$?");
      }
    }
  });
});
