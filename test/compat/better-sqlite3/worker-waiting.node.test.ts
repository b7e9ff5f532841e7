import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const PROGRAM = path.join(import.meta.dirname, "waiting-program.ts");

let root: string;
let file: string;
let running: ChildProcess | null = null;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-waiting-"));
  file = path.join(root, "app.db");
  await open(file, { capture: "on" }).close();
  const db = new Database(file, { binding: "builtin" });
  db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE TABLE u (id INTEGER PRIMARY KEY, v)");
  db.close();
});

afterEach(() => {
  // One that waits for ever.
  running?.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

/** What the program says, and how it ends. */
async function run(
  binding: string,
  what: string,
  heard: (said: string) => void = () => undefined,
): Promise<string> {
  const args = ["--no-warnings", PROGRAM, file, binding, what];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  running = child;
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += String(chunk);
    heard(said);
  });
  const [code] = (await once(child, "close")) as [number | null];
  running = null;
  return `${said.trim()} (${code})`;
}

const twenty = Array.from({ length: 20 }, (_, i) => `a transaction t ${i + 1}`).join("\n");

const ANYWHERE: Readonly<Record<string, string>> = {
  last: "a transaction t 1 (0)",
  sought: "a transaction u 7 (0)",
  iterated: "a transaction t 1 t 2 (0)",
  idle: "idle (0)",
  two: "a transaction t 1\nb transaction u 2 (0)",
  reading: `${twenty}\nbroke (0)`,
  returned: "a end (0)",
  aborted: "a end (0)",
  closed: "a end (0)",
  changes: "1\n2\ndone (0)",
};

const ENDED = "the process that holds the database ended";

const BESIDE: Readonly<Record<string, string>> = {
  killed: "a transaction t 1 (0)",
  torn: `false\n${ENDED}, and its transaction was rolled back\na transaction t 3 (0)`,
  snapshot: "the snapshot is gone with the process it came from (0)",
};

describe("a program that waits for changes", { timeout: 60_000 }, () => {
  describe.each(["builtin", "worker"])("binding %s", (binding) => {
    it.each(Object.entries(ANYWHERE))("%s", async (what, expected) => {
      expect(await run(binding, what)).toBe(expected);
    });

    it("hears of what another process commits, and that nothing has come", async () => {
      let told = false;
      const said = run(binding, "foreign", (text) => {
        if (told || !text.includes("waiting")) return;
        told = true;
        const other = new Database(file, { binding: "builtin" });
        other.exec("INSERT INTO t (v) VALUES (5)");
        other.close();
      });
      expect((await said).split("\n").toSorted()).toEqual([
        expect.stringContaining("a transaction t 5"),
        expect.stringContaining("beat heartbeat"),
        "waiting",
      ]);
    });
  });

  describe("when its process ends", () => {
    it.each(Object.entries(BESIDE))("%s", async (what, expected) => {
      expect(await run("worker", what)).toBe(expected);
    });
  });
});
