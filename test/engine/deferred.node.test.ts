import { mkdtempSync, rmSync } from "node:fs";
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

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-deferred-"));
  file = path.join(root, "shard.sqlite");
  clock = new ManualClock();
  const openReader = (): NodeSqlDriver => new NodeSqlDriver(file, { readonly: true });
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
});
