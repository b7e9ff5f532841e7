import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Suite } from "./suite.ts";

/** What a suite can be asked of; the first is the reference. */
export const DRIVERS = [
  ...(["real", "native", "native-captured"] as const),
  ...(["builtin", "builtin-captured", "worker", "remote"] as const),
] as const;
export type Driver = (typeof DRIVERS)[number];

/** A test, and what came of it. */
export interface Outcome {
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  /** Why it failed. */
  readonly message: string;
}

const LEAD = pathToFileURL(path.join(import.meta.dirname, "lead.ts")).href;

/** A suite that hangs says so by the name of its driver, not by silence. */
const TIMEOUT_MS = 300_000;

/**
 * Runs a suite with its own runner. It is copied to a folder of its own, so that what it leaves
 * behind is in nobody's checkout.
 *
 * @param port of the server for the driver `remote`
 */
export function runSuite(
  suite: Suite,
  folder: string,
  driver: Driver,
  port: number | null,
): Outcome[] {
  const staged = stage(suite, folder);
  try {
    const report = path.join(staged, "report.json");
    const { stdout, stderr, error } = spawnSync(process.execPath, suite.command(report), {
      cwd: staged,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      timeout: TIMEOUT_MS,
      env: {
        ...process.env,
        ...suite.environment,
        // Runners start processes of their own.
        NODE_OPTIONS: `--no-warnings --import=${LEAD}`,
        DOSQL_SUITE_DRIVER: driver,
        DOSQL_SUITE_FOLDER: staged,
        DOSQL_SUITE_PORT: String(port),
      },
    });
    if (!existsSync(report)) {
      throw new Error(`${suite.option}, ${driver}: no report: ${error ?? ""}\n${stderr}${stdout}`);
    }
    if (!existsSync(path.join(staged, "led")))
      throw new Error(`${suite.option} found another driver`);
    const said: unknown = JSON.parse(readFileSync(report, "utf8"));
    return suite.reporter === "mocha"
      ? ofMocha(said as MochaReport)
      : ofVitest(said as VitestReport);
  } finally {
    rmSync(staged, { recursive: true });
  }
}

/** What mocha's reporter `json` writes. */
interface MochaReport {
  readonly tests: readonly MochaTest[];
  readonly pending: readonly MochaTest[];
  /** Hooks that failed are here and not among the tests. */
  readonly failures: readonly MochaTest[];
}

interface MochaTest {
  readonly fullTitle: string;
  readonly err: { readonly message?: string };
}

function ofMocha({ tests, pending, failures }: MochaReport): Outcome[] {
  const skipped = names(pending);
  const known = names(tests);
  const hooks = failures.filter(({ fullTitle }) => !known.has(fullTitle));
  return [...tests, ...hooks].map(({ fullTitle, err }) => {
    const failed = Object.keys(err).length > 0;
    const state = failed ? "failed" : skipped.has(fullTitle) ? "skipped" : "passed";
    return { name: fullTitle, state, message: err.message ?? "" };
  });
}

function names(tests: readonly MochaTest[]): Set<string> {
  return new Set(tests.map(({ fullTitle }) => fullTitle));
}

/** What Vitest's reporter `json` writes. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function ofVitest({ testResults }: VitestReport): Outcome[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.basename(name);
    if (status === "failed" && assertionResults.length === 0)
      throw new Error(`${file}: ${message}`);
    return assertionResults.map(({ fullName, status: of, failureMessages }): Outcome => {
      const state = of === "passed" || of === "failed" ? of : "skipped";
      return { name: `${file}: ${fullName}`, state, message: failureMessages[0] ?? "" };
    });
  });
}

function stage(suite: Suite, folder: string): string {
  const staged = realpathSync(mkdtempSync(path.join(tmpdir(), "dosql-suite-")));
  symlinkSync(path.join(folder, "node_modules"), path.join(staged, "node_modules"));
  for (const name of suite.needs) {
    cpSync(path.join(folder, name), path.join(staged, name), { recursive: true });
  }
  for (const [name, text] of Object.entries(suite.entries)) {
    const file = path.join(staged, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return staged;
}
