/**
 * `npm run bench:d1 [-- --json]`: the D1 face against the local D1, both in one raw workerd (not
 * `wrangler dev`, which is several times slower), called from one Worker: over a Durable Object's
 * stub, and as a D1 binding over `DoSQLD1` by both wires. Then from Node over capnweb, and
 * interactive transactions (`bench/transactions.ts`).
 *
 * Rounds take turns, so that a slow moment hits both; medians are compared. Both sides commit as
 * workerd commits the storage of Durable Objects. On a disk that takes longer than all the rest of
 * an insert, and other programs' use of the disk decides how long; so it is done twice, with the
 * storage in memory, which shows the software and has the targets, and on the disk.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { measureRemote } from "./d1/remote.ts";
import type { Wiring } from "./d1/workers.ts";
import { startBench } from "./d1/workers.ts";
import type { BenchReport, Measurement } from "./report.ts";
import { machine, median, printReport, today } from "./report.ts";

const ROUNDS = 9;
/** The first rounds compile what the others run. */
const WARM_UP_ROUNDS = 2;
/** A slow machine stops early and says how many rounds it made. */
const BUDGET_MS = 45_000;

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";

const WIRINGS: Readonly<Record<Wiring, string>> = {
  stub: "Durable Object's stub",
  fetch: "D1 binding over DoSQLD1, fetch wire",
  rpc: "D1 binding over DoSQLD1, RPC wire",
  "fetch-floor": "D1 binding over a constant, fetch wire",
  "rpc-floor": "D1 binding over a constant, RPC wire",
};

/** What issue 5 asks for: how many times as fast as D1. */
const TARGETS: Readonly<Record<string, { readonly stub: number; readonly service: number }>> = {
  select: { stub: 2.5, service: 2 },
  insert: { stub: 1.8, service: 1.5 },
  batch100: { stub: 1.1, service: 1 },
  rows1000: { stub: 1.5, service: 1.5 },
};

/** And how many times the time of the same way with nothing behind it. */
const REMOTE_TARGET = 1.5;

type Times = Record<string, { d1: number; dosql: number }>;
type Round = Record<Wiring, Times>;

const inMemory = existsSync(MEMORY);
const asJson = process.argv.includes("--json");
if (inMemory) printReport(await measureIn(MEMORY, "in memory", true), asJson);
printReport(await measureIn(tmpdir(), "on disk", !inMemory), asJson);
const transactions = path.join(import.meta.dirname, "transactions.ts");
spawnSync(process.execPath, [transactions, ...process.argv.slice(2)], { stdio: "inherit" });

async function measureIn(parent: string, name: string, targets: boolean): Promise<BenchReport> {
  const folder = mkdtempSync(path.join(parent, "dosql-bench-"));
  const workers = await startBench(folder);
  const rounds: Round[] = [];
  const measurements: Measurement[] = [];
  try {
    for (const wiring of ["stub", "fetch"] as const) await workers.ask(wiring, "/fill");
    const started = performance.now();
    for (let i = 0; i < WARM_UP_ROUNDS + ROUNDS && performance.now() - started < BUDGET_MS; i++) {
      const round = {} as Round;
      for (const wiring of Object.keys(WIRINGS) as Wiring[]) {
        round[wiring] = (await workers.ask(wiring, "/round")) as Times;
      }
      if (i >= WARM_UP_ROUNDS) rounds.push(round);
    }
    for (const wiring of Object.keys(WIRINGS) as Wiring[]) {
      measurements.push(...compare(rounds, wiring, targets));
    }
    if (targets) measurements.push(...(await compareRemote(workers.url)));
  } finally {
    await workers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    title: `The D1 face, storage ${name} (${parent})`,
    date: today(),
    machine: machine(),
    notes: [
      `Median of ${rounds.length} rounds. The reference is the local D1, called by its binding;`,
      "over capnweb, a call by the same way (a hibernating WebSocket that ends in an object) that",
      "answers a constant: at most 1.5 times its time is a ratio of at least 0.67. Capture is on.",
    ],
    measurements,
  };
}

/** The Worker of the RPC wire has no D1: its reference is the one of the round's other Worker. */
function compare(rounds: readonly Round[], wiring: Wiring, targets: boolean): Measurement[] {
  const isFloor = wiring.endsWith("-floor");
  const operations = Object.entries(TARGETS).filter(([name]) => !isFloor || name === "select");
  return operations.map(([operation, target]) => {
    const pairs = rounds.map((round) => ({
      ours: round[wiring][operation]?.dosql ?? Number.NaN,
      reference: round[wiring === "stub" ? "stub" : "fetch"][operation]?.d1 ?? Number.NaN,
    }));
    const goal = wiring === "stub" ? target.stub : target.service;
    return measurement(
      `${WIRINGS[wiring]}: ${operation}`,
      pairs,
      targets && !isFloor ? goal : null,
    );
  });
}

async function compareRemote(url: string): Promise<Measurement[]> {
  const slices = await measureRemote(url);
  const pairs = (way: "query" | "face") =>
    slices.map((slice) => ({ ours: slice[way], reference: slice.constant }));
  return [
    measurement("capnweb from Node: point select, query()", pairs("query"), 1 / REMOTE_TARGET),
    measurement("capnweb from Node: point select, d1()", pairs("face"), 1 / REMOTE_TARGET),
  ];
}

function measurement(
  name: string,
  pairs: readonly { readonly ours: number; readonly reference: number }[],
  target: number | null,
): Measurement {
  const ratios = pairs.map(({ ours, reference }) => reference / ours);
  return {
    name,
    unit: "µs",
    ours: median(pairs.map(({ ours }) => ours)),
    reference: median(pairs.map(({ reference }) => reference)),
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    target,
  };
}
