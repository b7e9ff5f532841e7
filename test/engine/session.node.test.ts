import { describe, expect, test } from "vitest";
import type { DosqlError } from "../../src/base/errors.ts";
import type { Session } from "../../src/engine/session/session.ts";
import { ManualClock } from "./manual-clock.ts";
import { ShardFixture } from "./open-shard.ts";

async function failure(work: () => unknown): Promise<DosqlError> {
  try {
    await work();
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error("it did not fail");
}

async function rows(session: Session, sql: string): Promise<unknown[][]> {
  return (await session.execute(sql, [])).rows;
}

describe("a session", () => {
  test("answers short statements without a promise", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    expect(s.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)", [])).not.toBeInstanceOf(Promise);
    const inserted = s.execute("INSERT INTO t VALUES (?, ?)", [1n, "a"]);
    expect(inserted).toMatchObject({ command: "INSERT", changes: 1, lastRowid: 1n });
    expect(s.execute("SELECT * FROM t WHERE id = ?", [1n])).toMatchObject({ rows: [[1n, "a"]] });
  });

  test("keeps integers exact and reals real", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    const result = await s.execute("SELECT ?, ?, typeof(?3), typeof(?4)", [
      9_223_372_036_854_775_807n,
      -0,
      1n,
      1,
    ]);
    expect(result.rows).toEqual([[9_223_372_036_854_775_807n, -0, "integer", "real"]]);
  });

  test("binds named parameters by SQLite's numbering", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    expect(await rows(s, "SELECT 1")).toEqual([[1n]]);
    const result = await s.execute("SELECT :b, @a, :b, $c", ["b", "a", "c"]);
    expect(result.rows).toEqual([["b", "a", "b", "c"]]);
  });

  test("refuses a wrong number of values rather than binding NULL", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    expect((await failure(() => s.execute("SELECT ?", []))).code).toBe("invalid-argument");
    expect((await failure(() => s.execute("SELECT 1", [1n]))).code).toBe("invalid-argument");
  });

  test("refuses several statements at once", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    expect((await failure(() => s.execute("SELECT 1; SELECT 2", []))).message).toMatch(
      /more than one/,
    );
  });

  test("rolls back, commits, and shows nothing to others before", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (v)", []);
    await a.execute("BEGIN", []);
    await a.execute("INSERT INTO t VALUES (1)", []);
    expect(await rows(a, "SELECT v FROM t")).toEqual([[1n]]);
    expect(await rows(b, "SELECT v FROM t")).toEqual([]);
    await a.execute("ROLLBACK", []);
    expect(await rows(a, "SELECT v FROM t")).toEqual([]);
    await a.begin();
    await a.execute("INSERT INTO t VALUES (2)", []);
    await a.commit();
    expect(await rows(b, "SELECT v FROM t")).toEqual([[2n]]);
  });

  test("a second writer waits its turn instead of failing", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (v)", []);
    await a.begin({ immediate: true });
    await a.execute("INSERT INTO t VALUES (1)", []);
    const waiting = b.execute("INSERT INTO t VALUES (2)", []);
    expect(waiting).toBeInstanceOf(Promise);
    await a.commit();
    expect(await waiting).toMatchObject({ changes: 1 });
    expect(await rows(a, "SELECT v FROM t ORDER BY v")).toEqual([[1n], [2n]]);
  });

  test("a wait ends by cancel and by lock timeout, and the line goes on", async () => {
    await using fixture = new ShardFixture();
    const sessions = [1, 2, 3, 4].map(() => fixture.database.session());
    const [a, b, c, d] = sessions as [Session, Session, Session, Session];
    await a.execute("CREATE TABLE t (v)", []);
    await a.begin({ immediate: true });
    const canceled = failure(() => b.execute("INSERT INTO t VALUES (2)", []));
    c.lockTimeoutMs = 20;
    const timedOut = failure(() => c.execute("INSERT INTO t VALUES (3)", []));
    const patient = d.execute("INSERT INTO t VALUES (4)", []);
    b.cancel();
    expect((await canceled).code).toBe("canceled");
    expect((await timedOut).code).toBe("lock-timeout");
    await a.commit();
    await patient;
    expect(await rows(a, "SELECT v FROM t")).toEqual([[4n]]);
  });

  test("READ COMMITTED takes no lease before its first write", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (v)", []);
    await a.begin({ isolation: "read committed" });
    await a.execute("SAVEPOINT s1", []);
    await b.execute("INSERT INTO t VALUES (1)", []);
    expect(await rows(a, "SELECT v FROM t")).toEqual([[1n]]);
    await a.execute("INSERT INTO t VALUES (2)", []);
    await a.execute("ROLLBACK TO s1", []);
    await a.commit();
    expect(await rows(b, "SELECT v FROM t")).toEqual([[1n]]);
  });

  test("a transaction that wrote and idles for 5 s ends with 25P03's cause", async () => {
    const clock = new ManualClock();
    await using fixture = new ShardFixture({ clock });
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (v)", []);
    await a.begin({ immediate: true });
    await a.execute("INSERT INTO t VALUES (1)", []);
    clock.advance(4_999);
    expect(await rows(a, "SELECT v FROM t")).toEqual([[1n]]);
    const waiting = b.execute("INSERT INTO t VALUES (2)", []);
    clock.advance(5_000);
    await waiting;
    const refused = await failure(() => a.execute("INSERT INTO t VALUES (3)", []));
    expect(refused.code).toBe("idle-in-transaction");
    expect((await failure(() => a.execute("COMMIT", []))).code).toBe("idle-in-transaction");
    expect(a.transaction).toBe("none");
    expect(await rows(a, "SELECT v FROM t")).toEqual([[2n]]);
  });

  test("it ends so also when nobody waits, and one that only read does not", async () => {
    const clock = new ManualClock();
    await using fixture = new ShardFixture({ clock });
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (v)", []);
    await s.begin({ isolation: "read committed" });
    await s.execute("SELECT * FROM t", []);
    clock.advance(60_000);
    await s.execute("INSERT INTO t VALUES (1)", []);
    clock.advance(5_000);
    expect((await failure(() => s.commit())).code).toBe("idle-in-transaction");
    expect(await rows(s, "SELECT v FROM t")).toEqual([]);
  });

  test("ON CONFLICT ROLLBACK ends the transaction and frees the lease", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (v UNIQUE)", []);
    await a.begin();
    await a.execute("INSERT INTO t VALUES (1)", []);
    expect(
      (await failure(() => a.execute("INSERT OR ROLLBACK INTO t VALUES (1)", []))).sqlite,
    ).toBe("SQLITE_CONSTRAINT_UNIQUE");
    expect((await failure(() => a.execute("SELECT 1", []))).code).toBe("transaction-state");
    await b.execute("INSERT INTO t VALUES (7)", []);
    await a.rollback();
    expect(await rows(a, "SELECT v FROM t")).toEqual([[7n]]);
  });

  test("a COMMIT that fails rolls back", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)", []);
    await s.execute("CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)", []);
    await s.begin();
    await s.execute("INSERT INTO c VALUES (1)", []);
    expect((await failure(() => s.commit())).sqlite).toBe("SQLITE_CONSTRAINT_FOREIGNKEY");
    expect(s.transaction).toBe("none");
    expect(await rows(s, "SELECT * FROM c")).toEqual([]);
  });

  test("a batch is all or nothing", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (v UNIQUE)", []);
    const broken = [
      { sql: "INSERT INTO t VALUES (1)", params: [] },
      { sql: "INSERT INTO t VALUES (1)", params: [] },
    ];
    expect((await failure(() => s.batch(broken))).sqlite).toBe("SQLITE_CONSTRAINT_UNIQUE");
    expect(await rows(s, "SELECT v FROM t")).toEqual([]);
    const results = await s.batch([
      { sql: "INSERT INTO t VALUES (?)", params: [5n] },
      { sql: "SELECT v FROM t", params: [] },
    ]);
    expect(results.map((r) => r.rows)).toEqual([[], [[5n]]]);
    expect(s.transaction).toBe("none");
  });

  test("changes() and last_insert_rowid() are the session's own", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)", []);
    await a.execute("INSERT INTO t (v) VALUES (1), (2), (3)", []);
    await b.execute("INSERT INTO t (id, v) VALUES (70, 0)", []);
    expect(await rows(a, "SELECT changes(), last_insert_rowid()")).toEqual([[3n, 3n]]);
    expect(await rows(b, "SELECT changes(), last_insert_rowid()")).toEqual([[1n, 70n]]);
    await a.execute("INSERT INTO t (v) VALUES (last_insert_rowid())", []);
    expect(await rows(a, "SELECT v FROM t WHERE id = 71")).toEqual([[3n]]);
  });

  test("engine objects cannot be seen or touched", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (v)", []);
    expect(await rows(s, "SELECT name FROM sqlite_master")).toEqual([["t"]]);
    expect(await rows(s, "SELECT count(*) FROM main.sqlite_schema AS x")).toEqual([[1n]]);
    const tables = await rows(s, "PRAGMA table_list");
    expect(tables.map((row) => row[1])).not.toContain("_cf_dosql_meta");
    for (const sql of [
      "SELECT * FROM _cf_dosql_meta",
      'DELETE FROM "_CF_DOSQL_META"',
      "CREATE VIEW v AS SELECT * FROM [_cf_dosql_meta]",
    ]) {
      expect((await failure(() => s.execute(sql, []))).code).toBe("hidden-object");
    }
  });

  test("a setting that would leak to other sessions is refused by name", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    for (const sql of [
      "PRAGMA recursive_triggers = ON",
      "PRAGMA writable_schema = ON",
      "ATTACH 'x' AS y",
      "CREATE TEMP TABLE x (a)",
      "VACUUM INTO '/tmp/x'",
    ]) {
      expect((await failure(() => s.execute(sql, []))).code, sql).toBe("unsupported");
    }
    expect(await rows(s, "PRAGMA synchronous")).toBeDefined();
  });

  test("foreign_keys is a setting of the session", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)", []);
    await a.execute("CREATE TABLE c (p REFERENCES p)", []);
    await a.execute("PRAGMA foreign_keys = OFF", []);
    expect(await rows(a, "PRAGMA foreign_keys")).toEqual([[0n]]);
    await a.execute("INSERT INTO c VALUES (1)", []);
    expect((await failure(() => b.execute("INSERT INTO c VALUES (1)", []))).sqlite).toBe(
      "SQLITE_CONSTRAINT_FOREIGNKEY",
    );
  });

  test("describes columns and parameters", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, score REAL)", []);
    const info = await s.describe(
      "SELECT name, id + 1 FROM t AS x WHERE x.id = ? AND score > ? LIMIT ?",
    );
    expect(info.parameters.map((p) => p.declaredType)).toEqual(["INTEGER", "REAL", "INTEGER"]);
    expect(info.columns.map((c) => [c.name, c.declaredType])).toEqual([
      ["name", "TEXT"],
      ["id + 1", null],
    ]);
    const insert = await s.describe("INSERT INTO t VALUES (?, ?, ?) RETURNING id");
    expect(insert.parameters.map((p) => p.declaredType)).toEqual(["INTEGER", "TEXT", "REAL"]);
    expect(insert.columns).toHaveLength(1);
  });

  test("errors tell where they happened", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    await s.execute("CREATE TABLE t (a, b)", []);
    const cases: [string, number][] = [
      ["SELECT a, , b FROM t", 10],
      ["SELECT a FROM nope", 14],
      ["SELECT a, nope FROM t", 10],
      ["SELEC 1", 0],
      ["SELECT nosuch(a) FROM t", 7],
      ["SELECT (1", 9],
    ];
    for (const [sql, at] of cases)
      expect((await failure(() => s.execute(sql, []))).at, sql).toBe(at);
  });

  test("bookmarks sort and move on with commits", async () => {
    await using fixture = new ShardFixture();
    const s = fixture.database.session();
    const seen = [s.seen];
    await s.execute("CREATE TABLE t (v)", []);
    for (let i = 0; i < 5; i++) {
      await s.execute("INSERT INTO t VALUES (1)", []);
      seen.push(s.seen);
    }
    expect(seen.toSorted((a, b) => a.localeCompare(b))).toEqual(seen);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("closing a session in a transaction rolls it back and frees the lease", async () => {
    await using fixture = new ShardFixture();
    const [a, b] = [fixture.database.session(), fixture.database.session()];
    await a.execute("CREATE TABLE t (v)", []);
    await a.begin({ immediate: true });
    await a.execute("INSERT INTO t VALUES (1)", []);
    const waiting = b.execute("INSERT INTO t VALUES (2)", []);
    await a[Symbol.asyncDispose]();
    await waiting;
    expect(await rows(b, "SELECT v FROM t")).toEqual([[2n]]);
  });
});
