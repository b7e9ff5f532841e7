import { describe, expect, test } from "vitest";
import type { DosqlError } from "../../src/base/errors.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import type { Session } from "../../src/engine/session/session.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { ShardFixture } from "./open-shard.ts";

async function rows(session: Session, sql: string): Promise<unknown[][]> {
  return (await session.execute(sql, [])).rows;
}

async function failure(session: Session, sql: string): Promise<DosqlError> {
  try {
    await session.execute(sql, []);
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error(`${sql} did not fail`);
}

/** What would change a result, a file or the log, and what it would be. */
const REFUSED = `recursive_triggers = ON
case_sensitive_like = ON
ignore_check_constraints = ON
legacy_alter_table = ON
reverse_unordered_selects = ON
locking_mode = EXCLUSIVE
secure_delete = ON
secure_delete = FAST
cell_size_check = ON
count_changes = ON
full_column_names = ON
short_column_names = OFF
empty_result_callbacks = ON
encoding = 'UTF-16'
hard_heap_limit = 1000
max_page_count = 5
writable_schema = ON
schema_version = 9
temp_store_directory = '/tmp'
mystery = 1`.split("\n");

describe("settings of a session that shares its connection", () => {
  test("are its own, and read as it set them", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session({ integers: "number" })];
    const before = await rows(b, "PRAGMA cache_size");
    expect(await rows(a, "PRAGMA cache_size = 7")).toEqual([]);
    expect(await rows(a, "PRAGMA Main.CACHE_SIZE")).toEqual([[7n]]);
    expect(await rows(b, "PRAGMA cache_size")).toEqual(before);
    expect(await rows(b, "PRAGMA mmap_size = 4096")).toEqual([[4096]]);
    expect((await a.describe("PRAGMA mmap_size = 8192")).columns).toMatchObject([
      { name: "mmap_size" },
    ]);
    expect((await a.describe("PRAGMA cache_size = 9")).columns).toEqual([]);
    expect((await a.describe("PRAGMA temp_store")).columns).toMatchObject([{ name: "temp_store" }]);
    // To describe one sets nothing.
    expect(await rows(a, "PRAGMA cache_size")).toEqual([[7n]]);
    expect(await rows(a, "PRAGMA mmap_size")).toEqual([[0n]]);
  });

  test.each(REFUSED)("%s is refused by name", async (setting) => {
    await using fixture = new ShardFixture();
    const session = fixture.database.session();
    const error = await failure(session, `PRAGMA ${setting}`);
    const name = setting.replace(/ .*/, "");
    expect(error).toMatchObject({ code: "unsupported", hint: expect.any(String) });
    expect(error.message).toContain(`PRAGMA ${name}`);
    const batch = [{ sql: `PRAGMA ${setting}`, params: [] }];
    await expect((async () => session.batch(batch))()).rejects.toMatchObject({
      code: "unsupported",
    });
  });

  test("in D1's meaning there are none", async () => {
    await using fixture = new ShardFixture();
    const session = fixture.database.session({ whole: true });
    for (const setting of ["cache_size = 7", "synchronous = NORMAL", "auto_vacuum = FULL"]) {
      expect(await failure(session, `PRAGMA ${setting}`)).toMatchObject({ code: "unsupported" });
    }
  });

  test("may ask for more durability than there is, and then all have it", async () => {
    await using fixture = new ShardFixture();
    const { driver } = fixture.shard.writer;
    const level = (): unknown => driver.prepare("PRAGMA synchronous").all([], "number")[0]?.[0];
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    expect(level()).toBe(1);
    await a.execute("PRAGMA synchronous = OFF", []);
    expect([level(), await rows(a, "PRAGMA synchronous")]).toEqual([1, [[0n]]]);
    await b.execute("CREATE TABLE t (a)", []);
    await b.begin({ immediate: true });
    await b.execute("INSERT INTO t VALUES (1)", []);
    expect(await failure(b, "PRAGMA synchronous = FULL")).toMatchObject({
      message: "Safety level may not be changed inside a transaction",
    });
    // It waits for its turn.
    const raised = a.execute("PRAGMA synchronous = FULL", []);
    expect([raised instanceof Promise, level()]).toEqual([true, 1]);
    await b.commit();
    await raised;
    expect([level(), await rows(a, "PRAGMA synchronous")]).toEqual([2, [[2n]]]);
    expect(fixture.shard.lease.free).toBe(true);
    await a.execute("PRAGMA synchronous = OFF", []);
    expect([level(), await rows(b, "PRAGMA synchronous")]).toEqual([2, [[2n]]]);
    await a.execute("PRAGMA synchronous = EXTRA", []);
    // SQLite keeps such a number, and takes it for FULL.
    await b.execute("PRAGMA synchronous = 6", []);
    expect(level()).toBe(3);
  });

  test("auto_vacuum is the file's, from its next VACUUM on, under capture", async () => {
    await using fixture = new ShardFixture({ capture: CAPTURE_ON });
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (a)", []);
    expect(await rows(a, "PRAGMA auto_vacuum = INCREMENTAL")).toEqual([]);
    expect(await rows(a, "PRAGMA auto_vacuum")).toEqual([[0n]]);
    await a.execute("VACUUM", []);
    expect(await rows(b, "PRAGMA auto_vacuum")).toEqual([[2n]]);
    for (let id = 0; id < 50; id++) {
      await a.execute("INSERT INTO t VALUES (randomblob(4000))", []);
    }
    await a.execute("DELETE FROM t", []);
    await a.execute("PRAGMA incremental_vacuum(5)", []);
    expect(await rows(b, "PRAGMA integrity_check")).toEqual([["ok"]]);
    const other = new NodeSqlDriver(fixture.path, { readonly: true });
    expect(other.prepare("PRAGMA auto_vacuum").all([], "number")).toEqual([[2]]);
    other.close();
  });

  test("busy_timeout is how long it waits for somebody's lock", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (a)", []);
    b.lockTimeoutMs = 5_000;
    expect(await rows(b, "PRAGMA busy_timeout")).toEqual([[5_000n]]);
    expect(await rows(b, "PRAGMA busy_timeout = 20")).toEqual([[20n]]);
    expect(b.lockTimeoutMs).toBe(20);
    // Said once more by whoever carries it with each call.
    b.lockTimeoutMs = 5_000;
    expect(b.lockTimeoutMs).toBe(20);
    await a.begin({ immediate: true });
    await expect(b.execute("INSERT INTO t VALUES (1)", [])).rejects.toMatchObject({
      code: "lock-timeout",
    });
    await a.rollback();
    b.lockTimeoutMs = 7_000;
    expect(await rows(b, "PRAGMA busy_timeout")).toEqual([[7_000n]]);
    expect(await rows(b, "PRAGMA busy_timeout = 0")).toEqual([[0n]]);
    expect(b.lockTimeoutMs).toBe(1);
  });

  test("query_only keeps the session, also its batches, from writing", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (a)", []);
    await a.execute("PRAGMA query_only = ON", []);
    const refused = { sqlite: "SQLITE_READONLY", message: "attempt to write a readonly database" };
    for (const sql of ["INSERT INTO t VALUES (1)", "DROP TABLE t", "BEGIN IMMEDIATE", "VACUUM"]) {
      expect(await failure(a, sql)).toMatchObject(refused);
    }
    const batch = [{ sql: "INSERT INTO t VALUES (1)", params: [] }];
    await expect((async () => a.batch(batch))()).rejects.toMatchObject(refused);
    await b.batch(batch);
    expect(await rows(a, "SELECT count(*) FROM t")).toEqual([[1n]]);
    await a.execute("PRAGMA query_only = OFF", []);
    await a.batch(batch);
  });
});
