import { SQLITE } from "../../../src/sql/lex/dialect.ts";
import type { SeededRandom } from "../../../test/sql/seeded-random.ts";
import { mutate } from "../mutate.ts";
import { compareStatement, Tally } from "./agreement.ts";
import type { Oracle } from "./oracle.ts";

/** What came of the mutants of a corpus, by what SQLite said of them. */
export interface MutantTallies {
  readonly refused: Tally;
  readonly taken: Tally;
}

/** Mutants stop here even when too few of them were refused. */
const MOST_MUTANTS = 50_000;

/** Compares mutants of statements until SQLite has refused as many as are wanted. */
export function compareMutants(
  oracle: Oracle,
  statements: readonly string[],
  random: SeededRandom,
  wanted: number,
): MutantTallies {
  const tallies = { refused: new Tally(), taken: new Tally() };
  const seen = new Set(statements);
  for (let round = 0; round < MOST_MUTANTS && tallies.refused.counts.verdict < wanted; round++) {
    const sql = mutate(random.pick(statements), SQLITE, random);
    if (seen.has(sql)) continue;
    seen.add(sql);
    const tally = oracle.judge(sql).kind === "parser" ? tallies.refused : tallies.taken;
    const where = `seed ${random.seed} round ${round}`;
    compareStatement(tally, { oracle, print: null, skipUnread: true }, sql, where);
  }
  return tallies;
}
