import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = path.join(import.meta.dirname, "../../..");
const ALIAS = path.join(ROOT, "examples/better-sqlite3-alias");
/** The library of our own tests, for programs whose own is not built. */
const SPARE = path.join(import.meta.dirname, "../node_modules/better-sqlite3");

/** What a program gets for better-sqlite3. The first is what the others are compared with. */
export const WAYS = [
  "real",
  "alias, native",
  "alias, builtin",
  "hook, native",
  "hook, builtin",
] as const;
export type Way = (typeof WAYS)[number];

/** What we put beside the library's place. */
const OURS = ["dosql", "dosql-as-better-sqlite3", "better-sqlite3-native", ".dosql-versions"];
const VERSIONS_FILE = "DOSQL_PROGRAMS_VERSIONS";
/** Ends the alias' main file: it notes which SQLite it leads to. */
const SAY_VERSION = `
{
  const db = new module.exports(":memory:");
  const version = db.prepare("SELECT sqlite_version()").pluck().get();
  require("node:fs").appendFileSync(process.env.${VERSIONS_FILE}, version + "\\n");
  db.close();
}
`;

/** Packs this package as it would be published; the unpacked folder. */
export function packedPackage(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-programs-"));
  must("npm", ["pack", "--pack-destination", folder], ROOT);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    readonly version: string;
  };
  must("tar", ["-xzf", `dosql-${version}.tgz`], folder);
  return path.join(folder, "package");
}

/**
 * The place of better-sqlite3 in a program's node_modules, where others stand in for it. Wherever
 * the package manager has put it, everything in the program finds them there.
 */
export class StandIn {
  readonly #place: string;
  readonly #beside: string;
  readonly #kept: string;
  readonly #packed: string;

  /** @param packed our package, unpacked */
  constructor(program: string, packed: string) {
    this.#place = realpathSync(path.join(program, "node_modules/better-sqlite3"));
    this.#beside = path.dirname(this.#place);
    this.#kept = path.join(this.#beside, ".set-aside/node_modules/better-sqlite3");
    this.#packed = packed;
    mkdirSync(path.dirname(this.#kept), { recursive: true });
    renameSync(this.#place, this.#kept);
  }

  /** The real library: the program's own where it can be loaded. */
  get real(): string {
    const text = `new (require(${JSON.stringify(this.#kept)}))(":memory:")`;
    return spawnSync(process.execPath, ["-e", text]).status === 0 ? this.#kept : SPARE;
  }

  /** Puts what a way needs in place; the variables that the program then runs with. */
  put(way: Way): Record<string, string> {
    this.#clear();
    if (way === "real" || way === "hook, native") symlinkSync(this.real, this.#place, "dir");
    if (way === "real") return {};
    cpSync(this.#packed, this.#at("dosql"), { recursive: true });
    const [folder, variables] = way.startsWith("alias") ? [this.#place, {}] : this.#hooked();
    cpSync(ALIAS, folder, { recursive: true });
    appendFileSync(path.join(folder, "main.js"), SAY_VERSION);
    if (way === "alias, native") symlinkSync(this.real, this.#at("better-sqlite3-native"), "dir");
    if (way === "hook, builtin") this.#putUnusable();
    return { ...variables, [VERSIONS_FILE]: this.#at(".dosql-versions") };
  }

  /**
   * The versions of SQLite that a run has had through us: none says that the program went round
   * us, and another one that it did not get the binding that was meant.
   */
  versions(): string[] {
    const file = this.#at(".dosql-versions");
    if (!existsSync(file)) return [];
    return [...new Set(readFileSync(file, "utf8").trim().split("\n"))];
  }

  /** Everything as it was. */
  end(): void {
    this.#clear();
    renameSync(this.#kept, this.#place);
    rmSync(this.#at(".set-aside"), { recursive: true });
  }

  #hooked(): [folder: string, variables: Record<string, string>] {
    const folder = this.#at("dosql-as-better-sqlite3");
    const { href } = pathToFileURL(path.join(folder, "register.mjs"));
    return [folder, { NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --import ${href}` }];
  }

  /** A better-sqlite3 that is there, and that no Node can run. */
  #putUnusable(): void {
    mkdirSync(path.join(this.#place, "lib"), { recursive: true });
    const manifest = { name: "better-sqlite3", main: "lib/index.js", engines: { node: ">=999" } };
    writeFileSync(path.join(this.#place, "package.json"), JSON.stringify(manifest));
    writeFileSync(path.join(this.#place, "lib/index.js"), "throw new Error('not led')");
  }

  #clear(): void {
    for (const name of OURS) rmSync(this.#at(name), { recursive: true, force: true });
    rmSync(this.#place, { recursive: true, force: true });
  }

  #at(name: string): string {
    return path.join(this.#beside, name);
  }
}

function must(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
}
