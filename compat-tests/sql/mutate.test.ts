import { expect, it } from "vitest";
import { SQLITE } from "../../src/sql/lex/dialect.ts";
import { Lexer } from "../../src/sql/lex/lexer.ts";
import { SeededRandom } from "../../test/sql/seeded-random.ts";
import { mutate } from "./mutate.ts";

const SQL = "SELECT a, 'x y' AS b -- c\n FROM t WHERE a=-1 AND b<>$d";

function tokensOf(sql: string): string[] {
  const lexer = new Lexer(sql, { dialect: SQLITE });
  const tokens: string[] = [];
  while (lexer.next()) tokens.push(sql.slice(lexer.start, lexer.end));
  return tokens;
}

it("changes one token, or two by each other", () => {
  const before = tokensOf(SQL);
  for (let seed = 0; seed < 500; seed++) {
    const after = tokensOf(mutate(SQL, SQLITE, new SeededRandom(seed)));
    const swapped = before.filter((token, place) => after[place] !== token).length;
    const [short, long] = after.length < before.length ? [after, before] : [before, after];
    const gap = long.findIndex((token, place) => token !== short[place]);
    const isSwap = after.length === before.length && swapped <= 2;
    const isStep = long.length === short.length + 1 && same(long.toSpliced(gap, 1), short);
    expect([after, isSwap || isStep]).toEqual([after, true]);
  }
});

it("repeats itself with a seed", () => {
  const mutants = [1, 1].map((seed) => mutate(SQL, SQLITE, new SeededRandom(seed)));
  expect(mutants[0]).toBe(mutants[1]);
});

function same(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
