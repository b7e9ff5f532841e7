import { describe, expect, test } from "vitest";
import type { DosqlError } from "../../src/base/errors.ts";
import type { Session } from "../../src/engine/session/session.ts";
import type { ReaderTask } from "../../src/ports/reader-host.ts";
import { ReaderPool } from "../../src/platform/node/reader/reader-pool.ts";
import { ShardFixture } from "./open-shard.ts";

const READER_MAIN = new URL("../../src/entry/reader-process.ts", import.meta.url);

async function answer(session: Session, sql: string): Promise<[string[], unknown[][]]> {
  const { columns, rows } = await session.execute(sql, []);
  return [columns.map((c) => c.name), rows];
}

async function failure(work: () => unknown): Promise<DosqlError> {
  try {
    await work();
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error("it did not fail");
}

describe("what went wrong once", () => {
  test("columns are those of the schema now, also beside the writer", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a, b)", []);
    await s.execute("INSERT INTO t VALUES (1, 2)", []);
    expect(await answer(s, "SELECT * FROM t")).toEqual([["a", "b"], [[1n, 2n]]]);
    await s.execute("ALTER TABLE t DROP COLUMN a", []);
    expect(await answer(s, "SELECT * FROM t")).toEqual([["b"], [[2n]]]);
    await s.execute("ALTER TABLE t ADD COLUMN c DEFAULT 3", []);
    expect(await answer(s, "SELECT * FROM t")).toEqual([["b", "c"], [[2n, 3n]]]);
    expect(await s.describe("SELECT * FROM t")).toMatchObject({ columns: { length: 2 } });
  });

  test("columns are those of the schema now in a reader process too", async () => {
    await using fixture = new ShardFixture();
    const pool = new ReaderPool({ path: fixture.path, main: READER_MAIN, warm: 1, most: 1 });
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a)", []);
    const task: ReaderTask = { sql: "SELECT * FROM t", params: [], integers: "bigint" };
    expect((await pool.read(task).result).columns).toHaveLength(1);
    await s.execute("ALTER TABLE t ADD COLUMN b", []);
    expect((await pool.read(task).result).columns).toHaveLength(2);
    await pool.close();
  });

  test("an endless result of empty values ends with an error, not with the memory", async () => {
    await using fixture = new ShardFixture();
    const pool = new ReaderPool({ path: fixture.path, main: READER_MAIN, warm: 1, most: 1 });
    const sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT '' FROM n";
    const call = pool.read({ sql, params: [], integers: "bigint" });
    await expect(call.result).rejects.toMatchObject({ code: "limit" });
    await pool.close();
  }, 60_000);

  test("a parameter number beyond SQLite's limit costs nothing", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    for (const sql of ["CREATE VIEW v AS SELECT ?30000000", "SELECT ?30000000"]) {
      expect((await failure(() => s.describe(sql))).message).toMatch(/variable number/);
    }
  });

  test("a typo behind thousands of commas is found by halving", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a, b)", []);
    const good = Array.from({ length: 20_000 }, () => "(1, 2)").join(", ");
    const sql = `INSERT INTO t VALUES ${good}, (1, , 2)`;
    expect((await failure(() => s.execute(sql, []))).at).toBe(sql.length - 4);
  });

  test("a failed insert of another session leaves the last rowid alone", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, u UNIQUE)", []);
    await a.execute("INSERT INTO t VALUES (100, 'x')", []);
    await failure(() => b.execute("INSERT INTO t VALUES (777, 'y'), (778, 'x')", []));
    expect((await answer(a, "SELECT last_insert_rowid(), changes()"))[1]).toEqual([[100n, 1n]]);
  });

  test("defer_foreign_keys outside a transaction reaches no other one", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)", []);
    await a.execute("CREATE TABLE c (p REFERENCES p)", []);
    await a.execute("PRAGMA defer_foreign_keys = ON", []);
    await b.begin();
    expect((await failure(() => b.execute("INSERT INTO c VALUES (1)", []))).sqlite).toBe(
      "SQLITE_CONSTRAINT_FOREIGNKEY",
    );
    await b.rollback();
  });

  test("a batch does not write in a read-only transaction", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (v)", []);
    await s.begin({ readOnly: true });
    const error = await failure(() => s.batch([{ sql: "INSERT INTO t VALUES (1)", params: [] }]));
    expect(error.code).toBe("read-only");
    await s.rollback();
    expect((await answer(s, "SELECT * FROM t"))[1]).toEqual([]);
  });

  test("DDL of a batch that failed leaves no plans behind", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a)", []);
    await s.execute("INSERT INTO t VALUES (1)", []);
    await s.begin();
    await failure(() =>
      s.batch([
        { sql: "ALTER TABLE t ADD COLUMN c", params: [] },
        { sql: "SELECT * FROM t", params: [] },
        { sql: "SELECT * FROM nope", params: [] },
      ]),
    );
    expect(await answer(s, "SELECT * FROM t")).toEqual([["a"], [[1n]]]);
    await s.rollback();
  });

  test("EXPLAIN and heavy pragmas are answered where reads are offloaded", async () => {
    await using fixture = new ShardFixture();
    const pool = new ReaderPool({ path: fixture.path, main: READER_MAIN, warm: 1, most: 1 });
    Object.assign(fixture.shard, { readerHost: pool });
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a)", []);
    expect((await answer(s, "EXPLAIN QUERY PLAN SELECT * FROM t"))[1]).toHaveLength(1);
    expect((await answer(s, "EXPLAIN SELECT * FROM t"))[1].length).toBeGreaterThan(3);
    expect(s.execute("PRAGMA integrity_check", [])).toBeInstanceOf(Promise);
    await s[Symbol.asyncDispose]();
  });

  test("a table may be called temp in a query", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE b (x)", []);
    expect(await answer(s, "SELECT temp.x FROM b AS temp")).toEqual([["x"], []]);
    expect((await failure(() => s.execute("CREATE TABLE temp.y (a)", []))).code).toBe(
      "unsupported",
    );
    expect((await failure(() => s.execute('CREATE VIEW "temp".y AS SELECT 1', []))).code).toBe(
      "unsupported",
    );
  });
});
