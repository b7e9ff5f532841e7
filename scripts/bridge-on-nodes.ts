/**
 * `npm run bridge:nodes [-- 22 26]`: the programs that test the bridge of a remote database, and
 * databases in processes of their own, run on other versions of Node, which npx fetches. They are
 * bundled for Node 22, which cannot run all of the sources as they are. The server runs on this
 * Node.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { startRemote, WAYS } from "../test/compat/better-sqlite3/remote-process.ts";

const VERSIONS: readonly string[] = process.argv.length > 2 ? process.argv.slice(2) : ["22", "26"];
const GARBAGE = Array.from({ length: 400 }, (_, i) => 81 * i + (80 * 81) / 2).reduce(
  (a, b) => a + b,
);
const ROOT = path.join(import.meta.dirname, "..");

/** What each program says and its exit code, as the tests want them on this Node. */
const ANYWHERE: Readonly<Record<string, string>> = {
  rounds: "0 20000",
  open: "0 open",
  exit: "7 ",
  threads: "0 2400",
  garbage: `0 ${GARBAGE}`,
  left: "0 60",
};
/** The same where the database is in a process beside the program. */
const BESIDE: Readonly<Record<string, string>> = {
  ...ANYWHERE,
  leave: "7 ",
  ahead: "0 1",
  waits: "0 ddl",
  calls: "0 3001 30 2970",
  timeouts: "0 SQLITE_INTERRUPT,SQLITE_INTERRUPT,SQLITE_INTERRUPT 3",
};

async function run(version: string, url: string, what: string): Promise<string> {
  const program = path.join(folder, "bridge-program.js");
  const flags = ["--no-warnings", "--expose-gc"];
  const child = spawn("npx", ["-y", `node@${version}`, ...flags, program, url, what], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return `${code} ${said.trim()}`;
}

async function check(
  version: string,
  where: string,
  all: Readonly<Record<string, string>>,
  name: (what: string) => string,
): Promise<void> {
  for (const [what, expected] of Object.entries(all)) {
    const said = await run(version, name(what), what);
    const right = said === expected;
    const outcome = right ? "as it should" : `${said}, not ${expected}`;
    console.log(`Node ${version}, ${where}, ${what}: ${outcome}`);
    if (!right) process.exitCode = 1;
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "dosql-bridge-"));
await build({
  entryPoints: [
    "test/compat/better-sqlite3/bridge-program.ts",
    "src/entry/bridge-worker.ts",
    "src/entry/database-process.ts",
    "src/entry/database-deadline.ts",
  ],
  absWorkingDir: ROOT,
  outdir: folder,
  entryNames: "[name]",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22",
  // What is bundled and written for CommonJS asks for it.
  banner: {
    js:
      'import { createRequire as requireMaker } from "node:module";' +
      "const require = requireMaker(import.meta.url);",
  },
  logLevel: "error",
});
// Room for half of those that one program lets go of.
const server = await startRemote("--connections", "30");
for (const version of VERSIONS) {
  for (const way of WAYS) {
    const served = (what: string): string => server.url(`${what}${version}${way}`, way);
    await check(version, `at a server, by ${way}`, ANYWHERE, served);
  }
  const beside = (what: string): string => path.join(folder, `${what}${version}.db`);
  await check(version, "in a process", BESIDE, beside);
}
await server.stop();
rmSync(folder, { recursive: true, force: true });
