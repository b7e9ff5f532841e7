/** Accepted statements with one token deleted, doubled, swapped or added: often nearly SQL. */
import { POSTGRES } from "../../../src/sql/lex/dialect-postgres.ts";
import type { SeededRandom } from "../../../test/sql/seeded-random.ts";
import { mutate } from "../mutate.ts";
import type { Oracle } from "./oracle.ts";

/** Gives up when so many mutants in a row are accepted: the base is too small. */
const MOST_ATTEMPTS = 50;

/**
 * Mutants of the statements, until `rejected` of them are rejected by the oracle; those it accepts
 * are among them, too.
 */
export function mutants(
  oracle: Oracle,
  base: readonly string[],
  rejected: number,
  random: SeededRandom,
): string[] {
  const found = new Set<string>();
  const known = new Set(base);
  for (let left = rejected, attempts = 0; left > 0 && attempts < MOST_ATTEMPTS; attempts++) {
    const sql = mutate(random.pick(base), POSTGRES, random);
    if (found.has(sql) || known.has(sql)) continue;
    found.add(sql);
    if (oracle.accepts(sql)) continue;
    left--;
    attempts = 0;
  }
  return [...found];
}
