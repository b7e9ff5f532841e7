import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";

const SLOW = { timeout: 30_000 };

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-left-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.each(["SIGKILL", "SIGINT"] as const)(
  "a database ends with a program that ends by %s in a statement without end",
  SLOW,
  async (signal) => {
    const file = path.join(root, "app.db");
    const script = path.join(import.meta.dirname, "endless-program.ts");
    const program = spawn(process.execPath, [script, file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(program.stdout, "data")) as [Buffer];
    const pid = Number(said);
    try {
      expect(isThere(pid)).toBe(true);
      // The function's answer is on its way: then nobody asks for another one.
      await setTimeout(200);
      const ended = once(program, "exit");
      program.kill(signal);
      await ended;
      await vi.waitFor(() => expect(isThere(pid)).toBe(false), { timeout: 20_000, interval: 50 });
      const db = new Database(file, { binding: "builtin", timeout: 0 });
      db.exec("INSERT INTO t VALUES (1)");
      db.close();
    } finally {
      if (isThere(pid)) process.kill(pid, "SIGKILL");
    }
  },
);

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
