/**
 * `npm run check`: everything short of the tests, in seconds. Each gate runs even when another
 * one failed; what it says is shown only when it failed.
 */
import { spawn } from "node:child_process";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");

interface Gate {
  readonly name: string;
  readonly command: readonly string[];
}

const GATES: readonly Gate[] = [
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "types", command: ["tsc", "-b"] },
  { name: "lint", command: ["oxlint"] },
  { name: "tidy", command: ["vitest", "run", "--project", "node", "test/tidy.test.ts"] },
  { name: "dead code", command: ["knip"] },
  { name: "build, publint, attw", command: ["tsdown", "--logLevel", "warn"] },
  { name: "use of the package", command: ["node", "scripts/try-package.ts"] },
  { name: "public API", command: ["node", "scripts/api.ts"] },
  { name: "size", command: ["node", "scripts/size.ts"] },
];

interface Outcome {
  readonly passed: boolean;
  readonly output: string;
}

async function run(gate: Gate): Promise<Outcome> {
  const [command = "", ...args] = gate.command;
  const started = performance.now();
  const tools = path.join(ROOT, "node_modules/.bin");
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: `${tools}${path.delimiter}${process.env["PATH"] ?? ""}` },
  });
  const said: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const passed = await new Promise<boolean>((resolve) => {
    child.once("error", (error) => {
      said.push(error.message);
      resolve(false);
    });
    child.once("close", (code) => resolve(code === 0));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${passed ? "ok  " : "FAIL"}  ${gate.name}  ${seconds} s`);
  return { passed, output: said.join("").trim() };
}

let failed = 0;
for (const gate of GATES) {
  const { passed, output } = await run(gate);
  if (!passed || gate.name === "size") console.log(output.replace(/^/gm, "      "));
  if (!passed) failed += 1;
}
if (failed > 0) {
  console.error(`${failed} of the checks failed`);
  process.exitCode = 1;
}
