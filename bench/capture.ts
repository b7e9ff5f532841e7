/**
 * `npm run bench:capture [-- --json] [--quick]`: what the change log costs. The same driver with
 * and without capture, on a file each, in one process; rounds take turns. Then the feed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { reference } from "../compat-tests/better-sqlite3/libraries.ts";
import { feedMeasurements } from "./capture/feed.ts";
import type { Pair, Side } from "./capture/sides.ts";
import { openPairs } from "./capture/sides.ts";
import type { Workload } from "./capture/workloads.ts";
import { ALONE, IN_TRANSACTION, UNTOUCHED } from "./capture/workloads.ts";
import { machine, median, printReport, today, type Measurement } from "./report.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});

const ROUNDS = options.quick ? 3 : 9;
/** How long one side's turn should take at least; shorter ones measure the clock. */
const TURN_MS = options.quick ? 30 : 120;

type Meter = () => number;

/** Processor time: what a busy machine disturbs least. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function wallMs(): number {
  return performance.now();
}

/** Changes per second of one turn; filling the table anew is not counted. */
function turn(side: Side, workload: Workload, call: () => void, meter: Meter): number {
  let spentMs = 0;
  let calls = 0;
  while (spentMs < TURN_MS) {
    const started = meter();
    const most = Math.min(workload.refillAfter, 200);
    for (let i = 0; i < most; i++) call();
    spentMs += meter() - started;
    calls += most;
    if (calls % workload.refillAfter === 0) side.refill();
  }
  side.refill();
  return (calls * workload.operations * 1_000) / spentMs;
}

function measure(workload: Workload, pairs: readonly Pair[], meter: Meter): Measurement[] {
  const sides = pairs.flatMap(({ plain, captured }) => [plain, captured]);
  const calls = new Map(sides.map((side) => [side, workload.make(side)]));
  const rates = new Map<Side, number[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      // A prepared statement may have been made for rows that the last round left.
      const call = calls.get(side) ?? workload.make(side);
      rates.get(side)?.push(turn(side, workload, call, meter));
    }
  }
  const rate = (side: Side): number => median(rates.get(side) ?? []);
  const real = pairs.find(({ name }) => name === "better-sqlite3");
  return pairs.flatMap(({ name, plain, captured }) => {
    const line = { unit: "per s", ours: rate(captured) };
    const own = rate(plain);
    const measured: Measurement[] = [
      {
        ...line,
        name: `${workload.name}: ${name}`,
        reference: own,
        ratio: line.ours / own,
        target: workload.targets[name] ?? null,
      },
    ];
    if (real === undefined) return measured;
    const other = rate(real.plain);
    const against = `${workload.name}: ${name} against better-sqlite3 without capture`;
    measured.push({
      ...line,
      name: against,
      reference: other,
      ratio: line.ours / other,
      target: null,
    });
    return measured;
  });
}

function main(): void {
  if (!reference.ready) {
    console.error(reference.reason);
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-bench-"));
  try {
    const normal = openPairs(folder, "NORMAL");
    const full = openPairs(folder, "FULL");
    const inFull = ALONE.map((workload) => ({
      ...workload,
      name: `${workload.name}, FULL, by the clock`,
      targets: { "node:sqlite": 0.9, "better-sqlite3": 0.9 },
      refillAfter: 500,
    }));
    const measurements = [
      ...IN_TRANSACTION.flatMap((workload) => measure(workload, normal, cpuMs)),
      ...ALONE.flatMap((workload) => measure(workload, normal, cpuMs)),
      ...inFull.flatMap((workload) => measure(workload, full, wallMs)),
      ...UNTOUCHED.flatMap((workload) => measure(workload, normal, cpuMs)),
      ...feedMeasurements(path.join(folder, "feed.db")),
    ];
    printReport(
      {
        title: "Capture: the same driver with and without",
        date: today(),
        machine: machine(),
        notes: [
          "DoSQL: with capture; reference: without, of the same driver unless it says otherwise",
          "a table of 5 columns, a file in WAL mode, synchronous=NORMAL unless it says FULL",
          `medians of ${ROUNDS} rounds in turns; changes per second of processor time`,
        ],
        measurements,
      },
      options.json,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
