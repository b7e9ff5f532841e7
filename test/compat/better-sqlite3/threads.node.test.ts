import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const ENTRY = new URL("../../../src/entry/better-sqlite3.ts", import.meta.url).href;
const LIBRARY = path.join(
  import.meta.dirname,
  "../../../compat-tests/better-sqlite3/node_modules/better-sqlite3",
);
/** What a program in another thread or process writes to say which SQLite it wants. */
const ALL_BINDINGS = {
  builtin: `"builtin"`,
  native: `process.getBuiltinModule("node:module").createRequire(${JSON.stringify(`${LIBRARY}/`)})("./")`,
};
const BINDINGS = (["builtin", "native"] as const).filter(
  (name) => name === "builtin" || referenceState("better-sqlite3").ready,
);

const library = (name: "builtin" | "native"): any =>
  name === "builtin" ? "builtin" : createRequire(import.meta.url)(LIBRARY);

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-threads-"));
  file = path.join(root, "app.db");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a database in another thread", () => {
  it.each(BINDINGS)("writes beside this one's, %s", async (binding) => {
    const db: any = new Database(file, { binding: library(binding) });
    db.pragma("journal_mode = WAL");
    db.exec("CREATE TABLE t (a)");
    const body =
      `const { parentPort } = require("node:worker_threads");` +
      `import(${JSON.stringify(ENTRY)}).then(({ default: Database }) => {` +
      `const db = new Database(${JSON.stringify(file)}, { binding: ${ALL_BINDINGS[binding]} });` +
      `const { changes } = db.prepare("INSERT INTO t VALUES (1), (?)").run(2n);` +
      `parentPort.postMessage([changes, db.prepare("SELECT a FROM t").pluck().all()]);` +
      `db.close(); });`;
    const worker = new Worker(body, { eval: true });
    const said = await new Promise((resolve, reject) => {
      worker.on("message", resolve);
      worker.on("error", reject);
    });
    expect(said).toEqual([2, [1, 2]]);
    expect(db.prepare("SELECT a FROM t").pluck().all()).toEqual([1, 2]);
    await worker.terminate();
    db.close();
  });
});

describe("the end of a program that closes nothing", () => {
  const ways = BINDINGS.flatMap((binding) => [
    { binding, capture: "off" as const },
    { binding, capture: "on" as const },
  ]);
  it.each(ways)("leaves one whole file, $binding, capture $capture", async (way) => {
    const { binding, capture } = way;
    await open(file, { capture }).close();
    const program =
      `import Database from ${JSON.stringify(ENTRY)};` +
      `const db = new Database(${JSON.stringify(file)}, { binding: ${ALL_BINDINGS[binding]} });` +
      `db.pragma("journal_mode = WAL");` +
      `db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");` +
      `console.log(require("node:fs").existsSync(${JSON.stringify(`${file}-wal`)}));`;
    const source = program.replace("require(", "process.getBuiltinModule(");
    const args = ["--no-warnings", "--input-type=module", "--eval", source];
    expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("true\n");
    expect(existsSync(`${file}-wal`)).toBe(false);
    const db: any = new Database(file);
    expect(db.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
    db.close();
  });
});
