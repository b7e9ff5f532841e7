/**
 * `npm run fuzz:better-sqlite3`: random sequences of calls, played on the real better-sqlite3 and
 * on ours over each binding. `SEED=n` begins elsewhere, `SEQUENCES=n` says how many for each.
 */
import { BINDINGS, boundDatabase, realDatabase, reference } from "../libraries.ts";
import { CALLS, compare } from "./run.ts";

const first = Number(process.env["SEED"] ?? 1);
const wanted = Number(process.env["SEQUENCES"] ?? 50_000);
const bindings = BINDINGS.filter((one) => (process.env["BINDING"] ?? one) === one);

if (!reference.ready) {
  console.error(reference.reason);
  process.exitCode = 1;
} else {
  for (const binding of bindings) fuzz(binding);
}

function fuzz(binding: (typeof BINDINGS)[number]): void {
  const Real = realDatabase();
  const Ours = boundDatabase(binding);
  let differences = 0;
  for (let seed = first; seed < first + wanted && differences < 10; seed++) {
    const found = compare(Real, Ours, seed);
    if (found === null) continue;
    differences += 1;
    console.log(JSON.stringify(found, null, 1));
  }
  console.log(`${binding}: ${wanted} sequences of ${CALLS} calls, ${differences} differences`);
  if (differences > 0) process.exitCode = 1;
}
