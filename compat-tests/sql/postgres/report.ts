/** How far our Postgres front end agrees with PostgreSQL's own parser, corpus by corpus. */
import path from "node:path";
import { SeededRandom } from "../../../test/sql/seeded-random.ts";
import { readCorpusFolder } from "../corpus-file.ts";
import { reportLine, type ReportLine } from "../report-line.ts";
import { Comparison, statementKey } from "./agreement.ts";
import type { Agreement, Aspect, Difference, Tally } from "./agreement.ts";
import { foreignCorpora } from "./foreign.ts";
import { KEYWORD_ROLES } from "./keyword-roles.ts";
import { KNOWN_GAPS } from "./known-gaps.ts";
import { mutants } from "./mutations.ts";
import { Oracle } from "./oracle.ts";
import { Ours } from "./ours.ts";

/** What a report may be asked for. */
export interface PostgresReportOptions {
  /** Of the mutations; by default the same ones each time. */
  readonly seed?: number;
  /** How many rejected mutants to compare. */
  readonly mutants?: number;
  /** How many differences a line shows. */
  readonly shown?: number;
  /** Leaves out what has to be fetched. */
  readonly ownOnly?: boolean;
}

/** One corpus, compared. */
export interface ComparedCorpus {
  readonly name: string;
  readonly statements: readonly string[];
  readonly agreement: Agreement;
  /** Where the statements come from and what was left out. */
  readonly about: readonly string[];
}

/** All comparisons, for the report and for the test of its thresholds. */
export interface PostgresComparison {
  readonly corpora: readonly ComparedCorpus[];
  readonly mutations: ComparedCorpus;
  readonly keywords: ComparedCorpus;
  /** Why the foreign corpora are missing; null when they are there. */
  readonly missing: string | null;
  /** Listed gaps that were met and agreed. */
  readonly stale: readonly string[];
}

const CORPUS = path.join(import.meta.dirname, "corpus");
/** Statements of our own that PostgreSQL's grammar rejects, one for each of its messages. */
const REJECTED = path.join(import.meta.dirname, "rejected");
const DEFAULT_SEED = 20_260_915;
const DEFAULT_MUTANTS = 3_000;
const DEFAULT_SHOWN = 5;
/** The corpora that were recorded; all other files are one corpus. */
const RECORDED = ["orm.sql", "psql.sql"];
const TREE_ASPECTS: readonly Aspect[] = ["shape", "print"];

/** Compares everything; null while there is no parser. */
export async function comparePostgres(
  options: PostgresReportOptions = {},
): Promise<PostgresComparison | null> {
  const oracle = await Oracle.load();
  const ours = await Ours.load();
  if (ours === null) return null;
  const comparison = new Comparison(oracle, ours);
  const compared = (
    name: string,
    statements: readonly string[],
    about: readonly string[],
    trees: boolean = true,
  ): ComparedCorpus => ({ name, statements, about, agreement: comparison.all(statements, trees) });

  const corpora = ownCorpora().map(([name, statements]) => compared(name, statements, []));
  const foreign = options.ownOnly === true ? null : foreignCorpora();
  if (foreign?.kind === "ready") {
    for (const { name, source, files, statements, interpolated } of foreign.corpora) {
      const skipped = `${interpolated} left out: a psql variable stands in them`;
      corpora.push(compared(name, statements, [`${source}: ${files} files`, skipped]));
    }
  }
  const seed = options.seed ?? DEFAULT_SEED;
  const accepted = corpora
    .flatMap(({ statements }) => statements)
    .filter((sql) => {
      return ours.verdict(sql).kind === "accept" && oracle.accepts(sql);
    });
  const wanted = options.mutants ?? DEFAULT_MUTANTS;
  const mutated = mutants(oracle, accepted, wanted, new SeededRandom(seed));
  const places = `${KEYWORD_ROLES.length} places`;
  const keywords = compared("keywords", keywordMatrix(), [places], false);
  return {
    corpora,
    mutations: compared("mutations", mutated, [`seed ${seed}`], false),
    keywords,
    missing: foreign?.kind === "unavailable" ? foreign.reason : null,
    stale: staleGaps([...corpora, keywords]),
  };
}

function ownCorpora(): [string, string[]][] {
  const groups = new Map<string, string[]>([["own", []]]);
  for (const { sql, file } of readCorpusFolder(CORPUS)) {
    const name = RECORDED.includes(file) ? file.replace(".sql", "") : "own";
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(sql);
  }
  groups.set(
    "rejected",
    readCorpusFolder(REJECTED).map(({ sql }) => sql),
  );
  return [...groups];
}

/** Each keyword in each place where a name may stand. */
function keywordMatrix(): string[] {
  const own = readCorpusFolder(CORPUS).filter(({ file }) => file === "keywords.sql");
  const words = new Set(own.flatMap(({ sql }) => sql.toLowerCase().match(/[a-z_]{2,}/g) ?? []));
  return [...words].flatMap((word) => KEYWORD_ROLES.map((role) => role.replaceAll("%", word)));
}

function staleGaps(corpora: readonly ComparedCorpus[]): string[] {
  const seen = new Set(corpora.flatMap(({ statements }) => statements.map(statementKey)));
  const differences = corpora.flatMap(({ agreement }) => agreement.differences);
  const differs = new Set(differences.map(({ key, aspect }) => `${key} ${aspect}`));
  return Object.entries(KNOWN_GAPS)
    .filter(([key]) => seen.has(key))
    .flatMap(([key, { aspects, reason }]) =>
      aspects
        .filter((aspect) => !differs.has(`${key} ${aspect}`))
        .map((aspect) => `${key} ${aspect}: ${reason}`),
    );
}

/** The differences of an aspect that no known gap explains. */
export function unexplained(corpus: ComparedCorpus, aspect: Aspect): Difference[] {
  return corpus.agreement.differences.filter(
    (each) => each.aspect === aspect && KNOWN_GAPS[each.key]?.aspects.includes(aspect) !== true,
  );
}

/** The numbers of the Postgres side. */
export async function postgresReport(
  options: PostgresReportOptions = {},
): Promise<readonly ReportLine[]> {
  const found = await comparePostgres(options);
  if (found === null) return [reportLine("postgres", 0, 0, ["there is no parser yet"])];
  const shown = options.shown ?? DEFAULT_SHOWN;
  const lines = found.corpora.flatMap((corpus) => [
    verdictLine(corpus, shown),
    ...(corpus.agreement.accept.count === 0
      ? []
      : TREE_ASPECTS.map((aspect) => aspectLine(corpus, aspect, shown))),
  ]);
  if (found.missing !== null) {
    lines.push(reportLine("postgres foreign corpora", 0, 0, [`unavailable: ${found.missing}`]));
  }
  lines.push(mutationLine(found.mutations, shown), verdictLine(found.keywords, shown));
  const rejecting = [...found.corpora, found.mutations];
  lines.push(
    complaintLine(rejecting, "message", shown),
    complaintLine(rejecting, "position", shown),
  );
  const gaps = Object.entries(KNOWN_GAPS);
  const closed = found.stale.map((text) => `has closed: ${text}`);
  const listed = gaps.map(([key, { aspects, reason }]) => `${key} ${aspects.join()}: ${reason}`);
  lines.push(reportLine("postgres known gaps", gaps.length, gaps.length, [...closed, ...listed]));
  return lines;
}

function verdictLine(corpus: ComparedCorpus, shown: number): ReportLine {
  const { accept, reject, excluded } = corpus.agreement;
  const detail = [
    ...corpus.about,
    `accepted by PostgreSQL ${ratio(accept)}, rejected ${ratio(reject)}`,
    ...excludedLines(excluded),
    ...differenceLines(unexplained(corpus, "verdict"), shown),
  ];
  const agreed = accept.agreed + reject.agreed;
  return reportLine(
    `postgres ${corpus.name}: verdict`,
    accept.count + reject.count,
    agreed,
    detail,
  );
}

function mutationLine(corpus: ComparedCorpus, shown: number): ReportLine {
  const { accept, reject, excluded } = corpus.agreement;
  const detail = [
    ...corpus.about,
    `mutants that PostgreSQL still accepts: ${ratio(accept)}`,
    ...excludedLines(excluded),
    ...differenceLines(unexplained(corpus, "verdict"), shown),
  ];
  return reportLine("postgres mutations: rejected", reject.count, reject.agreed, detail);
}

function aspectLine(corpus: ComparedCorpus, aspect: Aspect, shown: number): ReportLine {
  const tally = tallyOf(corpus.agreement, aspect);
  const kinds = aspect === "shape" ? [...corpus.agreement.shapeless] : [];
  const detail = [
    ...kinds.map(([kind, count]) => `no normal form: ${count} of ${kind}`),
    ...differenceLines(unexplained(corpus, aspect), shown),
  ];
  return reportLine(`postgres ${corpus.name}: ${aspect}`, tally.count, tally.agreed, detail);
}

function complaintLine(
  corpora: readonly ComparedCorpus[],
  aspect: Aspect,
  shown: number,
): ReportLine {
  const tallies = corpora.map(({ agreement }) => tallyOf(agreement, aspect));
  const count = tallies.reduce((sum, tally) => sum + tally.count, 0);
  const agreed = tallies.reduce((sum, tally) => sum + tally.agreed, 0);
  const differences = corpora.flatMap((corpus) => unexplained(corpus, aspect));
  const detail = differenceLines(differences, shown);
  return reportLine(`postgres complaints: ${aspect}`, count, agreed, detail);
}

function tallyOf(agreement: Agreement, aspect: Aspect): Tally {
  if (aspect !== "verdict") return agreement[aspect];
  const { accept, reject } = agreement;
  return { count: accept.count + reject.count, agreed: accept.agreed + reject.agreed };
}

function ratio({ agreed, count }: Tally): string {
  return `${agreed}/${count}`;
}

function excludedLines(excluded: ReadonlyMap<string, number>): string[] {
  const kinds = [...excluded].sort((a, b) => b[1] - a[1]);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  return total === 0
    ? []
    : [`excluded: ${total}`, ...kinds.map(([kind, count]) => `  ${count} × ${kind}`)];
}

function differenceLines(differences: readonly Difference[], shown: number): string[] {
  return differences.slice(0, shown).map(({ key, text, sql }) => {
    return `${key} ${text}: ${sql.replace(/\s+/g, " ").slice(0, 200)}`;
  });
}

if (import.meta.main) {
  const seed = process.argv[2];
  const lines = await postgresReport(seed === undefined ? {} : { seed: Number(seed), shown: 20 });
  for (const { name, count, agreed, percent, detail } of lines) {
    console.log(`${name}: ${agreed}/${count} = ${percent.toFixed(3)} %`);
    for (const text of detail) console.log(`    ${text}`);
  }
}
