import { describe, expect, it } from "vitest";
import { CAPTURE_OFF, CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import type { PointInTime } from "../../../src/engine/time/point-in-time.ts";
import { PastFixture, failureOf } from "./past-fixture.ts";

/** Three rows at 1000000 ms, two of them gone 5 s later. */
async function lostRows(): Promise<PastFixture & { lsnThen: number }> {
  const past = new PastFixture();
  const lsnThen = await past.run(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT)",
    "INSERT INTO t VALUES (1, 'x', 10), (2, 'y', 20), (3, 'z', 30)",
  );
  past.clock.advance(5_000);
  await past.run("DELETE FROM t WHERE id < 3");
  return Object.assign(past, { lsnThen });
}

describe("a table as of", () => {
  const forms: readonly string[] = [
    "'1970-01-01 00:16:41'",
    "'1970-01-01T00:16:41Z'",
    "'1970-01-01T00:16:41.5'",
    "'1970-01-01 02:16:41+02'",
    "'1970-01-01 00:46:41.25 +00:30'",
    "'1970-01-01T00:17-00:00'",
    "1000000",
    "1000000.9",
    "1004999",
    "'1001000'",
    "(500000 * 2)",
    "datetime('1970-01-01 00:16:46', '-5 seconds')",
    "strftime('%Y-%m-%dT%H:%M:%fZ', 1001, 'unixepoch')",
    "'0000000f42400009-0000000000000000'",
    "'lsn 6'",
    "lsn(6)",
    "LSN(3 + 3)",
    "lsn(6.0)",
    "lsn(7)",
  ];

  it.each(forms)("%s", async (form) => {
    await using past = await lostRows();
    expect(past.lsnThen).toBe(6);
    if (form === "'1970-01-01T00:17-00:00'") past.clock.advance(100_000);
    else expect(await past.rows(`SELECT id FROM t FOR SYSTEM_TIME AS OF ${form}`)).toHaveLength(3);
    expect(await past.rows("SELECT id FROM t")).toEqual([[3n]]);
  });

  it("a parameter, wherever it stands among others", async () => {
    await using past = await lostRows();
    const sql = "SELECT ?1, id FROM t FOR SYSTEM_TIME AS OF ? WHERE b = ? AND ?1 = 'v'";
    expect(await past.rows(sql, ["v", 1_001_000n, 20n])).toEqual([["v", 2n]]);
    const named = "SELECT id, :v AS n FROM t FOR SYSTEM_TIME AS OF lsn(:at) WHERE b = :b";
    expect(await past.rows(named, ["v", 6n, 20n])).toEqual([[2n, "v"]]);
    const { columns } = await past.session.execute(
      "SELECT count(*) + ? FROM t FOR SYSTEM_TIME AS OF ?",
      [1n, 1_001_000n],
    );
    expect(columns.map(({ name }) => name)).toEqual(["count(*) + ?"]);
  });

  it("a session's bookmark", async () => {
    await using past = new PastFixture();
    await past.run("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    const { seen } = past.session;
    await past.run("INSERT INTO t VALUES (2)");
    expect(await past.rows("SELECT a FROM t FOR SYSTEM_TIME AS OF ?", [seen])).toEqual([[1n]]);
  });

  it("a time that is to come is now", async () => {
    await using past = await lostRows();
    const sql = "SELECT id FROM t FOR SYSTEM_TIME AS OF '2999-01-01'";
    expect(await past.rows(sql)).toEqual([[3n]]);
  });

  it("a millisecond, with all that was committed in it", async () => {
    await using past = new PastFixture();
    await past.run("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
    const at = (ms: number): string => `SELECT count(*) FROM t FOR SYSTEM_TIME AS OF ${ms}`;
    past.clock.advance(1);
    await past.run("INSERT INTO t VALUES (3)");
    expect(await past.rows(at(1_000_000))).toEqual([[2n]]);
    expect(await past.rows(at(1_000_001))).toEqual([[3n]]);
  });

  it("an LSN in the middle of a transaction is before it", async () => {
    await using past = new PastFixture();
    const before = await past.run("CREATE TABLE t (a)");
    const after = await past.run("INSERT INTO t VALUES (1), (2), (3)");
    const count = `SELECT count(*) FROM t FOR SYSTEM_TIME AS OF lsn(?)`;
    for (let lsn = before; lsn < after; lsn++) {
      expect(await past.rows(count, [BigInt(lsn)])).toEqual([[0n]]);
    }
    expect(await past.rows(count, [BigInt(after)])).toEqual([[3n]]);
  });

  it("a hint, for all tables that say nothing themselves", async () => {
    await using past = await lostRows();
    const hint = "/*dosql_as_of='1970-01-01T00%3A16%3A41Z'*/";
    expect(await past.rows(`${hint} SELECT count(*) FROM t`)).toEqual([[3n]]);
    expect(await past.rows(`SELECT count(*) /*dosql_as_of='lsn 6'*/ FROM t`)).toEqual([[3n]]);
    const now = "t FOR SYSTEM_TIME AS OF 1005000 AS n";
    const both = `${hint} SELECT count(*) FROM t JOIN ${now} USING (id)`;
    expect(await past.rows(both)).toEqual([[1n]]);
    const lifting = past.open({ liftLiterals: true });
    for (const id of [1, 2]) {
      const sql = `${hint} SELECT a FROM t WHERE id = ${id + 1}`;
      expect(await past.rows(sql, [], lifting)).toHaveLength(1);
    }
    expect((await past.failure("/*dosql_as_of='soon'*/ SELECT 1")).code).toBe("invalid-argument");
    const two = "/*dosql_as_of='1'*/ SELECT 1 /*dosql_as_of='2'*/";
    expect((await past.failure(two)).code).toBe("invalid-argument");
  });

  const points: readonly PointInTime[] = [
    "1970-01-01 00:16:41",
    1_001_000,
    1_001_000n,
    new Date(1_001_000),
    { lsn: 6 },
    "0000000f42400009-0000000000000000",
  ];

  it.each(points)("a session's own time: %s", async (asOf) => {
    await using past = await lostRows();
    const session = past.open({ asOf });
    expect(await past.rows("SELECT count(*) FROM t", [], session)).toEqual([[3n]]);
    expect(await past.rows("SELECT 3 WHERE 2 IN (SELECT id FROM t)", [], session)).toEqual([[3n]]);
    const now = "SELECT count(*) FROM t FOR SYSTEM_TIME AS OF '2999-01-01'";
    expect(await past.rows(now, [], session)).toEqual([[1n]]);
    expect(await past.rows("SELECT 1", [], session)).toEqual([[1n]]);
    const batch = await session.batch([
      { sql: "SELECT id FROM t ORDER BY id", params: [] },
      { sql: "SELECT sum(b) FROM t WHERE id = ?", params: [2n] },
    ]);
    expect(batch.map(({ rows }) => rows)).toEqual([[[1n], [2n], [3n]], [[20n]]]);
  });
});

describe("what the past is not", () => {
  it.each([
    ["NULL", "invalid-argument", /NULL is no point in time/],
    ["'soon'", "invalid-argument", /soon is no point in time/],
    ["'2026-02-30'", "invalid-argument", /2026-02-30 is no point in time/],
    ["x'00'", "invalid-argument", /a BLOB is no point in time/],
    ["9e999", "invalid-argument", /Infinity is no point in time/],
    ["lsn(NULL)", "invalid-argument", /NULL is no point in time for lsn/],
    ["lsn(1.5)", "invalid-argument", /1.5 is not a log sequence number/],
    ["lsn(99)", "invalid-argument", /LSN 99 does not exist yet/],
    ["lsn(1, 2)", "invalid-argument", /takes one number/],
    ["lsn(0)", "history-gone", /history begins at 1970-01-01T00:16:40.000Z, LSN 2/],
    ["5", "history-gone", /history begins at 1970-01-01T00:16:40.000Z, LSN 2/],
    ["'1970-01-01 00:16:39.999'", "history-gone", /history begins at/],
    ["(SELECT 1)", "unsupported", /a query behind AS OF/],
    ["a", "sqlite", /no such column: a/],
  ])("%s", async (form, code, message) => {
    await using past = await lostRows();
    const error = await past.failure(`SELECT * FROM t FOR SYSTEM_TIME AS OF ${form}`);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(past.temporary()).toEqual([]);
  });

  it.each([
    ["SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(2) INDEXED BY i", /INDEXED BY i is not supported/],
    ["WITH c AS (SELECT 1) SELECT * FROM c FOR SYSTEM_TIME AS OF lsn(2)", /c, which WITH defines/],
    ["SELECT * FROM sqlite_schema FOR SYSTEM_TIME AS OF lsn(2)", /sqlite_schema is not supp/],
    ["CREATE VIEW v AS SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(2)", /in CREATE VIEW/],
    ["CREATE TABLE u AS SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(2)", /in CREATE TABLE/],
    ["SELECT * FROM f FOR SYSTEM_TIME AS OF lsn(6)", /virtual table f/],
    ["SELECT * FROM f_data FOR SYSTEM_TIME AS OF lsn(6)", /virtual table f_data/],
  ])("%s", async (sql, message) => {
    await using past = await lostRows();
    await past.run("CREATE VIRTUAL TABLE f USING fts5(x)", "CREATE INDEX i ON t (b)");
    const error = await past.failure(sql);
    expect(error).toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ["UPDATE t FOR SYSTEM_TIME AS OF lsn(2) SET a = 1", 9],
    ["DELETE FROM t FOR SYSTEM_TIME AS OF lsn(2)", 14],
    ["INSERT INTO t FOR SYSTEM_TIME AS OF lsn(2) VALUES (1)", 14],
    ["/*dosql_as_of='lsn 2'*/ DELETE FROM t", undefined],
    ["/*dosql_as_of='lsn 2'*/ INSERT INTO t SELECT * FROM t", undefined],
    ["/*dosql_as_of='lsn 2'*/ CREATE TABLE n (x)", undefined],
  ])("changed: %s", async (sql, at) => {
    await using past = await lostRows();
    const error = await past.failure(sql);
    expect(error.code).toBe("read-only");
    expect(error.at).toBe(at);
    expect(await past.rows("SELECT count(*) FROM t")).toEqual([[1n]]);
  });

  it("changed by a session that is in it, or asked for by pragmas", async () => {
    await using past = await lostRows();
    const session = past.open({ asOf: { lsn: 6 } });
    const change = await past.failure("INSERT INTO t VALUES (9, 9, 9)", [], session);
    expect(change).toMatchObject({
      code: "read-only",
      message: "cannot execute INSERT as of a time",
    });
    for (const sql of [
      "PRAGMA table_info(t)",
      "SELECT * FROM sqlite_schema",
      "SELECT * FROM pragma_table_info('t')",
      "SELECT * FROM pragma_table_list",
    ]) {
      expect((await past.failure(sql, [], session)).code).toBe("unsupported");
    }
    expect((await failureOf(() => past.open({ asOf: "soon" }))).code).toBe("invalid-argument");
  });
});

describe("what is known of the past", () => {
  it("begins with capture", async () => {
    await using past = new PastFixture({ capture: CAPTURE_OFF });
    const { shard } = past.fixture;
    await past.run("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    const sql = "SELECT a FROM t FOR SYSTEM_TIME AS OF ";
    expect(await past.failure(`${sql} '2999-01-01'`)).toMatchObject({
      code: "history-gone",
      message: "this database keeps no history",
    });
    past.clock.advance(1_000);
    shard.setCapture(CAPTURE_ON);
    expect(await past.rows(`${sql} 1001000`)).toEqual([[1n]]);
    expect((await past.failure(`${sql} 1000999`)).code).toBe("history-gone");
  });

  it("has a hole where a table was not captured", async () => {
    await using past = new PastFixture();
    const { shard } = past.fixture;
    const first = await past.run(
      "CREATE TABLE t (a)",
      "CREATE TABLE u (a)",
      "INSERT INTO t VALUES (1)",
    );
    shard.setCapture({ mode: "on", except: ["T"] });
    await past.run("INSERT INTO t VALUES (2)");
    const hole = await past.run("INSERT INTO u VALUES (1)");
    const sql = "SELECT a FROM t FOR SYSTEM_TIME AS OF lsn(?)";
    for (const lsn of [first, hole]) {
      expect(await past.failure(sql, [BigInt(lsn)])).toMatchObject({ code: "history-gone" });
    }
    shard.setCapture(CAPTURE_ON);
    expect(await past.rows(sql, [BigInt(past.lsn)])).toEqual([[1n], [2n]]);
    for (const lsn of [first, hole]) {
      expect(await past.failure(sql, [BigInt(lsn)])).toMatchObject({
        code: "history-gone",
        message: expect.stringContaining("the changes of table t since LSN"),
      });
    }
    const other = "SELECT a FROM u FOR SYSTEM_TIME AS OF lsn(?)";
    expect(await past.rows(other, [BigInt(hole)])).toEqual([[1n]]);
  });

  it("is nothing of a table that never was captured", async () => {
    await using past = new PastFixture({ capture: { mode: "on", except: ["t"] } });
    const lsn = await past.run("CREATE TABLE t (a)", "CREATE TABLE u (a)");
    const sql = `SELECT * FROM T FOR SYSTEM_TIME AS OF lsn(${lsn})`;
    expect(await past.failure(sql)).toMatchObject({
      code: "unsupported",
      message: "FOR SYSTEM_TIME AS OF on table T, whose changes are not captured, is not supported",
    });
  });

  it("says where there was no table yet, or no more", async () => {
    await using past = new PastFixture();
    const none = await past.run("CREATE TABLE other (a)");
    const empty = await past.run("CREATE TABLE t (a)");
    const full = await past.run("INSERT INTO t VALUES (1)");
    const renamed = await past.run("ALTER TABLE t RENAME TO n");
    const dropped = await past.run("DROP TABLE n");
    const sql = (name: string, lsn: number): string =>
      `SELECT * FROM ${name} FOR SYSTEM_TIME AS OF lsn(${lsn})`;
    expect(await past.rows(sql("t", empty))).toEqual([]);
    expect(await past.rows(sql("T", full))).toEqual([[1n]]);
    expect(await past.rows(sql("main.n", renamed))).toEqual([[1n]]);
    for (const text of [sql("t", none), sql("t", renamed), sql("n", full), sql("n", dropped)]) {
      expect(await past.failure(text)).toMatchObject({
        code: "sqlite",
        message: expect.stringMatching(/^no such table: [nt]$/),
        at: 14,
      });
    }
    expect((await past.failure(sql("other.t", full))).message).toBe("no such table: other.t");
  });
});
