import { afterEach, beforeEach, expect, it } from "vitest";
import { DosqlError } from "../../src/base/errors.ts";
import type { SessionOptions, Session } from "../../src/engine/session/session.ts";
import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import { openNodeShard } from "../../src/entry/node/node-shard.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { ShardFixture } from "./open-shard.ts";

let fixture: ShardFixture;

beforeEach(async () => {
  fixture = new ShardFixture({ capture: CAPTURE_ON });
  const session = fixture.database.session();
  await session.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b)", []);
  await session.execute("INSERT INTO t (b) VALUES ('x'), ('y'), ('z')", []);
});

afterEach(async () => {
  await fixture[Symbol.asyncDispose]();
});

async function outcome(options: SessionOptions, sql: string): Promise<string> {
  return await answer(fixture.database.session(options), sql);
}

async function answer(session: Session, sql: string): Promise<string> {
  try {
    return `${(await session.execute(sql, [])).rows.length} rows`;
  } catch (error) {
    if (error instanceof DosqlError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

it.each([
  ["SELECT * FROM t", "limit: the result has more than 2 rows"],
  ["SELECT * FROM t WHERE a < 3", "2 rows"],
  ["SELECT * FROM t WHERE a = 1", "1 rows"],
  ["PRAGMA table_info(sqlite_master)", "limit: the result has more than 2 rows"],
  ["INSERT INTO t (b) SELECT b FROM t", "0 rows"],
])("rows of %s are limited", async (sql, wanted) => {
  expect(await outcome({ maxRows: 2 }, sql)).toBe(wanted);
});

it("bytes are limited", async () => {
  const sql = "SELECT zeroblob(1000) FROM t WHERE a = 1";
  expect(await outcome({ maxResultBytes: 1000 }, sql)).toBe(
    "limit: the result is larger than 1000 bytes",
  );
  expect(await outcome({ maxResultBytes: 2000 }, sql)).toBe("1 rows");
});

it("a reader process keeps to the limits too", async () => {
  const database = new LocalDatabase(openNodeShard(fixture.path, { readers: 1 }));
  const long =
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 9) " +
    "SELECT * FROM n";
  try {
    const read = (options: SessionOptions): Promise<string> =>
      answer(database.session(options), long);
    expect(await read({ maxRows: 8 })).toBe("limit: the result has more than 8 rows");
    expect(await read({ maxResultBytes: 500 })).toBe("limit: the result is larger than 500 bytes");
    expect(await read({ maxRows: 9 })).toBe("9 rows");
    expect(await read({})).toBe("9 rows");
  } finally {
    await database.close();
  }
});

it("a change whose RETURNING is too large is undone, alone and in a transaction", async () => {
  const session = fixture.database.session({ maxRows: 2, integers: "number" });
  const refused = "limit: the result has more than 2 rows";
  const count = "SELECT count(*) FROM t";
  expect(await answer(session, "DELETE FROM t RETURNING a")).toBe(refused);
  expect((await session.execute(count, [])).rows).toEqual([[3]]);
  await session.execute("BEGIN", []);
  await session.execute("DELETE FROM t WHERE a = 1", []);
  expect(await answer(session, "INSERT INTO t (b) VALUES (1), (2), (3) RETURNING b")).toBe(refused);
  expect(await answer(session, "INSERT INTO t (b) VALUES (1), (2) RETURNING b")).toBe("2 rows");
  await session.execute("COMMIT", []);
  expect((await session.execute(count, [])).rows).toEqual([[4]]);
});
