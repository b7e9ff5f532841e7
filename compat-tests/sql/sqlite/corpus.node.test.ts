import { beforeAll, describe, expect, it } from "vitest";
import { freshRandom } from "../../../test/sql/seeded-random.ts";
import { type Aspect, ASPECTS, type Difference, type Tally } from "./agreement.ts";
import { realSqlites } from "./database.ts";
import { logicTests, sqliteTests } from "./foreign.ts";
import { gapOf, KNOWN_GAPS, type KnownGap } from "./known-gaps.ts";
import { compareMutants } from "./mutants.ts";
import { Oracle } from "./oracle.ts";
import { committedCorpus, compareCommitted, compareForeign } from "./report.ts";
import { CORPUS_SCHEMA } from "./schema.ts";

/** At least this share agrees, of everything that is compared: in percent. */
const THRESHOLD: Readonly<Record<Aspect, number>> = {
  verdict: 99.9,
  program: 99.9,
  effect: 99.9,
  stable: 100,
  message: 97,
  offset: 97,
};

function percent(tally: Tally, aspect: Aspect): number {
  const count = tally.counts[aspect];
  const differing = tally.differences.filter((difference) => difference.aspect === aspect).length;
  return count === 0 ? 100 : (100 * (count - differing)) / count;
}

function unexplained(tally: Tally, corpus: "committed" | "foreign"): string[] {
  const strict = tally.differences.filter(({ aspect }) => THRESHOLD[aspect] > 99);
  const show = ({ where, sql, detail }: Difference): string => `${where}: ${sql}\n  ${detail}`;
  return strict.filter((difference) => gapOf(difference, corpus) === undefined).map(show);
}

describe("the corpus of our own", () => {
  let tally: Tally;

  beforeAll(() => {
    tally = compareCommitted();
  });

  it("has 3,000 different statements, nearly all of which prepare", () => {
    const statements = committedCorpus().map(({ sql }) => sql.trim());
    expect(new Set(statements).size).toBe(statements.length);
    expect(statements.length).toBeGreaterThanOrEqual(3000);
    expect(tally.prepared / statements.length).toBeGreaterThan(0.9);
    // Node's own SQLite takes no LIMIT in UPDATE and DELETE.
    expect(tally.counts.verdict / statements.length).toBeGreaterThan(0.99);
  });

  it("holds only statements that SQLite's parser takes", () => {
    expect(tally.refused).toBe(0);
  });

  it.each(ASPECTS)("agrees with SQLite: %s", (aspect) => {
    expect(percent(tally, aspect)).toBeGreaterThanOrEqual(THRESHOLD[aspect]);
  });

  it("differs only where a known gap says so", () => {
    expect(unexplained(tally, "committed")).toEqual([]);
  });

  it("differs wherever a known gap says so", () => {
    const gaps = KNOWN_GAPS.filter(({ corpus }) => corpus === "committed");
    const used = new Set(tally.differences.map((found) => gapOf(found, "committed")));
    expect(gaps.filter((gap) => !used.has(gap))).toEqual([]);
  });
});

const foreign = [
  { name: "SQLite's own tests", corpus: await sqliteTests() },
  { name: "sqllogictest", corpus: logicTests() },
];
const used = new Set<KnownGap>();

describe.each(foreign)("the statements of $name", ({ name, corpus }) => {
  const absent = "unavailable" in corpus ? ` (skipped: ${corpus.unavailable})` : "";

  it.skipIf(absent)(`agree with SQLite${absent}`, { timeout: 120_000 }, () => {
    const tally = compareForeign(corpus);
    console.log(`${name}: ${tally.counts.verdict} statements, ${tally.prepared} prepare`);
    for (const aspect of ASPECTS) {
      expect(percent(tally, aspect), aspect).toBeGreaterThanOrEqual(THRESHOLD[aspect]);
    }
    expect(unexplained(tally, "foreign")).toEqual([]);
    for (const difference of tally.differences) {
      const gap = gapOf(difference, "foreign");
      if (gap !== undefined) used.add(gap);
    }
  });
});

it.skipIf(foreign.some(({ corpus }) => "unavailable" in corpus))(
  "they differ wherever a known gap says so",
  () => {
    const gaps = KNOWN_GAPS.filter(({ corpus }) => corpus === "foreign");
    expect(gaps.filter((gap) => !used.has(gap))).toEqual([]);
  },
);

describe("mutants", () => {
  it("are refused when SQLite refuses them", { timeout: 120_000 }, () => {
    const random = freshRandom("mutants of SQLite's grammar");
    const oracle = new Oracle(realSqlites(), CORPUS_SCHEMA);
    const statements = committedCorpus().map(({ sql }) => sql);
    const { refused, taken } = compareMutants(oracle, statements, random, 2500);
    oracle.close();
    expect(refused.counts.verdict).toBe(2500);
    expect(percent(refused, "verdict")).toBeGreaterThanOrEqual(98);
    expect(percent(taken, "verdict")).toBeGreaterThanOrEqual(98);
    expect(percent(refused, "message")).toBeGreaterThanOrEqual(THRESHOLD.message);
    expect(percent(refused, "offset")).toBeGreaterThanOrEqual(THRESHOLD.offset);
  });
});
