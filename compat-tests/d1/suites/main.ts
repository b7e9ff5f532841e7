/**
 * `npm run suites:d1 -- --workerd PATH --workers-sdk PATH --drizzle PATH [--verbose]`: the public
 * test suites of D1, asked of the local D1 and of DoSQL in a Durable Object, both in workerd. A
 * PATH is a checkout of the suite's repository; `public-suites.md` says what has come out.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { COUNTED, NEEDS_MINIFLARE, NEEDS_WIRE } from "./limits.ts";
import type { Outcome } from "./run.ts";
import { runSuite } from "./run.ts";
import { SUITES } from "./suite.ts";

const options = Object.fromEntries(SUITES.map(({ option }) => [option, { type: "string" }]));
const { values } = parseArgs({ options: { ...options, verbose: { type: "boolean" } } as never });
const given = values as Readonly<Record<string, string | boolean | undefined>>;

let asked = 0;
for (const suite of SUITES) {
  const checkout = given[suite.option];
  if (typeof checkout !== "string") {
    console.log(`${suite.option}: not asked (no --${suite.option} PATH)`);
    continue;
  }
  const folder = path.join(checkout, suite.folder);
  if (!existsSync(folder)) throw new Error(`--${suite.option}: there is no ${folder}`);
  asked++;
  for (const driver of ["d1", "dosql"] as const) {
    const outcomes = await runSuite(suite, folder, driver);
    const { plain = [], counted = [] } = Object.groupBy(outcomes, ({ name }) => {
      return name.endsWith(COUNTED) ? "counted" : "plain";
    });
    const title = `${suite.option}, ${driver === "d1" ? "local D1" : "DoSQL"}`;
    tell(title, plain);
    if (counted.length > 0) tell(title + COUNTED, counted);
  }
}
if (asked === 0) process.exitCode = 1;

function tell(title: string, outcomes: readonly Outcome[]): void {
  const asks = outcomes.filter(({ error }) => !isApart(error));
  const passed = asks.filter(({ error }) => error === null).length;
  const apart = outcomes.length - asks.length;
  console.log(
    `${title}: ${passed} of ${asks.length} passed` +
      (apart === 0 ? "" : `; ${apart} not asked, as no database alone can answer them`),
  );
  for (const { name, error } of outcomes) {
    if (error === null) continue;
    console.log(`  ${isApart(error) ? "not asked" : "failed"}: ${name}`);
    console.log(`    ${given["verbose"] ? error : error.split("\n", 2).join(" ")}`);
  }
}

/** Whether a test asks for something that is no database. */
function isApart(error: string | null): boolean {
  return error !== null && (error.includes(NEEDS_MINIFLARE) || error.includes(NEEDS_WIRE));
}
