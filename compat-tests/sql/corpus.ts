/**
 * `npm run corpus [-- sqlite|postgres|fuzz] [--json] [--inputs <n>] [--seed <n>]`: how far the SQL
 * front end agrees with the real SQLite and with libpg-query, over our own corpora, over the
 * statements of SQLite's and Postgres' own tests where those can be had, and over mutants of all
 * that; which parts of the grammars our corpora reach; and what a fuzzer finds.
 */
import { execFileSync } from "node:child_process";
import { SQLITE } from "../../src/sql/lex/dialect.ts";
import { POSTGRES } from "../../src/sql/lex/dialect-postgres.ts";
import { parsePostgres } from "../../src/sql/parse/postgres.ts";
import { parseSqlite } from "../../src/sql/parse/sqlite.ts";
import { SeededRandom } from "../../test/sql/seeded-random.ts";
import { readCorpusFolder } from "./corpus-file.ts";
import { fuzz, type FuzzTarget } from "./fuzz.ts";
import { postgresReport } from "./postgres/report.ts";
import type { ReportLine } from "./report-line.ts";
import { sqliteReport } from "./sqlite/report.ts";

const HELP = `npm run corpus -- [part] [options]

parts     sqlite, postgres, fuzz; without one all of them
--json    for programs
--inputs  how many inputs the fuzzer makes for both dialects together (1,000,000)
--seed    repeats the mutants and inputs of an earlier run
--help    this text`;

const PARTS = ["sqlite", "postgres", "fuzz"] as const;

const TARGETS: readonly FuzzTarget[] = [
  target("sqlite", SQLITE, parseSqlite),
  target("postgres", POSTGRES, parsePostgres),
];

function target(
  name: "sqlite" | "postgres",
  dialect: FuzzTarget["dialect"],
  parse: FuzzTarget["parse"],
): FuzzTarget {
  const folder = `${import.meta.dirname}/${name}/corpus`;
  return { name, dialect, parse, statements: readCorpusFolder(folder).map(({ sql }) => sql) };
}

function option(name: string): number | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
}

function say(line: ReportLine): void {
  const count = line.count.toLocaleString("en-US");
  console.log(`${line.percent.toFixed(3).padStart(8)} %  of ${count.padStart(9)}  ${line.name}`);
  for (const text of line.detail) console.log(`              ${text.replaceAll("\n", "\n    ")}`);
}

function coverage(): ReportLine {
  const script = `${import.meta.dirname}/grammar-coverage.ts`;
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" }));
}

async function main(): Promise<void> {
  const asked = PARTS.filter((part) => process.argv.includes(part));
  const parts = asked.length > 0 ? asked : PARTS;
  const seed = option("seed") ?? Date.now() % 2 ** 31;
  const json = process.argv.includes("--json");
  const lines: ReportLine[] = [];
  const add = (line: ReportLine): void => {
    lines.push(line);
    if (!json) say(line);
  };
  if (parts.includes("sqlite")) (await sqliteReport({ seed })).forEach(add);
  if (parts.includes("postgres")) (await postgresReport({ seed })).forEach(add);
  if (asked.length === 0 || asked.some((part) => part !== "fuzz")) add(coverage());
  if (parts.includes("fuzz")) {
    const inputs = Math.ceil((option("inputs") ?? 1_000_000) / TARGETS.length);
    for (const each of TARGETS) {
      add(
        fuzz(each, inputs, new SeededRandom(seed), (done) => {
          if (!json) console.error(`${each.name}: ${done.toLocaleString("en-US")} inputs`);
        }),
      );
    }
  }
  if (json) console.log(JSON.stringify(lines, null, 2));
}

if (process.argv.includes("--help")) console.log(HELP);
else await main();
