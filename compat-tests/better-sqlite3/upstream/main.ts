/**
 * `npm run upstream:better-sqlite3 -- --suite PATH [--target NAME]...`: better-sqlite3's own test
 * suite, from a checkout of yours, against the real library and against ours. Nothing of it is
 * part of this repository. The checkout needs `node_modules` with mocha, chai and fs-extra, what
 * its tests load from `lib`, `prebuilds` and `build/Release` of an installed better-sqlite3 (the
 * tests of entry points, `nativeBinding` and `loadExtension`), and nothing else: `require("../.")`
 * of its tests is led to the target.
 *
 * Targets: real, native, native-captured, builtin, builtin-captured, worker, worker-captured,
 * remote, durable-object. Default: all. What a target misses must stand in misses.ts, and what
 * stands there must be missed.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { startRemote } from "../../../test/compat/better-sqlite3/remote-process.ts";
import { runDurable } from "./durable.ts";
import { MISSES, NOT_JUDGED } from "./misses.ts";
import type { Report } from "./report.ts";

const TARGETS = [
  "real",
  "native",
  "native-captured",
  "builtin",
  "builtin-captured",
  "worker",
  "worker-captured",
  "remote",
  "durable-object",
];

const { values } = parseArgs({
  options: {
    suite: { type: "string" },
    target: { type: "string", multiple: true },
    verbose: { type: "boolean", default: false },
  },
});

/**
 * Tests of what a server refuses wait for it until their time is over. The test of what happens
 * at exit needs files, and without them leaves a process behind that holds its output.
 */
function flagsOf(target: string): string[] {
  const remote = ["--timeout=2000", "--grep=node::AtExit", "--invert"];
  return target === "remote" ? remote : ["--timeout=20000"];
}

function run(suite: string, mocha: string, target: string, port: number): Report | null {
  const lead = path.join(import.meta.dirname, "lead.cjs");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--no-warnings", mocha, "--exit", ...flagsOf(target), "--reporter=json"],
    {
      cwd: suite,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      env: {
        ...process.env,
        DOSQL_UPSTREAM_SUITE: suite,
        DOSQL_UPSTREAM_TARGET: target,
        DOSQL_UPSTREAM_PORT: String(port),
        // Its tests start processes and threads that load the library too.
        NODE_OPTIONS: `--require=${JSON.stringify(lead)}`,
      },
    },
  );
  const start = stdout.indexOf('{\n  "stats"');
  if (start >= 0) return JSON.parse(stdout.slice(start)) as Report;
  console.error(stderr || stdout);
  return null;
}

async function main(): Promise<void> {
  const suite = path.resolve(values.suite ?? process.env["DOSQL_UPSTREAM_SUITE"] ?? "");
  if (!existsSync(path.join(suite, "test", "00.setup.js"))) {
    console.log("No suite: pass --suite with a checkout of better-sqlite3 (see the file's head).");
    return;
  }
  const places = [suite, path.dirname(suite)];
  const mocha = places
    .map((place) => path.join(place, "node_modules", "mocha", "bin", "mocha.js"))
    .find((file) => existsSync(file));
  if (mocha === undefined) {
    console.log(`No mocha: run "npm install" in ${suite} or the folder above.`);
    return;
  }
  const server = await startRemote();
  for (const target of values.target ?? TARGETS) {
    const report =
      target === "durable-object"
        ? await runDurable(suite)
        : run(suite, mocha, target, server.port);
    if (report === null) process.exitCode = 1;
    else show(target, report);
  }
  await server.stop();
}

/** Prints what a target misses, with what is known of it. */
function show(target: string, { stats, failures }: Report): void {
  console.log(`${target}: ${stats.passes} of ${stats.tests}`);
  const known = MISSES[target] ?? {};
  const groups = new Map<string, number>();
  for (const { fullTitle, err } of failures) {
    const starts = Object.keys(known).filter((start) => fullTitle.startsWith(start));
    const group = fullTitle === NOT_JUDGED ? undefined : starts[0];
    if (group !== undefined) groups.set(group, (groups.get(group) ?? 0) + 1);
    if (group !== undefined && !values.verbose) continue;
    const judged = fullTitle !== NOT_JUDGED;
    if (group === undefined && judged) process.exitCode = 1;
    const listed = group !== undefined ? "" : judged ? "NOT LISTED: " : "not judged: ";
    console.log(`  ${listed}${fullTitle}${values.verbose ? `: ${err.message ?? ""}` : ""}`);
  }
  for (const [group, { count, reason }] of Object.entries(known)) {
    const missed = groups.get(group) ?? 0;
    console.log(`  ${missed} of "${group}": ${reason}`);
    if (missed === count) continue;
    console.log(`    misses.ts says ${count}`);
    process.exitCode = 1;
  }
}

await main();
