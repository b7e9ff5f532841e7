import path from "node:path";
import { printSqlite } from "../../../src/sql/print/sqlite.ts";
import { freshRandom, SeededRandom } from "../../../test/sql/seeded-random.ts";
import { readCorpusFolder } from "../corpus-file.ts";
import { reportLine, type ReportLine } from "../report-line.ts";
import { ASPECTS, type Aspect, compareStatement, Tally } from "./agreement.ts";
import { realSqlites } from "./database.ts";
import { compareScripts } from "./foreign-agreement.ts";
import { type ForeignCorpus, logicTests, sqliteTests } from "./foreign.ts";
import { gapOf } from "./known-gaps.ts";
import { compareMutants } from "./mutants.ts";
import { Oracle } from "./oracle.ts";
import { CORPUS_SCHEMA } from "./schema.ts";

/** What each aspect is called in a report. */
const TITLES: Readonly<Record<Aspect, string>> = {
  verdict: "accepts and rejects alike",
  program: "same program when reprinted",
  effect: "same effect on the schema when reprinted",
  stable: "printing is stable",
  message: "same message",
  offset: "same place",
};

/** What goes into a report. */
export interface SqliteReportOptions {
  /** Also the corpora that must be fetched or stand beside the repository. Default true. */
  readonly foreign?: boolean;
  /** How many mutants SQLite must have refused. Default 4,000. */
  readonly mutants?: number;
  /** Repeats the mutants of an earlier report. */
  readonly seed?: number;
  /** Differences shown for each line. Default 20. */
  readonly shown?: number;
}

/** The statements of the committed corpus. */
export function committedCorpus(): ReturnType<typeof readCorpusFolder> {
  return readCorpusFolder(path.join(import.meta.dirname, "corpus"));
}

/** Compares the committed corpus. */
export function compareCommitted(): Tally {
  const tally = new Tally();
  const oracle = new Oracle(realSqlites(), CORPUS_SCHEMA);
  for (const { sql, file, line } of committedCorpus()) {
    compareStatement(tally, { oracle, print: printSqlite, effects: true }, sql, `${file}:${line}`);
  }
  oracle.close();
  return tally;
}

/** Compares a foreign corpus. */
export function compareForeign(corpus: ForeignCorpus): Tally {
  const tally = new Tally();
  if ("unavailable" in corpus) return tally;
  compareScripts(tally, realSqlites(), printSqlite, corpus.scripts);
  return tally;
}

function linesOf(
  name: string,
  tally: Tally,
  corpus: "committed" | "foreign",
  shown: number,
): ReportLine[] {
  return ASPECTS.map((aspect) => {
    const differences = tally.differences.filter((difference) => difference.aspect === aspect);
    const known = differences.filter((difference) => gapOf(difference, corpus) !== undefined);
    const unknown = differences.filter((difference) => !known.includes(difference));
    const detail = unknown
      .slice(0, shown)
      .map(({ where, sql, detail }) => `${where}: ${sql}\n  ${detail}`);
    if (known.length > 0) detail.unshift(`${known.length} of them known gaps`);
    if (aspect === "verdict") {
      detail.unshift(`${tally.prepared} prepare, ${tally.refused} are refused by SQLite`);
      for (const [why, count] of tally.excluded) detail.push(`${count} not compared: ${why}`);
    }
    const agreed = tally.counts[aspect] - differences.length;
    return reportLine(`${name}: ${TITLES[aspect]}`, tally.counts[aspect], agreed, detail);
  }).filter(({ count }) => count > 0);
}

/** How far our SQLite front end agrees with the real SQLite. */
export async function sqliteReport(
  options: SqliteReportOptions = {},
): Promise<readonly ReportLine[]> {
  const shown = options.shown ?? 20;
  const lines = linesOf("sqlite, own corpus", compareCommitted(), "committed", shown);
  if (options.foreign !== false) {
    const corpora = { "SQLite's tests": await sqliteTests(), sqllogictest: logicTests() };
    for (const [name, corpus] of Object.entries(corpora)) {
      if ("unavailable" in corpus) {
        lines.push(reportLine(`sqlite, ${name}: unavailable`, 0, 0, [corpus.unavailable]));
      } else {
        lines.push(...linesOf(`sqlite, ${name}`, compareForeign(corpus), "foreign", shown));
      }
    }
  }
  const random =
    options.seed === undefined ? freshRandom("mutants") : new SeededRandom(options.seed);
  const oracle = new Oracle(realSqlites(), CORPUS_SCHEMA);
  const statements = committedCorpus().map(({ sql }) => sql);
  const { refused, taken } = compareMutants(oracle, statements, random, options.mutants ?? 4000);
  oracle.close();
  const seeded = (line: ReportLine): ReportLine => ({
    ...line,
    detail: [`seed ${random.seed}`, ...line.detail],
  });
  lines.push(...linesOf("sqlite, mutants refused", refused, "foreign", shown).map(seeded));
  lines.push(...linesOf("sqlite, mutants taken", taken, "foreign", shown).map(seeded));
  return lines;
}
