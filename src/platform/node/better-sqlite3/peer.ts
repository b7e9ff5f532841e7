import { createRequire } from "node:module";
import path from "node:path";
import { betterSqlite3Class } from "./library.ts";
import type { BetterSqlite3 } from "./library.ts";

/** The first major version that is built for Node-API, and the version of that it needs. */
const NODE_API_SINCE = 13;
const LEAST_NODE_API = 10;

/**
 * Where it may be installed: the second is for programs in which the first is an alias of ours
 * (`"better-sqlite3-native": "npm:better-sqlite3@^13.0.0"`).
 */
const NAMES = ["better-sqlite3", "better-sqlite3-native"];

/** better-sqlite3 as it was found, or why it is not used. */
export type FoundPeer =
  | { readonly library: BetterSqlite3; readonly reason: null }
  | { readonly library: null; readonly reason: string };

/**
 * The better-sqlite3 that a program has installed, looked for once. It is loaded only by a Node
 * that it says it runs on: another one it may crash.
 */
export class BetterSqlite3Peer {
  #found: FoundPeer | null = null;

  find(): FoundPeer {
    this.#found ??= load();
    return this.#found;
  }
}

function load(): FoundPeer {
  let reason = "better-sqlite3 is not installed where this program can load it";
  for (const [base, name] of places()) {
    const require = createRequire(base);
    const found = manifestOf(require, name);
    if (found === null) continue;
    const refusal = refusalOf(found.manifest);
    if (refusal !== null) {
      reason = refusal;
      continue;
    }
    try {
      // From inside of it: its name may be led to us, by a loader hook.
      const library = betterSqlite3Class(createRequire(found.file)("./") as never);
      // The native part is loaded with the first database.
      new library(":memory:", { readonly: false, timeout: 0 }).close();
      return { library, reason: null };
    } catch (error) {
      reason = `better-sqlite3 cannot be loaded: ${messageOf(error)}`;
    }
  }
  return { library: null, reason };
}

/** What to look for, and from where: the program, the folder it runs in, and our own place. */
function places(): [base: string, name: string][] {
  const [, script] = process.argv;
  const folder = path.join(process.cwd(), "package.json");
  const bases = [...(script === undefined ? [] : [path.resolve(script)]), folder, import.meta.url];
  return NAMES.flatMap((name) => bases.map((base): [string, string] => [base, name]));
}

interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly engines?: { readonly node?: unknown };
}

/** What is behind the name; null for nothing, and for a package that only has that name there. */
function manifestOf(
  require: NodeJS.Require,
  name: string,
): { readonly manifest: Manifest; readonly file: string } | null {
  try {
    const file = require.resolve(`${name}/package.json`);
    const manifest = require(file) as Manifest;
    return manifest.name === "better-sqlite3" ? { manifest, file } : null;
  } catch {
    return null;
  }
}

function refusalOf({ version, engines }: Manifest): string | null {
  const range = engines?.node;
  const major = Number(String(version).split(".")[0]);
  const { node, napi } = process.versions;
  const runs =
    (typeof range !== "string" || isInRange(node, range)) &&
    (!(major >= NODE_API_SINCE) || Number(napi) >= LEAST_NODE_API);
  if (runs) return null;
  return `better-sqlite3 ${String(version)} needs Node ${String(range)}, and this is v${node}`;
}

/**
 * Whether a version is in a range as packages write them for `engines`. What is not understood
 * does not hold it.
 */
export function isInRange(version: string, range: string): boolean {
  return range.split("||").some((all) => {
    const parts = all.trim().split(/\s+/);
    return parts.every((part) => holds(version.split(".").map(Number), part));
  });
}

function holds(version: readonly number[], part: string): boolean {
  if (part === "*" || part === "") return true;
  const match = /^(>=|>|<=|<|\^|~|=)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/.exec(part);
  if (match === null) return false;
  const [, sign = "=", ...given] = match;
  const numbers = given.filter((one) => one !== undefined && /^\d+$/.test(one)).map(Number);
  const place = numbers.findIndex((number, index) => number !== version[index]);
  const order = place < 0 ? 0 : Math.sign((version[place] ?? 0) - (numbers[place] ?? 0));
  switch (sign) {
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case "^":
      return order >= 0 && version[0] === numbers[0];
    case "~":
      return order >= 0 && version[0] === numbers[0] && (numbers.length < 2 || place !== 1);
    default:
      return order === 0;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
