import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeFolderHome } from "../../src/entry/node/node-home.ts";
import { resolveDatabasePath } from "../../src/server/database-path.ts";
import { folderOwner, openDataFolder, parseOwner } from "../../src/server/data-folder.ts";
import type { FolderHome } from "../../src/server/data-folder.ts";

const HOLDER = path.join(import.meta.dirname, "folder-holder.ts");
const home = nodeFolderHome();
const create = { create: true };
let scratch: string;
let data: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "dosql-folder-"));
  data = path.join(scratch, "data");
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  fs.rmSync(scratch, { recursive: true });
});

/** Starts a process that claims a folder; answers with its first line, `claimed` or an error. */
async function hold(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [HOLDER, folder], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const said = await new Promise<string>((resolve) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(text.trim());
    });
    child.once("close", () => resolve(text.trim()));
  });
  return { child, said };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once("exit", resolve));
}

function failure(body: () => unknown): { code?: string; message?: string; hint?: string } {
  try {
    body();
  } catch (error) {
    return error as { code?: string; message?: string; hint?: string };
  }
  return {};
}

describe("layout", () => {
  test("a missing folder is created with the shard's place, for its owner only", () => {
    const folder = openDataFolder(home, data, create);
    expect(folder.shardFile).toBe(path.join(data, "databases", "main", "shard-0.sqlite"));
    expect(fs.statSync(path.dirname(folder.shardFile)).isDirectory()).toBe(true);
    expect(fs.statSync(data).mode & 0o777).toBe(0o700);
    expect(fs.statSync(path.join(data, "owner")).mode & 0o777).toBe(0o600);
    folder.release();
    expect(fs.existsSync(path.join(data, "owner"))).toBe(false);
  });

  test("the owner file names the process, its start and, once known, its addresses", () => {
    const folder = openDataFolder(home, data, create);
    const before = parseOwner(fs.readFileSync(path.join(data, "owner"), "utf8"));
    expect(before).toMatchObject({ pid: process.pid, version: home.version });
    expect(
      Math.abs((before?.startedAtMs ?? 0) - (Date.now() - process.uptime() * 1000)),
    ).toBeLessThan(5_000);
    folder.announce({ pgUrl: "postgresql://x", httpUrl: "http://y" });
    expect(folderOwner(home, data)).toMatchObject({ pgUrl: "postgresql://x", httpUrl: "http://y" });
    folder.release();
    expect(folderOwner(home, data)).toBe(null);
  });

  test.each([
    ["missing", () => data, /does not exist/],
    ["empty", () => scratch, /empty folder/],
  ])("a %s folder is an error unless it may be created", (_, folder, message) => {
    expect(failure(() => openDataFolder(home, folder(), { create: false }))).toMatchObject({
      code: "bad-file",
      message: expect.stringMatching(message) as string,
    });
  });

  test("a file, a foreign folder and a missing parent are refused, and nothing is written", () => {
    const file = path.join(scratch, "file");
    fs.writeFileSync(file, "x");
    const foreign = path.join(scratch, "foreign");
    fs.mkdirSync(foreign);
    fs.writeFileSync(path.join(foreign, "thesis.tex"), "x");
    const orphan = path.join(scratch, "no", "such", "data");
    for (const [folder, message] of [
      [file, /is a file, not a data folder/],
      [foreign, /not a DoSQL data folder/],
      [orphan, /parent does not exist/],
    ] as const) {
      expect(failure(() => openDataFolder(home, folder, create))).toMatchObject({
        code: "bad-file",
        message: expect.stringMatching(message) as string,
        hint: expect.any(String) as string,
      });
    }
    expect(fs.readdirSync(foreign)).toEqual(["thesis.tex"]);
  });
});

describe("ownership between processes", () => {
  test("a second process learns who has the folder; after release it may have it", async () => {
    const folder = openDataFolder(home, data, create);
    folder.announce({
      pgUrl: "postgresql://dosql@127.0.0.1:1/main",
      httpUrl: "http://127.0.0.1:2",
    });
    const refused = await hold(data);
    expect(refused.said).toContain(`owned: ${data} is owned by process ${process.pid}`);
    expect(refused.said).toContain("postgresql://dosql@127.0.0.1:1/main");
    folder.release();
    const { said } = await hold(data);
    expect(said).toBe("claimed");
    expect(failure(() => openDataFolder(home, data, create))).toMatchObject({ code: "owned" });
  });

  test("a process that was killed leaves nothing that stands in the way", async () => {
    const { child } = await hold(data);
    child.kill("SIGKILL");
    await ended(child);
    expect(fs.existsSync(path.join(data, "owner"))).toBe(true);
    expect(folderOwner(home, data)).toBe(null);
    const folder = openDataFolder(home, data, create);
    expect(folderOwner(home, data)).toMatchObject({ pid: process.pid });
    folder.release();
  });

  test("an owner file that names a living process does not own: pids are used again", () => {
    openDataFolder(home, data, create).release();
    const owner = { pid: 1, startedAtMs: 1, version: "0" };
    fs.writeFileSync(path.join(data, "owner"), JSON.stringify(owner));
    const folder = openDataFolder(home, data, create);
    expect(folderOwner(home, data)).toMatchObject({ pid: process.pid });
    folder.release();
  });

  test("a copy of an owned folder belongs to nobody", () => {
    const folder = openDataFolder(home, data, create);
    const copy = path.join(scratch, "copy");
    fs.mkdirSync(copy);
    // Not cpSync: reading the lock file in this process would drop the lock.
    fs.cpSync(path.join(data, "databases"), path.join(copy, "databases"), { recursive: true });
    fs.copyFileSync(path.join(data, "owner"), path.join(copy, "owner"));
    expect(folderOwner(home, copy)).toBe(null);
    openDataFolder(home, copy, create).release();
    folder.release();
  });

  test("of many processes that take over at once exactly one wins", async () => {
    const { child } = await hold(data);
    child.kill("SIGKILL");
    await ended(child);
    const answers = await Promise.all(Array.from({ length: 8 }, () => hold(data)));
    const winners = answers.filter(({ said }) => said === "claimed");
    expect(winners).toHaveLength(1);
    const losers = answers.filter(({ said }) => said.startsWith("owned: "));
    expect(losers).toHaveLength(7);
  });

  test("an owner that ends by itself removes its file", async () => {
    const { child } = await hold(data);
    expect(fs.existsSync(path.join(data, "owner"))).toBe(true);
    child.stdin?.end();
    await ended(child);
    expect(fs.existsSync(path.join(data, "owner"))).toBe(false);
  });
});

describe("within one process", () => {
  test("several handles share a claim, also through another name of the folder", async () => {
    const first = openDataFolder(home, data, create);
    const link = path.join(scratch, "link");
    fs.symlinkSync(data, link);
    const second = openDataFolder(nodeFolderHome(), link, create);
    expect(second.path).toBe(first.path);
    first.release();
    first.release();
    expect((await hold(data)).said).toContain("owned: ");
    second.release();
    expect((await hold(data)).said).toBe("claimed");
  });

  test("a failure after the claim gives it back", () => {
    const broken: FolderHome = {
      ...home,
      files: {
        ...home.files,
        makeFolder(folder, mode) {
          if (folder.endsWith("main")) throw new Error("disk");
          home.files.makeFolder(folder, mode);
        },
      },
    };
    expect(failure(() => openDataFolder(broken, data, create)).message).toBe("disk");
    expect(home.claims.size).toBe(0);
    openDataFolder(home, data, create).release();
  });
});

describe("paths of the embedded faces", () => {
  test("files, memory and URIs are left alone", () => {
    for (const plain of ["", ":memory:", "file:x?mode=ro", path.join(scratch, "a.db")]) {
      const resolved = resolveDatabasePath(home, plain);
      expect(resolved).toMatchObject({ file: plain, folder: null });
      resolved.release();
    }
  });

  test("a folder becomes its shard and is owned until release", async () => {
    openDataFolder(home, data, create).release();
    const resolved = resolveDatabasePath(home, data);
    expect(resolved.file).toBe(path.join(data, "databases", "main", "shard-0.sqlite"));
    expect((await hold(data)).said).toContain("which embeds it");
    resolved.release();
    expect(folderOwner(home, data)).toBe(null);
  });

  test("a shard file named directly claims its folder", async () => {
    const folder = openDataFolder(home, data, create);
    folder.release();
    await hold(data);
    expect(failure(() => resolveDatabasePath(home, folder.shardFile))).toMatchObject({
      code: "owned",
    });
  });

  test("a missing path without extension becomes a folder when asked", () => {
    expect(resolveDatabasePath(home, data).folder).toBe(null);
    const resolved = resolveDatabasePath(home, data, create);
    expect(resolved.folder).toBe(data);
    resolved.release();
    expect(resolveDatabasePath(home, `${data}.sqlite`, create).folder).toBe(null);
  });
});
