/**
 * Where our server's time goes under pgbench: `node bench/pgwire/profile.ts
 * [--workload select|tpcb|rows] [--mode prepared] [--clients 8] [--seconds 5] [--top 40]`.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startDosql } from "../../compat-tests/pgwire/servers.ts";
import { pgbench, type QueryMode } from "./pgbench.ts";
import { loadTables, ROWS_SCRIPT, TPCB_SCRIPT } from "./tables.ts";

const ROOT = path.join(import.meta.dirname, "../..");

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface Cost {
  selfUs: number;
  totalUs: number;
}

const { values: options } = parseArgs({
  options: {
    workload: { type: "string", default: "select" },
    mode: { type: "string", default: "prepared" },
    clients: { type: "string", default: "8" },
    seconds: { type: "string", default: "5" },
    top: { type: "string", default: "40" },
  },
});

/** Time by function: alone, and with what it called, where recursion counts once. */
function costs(profile: CpuProfile): Map<string, Cost> {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map<number, number>();
  for (const { id, children } of profile.nodes) {
    for (const child of children ?? []) parents.set(child, id);
  }
  const found = new Map<string, Cost>();
  const costOf = (id: number): Cost => {
    const frame = nodes.get(id)?.callFrame;
    const file = (frame?.url ?? "").replace(`file://${ROOT}/`, "");
    const name = `${frame?.functionName || "(anonymous)"} ${file}:${(frame?.lineNumber ?? 0) + 1}`;
    const cost = found.get(name) ?? { selfUs: 0, totalUs: 0 };
    found.set(name, cost);
    return cost;
  };
  for (const [index, sample] of profile.samples.entries()) {
    const us = profile.timeDeltas[index] ?? 0;
    costOf(sample).selfUs += us;
    const stack = new Set<Cost>();
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      stack.add(costOf(id));
    }
    for (const cost of stack) cost.totalUs += us;
  }
  return found;
}

/** The server's own profile is the one of the process that spent the most. */
function readProfile(folder: string): CpuProfile {
  const all = readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as CpuProfile,
  );
  const [first] = all.toSorted((a, b) => b.samples.length - a.samples.length);
  if (first === undefined) throw new Error("the server wrote no profile");
  return first;
}

const folder = mkdtempSync(path.join(tmpdir(), "dosql-profile-"));
try {
  const scripts: Record<string, string | null> = { tpcb: TPCB_SCRIPT, rows: ROWS_SCRIPT };
  const text = scripts[options.workload] ?? null;
  const script = text === null ? null : path.join(folder, "script.sql");
  if (script !== null) writeFileSync(script, text ?? "");
  const profiles = path.join(folder, "profiles");
  const server = await startDosql({ nodeFlags: ["--cpu-prof", `--cpu-prof-dir=${profiles}`] });
  await loadTables(server.url);
  const seconds = Number(options.seconds);
  const clients = Number(options.clients);
  const mode = options.mode as QueryMode;
  const tps = await pgbench(server, { mode, clients, seconds, script });
  await server.stop();
  const found = [...costs(readProfile(profiles))];
  const all = found.reduce((sum, [, { selfUs }]) => sum + selfUs, 0);
  const idle = found.find(([name]) => name.startsWith("(idle)"))?.[1].selfUs ?? 0;
  console.log(`${options.workload}, ${mode}, ${clients} clients: ${Math.round(tps)} tps`);
  console.log(`idle ${percent(idle, all)} of the server's life; shares below are of the rest`);
  console.log("  self   total");
  for (const [name, { selfUs, totalUs }] of found
    .filter(([each]) => !each.startsWith("(idle)"))
    .toSorted((a, b) => b[1].selfUs - a[1].selfUs)
    .slice(0, Number(options.top))) {
    console.log(`${percent(selfUs, all - idle)}  ${percent(totalUs, all - idle)}  ${name}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1).padStart(5)}%`;
}
