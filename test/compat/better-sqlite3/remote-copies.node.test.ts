import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { readlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../../../src/compat/better-sqlite3/surface.ts";
import { RemoteDatabase } from "../../../src/compat/better-sqlite3/remote/remote-database.ts";
import { ValueTag } from "../../../src/engine/value-tag.ts";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open as dosqlOpen } from "../../../src/entry/main.ts";
import { nodeBackupFiles } from "../../../src/platform/node/copy/backup-files.ts";
import type { SyncPipe } from "../../../src/ports/sync-pipe.ts";
import { referenceState } from "../../../scripts/references.ts";
import { startProcess, startRemote } from "./remote-process.ts";
import type { PortProcess } from "./remote-process.ts";

const WITH_LIBRARY = path.join(import.meta.dirname, "../../../compat-tests/better-sqlite3");
const reference = referenceState("better-sqlite3");
const DOSQL = path.join(import.meta.dirname, "../../../bin/dosql.js");
const CERTIFICATE = path.join(import.meta.dirname, "tls", "certificate.pem");

const EVERYTHING = `
  PRAGMA user_version = 41;
  PRAGMA application_id = 77;
  CREATE TABLE plain (a, b);
  INSERT INTO plain (rowid, a, b) VALUES (5, 'five apples', x'00ff'), (900, 'nine pears', NULL);
  CREATE INDEX by_b ON plain (b) WHERE b IS NOT NULL;
  CREATE TABLE keyed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    twice TEXT AS (name || name) STORED,
    length AS (length(name))
  );
  CREATE TABLE told (what);
  INSERT INTO told (rowid, what) VALUES (30, 'a row that has no name but its rowid');
  CREATE TRIGGER tells AFTER INSERT ON keyed BEGIN INSERT INTO told VALUES (new.name); END;
  CREATE TRIGGER keeps BEFORE DELETE ON keyed BEGIN SELECT raise(ABORT, 'kept'); END;
  CREATE TRIGGER also BEFORE DELETE ON keyed BEGIN INSERT INTO told VALUES ('delete'); END;
  INSERT INTO keyed (id, name) VALUES (7, 'seven'), (40, 'forty');
  CREATE TABLE pair (k TEXT PRIMARY KEY, v REAL) WITHOUT ROWID;
  INSERT INTO pair VALUES ('z', 1.5), ('a', 2);
  CREATE TABLE tight (i INTEGER, t TEXT) STRICT;
  INSERT INTO tight VALUES (9007199254740993, 'é');
  CREATE VIEW names AS SELECT name FROM keyed;
  CREATE VIRTUAL TABLE words USING fts5(body);
  INSERT INTO words (rowid, body) VALUES (3, 'to be'), (11, 'or not to be');
  CREATE VIRTUAL TABLE found USING fts5(a, content='plain');
  INSERT INTO found (rowid, a) SELECT rowid, a FROM plain;
  CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1);
  INSERT INTO boxes VALUES (2, 0, 1);
`;

const READS = [
  "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name, type",
  "SELECT rowid, * FROM plain",
  "SELECT * FROM keyed",
  "SELECT rowid, * FROM told",
  "SELECT * FROM pair",
  "SELECT * FROM tight",
  "SELECT * FROM names",
  "SELECT rowid FROM words WHERE words MATCH 'not'",
  "SELECT rowid, a FROM found WHERE found MATCH 'pears'",
  "SELECT * FROM boxes",
  "SELECT * FROM sqlite_sequence",
  "PRAGMA user_version",
  "PRAGMA application_id",
  "PRAGMA page_size",
  "PRAGMA encoding",
];

function answers(db: OpenDatabase): unknown[] {
  return READS.map((sql) => db.prepare(sql).safeIntegers().raw().all());
}

let root: string;
let folder: string;
let served: ChildProcess;
let plain: PortProcess;
let count = 0;
const opened: OpenDatabase[] = [];

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-copies-"));
  folder = path.join(root, "data");
  mkdirSync(path.join(root, "plain"));
  served = await serve(folder);
  plain = await startRemote("--folder", path.join(root, "plain"));
});
afterAll(async () => {
  await stop(served);
  await plain.stop();
  rmSync(root, { recursive: true, force: true });
});
afterEach(() => {
  for (const db of opened.splice(0)) db.close();
});

async function serve(data: string): Promise<ChildProcess> {
  const args = [DOSQL, "serve", "--data", data, "--pg-port", "0", "--http-port", "0"];
  const started = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(started.stdout, "data");
  return started;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

const tcp = (data: string): string => {
  const { pgUrl } = JSON.parse(readFileSync(path.join(data, "owner"), "utf8")) as { pgUrl: string };
  return pgUrl.replace(/^postgres(?:ql)?:/, "dosql:").replace(/\?.*/, "");
};

function open(source: string | Uint8Array = fresh(), options: object = {}): OpenDatabase {
  const db = new Database(source, options);
  opened.push(db);
  return db;
}

const local = (source: string | Uint8Array): OpenDatabase => open(source, { binding: "builtin" });
const fresh = (): string => `dosql://127.0.0.1:${plain.port}/copied${++count}`;
const out = (): string => path.join(root, `out${++count}.db`);
const beside = (place: string): string[] =>
  readdirSync(path.dirname(place)).filter((name) => name.startsWith(path.basename(place)));
/** What lies beside a server's database but for what SQLite has there. */
const left = (place: string): string[] =>
  readdirSync(place).filter((name) => name.includes("-copy-"));

function filled(db: OpenDatabase, kib: number): OpenDatabase {
  db.exec("CREATE TABLE many (a)");
  db.prepare(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) " +
      "INSERT INTO many SELECT hex(randomblob(500)) FROM n",
  ).run(kib);
  return db;
}

async function failure(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  return promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (error: unknown) => error as Error & { code?: string },
  );
}

describe("a copy of a database at a server", () => {
  const WAYS: Readonly<Record<string, () => string>> = {
    "by TCP, captured": () => tcp(folder),
    "by its folder's socket": () => folder,
    "by TCP": fresh,
  };

  it.each(Object.keys(WAYS))("has all that its users have, and nothing else: %s", async (way) => {
    const db = open(WAYS[way]?.());
    if (db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0) db.exec(EVERYTHING);
    const right = answers(db);
    const place = out();
    const bytes = db.serialize();
    const done = await db.backup(place);
    expect(Buffer.isBuffer(bytes)).toBe(true);
    for (const copy of [local(bytes), local(place)]) {
      expect(answers(copy)).toEqual(right);
      expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
      expect(done.totalPages).toBe(copy.pragma("page_count", { simple: true }));
      copy.exec("INSERT INTO found (found) VALUES ('integrity-check')");
      copy.exec("INSERT INTO keyed (name) VALUES ('new')");
      expect(copy.prepare("SELECT max(id) FROM keyed").pluck().get()).toBe(41);
      expect(copy.prepare("SELECT what FROM told ORDER BY rowid DESC").pluck().get()).toBe("new");
      expect(() => copy.exec("DELETE FROM keyed")).toThrow("kept");
      expect(String(copy.serialize())).not.toContain("dosql_");
    }
    expect(beside(place)).toEqual([path.basename(place)]);
  });

  it("comes over TLS", async () => {
    const proxy = await startProcess("tls-proxy.ts", String(plain.port));
    const ca = encodeURIComponent(CERTIFICATE);
    const url = `dosqls://localhost:${proxy.port}/tls?sslrootcert=${ca}`;
    const db = filled(open(url), 3_000);
    const place = out();
    await db.backup(place);
    expect(local(db.serialize()).prepare("SELECT count(*) FROM many").pluck().get()).toBe(3_000);
    expect(local(place).prepare("SELECT count(*) FROM many").pluck().get()).toBe(3_000);
    db.close();
    await proxy.stop();
  });

  it("shows what the open transaction has changed, but a backup does not", async () => {
    const db = open();
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1); BEGIN; INSERT INTO t VALUES (2)");
    const rows = (copy: OpenDatabase): unknown[] => copy.prepare("SELECT a FROM t").pluck().all();
    expect(rows(local(db.serialize()))).toEqual([1, 2]);
    const place = out();
    await db.backup(place);
    expect(rows(local(place))).toEqual([1]);
    expect(db.inTransaction).toBe(true);
    db.exec("ROLLBACK");
    expect(rows(local(db.serialize()))).toEqual([1]);
  });

  it("shows what a transaction reads, whatever others commit meanwhile", () => {
    const at = fresh();
    const [db, other] = [open(at), open(at)];
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    db.exec("BEGIN");
    const rows = (copy: OpenDatabase): unknown[] => copy.prepare("SELECT a FROM t").pluck().all();
    expect(rows(db)).toEqual([1]);
    other.exec("INSERT INTO t VALUES (2)");
    expect(rows(local(db.serialize()))).toEqual([1]);
    db.exec("COMMIT");
    expect(rows(local(db.serialize()))).toEqual([1, 2]);
  });

  it("inside a transaction is refused by name when it is large", () => {
    const db = open();
    db.exec("CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (zeroblob(70000000))");
    expect(() => db.serialize()).toThrow(/^serialize\(\) of 67 MiB inside a transaction is not/);
    db.exec("ROLLBACK");
    expect(db.serialize().length).toBeLessThan(20_000);
  });

  it("is taken by a readonly connection, too", async () => {
    const at = fresh();
    open(at).exec("CREATE TABLE t (a)");
    const db = open(at, { readonly: true });
    expect(db.serialize().length).toBe(8192);
    expect(await db.backup(out())).toEqual({ totalPages: 2, remainingPages: 0 });
  });
});

describe("a backup over a network", () => {
  it("does not take the place of the database itself", async () => {
    const db = open(folder);
    const own = path.join(folder, "databases/main/shard-0.sqlite");
    expect(await failure(db.backup(own))).toMatchObject({ code: "DOSQL_MISUSE" });
    db.exec("CREATE TABLE still (a); DROP TABLE still");
  });

  it("is of the moment when it began, and keeps no writer waiting", async () => {
    const at = fresh();
    const [db, other] = [open(at), open(at)];
    filled(db, 2_000);
    const place = out();
    let calls = 0;
    const done = await db.backup(place, {
      progress({ totalPages, remainingPages }) {
        expect(remainingPages).toBe(totalPages - 100 * calls);
        calls += 1;
        other.exec("INSERT INTO many VALUES ('theirs')");
        db.exec("INSERT INTO many VALUES ('ours'); VACUUM");
        return 100;
      },
    });
    expect(calls).toBe(Math.ceil(done.totalPages / 100));
    expect(calls).toBeGreaterThan(4);
    const copy = local(place);
    expect(copy.prepare("SELECT count(*) FROM many").pluck().get()).toBe(2_000);
    expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.prepare("SELECT count(*) FROM many").pluck().get()).toBe(2_000 + 2 * calls);
  });

  it("is consistent beside a program that writes all the time", async () => {
    const at = fresh();
    const db = filled(open(at), 5_000);
    db.exec(
      "CREATE TABLE l (n); CREATE TABLE r (n); INSERT INTO l VALUES (0); INSERT INTO r VALUES (0)",
    );
    const writer = spawn(process.execPath, [
      "--no-warnings",
      path.join(import.meta.dirname, "backup-program.ts"),
      at,
      "write",
    ]);
    await once(writer.stdout, "data");
    const sums: unknown[] = [];
    for (let round = 0; round < 5; round++) {
      const place = out();
      if (round % 2 === 0) await db.backup(place);
      const copy = local(round % 2 === 0 ? place : db.serialize());
      const [left, right] = copy.prepare("SELECT l.n, r.n FROM l, r").raw().get() as number[];
      expect(left).toBe(right);
      sums.push(left);
    }
    await stop(writer);
    // It did write meanwhile.
    expect(new Set(sums).size).toBeGreaterThan(1);
  });

  it("goes on beside other statements, and other backups", async () => {
    const db = filled(open(), 3_000);
    const places = [out(), out(), out(), out()];
    const all = Promise.all(places.map((place) => db.backup(place)));
    for (let i = 0; i < 20; i++) {
      expect(db.prepare("SELECT count(*) FROM many").pluck().get()).toBe(3_000);
      await new Promise(setImmediate);
    }
    await all;
    for (const place of places) {
      expect(local(place).prepare("SELECT count(*) FROM many").pluck().get()).toBe(3_000);
    }
  });

  it("ends with the connection that it is over, and leaves nothing", async () => {
    const db = filled(open(), 500);
    const place = out();
    const error = await failure(
      db.backup(place, {
        progress() {
          db.close();
          return 0;
        },
      }),
    );
    expect(error).toMatchObject({ name: "TypeError" });
    expect(beside(place)).toEqual([]);
  });

  it("ends with the server, and leaves nothing", async () => {
    const mine = path.join(root, "mine");
    mkdirSync(mine);
    const server = await startRemote("--folder", mine);
    const db = filled(new Database(`dosql://127.0.0.1:${server.port}/x`), 500);
    const place = out();
    writeFileSync(place, "");
    const lost = await failure(
      db.backup(place, {
        progress() {
          server.process.kill("SIGKILL");
          return 1;
        },
      }),
    );
    expect(lost).toMatchObject({ name: "SqliteError", code: "DOSQL_CONNECTION" });
    await server.kill();
    expect(beside(place)).toEqual([path.basename(place)]);
    expect(readFileSync(place, "utf8")).toBe("");
    db.close();
  });
});

const titles = { builtin: "", native: reference.ready ? "" : ` (skipped: ${reference.reason})` };

describe.each(["builtin", "native"] as const)("a folder that a program embeds (%s)", (binding) => {
  const skipped = binding === "native" && !reference.ready;

  it.skipIf(skipped)(`is copied by whoever attaches to it${titles[binding]}`, async () => {
    const data = path.join(root, `embedded-${binding}`);
    await dosqlOpen(`${data}/`).close();
    const seed = new Database(data);
    seed.exec(EVERYTHING + "CREATE TABLE t (a)");
    seed.close();
    const program = spawn(
      process.execPath,
      [path.join(import.meta.dirname, "folder-program.ts"), data, binding],
      { cwd: WITH_LIBRARY, stdio: ["pipe", "pipe", "inherit"] },
    );
    await once(program.stdout, "data");
    const db = open(data);
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
    const place = out();
    await db.backup(place);
    expect(answers(local(place))).toEqual(answers(db));
    db.exec("BEGIN; INSERT INTO t VALUES ('inside'); DROP TABLE told");
    const inside = local(db.serialize());
    expect(inside.prepare("SELECT a FROM t").pluck().all()).toEqual(["inside"]);
    expect(String(inside.serialize())).not.toContain("dosql_");
    db.exec("ROLLBACK");
    expect(answers(local(db.serialize()))).toEqual(answers(db));
    expect(left(path.join(data, "databases/main"))).toEqual([]);
    db.close();
    await stop(program);
  });
});

describe("serialize()", () => {
  it("refuses more than a Buffer of a database can have", () => {
    const answered: Uint8Array[] = [dataRow(1), dataRow(600_000, 4096), dataRow()];
    const pipe: SyncPipe = {
      connect: () => undefined,
      begin: () => undefined,
      finish: () => answered.shift() ?? null,
      close: () => undefined,
    };
    const db = new RemoteDatabase(pipe, nodeBackupFiles, { readonly: false });
    expect(() => db.serialize("main")).toThrow(
      expect.objectContaining({ code: "limit", message: expect.stringContaining("2 GiB") }),
    );
    // The server was told that it may go.
    expect(answered).toEqual([]);
  });
});

/** An answer that is a row of INTEGERs. */
function dataRow(...values: readonly number[]): Uint8Array {
  const row = Buffer.alloc(7 + 9 * values.length);
  row[0] = 0x44;
  row.writeInt32BE(row.length - 1, 1);
  row.writeInt16BE(values.length, 5);
  for (const [i, value] of values.entries()) {
    row.writeInt32BE(5, 7 + 9 * i);
    row[11 + 9 * i] = ValueTag.int32;
    row.writeInt32BE(value, 12 + 9 * i);
  }
  return Buffer.concat([row, Buffer.from([0x5a, 0, 0, 0, 5, 0x49])]);
}

describe("a program that is killed in the middle of a backup", () => {
  it("leaves no backup, and nothing at the server", async () => {
    const db = filled(open(folder), 4_000);
    const place = out();
    const program = spawn(process.execPath, [
      "--no-warnings",
      path.join(import.meta.dirname, "backup-program.ts"),
      tcp(folder),
      place,
    ]);
    // In the middle of the pages.
    await once(program.stdout, "data");
    expect(beside(place)).toHaveLength(1);
    const shards = path.join(folder, "databases/main");
    await stop(program, "SIGKILL");
    expect(existsSync(place)).toBe(false);
    for (let waits = 0; held(served.pid) > 0 && waits < 200; waits++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(held(served.pid)).toBe(0);
    expect(left(shards)).toEqual([]);
    // The next one removes what the last one could not.
    expect(beside(place)).toHaveLength(1);
    await db.backup(place);
    expect(beside(place)).toEqual([path.basename(place)]);
  });
});

describe("a server that is killed while it copies", () => {
  beforeEach(() => rmSync(path.join(root, "killed"), { recursive: true, force: true }));

  it("has removed all of it when it begins again", async () => {
    const data = path.join(root, "killed");
    const shards = path.join(data, "databases/main");
    const first = await serve(data);
    const db = filled(new Database(tcp(data)), 8_000);
    const lost = failure(db.backup(out()));
    // The process that copies has its name a moment after it has begun.
    while (left(shards).length === 0 || copiers(shards) === 0) await new Promise(setImmediate);
    first.kill("SIGKILL");
    expect((await lost).name).toBe("SqliteError");
    db.close();
    for (let waits = 0; waits < 100 && copiers(shards) > 0; waits++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(copiers(shards)).toBe(0);
    expect(left(shards)).not.toEqual([]);
    const second = await serve(data);
    expect(left(shards)).toEqual([]);
    await stop(second);
    writeFileSync(path.join(shards, "shard-0.sqlite-copy-1-1-raw"), "");
    // So does a program that embeds the folder.
    new Database(data).close();
    expect(left(shards)).toEqual([]);
  });
});

/** Copies without a name that a process has open. */
function held(pid: number | undefined): number {
  return descriptors(pid).filter((file) => /-copy-.*\(deleted\)$/.test(file)).length;
}

function descriptors(pid: number | string | undefined): string[] {
  const place = `/proc/${pid}/fd`;
  if (!existsSync(place)) return [];
  return readdirSync(place).flatMap((name) => {
    try {
      return [readlinkSync(path.join(place, name))];
    } catch {
      return [];
    }
  });
}

/** Processes that have copies in a folder open. */
function copiers(place: string): number {
  if (!existsSync("/proc")) return 0;
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const prefix = path.join(place, "shard-0.sqlite-copy-");
  return pids.filter((pid) => {
    try {
      return descriptors(pid).some((file) => file.startsWith(prefix));
    } catch {
      return false;
    }
  }).length;
}
