import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";

const DOSQL = path.join(import.meta.dirname, "../../../bin/dosql.js");

let root: string;
let folder: string;
let server: ChildProcess;

async function serve(data: string, env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  const args = [DOSQL, "serve", "--data", data, "--pg-port", "0", "--http-port", "0"];
  const started = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  await once(started.stdout, "data");
  return started;
}

async function stop(process: ChildProcess): Promise<void> {
  process.kill("SIGTERM");
  await once(process, "exit");
}

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-attach-"));
  folder = path.join(root, "data");
  server = await serve(folder);
});
afterAll(async () => {
  if (server.exitCode === null) await stop(server);
  rmSync(root, { recursive: true, force: true });
});

interface Owner {
  readonly pgUrl: string;
  readonly socket?: string;
}
const owner = (): Owner => JSON.parse(readFileSync(path.join(folder, "owner"), "utf8")) as Owner;

describe("a data folder that a server owns", () => {
  it("is reached through its socket, by its folder and by its file", () => {
    expect(owner().socket).toBe(path.join(folder, "socket"));
    // Nobody but its user may connect.
    expect(statSync(folder).mode & 0o077).toBe(0);
    const db = new Database(folder);
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const file = new Database(path.join(folder, "databases/main/shard-0.sqlite"));
    expect([db.name, db.memory, db.readonly]).toEqual([folder, false, false]);
    expect(file.prepare("SELECT a FROM t").all()).toEqual([{ a: 1 }]);
    expect(file.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["t"]);
    db.close();
    file.close();
  });

  it("is reached by its address, too", () => {
    const { port } = new URL(owner().pgUrl);
    const db = new Database(`dosql://127.0.0.1:${port}/main`);
    expect(db.prepare("SELECT 1").pluck().get()).toBe(1);
    db.close();
    const socket = encodeURIComponent(path.join(folder, "socket"));
    const unix = new Database(`dosql:///main?host=${socket}`);
    expect(unix.prepare("SELECT 2").pluck().get()).toBe(2);
    unix.close();
  });

  it("ends statements that run for too long", () => {
    const { port } = new URL(owner().pgUrl);
    const db = new Database(`dosql://127.0.0.1:${port}/main?statement_timeout=300`);
    const endless =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    expect(() => db.prepare(endless).get()).toThrow(
      expect.objectContaining({ name: "SqliteError", code: "DOSQL_STATEMENT_TIMEOUT" }),
    );
    expect(db.prepare("SELECT 1").pluck().get()).toBe(1);
    db.close();
  });

  it("asks this machine's user for no password, and everybody else", async () => {
    const guarded = path.join(root, "guarded");
    const other = await serve(guarded, { DOSQL_PASSWORD: "secret" });
    try {
      const db = new Database(guarded);
      expect(db.prepare("SELECT 1").pluck().get()).toBe(1);
      db.close();
      const { pgUrl } = JSON.parse(readFileSync(path.join(guarded, "owner"), "utf8")) as Owner;
      const { port } = new URL(pgUrl);
      expect(() => new Database(`dosql://127.0.0.1:${port}/main`)).toThrow("asks for a password");
    } finally {
      await stop(other);
    }
  });

  it("is opened here once the server is gone, also when it crashed", async () => {
    server.kill("SIGKILL");
    await once(server, "exit");
    expect(existsSync(path.join(folder, "socket"))).toBe(true);
    const db = new Database(folder);
    expect(db.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
    db.close();
    server = await serve(folder);
    const again = new Database(folder);
    expect(again.prepare("SELECT a FROM t").pluck().all()).toEqual([1]);
    again.close();
    await stop(server);
    expect(existsSync(path.join(folder, "socket"))).toBe(false);
  });
});
