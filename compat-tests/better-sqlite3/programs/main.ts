/**
 * `npm run programs:better-sqlite3 -- --program PATH...`: runs the tests of programs that use
 * better-sqlite3, with that library and with ours in its place: by a package alias and by a loader
 * hook, on the native binding and on Node's own SQLite. A PATH is a checkout whose dependencies
 * are installed (`--ignore-scripts` will do) and whose tests are vitest's. Its files stay as they
 * are; in its node_modules, what stands in for better-sqlite3 is taken away at the end.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Program } from "./program.ts";
import { programIn } from "./program.ts";
import { packedPackage, StandIn, WAYS } from "./stand-in.ts";

/** What vitest's reporter `json` says. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** By its name, why a test failed; null when it passed. */
type Outcomes = ReadonlyMap<string, string | null>;

function run(program: Program, variables: Record<string, string>): Outcomes {
  for (const file of program.leftovers) {
    rmSync(path.join(program.folder, file), { recursive: true, force: true });
  }
  const report = path.join(mkdtempSync(path.join(tmpdir(), "dosql-report-")), "report.json");
  const options = {
    cwd: program.folder,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, ...program.variables, ...variables },
  } as const;
  if (program.prepare !== null) {
    const { status, stdout, stderr } = spawnSync(program.prepare, { ...options, shell: true });
    if (status !== 0) return new Map([[program.prepare, `${stdout}${stderr}`]]);
  }
  const args = ["vitest", "run", "--reporter=json", `--outputFile=${report}`, ...program.tests];
  const { stdout, stderr } = spawnSync("npx", args, options);
  try {
    return outcomesOf(JSON.parse(readFileSync(report, "utf8")) as Report, program);
  } catch {
    return new Map([["vitest", `${stdout}${stderr}`]]);
  } finally {
    rmSync(path.dirname(report), { recursive: true });
  }
}

function outcomesOf({ testResults }: Report, { folder }: Program): Outcomes {
  const outcomes = new Map<string, string | null>();
  for (const { name, message, assertionResults } of testResults) {
    const file = path.relative(folder, name);
    if (assertionResults.length === 0) outcomes.set(file, message);
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status !== "passed" && status !== "failed") continue;
      outcomes.set(`${file}: ${fullName}`, status === "passed" ? null : failureMessages.join("\n"));
    }
  }
  return outcomes;
}

/** Which SQLite of ours the tests have had. */
function through(place: StandIn): string {
  const versions = place.versions();
  return versions.length === 0 ? "" : `, through DoSQL, SQLite ${versions.join(" and ")}`;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      program: { type: "string", multiple: true, default: [] },
      way: { type: "string", multiple: true, default: [...WAYS] },
      verbose: { type: "boolean", default: false },
    },
  });
  if (values.program.length === 0) {
    console.log("No program: pass --program with a checkout (see the file's head).");
    return;
  }
  const packed = packedPackage();
  for (const program of values.program.map(programIn)) {
    const place = new StandIn(program.folder, packed);
    try {
      for (const way of WAYS.filter((one) => values.way.includes(one))) {
        const outcomes = run(program, place.put(way));
        const failed = [...outcomes].filter(([, failure]) => failure !== null);
        const passed = outcomes.size - failed.length;
        console.log(`${program.name}, ${way}: ${passed} of ${outcomes.size}${through(place)}`);
        for (const [name, failure] of failed) {
          console.log(`  ${name}${values.verbose ? `\n${failure}` : ""}`);
        }
        if (failed.length > 0) process.exitCode = 1;
      }
    } finally {
      place.end();
    }
  }
  rmSync(path.dirname(packed), { recursive: true });
}

main();
