/**
 * Packs the package as it would be published and uses it as a consumer does: the sources are out
 * of reach there, so what still points at them, or at a type that is not shipped, fails.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");
// Below the root, so that the dependencies are found in its node_modules.
const CONSUMER = path.join(ROOT, ".cache/consumer");
const PACKAGE = path.join(CONSUMER, "node_modules/dosql");

const PROGRAM = `
  import { createRequire } from "node:module";
  import { open } from "dosql";
  import { d1 } from "dosql/d1";
  import Database from "dosql/better-sqlite3";

  const wanted = JSON.stringify({ one: 1 });
  const check = (what, found) => {
    const answer = JSON.stringify(found);
    if (answer !== wanted) throw new Error(what + " answered " + answer);
  };
  const own = new Database(":memory:");
  check("better-sqlite3", own.prepare("SELECT 1 AS one").get());
  own.close();
  if (createRequire(import.meta.url)("dosql/better-sqlite3") !== Database) {
    throw new Error("require('dosql/better-sqlite3') is not the class");
  }
  const database = open(":memory:");
  check("d1", await d1(database).prepare("SELECT 1 AS one").first());
  await database.close();
`;

const CONSUMER_TYPES = `
  import { open, type Database as Opened } from "dosql";
  import { d1, type D1Database } from "dosql/d1";
  import Database from "dosql/better-sqlite3";
  export const database: Opened = open(":memory:");
  export const face: D1Database = d1(database);
  export const row: unknown = new Database(":memory:").prepare("SELECT 1").get();
`;

function run(what: string, command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status === 0) return;
  console.error(`${what} failed: ${error?.message ?? ""}\n${stdout}${stderr}`);
  process.exit(1);
}

rmSync(CONSUMER, { recursive: true, force: true });
mkdirSync(PACKAGE, { recursive: true });
run("npm pack", "npm", ["pack", "--ignore-scripts", "--pack-destination", CONSUMER], ROOT);
const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  version: string;
};
const tarball = path.join(CONSUMER, `dosql-${version}.tgz`);
run("unpacking", "tar", ["-xzf", tarball, "--strip-components=1"], PACKAGE);

writeFileSync(path.join(CONSUMER, "package.json"), '{ "type": "module" }');
writeFileSync(path.join(CONSUMER, "program.js"), PROGRAM);
writeFileSync(path.join(CONSUMER, "consumer.ts"), CONSUMER_TYPES);
run("the command line", process.execPath, [path.join(PACKAGE, "bin/dosql.js"), "--help"], CONSUMER);
run("a consumer's program", process.execPath, ["program.js"], CONSUMER);

const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024"];
const types = ["--lib", "es2024,esnext.disposable", "--types", "node", "--ignoreConfig"];
const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
run("a consumer's types", process.execPath, [tsc, ...flags, ...types, "consumer.ts"], CONSUMER);
