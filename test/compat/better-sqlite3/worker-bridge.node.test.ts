import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";

const PROGRAM = path.join(import.meta.dirname, "bridge-program.ts");

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-worker-bridge-"));
  file = path.join(root, "app.db");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function run(name: string, ...flags: string[]): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, ["--no-warnings", ...flags, PROGRAM, file, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said: said.trim() };
}

function left(): { rows: unknown; whole: unknown } {
  const db = new Database(file, { binding: "builtin" });
  const rows = db.prepare("SELECT count(*) FROM left").pluck().get();
  const whole = db.pragma("integrity_check", { simple: true });
  db.close();
  return { rows, whole };
}

describe("a program with a database in a process of its own", { timeout: 120_000 }, () => {
  it("misses no answer in many rounds", async () => {
    expect(await run("rounds")).toEqual({ code: 0, said: "20000" });
  });

  it.each(["exit", "leave"])(
    "may exit in a callback (%s), which undoes its transaction",
    async (name) => {
      expect(await run(name)).toEqual({ code: 7, said: "" });
      expect(left()).toEqual({ rows: 0, whole: "ok" });
    },
  );

  it("ends by itself while its database is open", async () => {
    expect(await run("open")).toEqual({ code: 0, said: "open" });
  });

  it("ends while rows are fetched ahead that never come", async () => {
    expect(await run("ahead")).toEqual({ code: 0, said: "1" });
  });

  it("hears of its last commit, and ends although it waits for more", async () => {
    expect(await run("waits")).toEqual({ code: 0, said: "ddl" });
  });

  it("is called, throws, and is refused what it asks for meanwhile", async () => {
    expect(await run("calls")).toEqual({ code: 0, said: "3001 30 2970" });
  });

  it("goes on after statements that took too long", async () => {
    const codes = "SQLITE_INTERRUPT,SQLITE_INTERRUPT,SQLITE_INTERRUPT";
    expect(await run("timeouts")).toEqual({ code: 0, said: `${codes} 3` });
  });

  it("survives the collection of all it let go of", async () => {
    const sum = Array.from({ length: 400 }, (_, i) => 81 * i + (80 * 81) / 2);
    const said = String(sum.reduce((a, b) => a + b));
    expect(await run("garbage", "--expose-gc")).toEqual({ code: 0, said });
  });

  it("runs in eight threads at once", async () => {
    expect(await run("threads")).toEqual({ code: 0, said: "2400" });
  });
});
