import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { startProcess, startRemote, WAYS } from "./remote-process.ts";
import type { PortProcess, RemoteProcess } from "./remote-process.ts";

const CERTIFICATE = path.join(import.meta.dirname, "tls", "certificate.pem");

let processes: PortProcess[];
let root: string;

beforeEach(() => {
  processes = [];
  root = mkdtempSync(path.join(tmpdir(), "dosql-remote-test-"));
});
afterEach(async () => {
  const left = processes.filter(({ process }) => process.exitCode === null && !process.killed);
  await Promise.all(left.map((one) => one.stop()));
  rmSync(root, { recursive: true, force: true });
});

async function start(...args: string[]): Promise<RemoteProcess> {
  const started = await startRemote(...args);
  processes.push(started);
  return started;
}

function failure(body: () => unknown): { name: string; code: string; message: string } {
  try {
    body();
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    return { name, code, message };
  }
  throw new Error("nothing was thrown");
}

const ONE = "SELECT 1";
const NUMBERS =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 900) SELECT i FROM n";

describe.each(WAYS)("a password, by %s", (way) => {
  it.each(["scram-sha-256", "md5", "cleartext"])("is proved by %s", async (auth) => {
    const { url } = await start("--password", "s€cret / word", "--auth", auth);
    const password = encodeURIComponent("s€cret / word");
    const db = new Database(url("x", way, `me:${password}`));
    expect(db.prepare(ONE).pluck().get()).toBe(1);
    db.close();
    const wrong = failure(() => new Database(url("x", way, "me:wrong")));
    expect(wrong).toMatchObject({ name: "SqliteError", code: "DOSQL_AUTHENTICATION" });
    expect(wrong.message).not.toContain("wrong@");
    const none = failure(() => new Database(url("x", way, "me")));
    expect(none.code).toBe("DOSQL_AUTHENTICATION");
    expect(none.message).toContain("asks for a password");
  });
});

describe("an address", () => {
  it.each(WAYS)("where nobody listens is an error of its own, by %s", async (way) => {
    const gone = await start();
    await gone.stop();
    const said = failure(() => new Database(gone.url("x", way)));
    expect(said).toMatchObject({ name: "SqliteError", code: "DOSQL_CONNECTION" });
    expect(said.message).toContain(way === "path" ? "ENOENT" : "ECONNREFUSED");
  });

  it.each(WAYS)("without that database says so, by %s", async (way) => {
    const { url } = await start();
    expect(failure(() => new Database(url("missing", way)))).toMatchObject({
      code: "DOSQL_NO_SUCH_DATABASE",
    });
  });

  it("must be one", () => {
    for (const url of ["dosql://", "dosql:///x", "dosql://h:x/", "dosql://h/?colour=red"]) {
      expect(failure(() => new Database(url)).name, url).toBe("RangeError");
    }
    expect(failure(() => new Database("dosql://h/?sslrootcert=/x")).message).toContain("dosqls://");
  });
});

describe("TLS", () => {
  it("carries the same, and checks the certificate", async () => {
    const { port } = await start();
    const proxy = await startProcess("tls-proxy.ts", String(port));
    processes.push(proxy);
    const ca = encodeURIComponent(CERTIFICATE);
    const db = new Database(`dosqls://localhost:${proxy.port}/x?sslrootcert=${ca}`);
    db.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('over TLS')");
    expect(db.prepare("SELECT a FROM t").pluck().get()).toBe("over TLS");
    const wide = "x".repeat(300_000);
    expect(db.prepare("SELECT ?").pluck().get(wide)).toBe(wide);
    db.close();
    const untrusted = failure(() => new Database(`dosqls://localhost:${proxy.port}/x`));
    expect(untrusted.code).toBe("DOSQL_CONNECTION");
    expect(untrusted.message).toMatch(/self.signed/i);
  });

  it("is not given up when the server has none", async () => {
    const { port } = await start();
    const said = failure(() => new Database(`dosqls://127.0.0.1:${port}/x`));
    expect(said.message).toContain("does not speak TLS");
  });
});

describe.each(WAYS)("a server that ends, reached by %s,", (way) => {
  it("and comes back is found again between transactions", async () => {
    const first = await start("--folder", root);
    const db = new Database(first.url("x", way));
    db.exec("CREATE TABLE t (a)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    const count = db.prepare("SELECT count(*) FROM t").pluck();
    insert.run(1);
    await first.stop();
    expect(failure(() => insert.run(2)).code).toBe("DOSQL_CONNECTION");
    await start("--folder", root, ...first.place);
    expect(insert.run(3).changes).toBe(1);
    expect(count.get()).toBe(2);
    db.close();
  });

  it("in the middle of a transaction ends it", async () => {
    const first = await start("--folder", root);
    const db = new Database(first.url("x", way));
    db.exec("CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (1)");
    await first.kill();
    await start("--folder", root, ...first.place);
    const said = failure(() => db.exec("INSERT INTO t VALUES (2)"));
    expect(said).toMatchObject({ name: "SqliteError", code: "DOSQL_CONNECTION" });
    expect(said.message).toContain("the transaction was rolled back");
    expect(db.inTransaction).toBe(false);
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(0);
    db.close();
  });

  it("takes an open iterator with it", async () => {
    const first = await start("--folder", root);
    const db = new Database(first.url("x", way));
    const rows = db.prepare(NUMBERS).iterate();
    rows.next();
    await first.kill();
    await start("--folder", root, ...first.place);
    expect(failure(() => [...rows]).code).toBe("DOSQL_CONNECTION");
    expect(db.prepare(ONE).pluck().get()).toBe(1);
    db.close();
  });

  it("while a statement runs is an error, and never a wait without end", async () => {
    const first = await start("--folder", root);
    const db = new Database(first.url("x", way));
    db.exec("CREATE TABLE t (a)");
    // Over the child's own event loop: this thread will sleep.
    const killer = await startProcess("process-killer.ts", String(first.process.pid));
    processes.push(killer);
    const endless =
      "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) " +
      "SELECT count(*) FROM n";
    const said = failure(() => db.prepare(endless).run());
    expect(said.code).toBe("DOSQL_CONNECTION");
    expect(said.message).toContain("whether the statement was run is unknown");
    db.close();
  });
});
