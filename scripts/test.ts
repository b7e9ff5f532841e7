/**
 * `npm test`: brings the references, runs vitest's projects, and ends with vitest's own counts.
 * Arguments go to vitest, as in `npm test -- --project node test/sql`.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { bringReferences } from "./references.ts";

const ROOT = path.join(import.meta.dirname, "..");

await bringReferences((line) => console.log(line));

const vitest = path.join(ROOT, "node_modules/vitest/vitest.mjs");
const child = spawn(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
});
child.once("close", (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
