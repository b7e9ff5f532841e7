import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import type { Session } from "../../src/engine/session/session.ts";
import { Shard } from "../../src/engine/shard.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "./manual-clock.ts";

let root: string;
let file: string;
let clock: ManualClock;
let shard: Shard;
let database: LocalDatabase;
let opened = 0;
let closed = 0;

class CountedDriver extends NodeSqlDriver {
  override close(): void {
    closed += 1;
    super.close();
  }
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-deferred-"));
  file = path.join(root, "shard.sqlite");
  clock = new ManualClock();
  opened = 0;
  closed = 0;
  const openReader = (): NodeSqlDriver => {
    opened += 1;
    return new CountedDriver(file, { readonly: true });
  };
  shard = new Shard({
    writer: new NodeSqlDriver(file),
    reader: openReader(),
    openReader,
    clock,
    capture: CAPTURE_ON,
  });
  database = new LocalDatabase(shard);
});

afterEach(async () => {
  await database.close();
  rmSync(root, { recursive: true });
});

async function begun(): Promise<Session> {
  const session = database.session({ deferred: true });
  await session.execute("CREATE TABLE t (a)", []);
  await session.execute("INSERT INTO t VALUES (1)", []);
  await session.execute("BEGIN", []);
  expect((await session.execute("SELECT count(*) FROM t", [])).rows).toEqual([[1n]]);
  return session;
}

async function refusal(session: Session, sql: string): Promise<unknown> {
  try {
    await session.execute(sql, []);
  } catch (error) {
    return (error as { sqlite?: string; code: string }).sqlite ?? (error as { code: string }).code;
  }
  return "no error";
}

describe("a deferred transaction", () => {
  test("holds no lease while it reads, and takes it to write", async () => {
    const session = await begun();
    expect(shard.lease.free).toBe(true);
    await session.execute("INSERT INTO t VALUES (2)", []);
    expect(shard.lease.free).toBe(false);
    await session.execute("COMMIT", []);
    expect(shard.lease.free).toBe(true);
  });

  test("hears of a commit of another session, and of another program", async () => {
    const session = await begun();
    await database.session().execute("INSERT INTO t VALUES (2)", []);
    expect(await refusal(session, "DELETE FROM t")).toBe("SQLITE_BUSY_SNAPSHOT");
    await session.rollback();
    await session.execute("BEGIN", []);
    await session.execute("SELECT 1 FROM t", []);
    const other = new DatabaseSync(file);
    other.exec("INSERT INTO t VALUES (3)");
    other.close();
    expect(await refusal(session, "DELETE FROM t")).toBe("SQLITE_BUSY_SNAPSHOT");
    expect(shard.lease.free).toBe(true);
    expect((await session.execute("SELECT count(*) FROM t", [])).rows).toEqual([[2n]]);
    await session.execute("COMMIT", []);
    expect((await session.execute("SELECT count(*) FROM t", [])).rows).toEqual([[3n]]);
  });

  test("hears nothing of one that came before it read", async () => {
    const session = database.session({ deferred: true });
    await session.execute("BEGIN", []);
    await database.session().execute("CREATE TABLE t (a)", []);
    await session.execute("INSERT INTO t VALUES (1)", []);
    await session.execute("COMMIT", []);
    expect((await session.execute("SELECT a FROM t", [])).rows).toEqual([[1n]]);
  });

  test("ends when it idles for five minutes", async () => {
    const session = await begun();
    clock.advance(299_000);
    await session.execute("SELECT 1 FROM t", []);
    clock.advance(299_000);
    expect(await refusal(session, "SELECT 1 FROM t")).toBe("no error");
    clock.advance(300_000);
    expect(await refusal(session, "SELECT 1 FROM t")).toBe("idle-in-transaction");
    await session.rollback();
    await session.execute("DELETE FROM t", []);
  });

  test("loses no update of others", async () => {
    await database.session().execute("CREATE TABLE n (value INTEGER)", []);
    await database.session().execute("INSERT INTO n VALUES (0)", []);
    let busy = 0;
    const increment = async (session: Session): Promise<void> => {
      await session.execute("BEGIN", []);
      const { rows } = await session.execute("SELECT value FROM n", []);
      await new Promise(setImmediate);
      const said = await refusal(session, `UPDATE n SET value = ${Number(rows[0]?.[0]) + 1}`);
      await new Promise(setImmediate);
      if (said === "no error") return void (await session.execute("COMMIT", []));
      expect(said).toBe("SQLITE_BUSY_SNAPSHOT");
      busy += 1;
      await session.rollback();
      await increment(session);
    };
    const worker = async (): Promise<void> => {
      const session = database.session({ deferred: true });
      for (let i = 0; i < 30; i++) await increment(session);
    };
    await Promise.all([worker(), worker(), worker()]);
    const { rows } = await database.session().execute("SELECT value FROM n", []);
    expect(rows).toEqual([[90n]]);
    // Those who never met would prove nothing.
    expect(busy).toBeGreaterThan(10);
  });

  test("is let go of with its session", async () => {
    const session = await begun();
    await session[Symbol.asyncDispose]();
    const other = new DatabaseSync(file);
    // Only where nobody reads an older state.
    other.exec("INSERT INTO t VALUES (2)");
    const [busy] = Object.values(other.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() ?? {});
    other.close();
    expect(busy).toBe(0);
  });

  test("does not end while it waits to write", async () => {
    const session = await begun();
    const holder = database.session();
    await holder.execute("BEGIN IMMEDIATE", []);
    const write = session.execute("UPDATE t SET a = a + 1", []);
    // Its holder is not idle, so it keeps the lease.
    for (let seconds = 0; seconds < 400; seconds += 4) {
      clock.advance(4_000);
      await holder.execute("SELECT 1", []);
    }
    await holder.execute("UPDATE t SET a = 100", []);
    await holder.commit();
    await expect(write).rejects.toMatchObject({ sqlite: "SQLITE_BUSY_SNAPSHOT" });
    await session.rollback();
    expect(shard.lease.free).toBe(true);
    expect((await session.execute("SELECT a FROM t", [])).rows).toEqual([[100n]]);
  });

  test("reads what is now beside the past at its own moment", async () => {
    const session = await begun();
    const now = "SELECT (SELECT count(*) FROM t), count(*) FROM t FOR SYSTEM_TIME AS OF lsn(2)";
    const before = (await session.execute(now, [])).rows;
    await database.session().execute("INSERT INTO t VALUES (2)", []);
    expect((await session.execute(now, [])).rows).toEqual(before);
    await session.rollback();
    await session.execute("BEGIN", []);
    // It begins to read with the past, too.
    await session.execute(now, []);
    await database.session().execute("INSERT INTO t VALUES (3)", []);
    expect((await session.execute("SELECT count(*) FROM t", [])).rows).toEqual([[2n]]);
    expect(await refusal(session, "DELETE FROM t")).toBe("SQLITE_BUSY_SNAPSHOT");
  });

  test("leaves no connection behind when its database closes", async () => {
    const session = await begun();
    await session.rollback();
    await database.close();
    // The last connection to close takes the log with it.
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  test("stays open when its COMMIT fails, as SQLite's does", async () => {
    const session = await begun();
    await session.rollback();
    await session.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)", []);
    const key = "REFERENCES p DEFERRABLE INITIALLY DEFERRED";
    await session.execute(`CREATE TABLE c (p ${key})`, []);
    const before = shard.feed.head;
    await session.execute("BEGIN", []);
    await session.execute("INSERT INTO c VALUES (1)", []);
    expect(await refusal(session, "COMMIT")).toMatch(/^SQLITE_CONSTRAINT/);
    expect(session.transaction).toBe("explicit");
    expect(shard.lease.free).toBe(false);
    await session.execute("INSERT INTO p VALUES (1)", []);
    await session.execute("COMMIT", []);
    expect(shard.lease.free).toBe(true);
    expect((await session.execute("SELECT p FROM c", [])).rows).toEqual([[1n]]);
    // One transaction, and none of the attempt.
    expect(Number(shard.feed.head) - Number(before)).toBe(3);
    await session.execute("BEGIN", []);
    await session.execute("INSERT INTO c VALUES (7)", []);
    expect(await refusal(session, "COMMIT")).toMatch(/^SQLITE_CONSTRAINT/);
    clock.advance(6_000);
    expect(shard.lease.free).toBe(true);
    expect(await refusal(session, "COMMIT")).toBe("idle-in-transaction");
    expect((await session.execute("SELECT count(*) FROM c", [])).rows).toEqual([[1n]]);
  });

  test("leaves few connections to a thousand sessions that were forgotten", async () => {
    await (await begun()).rollback();
    const readers: number[] = [];
    const sessions = Array.from({ length: 40 }, () => database.session({ deferred: true }));
    for (const session of sessions) {
      await session.execute("BEGIN", []);
      await session.execute("SELECT 1 FROM t", []);
    }
    readers.push(opened - closed);
    for (const session of sessions) await session.rollback();
    readers.push(opened - closed);
    // The shard's reader beside them.
    expect(readers).toEqual([41, 17]);
    for (let i = 0; i < 1_000; i++) {
      const session = database.session({ deferred: true });
      await session.execute("BEGIN", []);
      await session.execute("SELECT 1 FROM t", []);
      await session.rollback();
    }
    expect(opened).toBe(41);
  });
});
