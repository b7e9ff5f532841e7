import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { startVitest } from "vitest/node";
import { COMPATIBILITY_DATE } from "../workerd.ts";
import type { Suite } from "./suite.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const WORKER = path.join(import.meta.dirname, "shims/object.workers.ts");

/** More than any suite wants at once. */
const DATABASES = 16;

/** A test, and why it failed. */
export interface Outcome {
  readonly name: string;
  readonly error: string | null;
}

/**
 * Runs a suite in workerd. It is copied to a folder of its own, which sees this repository's
 * packages, so that nothing has to be installed beside somebody's checkout.
 */
export async function runSuite(
  suite: Suite,
  folder: string,
  driver: "d1" | "dosql",
): Promise<Outcome[]> {
  const staged = stage(suite, folder);
  try {
    const vitest = await startVitest(
      "test",
      [],
      {
        config: false,
        root: staged,
        dir: staged,
        include: [...suite.tests],
        watch: false,
        reporters: [{}],
        testTimeout: 30_000,
        fileParallelism: false,
      },
      {
        plugins: [cloudflareTest({ main: WORKER, miniflare: bindings(driver) })],
        resolve: {
          conditions: ["dosql-src", "workerd", "worker", "development|production"],
          alias: suite.alias.map(({ find, replacement }) => ({
            find,
            replacement: replacement.replace(/^\/tests/, `${staged}/tests`),
          })),
        },
        server: { fs: { strict: false } },
      },
    );
    const modules = vitest.state.getTestModules();
    await vitest.close();
    process.exitCode = 0;
    const outcomes = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test): Outcome[] => {
        const { state, errors = [] } = test.result();
        if (state === "skipped") return [];
        const error = state === "passed" ? null : (errors[0]?.message ?? state);
        return [{ name: test.fullName, error }];
      }),
    );
    const broken = modules.flatMap((module) => module.errors());
    if (outcomes.length === 0 || broken.length > 0) {
      throw new Error(
        broken.map(({ message, stack }) => stack ?? message).join("\n") || "no tests",
      );
    }
    return outcomes;
  } finally {
    rmSync(staged, { recursive: true });
  }
}

function bindings(driver: string) {
  const databases = Array.from({ length: DATABASES }, (_, i) => [`D1_${i}`, `suite-${i}`]);
  return {
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: ["nodejs_compat"],
    bindings: { DRIVER: driver },
    d1Databases: Object.fromEntries(databases) as Record<string, string>,
    durableObjects: { DOSQL: { className: "DoSQLShard", useSQLite: true } },
  };
}

function stage(suite: Suite, folder: string): string {
  const staged = mkdtempSync(path.join(tmpdir(), "dosql-suite-"));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(staged, "node_modules"));
  for (const name of suite.needs) {
    cpSync(path.join(folder, name), path.join(staged, name), { recursive: true });
  }
  for (const [name, text] of Object.entries(suite.entries)) {
    mkdirSync(path.dirname(path.join(staged, name)), { recursive: true });
    writeFileSync(path.join(staged, name), text);
  }
  return staged;
}
