import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const ENTRY = new URL("../../../src/entry/better-sqlite3.ts", import.meta.url).href;

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-threads-"));
  file = path.join(root, "app.db");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a database in another thread", () => {
  it("writes beside this one's", async () => {
    const db: any = new Database(file);
    db.pragma("journal_mode = WAL");
    db.exec("CREATE TABLE t (a)");
    const body =
      `const { parentPort } = require("node:worker_threads");` +
      `import(${JSON.stringify(ENTRY)}).then(({ default: Database }) => {` +
      `const db = new Database(${JSON.stringify(file)});` +
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
  it.each(["off", "on"] as const)("leaves one whole file, capture %s", async (capture) => {
    await open(file, { capture }).close();
    const program =
      `import Database from ${JSON.stringify(ENTRY)};` +
      `const db = new Database(${JSON.stringify(file)}); db.pragma("journal_mode = WAL");` +
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
