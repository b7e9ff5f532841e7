/**
 * Point reads, TPC-B and thousand-row results by pgbench, against our server and a real
 * PostgreSQL in turns: `npm run bench:pgwire -- [--quick] [--json] [--only select|tpcb|rows]`.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { postgresState, startPostgres } from "../compat-tests/pgwire/reference.ts";
import { startDosql } from "../compat-tests/pgwire/servers.ts";
import {
  pgbench,
  pgbenchVersion,
  type Play,
  type QueryMode,
  type Target,
} from "./pgwire/pgbench.ts";
import { loadTables, ROWS_SCRIPT, TPCB_SCRIPT } from "./pgwire/tables.ts";
import { machine, median, printReport, today, type Measurement } from "./report.ts";

/** What the point read must reach, by query mode, at every number of clients. */
const SELECT_TARGETS: readonly (readonly [QueryMode, number])[] = [
  ["simple", 1.2],
  ["extended", 1.0],
  ["prepared", 0.85],
];

/** Many short rounds: what else the machine does hits some of them, and the median is not one. */
const ROUND_SECONDS = 1;
const SELECT_ROUNDS = 5;
const OTHER_ROUNDS = 3;

/** Transactions per second of one round. */
interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

interface Workload {
  readonly kind: "select" | "tpcb" | "rows";
  readonly mode: QueryMode;
  readonly clients: number;
  readonly target: number | null;
}

const WORKLOADS: readonly Workload[] = [
  ...SELECT_TARGETS.flatMap(([mode, target]) =>
    [1, 8, 32].map((clients) => ({ kind: "select" as const, mode, clients, target })),
  ),
  ...[1, 8].map((clients) => ({
    kind: "tpcb" as const,
    mode: "simple" as const,
    clients,
    target: null,
  })),
  ...[1, 8].map((clients) => ({
    kind: "rows" as const,
    mode: "simple" as const,
    clients,
    target: null,
  })),
];

const TITLES: Readonly<Record<Workload["kind"], string>> = {
  select: "pgbench -S",
  tpcb: "TPC-B, 10 branches",
  rows: "1,000 rows × 4",
};

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
  },
});

/** Ours and theirs one after the other; who is first changes from round to round. */
async function playBoth(
  ours: Target,
  theirs: Target,
  play: Play,
  theirsFirst: boolean,
): Promise<Pair> {
  if (theirsFirst) {
    const first = await pgbench(theirs, play);
    return { theirs: first, ours: await pgbench(ours, play) };
  }
  return { ours: await pgbench(ours, play), theirs: await pgbench(theirs, play) };
}

/** Plays each workload on both sides in turns. */
async function measure(
  ours: Target,
  theirs: Target,
  scripts: Readonly<Record<Workload["kind"], string | null>>,
): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const { kind, mode, clients, target } of WORKLOADS) {
    if (options.only !== undefined && options.only !== kind) continue;
    const rounds = options.quick ? 1 : kind === "select" ? SELECT_ROUNDS : OTHER_ROUNDS;
    const play = { mode, clients, seconds: ROUND_SECONDS, script: scripts[kind] };
    const name = `${TITLES[kind]}, ${mode}, ${clients} ${clients === 1 ? "client" : "clients"}`;
    const pairs: Pair[] = [];
    try {
      for (let round = 0; round < rounds; round++) {
        pairs.push(await playBoth(ours, theirs, play, round % 2 === 0));
      }
    } catch (error) {
      // One that fails must not hide the others; it shows as a ratio of nothing.
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
    const ratios = pairs.map((pair) => pair.ours / pair.theirs);
    const one = {
      name,
      unit: "tps",
      ours: median(pairs.map((pair) => pair.ours)),
      reference: median(pairs.map((pair) => pair.theirs)),
      ratio: median(ratios),
      range: [Math.min(...ratios), Math.max(...ratios)] as const,
      target,
    };
    measured.push(one);
    if (!options.json) process.stderr.write(`${one.name}: ${one.ratio.toFixed(2)}\n`);
  }
  return measured;
}

async function settings(connectionString: string, statements: readonly string[]): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const found: string[] = [];
    for (const sql of statements) {
      const { rows } = await client.query<Record<string, string>>(sql);
      found.push(...Object.entries(rows[0] ?? {}).map(([name, value]) => `${name}=${value}`));
    }
    return found.join(" ");
  } finally {
    await client.end();
  }
}

async function run(version: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-bench-"));
  const script = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  // PostgreSQL's own defaults: fsync and synchronous_commit are on.
  const theirs = await startPostgres();
  try {
    const ours = await startDosql();
    try {
      await Promise.all([loadTables(ours.url), loadTables(theirs.url)]);
      const scripts = {
        select: null,
        tpcb: script("tpcb.sql", TPCB_SCRIPT),
        rows: script("rows.sql", ROWS_SCRIPT),
      };
      const asked = ["SHOW server_version", "SHOW fsync", "SHOW synchronous_commit"];
      printReport(
        {
          title: "Postgres wire protocol: DoSQL against PostgreSQL",
          date: today(),
          machine: machine(),
          notes: [
            `reference: PostgreSQL, ${await settings(theirs.url, asked)}`,
            `DoSQL: ${await settings(ours.url, ["PRAGMA synchronous", "PRAGMA journal_mode"])}` +
              " (synchronous: 1 is NORMAL, 2 is FULL)",
            `${version}, one thread, SCRAM on both sides, rounds in turns, medians`,
          ],
          measurements: await measure(ours, theirs, scripts),
        },
        options.json,
      );
    } finally {
      await ours.stop();
    }
  } finally {
    await theirs.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const state = postgresState();
const version = pgbenchVersion();
if (version === null) {
  console.error(
    "bench:pgwire needs pgbench: install PostgreSQL's client tools (Debian: postgresql)",
  );
  process.exitCode = 2;
} else if (!state.ready) {
  console.error(`bench:pgwire needs its reference: ${state.reason}`);
  process.exitCode = 2;
} else {
  await run(version);
}
