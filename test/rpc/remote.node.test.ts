import { describe, expect, it } from "vitest";
import { d1 } from "../../src/entry/d1.ts";
import type { RemoteDatabase } from "../../src/rpc/client/remote-database.ts";
import type { SqlValue } from "../../src/base/value.ts";
import { Served } from "./served.ts";

const ODD: SqlValue[] = [
  null,
  0n,
  -1n,
  9_007_199_254_740_991n,
  9_007_199_254_740_992n,
  9_223_372_036_854_775_807n,
  -9_223_372_036_854_775_808n,
  0,
  -0,
  1.5,
  1e308,
  5e-324,
  Infinity,
  -Infinity,
  "",
  'quo"ted \\ \u2028 \u0000 end',
  "🦆",
  new Uint8Array(),
  new Uint8Array([0, 1, 254, 255]),
];

async function values(db: RemoteDatabase, integers: "bigint" | "number"): Promise<SqlValue[]> {
  const { rows } = await db.query("SELECT v FROM odd ORDER BY n", [], { integers });
  return rows.map(([value]) => value ?? null);
}

describe.each(["ws", "http"] as const)("a remote database over %s", (way) => {
  it("answers a query, its columns and its counts", async () => {
    await using served = await Served.start();
    const db = await served.connect(way);
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
    const insert = await db.query("INSERT INTO t (name) VALUES (?), (?)", ["a", "b"]);
    expect(insert).toMatchObject({ changes: 2, lastRowid: 2n, command: "INSERT" });
    const { rows, columns } = await db.query("SELECT id, name AS n FROM t WHERE id = ?", [2n]);
    expect(rows).toEqual([[2n, "b"]]);
    expect(columns).toEqual([
      { name: "id", table: "t", column: "id", declaredType: "INTEGER" },
      { name: "n", table: "t", column: "name", declaredType: "TEXT" },
    ]);
    expect(await db.schema()).toMatchObject([{ type: "table", name: "t", table: "t" }]);
    expect(await db.ping()).toMatchObject({ database: "main", readOnly: false });
  });

  it("keeps every value exactly, both ways", async () => {
    await using served = await Served.start();
    const db = await served.connect(way);
    await db.query("CREATE TABLE odd (n INTEGER PRIMARY KEY, v)");
    const sql = "INSERT INTO odd (v) VALUES (?)";
    await db.batch(ODD.map((value) => ({ sql, params: [value] })));
    expect(await values(db, "bigint")).toEqual(ODD);
    const local = server(served).session({ integers: "number" });
    const { rows } = await local.execute("SELECT v FROM odd ORDER BY n", []);
    expect(await values(db, "number")).toEqual(rows.map(([value]) => value));
  });

  it("carries a thousand rows", async () => {
    await using served = await Served.start();
    const db = await served.connect(way);
    const sql =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) " +
      "SELECT i, i * 1.0 / 3, 'text ' || i, i * 9007199254740993, " +
      "CASE WHEN i % 7 THEN NULL ELSE x'00ff' END FROM n";
    const { rows } = await db.query(sql);
    const local = await server(served).session().execute(sql, []);
    expect(rows).toHaveLength(1000);
    expect(rows).toEqual(local.rows);
  });

  it("fails as the engine does", async () => {
    await using served = await Served.start();
    const db = await served.connect(way);
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await db.query("INSERT INTO t VALUES (1)");
    await expect(db.query("INSERT INTO t VALUES (1)")).rejects.toMatchObject({
      name: "DosqlError",
      code: "sqlite",
      sqlite: "SQLITE_CONSTRAINT_PRIMARYKEY",
      message: "UNIQUE constraint failed: t.id",
    });
    await expect(db.query("SELEC 1")).rejects.toMatchObject({ code: "sqlite", at: 0 });
    const batch = [
      { sql: "INSERT INTO t VALUES (2)", params: [] },
      { sql: "INSERT INTO t VALUES (1)", params: [] },
    ];
    await expect(db.batch(batch)).rejects.toMatchObject({ code: "sqlite" });
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
  });

  it("sends a long text once, and again to a server that does not know it", async () => {
    await using served = await Served.start();
    const db = await served.connect(way);
    const sql = `SELECT ${"1 + ".repeat(50)}?`;
    for (const value of [1n, 2n, 3n]) {
      expect((await db.query(sql, [value])).rows).toEqual([[50n + value]]);
    }
    await served.restart();
    expect((await db.query(sql, [4n])).rows).toEqual([[54n]]);
  });

  it("is a database for d1()", async () => {
    await using served = await Served.start();
    const db = d1(await served.connect(way));
    await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL, b BLOB)");
    const run = await db.prepare("INSERT INTO t (v, b) VALUES (?, ?)").bind(1.5, [1, 2]).run();
    expect(run).toMatchObject({ success: true, meta: { changes: 1, last_row_id: 1 } });
    const statement = db.prepare("SELECT * FROM t WHERE id = ?");
    expect(await statement.bind(1).first()).toEqual({ id: 1, v: 1.5, b: [1, 2] });
    expect(await statement.bind(1).first("v")).toBe(1.5);
    expect(await statement.bind(2).first()).toBeNull();
    expect((await statement.bind(1).all()).results).toHaveLength(1);
    expect(await statement.bind(1).raw({ columnNames: true })).toEqual([
      ["id", "v", "b"],
      [1, 1.5, [1, 2]],
    ]);
    const [first, second] = await db.batch([statement.bind(1), statement.bind(2)]);
    expect([first?.results.length, second?.results.length]).toEqual([1, 0]);
    const session = db.withSession("first-primary");
    await session.prepare("SELECT 1").all();
    expect(session.getBookmark()).toMatch(/^[0-9a-f]{16}-/);
    await expect(db.prepare("SELECT * FROM nope").all()).rejects.toThrow(
      "D1_ERROR: no such table: nope: SQLITE_ERROR",
    );
    await expect(db.dump()).rejects.toThrow("D1_DUMP_ERROR");
  });
});

describe("a transaction", () => {
  it("commits, rolls back, and has savepoints", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await using tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (1)");
    await tx.savepoint('a "b"');
    await tx.query("INSERT INTO t VALUES (2)");
    await tx.rollbackTo('a "b"');
    await expect(tx.query("INSERT INTO t VALUES (1)")).rejects.toMatchObject({ code: "sqlite" });
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[0n]]);
    await tx.commit();
    expect((await db.query("SELECT id FROM t")).rows).toEqual([[1n]]);
    const undone = await db.begin({ isolation: "read committed" });
    await undone.query("DELETE FROM t");
    await undone.rollback();
    {
      await using left = await db.begin();
      await left.query("DELETE FROM t");
    }
    expect((await db.query("SELECT id FROM t")).rows).toEqual([[1n]]);
  });

  it("is not ended by who did not wait for a statement before", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await using session = db.session();
    await session.begin();
    const inserted = session.execute("INSERT INTO t VALUES (1)", []);
    await expect(session.commit()).rejects.toMatchObject({ code: "misuse" });
    await inserted;
    await session.commit();
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
  });

  it("is refused over HTTP, in both spellings", async () => {
    await using served = await Served.start();
    const db = await served.connect("http");
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const refused = { code: "unsupported", hint: expect.stringContaining("ws:") as string };
    await expect(db.begin()).rejects.toMatchObject(refused);
    await expect(db.query("BEGIN IMMEDIATE")).rejects.toMatchObject(refused);
    await db.query("INSERT INTO t VALUES (1)");
  });
});

describe("results in parts", () => {
  it("are the whole result", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    const sql =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) " +
      "SELECT i, 'some text that is not short ' || i FROM n";
    let next = 1n;
    for await (const [i] of db.iterate(sql)) expect(i).toBe(next++);
    expect(next).toBe(30_001n);
  });
});

function server(served: Served): Served["server"]["database"] {
  return served.server.database;
}

describe("many calls at once", () => {
  it("are all answered, over one connection", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const calls = Array.from({ length: 2000 }, (_, n) => {
      return n % 2 === 0
        ? db.query("SELECT ?", [BigInt(n)])
        : db.query("INSERT INTO t VALUES (NULL)");
    });
    const results = await Promise.all(calls);
    for (let n = 0; n < 2000; n += 2) expect(results[n]?.rows).toEqual([[BigInt(n)]]);
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1000n]]);
  });

  it("of large results that wait have an end", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    const open = Array.from({ length: 25 }, () => db.iterate("SELECT 1 UNION SELECT 2"));
    const firsts = await Promise.allSettled(open.map((rows) => rows.next()));
    const refused = firsts.filter(({ status }) => status === "rejected");
    // Twenty, less what the sessions take.
    expect(refused).toHaveLength(6);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: "limit" } });
    for (const rows of open) await rows.return();
    const [row] = [(await db.iterate("SELECT 3").next()).value];
    expect(row).toEqual([3n]);
  });
});
