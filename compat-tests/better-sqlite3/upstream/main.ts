/**
 * `npm run upstream:better-sqlite3 -- --suite PATH [--target NAME]...`: better-sqlite3's own test
 * suite, from a checkout of yours, against the real library and against ours. Nothing of it is
 * part of this repository. The checkout needs `node_modules` with mocha, chai and fs-extra, what
 * its tests load from `lib`, `prebuilds` and `build/Release` of an installed better-sqlite3 (the
 * tests of entry points, `nativeBinding` and `loadExtension`), and nothing else: `require("../.")`
 * of its tests is led to the target.
 *
 * Targets: real, native, native-captured, builtin, builtin-captured. Default: all.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const TARGETS = ["real", "native", "native-captured", "builtin", "builtin-captured"];

const { values } = parseArgs({
  options: {
    suite: { type: "string" },
    target: { type: "string", multiple: true },
    verbose: { type: "boolean", default: false },
  },
});

/** What mocha's reporter `json` says. */
interface Report {
  readonly stats: { readonly tests: number; readonly passes: number };
  readonly failures: readonly {
    readonly fullTitle: string;
    readonly err: { readonly message?: string };
  }[];
}

function run(suite: string, mocha: string, target: string): Report | null {
  const lead = path.join(import.meta.dirname, "lead.cjs");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--no-warnings", mocha, "--exit", "--timeout=20000", "--reporter=json"],
    {
      cwd: suite,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      env: {
        ...process.env,
        DOSQL_UPSTREAM_SUITE: suite,
        DOSQL_UPSTREAM_TARGET: target,
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

function main(): void {
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
  for (const target of values.target ?? TARGETS) {
    const report = run(suite, mocha, target);
    if (report === null) {
      process.exitCode = 1;
      continue;
    }
    console.log(`${target}: ${report.stats.passes} of ${report.stats.tests}`);
    for (const { fullTitle, err } of report.failures) {
      console.log(`  ${fullTitle}${values.verbose ? `: ${err.message ?? ""}` : ""}`);
    }
  }
}

main();
