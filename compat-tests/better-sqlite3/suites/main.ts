/**
 * `npm run suites:better-sqlite3 -- --kysely PATH --knex PATH --drizzle PATH`: the public test
 * suites of Kysely, Knex and Drizzle, asked of the real better-sqlite3 and of ours. A PATH is a
 * checkout of the suite's repository with its dependencies installed: `public-suites.md` says how,
 * and what has come out. A test that comes out otherwise than with the real library fails the
 * run, unless `expected.ts` says why it does. `--driver NAME` (repeated) asks only those besides
 * the real library, `--json` prints one list, `--verbose` whole messages.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { startRemote } from "../../../test/compat/better-sqlite3/remote-process.ts";
import { compare } from "./compare.ts";
import type { Comparison } from "./compare.ts";
import { DRIVERS, runSuite } from "./run.ts";
import type { Driver, Outcome } from "./run.ts";
import { SUITES } from "./suite.ts";
import type { Suite } from "./suite.ts";

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;
const { values } = parseArgs({
  options: {
    ...{ kysely: text, knex: text, drizzle: text },
    ...{ driver: { ...text, multiple: true }, json: flag, verbose: flag },
  },
});
const paths: Readonly<Record<string, unknown>> = values;

/** How a suite came out with each driver. */
interface Told {
  readonly suite: string;
  readonly drivers: readonly Comparison[];
}

async function main(): Promise<void> {
  const asked = values.driver ?? [];
  const unknown = asked.find((name) => !DRIVERS.some((driver) => driver === name));
  if (unknown !== undefined) throw new Error(`--driver ${unknown}: one of ${DRIVERS.join(", ")}`);
  const drivers = DRIVERS.filter((driver) => {
    return driver === "real" || asked.length === 0 || asked.includes(driver);
  });
  const server = drivers.includes("remote") ? await startRemote() : null;
  const told = SUITES.flatMap((suite): Told[] => {
    const checkout = paths[suite.option];
    if (typeof checkout === "string") return [ask(suite, checkout, drivers, server?.port ?? null)];
    if (!values.json) console.log(`${suite.option}: not asked (no --${suite.option} PATH)`);
    return [];
  });
  await server?.stop();
  if (values.json) console.log(JSON.stringify(told, null, 2));
  const bad = told
    .flatMap((suite) => suite.drivers)
    .some(({ differences, agreed }) => {
      return agreed.length > 0 || differences.some(({ reason }) => reason === null);
    });
  if (bad || told.length === 0) process.exitCode = 1;
}

function ask(
  suite: Suite,
  checkout: string,
  drivers: readonly Driver[],
  port: number | null,
): Told {
  const folder = path.resolve(checkout, suite.folder);
  for (const need of [...suite.needs, "node_modules"]) {
    if (existsSync(path.join(folder, need))) continue;
    throw new Error(`--${suite.option}: no ${need} in ${folder}; public-suites.md says what to do`);
  }
  const results: Comparison[] = [];
  let reference: readonly Outcome[] = [];
  for (const driver of drivers) {
    const outcomes = runSuite(suite, folder, driver, port);
    if (driver === "real") reference = outcomes;
    const result = compare(suite, driver, reference, outcomes);
    results.push(result);
    if (!values.json) tell(suite, result);
  }
  return { suite: suite.option, drivers: results };
}

function tell(suite: Suite, { driver, counts, differences, failed, agreed }: Comparison): void {
  const { passed, skipped } = counts;
  console.log(
    `${suite.option}, ${driver}: ${passed} of ${passed + counts.failed} passed` +
      (skipped === 0 ? "" : `, ${skipped} skipped by the suite`),
  );
  if (driver === "real") for (const name of failed) console.log(`  failed: ${name}`);
  for (const { name, real, ours, message, reason } of differences) {
    console.log(`  ${ours}, but ${real} with the real library: ${name}`);
    if (message !== "") console.log(`    ${values.verbose ? message : message.split("\n", 1)[0]}`);
    if (reason !== null) console.log(`    expected: ${reason}`);
  }
  for (const name of agreed) console.log(`  expected to differ, and does not: ${name}`);
}

await main();
