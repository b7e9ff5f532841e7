/**
 * `npm run bench:transactions [-- --json]`: interactive transactions on a Durable Object, in raw
 * workerd with its storage in memory, called from one Worker. A statement in a transaction is
 * compared with the same one by itself, which is a plain call of the object.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle, startWorkerd } from "../compat-tests/d1/workerd.ts";

const ROUNDS = 11;
/** The first rounds compile what the others run. */
const WARM_UP_ROUNDS = 3;

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";

/** What issue 5 asks for. */
const EMPTY_US = 1_500;
const STATEMENT_RATIO = 1.5;

const script = await bundle(new URL("transactions/rounds.workers.ts", import.meta.url));
const parent = existsSync(MEMORY) ? MEMORY : tmpdir();
const rounds = await run(mkdtempSync(path.join(parent, "dosql-bench-")));
const times = Object.keys(rounds[0] ?? {}).map((operation) => ({
  operation,
  us: median(rounds.map((round) => round[operation] ?? Number.NaN)),
  ...ratioOf(operation),
}));

if (process.argv.includes("--json")) console.log(JSON.stringify(times, null, 2));
else print();

async function run(storage: string): Promise<Record<string, number>[]> {
  const workerd = await startWorkerd(script, 0, storage);
  const ask = async (page: string): Promise<Record<string, number>> => {
    const response = await workerd.fetch(page);
    if (!response.ok) throw new Error(`${page}: ${await response.text()}`);
    return (await response.json()) as Record<string, number>;
  };
  const rounds: Record<string, number>[] = [];
  try {
    await ask("/fill");
    for (let i = 0; i < WARM_UP_ROUNDS + ROUNDS; i++) {
      const round = await ask("/round");
      if (i >= WARM_UP_ROUNDS) rounds.push(round);
    }
  } finally {
    await workerd.stop();
    rmSync(storage, { recursive: true, force: true });
  }
  return rounds;
}

/** Of one round each, so that a slow moment counts on both sides. */
function ratioOf(operation: string): { readonly ratio?: number } {
  const alone = operation.replace("in a transaction", "by itself");
  if (alone === operation) return {};
  const ratios = rounds.map((round) => (round[operation] ?? Number.NaN) / (round[alone] ?? 0));
  return { ratio: median(ratios) };
}

function print(): void {
  console.log(`storage in ${parent}: median of ${ROUNDS} rounds, microseconds`);
  for (const { operation, us, ratio } of times) {
    const goal =
      operation === "empty transaction"
        ? `  (target: at most ${EMPTY_US}, ${us <= EMPTY_US ? "met" : "MISSED"})`
        : "";
    const compared =
      ratio === undefined
        ? goal
        : `  ${ratio.toFixed(2)}× of by itself (target: at most ${STATEMENT_RATIO}×, ` +
          `${ratio <= STATEMENT_RATIO ? "met" : "MISSED"})`;
    console.log(`${operation.padEnd(26)}${us.toFixed(0).padStart(6)}${compared}`);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
