import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { startProcess, startRemote, WAYS } from "./remote-process.ts";
import type { PortProcess, RemoteProcess, Way } from "./remote-process.ts";

let server: RemoteProcess;
let proxy: PortProcess | null = null;
let db: Database.Database;
beforeAll(async () => {
  server = await startRemote();
});
afterAll(() => server.stop());
afterEach(async () => {
  db.close();
  await proxy?.stop();
  proxy = null;
});

/** A database with a table `t`, at a server whose answers are spoilt. */
async function open(way: Way, how: string): Promise<void> {
  const file = path.join(tmpdir(), `dosql-${randomUUID()}.socket`);
  proxy = await startProcess("answer-proxy.ts", String(server.port), how, file);
  const host = way === "bridge" ? "127.0.0.2" : "127.0.0.1";
  const where = way === "path" ? `?host=${encodeURIComponent(file)}` : "";
  db = new Database(`dosql://${host}:${proxy.port}/${how}_${way}${where}`);
  db.exec("CREATE TABLE t (a)");
}

const MARKED = "/* marked */";
const rows = (): unknown => db.prepare("SELECT group_concat(a) FROM t").pluck().get();
function failure(sql: string): { code: string; message: string } {
  try {
    db.exec(sql);
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return { code, message };
  }
  throw new Error("nothing was thrown");
}

describe.each(WAYS)("an answer by %s", (way) => {
  it.each(["cut", "half"])("that is lost, %s, is not said to be one of no", async (how) => {
    await open(way, how);
    const said = failure(`INSERT INTO t VALUES (1) ${MARKED}`);
    expect(said.code).toBe("DOSQL_CONNECTION");
    expect(said.message).toContain("whether the statement was run is unknown");
    expect(rows()).toBe("1");
    db.exec("BEGIN; INSERT INTO t VALUES (2)");
    const end = failure(`COMMIT ${MARKED}`);
    expect(end.code).toBe("DOSQL_CONNECTION");
    expect(end.message).not.toContain("was rolled back:");
    expect(end.message).toContain("unless this statement was to commit it");
    expect([db.inTransaction, rows()]).toEqual([false, "1,2"]);
  });

  it.each(["ends", "notice"])("that is whole counts, whatever follows it: %s", async (how) => {
    await open(way, how);
    db.exec(`BEGIN; INSERT INTO t VALUES (1); COMMIT ${MARKED}`);
    // Whatever is asked at once.
    db.exec("INSERT INTO t VALUES (2)");
    expect(rows()).toBe("1,2");
  });

  it("that comes before the question was heard tells why", async () => {
    await open(way, "refuses");
    const said = failure(`SELECT ${MARKED} '${"x".repeat(30_000_000)}'`);
    expect(said.code).toBe("DOSQL_CONNECTION");
    expect(said.message).toContain("closed for today");
  });
});
