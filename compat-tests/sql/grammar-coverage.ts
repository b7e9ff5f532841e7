/**
 * Which parts of the parsers our corpora reach: `node grammar-coverage.ts` prints a report line as
 * JSON. Each production of the grammar is a method or a branch of the hand-written parser,
 * so V8's block coverage tells which were hit. It only counts in modules that are loaded after it
 * was started, hence a process of its own.
 */
import { readFileSync } from "node:fs";
import { Session } from "node:inspector";
import type { Profiler } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { Parsed } from "../../src/sql/ast/statement.ts";
import { readCorpusFolder } from "./corpus-file.ts";
import { reportLine, type ReportLine } from "./report-line.ts";

/** Blocks that only a wrong statement, or a limit, reaches. */
const FAILING =
  /^(?:default: |case "[^"]*": |else |[?:|&{]+ )*(?:return |throw )?this\.(?:fail|failAt|refuse|exceed|unsupported)\(/;

const session = new Session();

function ask<Answer>(method: string, params: object = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    session.post(method, params, (error: Error | null, answer?: object) => {
      if (error === null) resolve(answer as Answer);
      else reject(error);
    });
  });
}

/** What SQLite and Postgres do not have, and we do. */
const EXTENSIONS = [
  "SELECT * FROM t FOR SYSTEM_TIME AS OF '2026-01-01' AS x",
  "/*dosql_shard='42'*/ SELECT 1",
  "SELECT 1; SELECT 2",
  "",
];

function parseScript(sql: string, parse: (sql: string, at: number) => Parsed): void {
  let parsed = parse(sql, 0);
  while (parsed.more) parsed = parse(sql, parsed.end);
}

async function parseAll(): Promise<void> {
  const { parsePostgres } = await import("../../src/sql/parse/postgres.ts");
  const { parseSqlite } = await import("../../src/sql/parse/sqlite.ts");
  const folder = import.meta.dirname;
  const textsOf = (name: string): string[] =>
    readCorpusFolder(`${folder}/${name}`).map(({ sql }) => sql);
  const sqlite = [...textsOf("sqlite/corpus"), ...EXTENSIONS];
  const refused = textsOf("postgres/rejected");
  const postgres = [...textsOf("postgres/corpus"), ...refused, ...EXTENSIONS];
  const runs: (readonly [readonly string[], (sql: string) => unknown])[] = [
    [sqlite, (sql) => parseScript(sql, parseSqlite)],
    [refused, parseSqlite],
    [postgres, parsePostgres],
  ];
  for (const [texts, parse] of runs) {
    for (const sql of texts) {
      try {
        parse(sql);
      } catch {
        // A refusal is a part of the grammar, too.
      }
    }
  }
}

function summarise(scripts: readonly Profiler.ScriptCoverage[]): ReportLine {
  let total = 0;
  let failing = 0;
  const missed: string[] = [];
  for (const { url, functions } of scripts) {
    const text = readFileSync(fileURLToPath(url), "utf8");
    const file = url.replace(/^.*\/src\/sql\//, "");
    for (const { functionName, ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        const source = text.slice(startOffset, endOffset).replaceAll(/\s+/g, " ").trim();
        // What V8 makes of the end of a block that never falls through holds no code.
        if (!/\w/.test(source)) continue;
        if (count === 0 && FAILING.test(source)) {
          failing++;
          continue;
        }
        total++;
        if (count > 0) continue;
        const line = text.slice(0, startOffset).split("\n").length;
        missed.push(`${file}:${line} ${functionName}: ${source.slice(0, 100)}`);
      }
    }
  }
  const left = `${failing} blocks not counted: they say what is wrong, and mutants reach them`;
  const title = "both grammars: blocks of the parser that our corpora reach";
  return reportLine(title, total, total - missed.length, [left, ...missed]);
}

session.connect();
await ask("Profiler.enable");
await ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
await parseAll();
const taken = await ask<Profiler.TakePreciseCoverageReturnType>("Profiler.takePreciseCoverage");
const grammar = taken.result.filter(({ url }) => /\/src\/sql\/parse\//.test(url));
console.log(JSON.stringify(summarise(grammar)));
