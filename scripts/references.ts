/**
 * The references that our contracts run against: the real better-sqlite3, a real PostgreSQL, a
 * real local D1. Each stands in a folder of `compat-tests` with a lock file of its own and is
 * installed by the first `npm test`; what cannot be had makes its tests skip, with the reason.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");
/** Holds the reason of the last failed attempt, one file for each reference. */
const REASONS = ".cache/references";
/** The lock file's hash at the last good install; inside node_modules, so that it goes with it. */
const STAMP = "node_modules/.dosql-reference";
/** A slow line takes a minute for PostgreSQL's 25 MB. */
const INSTALL_TIMEOUT_MS = 300_000;

/** The folders of `compat-tests` that bring a reference. */
export const REFERENCES = ["better-sqlite3", "d1", "pgwire"] as const;
export type Reference = (typeof REFERENCES)[number];

/** Whether a reference can be used, and if not, why: the text that a skipped test shows. */
export type ReferenceState =
  | { readonly ready: true }
  | { readonly ready: false; readonly reason: string };

/**
 * Says whether a reference is installed, without trying to install it.
 *
 * @example
 * const state = referenceState("better-sqlite3");
 * describe.skipIf(!state.ready)(state.ready ? "…" : `… (skipped: ${state.reason})`, () => { … });
 */
export function referenceState(name: Reference, root: string = ROOT): ReferenceState {
  const folder = path.join(root, "compat-tests", name);
  // Without a package of its own, a reference comes with the root's development dependencies.
  if (!existsSync(path.join(folder, "package-lock.json"))) return { ready: true };
  const stamp = path.join(folder, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash(folder)) return { ready: true };
  const reason = path.join(root, REASONS, name);
  if (existsSync(reason)) return { ready: false, reason: readFileSync(reason, "utf8") };
  return { ready: false, reason: `${name} is not installed; \`npm test\` installs it` };
}

/** Installs what is missing or out of date, with a line of progress for each. */
export async function bringReferences(
  say: (line: string) => void,
  root: string = ROOT,
): Promise<void> {
  mkdirSync(path.join(root, REASONS), { recursive: true });
  for (const name of REFERENCES) {
    rmSync(path.join(root, REASONS, name), { force: true });
    if (referenceState(name, root).ready) continue;
    say(`reference ${name}: installing…`);
    const started = performance.now();
    const failure = await install(path.join(root, "compat-tests", name));
    if (failure === null) {
      say(`reference ${name}: ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    } else {
      const reason = `${name} cannot be installed here: ${failure}`;
      writeFileSync(path.join(root, REASONS, name), reason);
      say(`reference ${name}: its tests will be skipped: ${reason}`);
    }
  }
}

function lockHash(folder: string): string {
  return createHash("sha256")
    .update(readFileSync(path.join(folder, "package-lock.json")))
    .digest("hex");
}

/** Runs `npm ci` in the folder; null, or the reason why it failed. */
async function install(folder: string): Promise<string | null> {
  // npm says where it is to the scripts it runs; with our own Node, whichever npm that is works.
  const npm = process.env["npm_execpath"];
  const [command, ...before] = npm === undefined ? ["npm"] : [process.execPath, npm];
  // Nothing here needs its install script: what is native comes built.
  const flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // One more attempt, soon: a machine without a network must not wait for long.
  const network = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];
  const child = spawn(command, [...before, ...flags, ...network], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: INSTALL_TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const failure = await new Promise<string | null>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => {
      if (code === 0) resolve(null);
      else resolve(signal === null ? summary(errors, code) : "npm ci took too long");
    });
  });
  if (failure !== null) return failure;
  // npm makes no folder when nothing in the lock file is for this platform.
  mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  writeFileSync(path.join(folder, STAMP), lockHash(folder));
  return null;
}

/** The first sentence of what npm said that is not a code. */
function summary(errors: string, code: number | null): string {
  const said = errors
    .split("\n")
    .map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim())
    .find((line) => line !== "" && !/^(code|errno|syscall|network |A complete log)/.test(line));
  return said ?? `npm ci ended with code ${code}`;
}

if (import.meta.main) await bringReferences((line) => console.log(line));
