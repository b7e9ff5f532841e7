/**
 * `npm run fuzz:better-sqlite3`: random sequences of calls, played on the real better-sqlite3 and
 * on ours over each binding of this process. `-- --binding worker` (or another) plays one alone,
 * `--seed n` begins elsewhere, `--sequences n` says how many for each.
 */
import { parseArgs } from "node:util";
import { BINDINGS, boundDatabase, realDatabase, reference } from "../libraries.ts";
import type { AnyBinding } from "../libraries.ts";
import { CALLS, compare } from "./run.ts";

const ALL: readonly AnyBinding[] = [...BINDINGS, "worker"];
const MOST_SHOWN = 10;

const { values } = parseArgs({
  options: {
    binding: { type: "string" },
    seed: { type: "string", default: process.env["SEED"] ?? "1" },
    sequences: { type: "string", default: process.env["SEQUENCES"] ?? "50000" },
  },
});
const first = Number(values.seed);
const wanted = Number(values.sequences);
const asked = values.binding ?? process.env["BINDING"];
const bindings = asked === undefined ? BINDINGS : ALL.filter((one) => one === asked);

if (!reference.ready || bindings.length === 0) {
  console.error(reference.ready ? `no binding is called ${asked}` : reference.reason);
  process.exitCode = 1;
} else {
  for (const binding of bindings) fuzz(binding);
}

function fuzz(binding: AnyBinding): void {
  const Real = realDatabase();
  const Ours = boundDatabase(binding);
  let differences = 0;
  let played = 0;
  for (; played < wanted && differences < MOST_SHOWN; played++) {
    const found = compare(Real, Ours, first + played);
    if (found === null) continue;
    differences += 1;
    console.log(JSON.stringify(found, null, 1));
  }
  console.log(`${binding}: ${played} sequences of ${CALLS} calls, ${differences} differences`);
  if (differences > 0) process.exitCode = 1;
}
