/**
 * `npm run bridge:nodes [-- 22 26]`: the programs that test the bridge of a remote database, run on
 * other versions of Node, which npx fetches. They are bundled for Node 22, which cannot run all of
 * the sources as they are. The server runs on this Node.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { startRemote } from "../test/compat/better-sqlite3/remote-process.ts";

const VERSIONS: readonly string[] = process.argv.length > 2 ? process.argv.slice(2) : ["22", "26"];
const ROOT = path.join(import.meta.dirname, "..");

/** What each program says and its exit code, as the tests want them on this Node. */
const EXPECTED: Readonly<Record<string, string>> = {
  rounds: "0 20000",
  open: "0 open",
  exit: "7 ",
  threads: "0 2400",
};

async function run(version: string, url: string, what: string): Promise<string> {
  const program = path.join(folder, "bridge-program.js");
  const child = spawn("npx", ["-y", `node@${version}`, "--no-warnings", program, url, what], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return `${code} ${said.trim()}`;
}

const folder = mkdtempSync(path.join(tmpdir(), "dosql-bridge-"));
await build({
  entryPoints: ["test/compat/better-sqlite3/bridge-program.ts", "src/entry/bridge-worker.ts"],
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
const server = await startRemote();
for (const version of VERSIONS) {
  for (const [what, expected] of Object.entries(EXPECTED)) {
    const url = `dosql://127.0.0.1:${server.port}/${what}${version}`;
    const said = await run(version, url, what);
    const right = said === expected;
    console.log(`Node ${version}, ${what}: ${right ? "as it should" : `${said}, not ${expected}`}`);
    if (!right) process.exitCode = 1;
  }
}
await server.stop();
rmSync(folder, { recursive: true, force: true });
