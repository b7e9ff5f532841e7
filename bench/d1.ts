/**
 * `npm run bench:d1 [-- --json]`: the D1 face over a Durable Object against the local D1, both in
 * one workerd (not `wrangler dev`, which is several times slower), called from one Worker.
 * Rounds take turns, so that a slow moment hits both; medians are compared.
 *
 * Both sides commit as workerd commits the storage of Durable Objects. That takes longer than
 * all the rest of an insert, and other programs' use of the disk decides how long; so it is done
 * twice, with the storage in memory, which shows the software, and on the disk.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle, startWorkerd } from "../compat-tests/d1/workerd.ts";

const ROUNDS = 11;
/** The first rounds compile what the others run. */
const WARM_UP_ROUNDS = 2;
/** A slow machine stops early and says how many rounds it made. */
const BUDGET_MS = 25_000;

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";

/** What issue 2 asks for: how many times as fast as D1. */
const TARGETS: Readonly<Record<string, number>> = { select: 2, insert: 1.5, batch100: 1 };

type Times = Record<string, { d1: number; dosql: number }>;

interface Result {
  readonly operation: string;
  readonly d1Us: number;
  readonly dosqlUs: number;
  readonly ratio: number;
  readonly target?: number;
}

interface Run {
  readonly storage: string;
  readonly rounds: number;
  readonly results: readonly Result[];
}

const script = await bundle(new URL("d1/rounds.workers.ts", import.meta.url));
const runs: Run[] = [];
if (existsSync(MEMORY)) runs.push(await run(`in memory (${MEMORY})`, MEMORY));
runs.push(await run(`on disk (${tmpdir()})`, tmpdir()));

if (process.argv.includes("--json")) console.log(JSON.stringify({ runs }, null, 2));
else for (const each of runs) print(each);

async function run(storage: string, parent: string): Promise<Run> {
  const folder = mkdtempSync(path.join(parent, "dosql-bench-"));
  const workerd = await startWorkerd(script, 1, folder);
  const ask = async (page: string): Promise<unknown> => {
    const response = await workerd.fetch(page);
    if (!response.ok) throw new Error(`${page}: ${await response.text()}`);
    return response.json();
  };
  const rounds: Times[] = [];
  try {
    await ask("/fill");
    const started = performance.now();
    for (let i = 0; i < WARM_UP_ROUNDS + ROUNDS && performance.now() - started < BUDGET_MS; i++) {
      const times = (await ask("/round")) as Times;
      if (i >= WARM_UP_ROUNDS) rounds.push(times);
    }
  } finally {
    await workerd.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return { storage, rounds: rounds.length, results: summarise(rounds) };
}

function summarise(rounds: readonly Times[]): Result[] {
  return Object.keys(rounds[0] ?? {}).map((operation) => {
    const d1Us = median(rounds.map((times) => times[operation]?.d1 ?? NaN));
    const dosqlUs = median(rounds.map((times) => times[operation]?.dosql ?? NaN));
    const target = TARGETS[operation];
    const goal = target === undefined ? {} : { target };
    return { operation, d1Us, dosqlUs, ratio: d1Us / dosqlUs, ...goal };
  });
}

function print({ storage, rounds, results }: Run): void {
  console.log(`storage ${storage}: median of ${rounds} rounds, microseconds per call`);
  console.log("operation      local D1     dosql    times as fast");
  for (const { operation, d1Us, dosqlUs, ratio, target } of results) {
    const goal = target === undefined ? "" : `  (goal ${target.toFixed(1)})`;
    console.log(
      `${operation.padEnd(12)}${d1Us.toFixed(0).padStart(11)}${dosqlUs.toFixed(0).padStart(10)}` +
        `${ratio.toFixed(2).padStart(12)}×${goal}`,
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
