import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeBackupFiles } from "../../../src/platform/node/copy/backup-files.ts";

let root: string;
let place: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-backup-files-"));
  place = path.join(root, "b.db");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The bytes of a database with one table that has one row. */
function bytesOf(value: string): Uint8Array {
  const file = path.join(root, "made");
  const made = new DatabaseSync(file);
  made.exec(`CREATE TABLE t (a); INSERT INTO t VALUES ('${value}')`);
  made.close();
  const bytes = readFileSync(file);
  rmSync(file);
  return bytes;
}

async function backUp(value: string): Promise<void> {
  const file = nodeBackupFiles.begin(place);
  const bytes = bytesOf(value);
  file.write(bytes.subarray(0, 1000));
  file.write(bytes.subarray(1000));
  await file.finish().finally(() => file.discard());
}

function read(from: string | DatabaseSync = place): unknown {
  const database = typeof from === "string" ? new DatabaseSync(from) : from;
  const [row] = database.prepare("SELECT a FROM t").all();
  if (typeof from === "string") database.close();
  return row?.["a"];
}

const refused = (sqlite: string): Error => expect.objectContaining({ code: "sqlite", sqlite });

describe("a backup where nothing was", () => {
  it("is there when it is complete, and not before", async () => {
    const file = nodeBackupFiles.begin(place);
    const bytes = bytesOf("new");
    file.write(bytes);
    expect(existsSync(place)).toBe(false);
    await file.finish();
    expect(readdirSync(root)).toEqual(["b.db"]);
    expect(readFileSync(place).equals(bytes)).toBe(true);
  });

  it("that is given up leaves nothing", () => {
    const file = nodeBackupFiles.begin(place);
    file.write(bytesOf("new"));
    file.discard();
    expect(readdirSync(root)).toEqual([]);
    file.discard();
  });

  it("stays where it began, wherever the program goes", async () => {
    const before = process.cwd();
    process.chdir(root);
    const file = nodeBackupFiles.begin("b.db");
    process.chdir(before);
    file.write(bytesOf("new"));
    await file.finish();
    expect(readdirSync(root)).toEqual(["b.db"]);
  });

  it("does not read the log of an older database of that name", async () => {
    const older = new DatabaseSync(place);
    older.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES ('old')");
    const log = readFileSync(`${place}-wal`);
    older.close();
    rmSync(place);
    writeFileSync(`${place}-wal`, log);
    await backUp("new");
    expect(read()).toBe("new");
  });
});

describe("a backup where a database was", () => {
  it.each(["DELETE", "WAL"])("replaces it, also for who has it open (%s)", async (mode) => {
    const open = new DatabaseSync(place);
    open.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE other (a)`);
    expect(open.prepare("SELECT * FROM other").all()).toEqual([]);
    await backUp("new");
    expect(read(open)).toBe("new");
    expect(open.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    open.close();
    expect(read()).toBe("new");
    expect(readdirSync(root)).toEqual(["b.db"]);
  });

  it("leaves it as it was when it is given up", () => {
    writeFileSync(place, bytesOf("old"));
    const file = nodeBackupFiles.begin(place);
    file.write(bytesOf("new"));
    expect(read()).toBe("old");
    file.discard();
    expect(read()).toBe("old");
    expect(readdirSync(root)).toEqual(["b.db"]);
  });

  it("follows a link to it", async () => {
    const real = path.join(root, "real.db");
    writeFileSync(real, bytesOf("old"));
    symlinkSync(real, place);
    await backUp("new");
    expect(read(real)).toBe("new");
    expect(readdirSync(root).sort()).toEqual(["b.db", "real.db"]);
  });

  it("takes an empty file for one", async () => {
    writeFileSync(place, "");
    await backUp("new");
    expect(read()).toBe("new");
  });

  it("is refused while somebody writes to it for too long", async () => {
    writeFileSync(place, bytesOf("old"));
    const file = nodeBackupFiles.begin(place);
    file.write(bytesOf("new"));
    const busy = new DatabaseSync(place);
    busy.exec("BEGIN IMMEDIATE");
    await expect(file.finish()).rejects.toEqual(refused("SQLITE_BUSY"));
    file.discard();
    busy.exec("ROLLBACK");
    expect(read(busy)).toBe("old");
    busy.close();
    expect(readdirSync(root)).toEqual(["b.db"]);
  });
});

it(
  "waits for who reads what is replaced, and says so in the end",
  { timeout: 20_000 },
  async () => {
    writeFileSync(place, bytesOf("old"));
    const reader = new DatabaseSync(place);
    reader.exec("BEGIN");
    expect(read(reader)).toBe("old");
    await expect(backUp("new")).rejects.toEqual(refused("SQLITE_BUSY"));
    const waiting = backUp("new");
    setTimeout(() => reader.exec("COMMIT"), 200);
    await waiting;
    expect(read(reader)).toBe("new");
    reader.close();
  },
);

describe("a place that cannot be one", () => {
  it.each(["", "a link to it"])("a database that is served or embedded: %s", (link) => {
    const file = link === "" ? place : path.join(root, "shard.sqlite");
    if (link !== "") symlinkSync(file, place);
    const own = new DatabaseSync(file);
    own.exec("CREATE TABLE _cf_dosql_meta (key, value); CREATE TABLE t (a)");
    expect(() => nodeBackupFiles.begin(place)).toThrow(
      expect.objectContaining({ code: "misuse", message: expect.stringContaining("of DoSQL") }),
    );
    expect(own.prepare("SELECT count(*) AS n FROM _cf_dosql_meta").get()).toEqual({ n: 0 });
    own.close();
  });

  it.each<[string, string, (at: string) => unknown]>([
    ["a folder", "SQLITE_CANTOPEN", (at) => mkdirSync(at)],
    ["no database", "SQLITE_NOTADB", (at) => writeFileSync(at, "this is no database")],
  ])("%s", (_what, sqlite, make) => {
    make(place);
    expect(() => nodeBackupFiles.begin(place)).toThrow(refused(sqlite));
    expect(readdirSync(root)).toEqual(["b.db"]);
  });

  it("a link to nowhere", async () => {
    symlinkSync(path.join(root, "nowhere/x.db"), place);
    await expect(backUp("new")).rejects.toEqual(refused("SQLITE_CANTOPEN"));
    expect(lstatSync(place).isSymbolicLink()).toBe(true);
  });

  it("in a folder that is none", () => {
    writeFileSync(place, "");
    const below = path.join(place, "x.db");
    expect(() => nodeBackupFiles.begin(below)).toThrow(refused("SQLITE_CANTOPEN"));
  });
});

describe("what a program left behind that was killed", () => {
  it("is removed by the next backup to that place, and nothing else is", async () => {
    const gone = 2 ** 22 + 1;
    const [own, others] = [`b.db-partial-${process.pid}-1`, `c.db-partial-${gone}-1`];
    const kept = `b.db-partial-${gone}-of-monday`;
    for (const name of [`b.db-partial-${gone}-1`, own, others, "b.db-partials", kept]) {
      writeFileSync(path.join(root, name), "");
    }
    await backUp("new");
    expect(readdirSync(root).sort()).toEqual(["b.db", own, "b.db-partials", others, kept].sort());
  });
});
