import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { referenceState } from "../../../scripts/references.ts";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";
import { serve } from "../../../src/entry/server.ts";

const PROGRAM = path.join(import.meta.dirname, "folder-program.ts");
const WITH_LIBRARY = path.join(import.meta.dirname, "../../../compat-tests/better-sqlite3");

let root: string;
let folder: string;
const programs: Program[] = [];

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-owner-"));
  folder = path.join(root, "data");
  const database = open(`${folder}/`);
  await database.session().execute("CREATE TABLE t (a)", []);
  await database.close();
});

afterEach(() => {
  for (const { child } of programs.splice(0)) child.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

/** Another process with the folder. */
class Program {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
  readonly #lines: AsyncIterator<string>;

  constructor(...args: string[]) {
    const stdio: ["pipe", "pipe", "inherit"] = ["pipe", "pipe", "inherit"];
    const child = spawn(process.execPath, [PROGRAM, folder, ...args], { stdio, cwd: WITH_LIBRARY });
    this.child = child;
    this.ended = once(child, "exit");
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    programs.push(this);
  }

  async heard(): Promise<unknown> {
    const { value } = (await this.#lines.next()) as { value?: string };
    return value === undefined ? undefined : JSON.parse(value);
  }

  say(command: string): void {
    this.child.stdin?.write(`${command}\n`);
  }

  ask(command: string): Promise<unknown> {
    this.say(command);
    return this.heard();
  }
}

async function owner(...args: string[]): Promise<Program> {
  const program = new Program(...args);
  expect(await program.heard()).toBe(0);
  return program;
}

function failure(body: () => unknown): { code: string; message: string } {
  try {
    body();
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return { code, message };
  }
  throw new Error("nothing was thrown");
}

const count = (db: Database.Database): unknown =>
  db.prepare("SELECT count(*) FROM t").pluck().get();

const NUMBERS =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 900) SELECT i FROM n";

const ways = ["builtin", "native", "open"].filter(
  (way) => way !== "native" || referenceState("better-sqlite3").ready,
);

describe.each(ways)("a data folder that a program has embedded, %s", (way) => {
  it("is reached through that program, and its own when it ends", async () => {
    const program = await owner(way);
    const socket = path.join(folder, "socket");
    expect(statSync(socket).mode & 0o177).toBe(0);
    const db = new Database(folder);
    db.transaction(() => db.exec("INSERT INTO t VALUES (1), (2)"))();
    expect(count(db)).toBe(2);
    const file = new Database(path.join(folder, "databases/main/shard-0.sqlite"));
    expect(count(file)).toBe(2);
    file.close();
    if (way === "open") program.child.stdin?.end();
    else {
      expect(await program.ask("all SELECT a FROM t")).toEqual([[1], [2]]);
      program.say("leave");
    }
    // It ends although somebody is attached.
    expect(await program.ended).toEqual([0, null]);
    expect(failure(() => count(db))).toMatchObject({
      code: "DOSQL_CONNECTION",
      message: expect.stringContaining(`process ${program.child.pid}, which owned ${folder}`),
    });
    db.close();
    expect([existsSync(socket), existsSync(path.join(folder, "owner"))]).toEqual([false, false]);
    const own = new Database(folder);
    // Its changes were captured, as if it had been there.
    const logged = [...dosql(own).changes()].flatMap(({ records }) => records.map(({ op }) => op));
    expect(logged.filter((op) => op === "insert")).toHaveLength(2);
    own.close();
  });

  it("is free when the program was killed", async () => {
    const program = await owner(way);
    const db = new Database(folder);
    db.exec("INSERT INTO t VALUES (1); BEGIN; INSERT INTO t VALUES (2)");
    program.child.kill("SIGKILL");
    await program.ended;
    expect(failure(() => count(db)).message).toMatch(/^the transaction was rolled back/);
    expect(failure(() => count(db)).message).toContain("has ended or closed it");
    const own = new Database(folder);
    expect(count(own)).toBe(1);
    // The first connection finds the new owner by itself, if that gives way.
    own.close();
    db.close();
  });
});

describe("two programs on one folder", () => {
  it("both write, whoever was first", async () => {
    const mine = new Database(folder);
    const theirs = new Program("builtin");
    expect(await theirs.heard()).toBe(0);
    const third = new Program("builtin");
    expect(await third.heard()).toBe(0);
    const done = [theirs.ask("many 200"), third.ask("many 200")];
    for (let i = 0; i < 50; i++) {
      await new Promise(setImmediate);
      await retried(() => mine.prepare("INSERT INTO t VALUES (?)").run(i));
    }
    expect(await Promise.all(done)).toEqual([200, 200]);
    expect(count(mine)).toBe(450);
    expect(await theirs.ask("all SELECT count(*) FROM t")).toEqual([[450]]);
    mine.close();
    // Between statements the next owner is found, or found out.
    expect(await theirs.ask("all SELECT 1")).toMatchObject({ code: "DOSQL_CONNECTION" });
  });

  it("take turns: the owner hears SQLITE_BUSY within the other's transaction", async () => {
    const mine = new Database(folder);
    const theirs = new Program("builtin");
    await theirs.heard();
    await theirs.ask("exec BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
    expect(failure(() => mine.exec("INSERT INTO t VALUES (2)")).code).toBe("SQLITE_BUSY");
    expect(count(mine)).toBe(0);
    await theirs.ask("exec COMMIT");
    mine.exec("INSERT INTO t VALUES (2)");
    expect(count(mine)).toBe(2);
    mine.exec("BEGIN IMMEDIATE");
    const waits = theirs.ask("exec INSERT INTO t VALUES (3)");
    await new Promise((resolve) => setTimeout(resolve, 100));
    mine.exec("COMMIT");
    expect(await waits).toBe(folder);
    expect(count(mine)).toBe(3);
    // What it leaves open goes with it.
    await theirs.ask("exec BEGIN; INSERT INTO t VALUES (4)");
    theirs.child.kill("SIGKILL");
    await theirs.ended;
    await retried(() => mine.exec("INSERT INTO t VALUES (5)"));
    expect(count(mine)).toBe(4);
    mine.close();
  });

  it("wait for one that keeps its thread to itself, as long as `timeout` says", async () => {
    const program = await owner("builtin");
    await program.ask("block 4000");
    const busy = {
      code: "SQLITE_BUSY",
      message: expect.stringContaining(`process ${program.child.pid}, which owns ${folder}`),
    };
    expect(failure(() => new Database(folder, { timeout: 0 }))).toMatchObject(busy);
    const db = new Database(folder, { timeout: 10_000 });
    expect(await program.heard()).toBe("done");
    db.close();
    // Also between statements; nothing of the statement is done later.
    const impatient = new Database(folder, { timeout: 0 });
    expect(count(impatient)).toBe(0);
    await program.ask("block 4000");
    // Who has just answered counts as there.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(failure(() => impatient.exec("INSERT INTO t VALUES (1)"))).toMatchObject(busy);
    expect(failure(() => impatient.exec("INSERT INTO t VALUES (1)"))).toMatchObject(busy);
    expect(await program.heard()).toBe("done");
    expect(count(impatient)).toBe(0);
    // A transaction outlives it.
    impatient.exec("BEGIN; INSERT INTO t VALUES (2)");
    await program.ask("block 2500");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(failure(() => count(impatient))).toMatchObject(busy);
    expect(await program.heard()).toBe("done");
    expect([impatient.inTransaction, count(impatient)]).toEqual([true, 1]);
    impatient.exec("COMMIT");
    expect(await program.ask("all SELECT a FROM t")).toEqual([[2]]);
    // An answer that was there already says nothing of who is there now.
    const rows = impatient.prepare(NUMBERS).iterate();
    rows.next();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await program.ask("block 4000");
    rows.return?.();
    expect(failure(() => count(impatient))).toMatchObject(busy);
    expect(await program.heard()).toBe("done");
    impatient.close();
  });

  it("follow each other: who waits for an owner that ends becomes the owner", async () => {
    const program = await owner("builtin");
    program.say("block 1500");
    await program.heard();
    program.child.stdin?.end();
    const db = new Database(folder, { timeout: 30_000 });
    expect(count(db)).toBe(0);
    db.close();
    await program.ended;
  });

  it("find the next owner between statements", async () => {
    const program = await owner("builtin");
    const db = new Database(folder);
    expect(count(db)).toBe(0);
    await program.ask("close");
    const next = await owner("builtin");
    expect(count(db)).toBe(0);
    db.exec("INSERT INTO t VALUES (7)");
    expect(await next.ask("all SELECT a FROM t")).toEqual([[7]]);
    db.close();
  });
});

describe("the socket of a folder", () => {
  const socketOf = (): unknown => {
    const text = readFileSync(path.join(folder, "owner"), "utf8");
    return (JSON.parse(text) as { socket?: string }).socket;
  };

  it("is there while anybody in the process has the folder open", () => {
    const socket = path.join(folder, "socket");
    const one = new Database(folder);
    const two = new Database(folder);
    expect(socketOf()).toBe(socket);
    one.close();
    expect(existsSync(socket)).toBe(true);
    two.close();
    expect(existsSync(socket)).toBe(false);
  });

  it("lets another thread of the process in, too", async () => {
    const main = path.join(import.meta.dirname, "../../../src/entry/better-sqlite3.ts");
    const program = `import(${JSON.stringify(main)}).then(({ default: Database }) => {
      const { parentPort, workerData } = require("node:worker_threads");
      const db = new Database(workerData, { binding: "builtin" });
      db.exec("INSERT INTO t VALUES (1)");
      parentPort.postMessage("owns");
      setInterval(() => undefined, 1_000);
    });`;
    const thread = new Worker(program, { eval: true, workerData: folder });
    await once(thread, "message");
    expect(statSync(path.join(folder, "socket")).mode & 0o177).toBe(0);
    const db = new Database(folder);
    db.exec("INSERT INTO t VALUES (2)");
    expect(count(db)).toBe(2);
    db.close();
    await thread.terminate();
    const own = new Database(folder);
    expect(count(own)).toBe(2);
    own.close();
  });

  it("is the server's while one runs in the process, and then the program's again", async () => {
    const mine = new Database(folder);
    const server = await serve({ data: folder, pgPort: 0, httpPort: 0 });
    const theirs = new Program("builtin");
    expect(await theirs.heard()).toBe(0);
    await theirs.ask("exec INSERT INTO t VALUES (1)");
    await server.close();
    expect(socketOf()).toBe(path.join(folder, "socket"));
    expect(await theirs.ask("all SELECT a FROM t")).toEqual([[1]]);
    expect(count(mine)).toBe(1);
    mine.close();
  });
});

/** The owner's thread cannot wait for those who go on only when it gives way. */
async function retried(body: () => unknown): Promise<void> {
  for (;;) {
    try {
      body();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "SQLITE_BUSY") throw error;
      await new Promise(setImmediate);
    }
  }
}
