import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { databases } from "../../src/entry/workers/databases.workers.ts";
import type { D1Database } from "../../src/entry/d1.ts";
import { d1, dosql } from "../../src/entry/d1.ts";
import { WorkersDirectory } from "../../src/entry/workers/workers-directory.workers.ts";
import type { RowsCall, RowsReply } from "../../src/rpc/row-wire.ts";
import { gathered } from "../compat/d1/gathered.ts";

let objects = 0;
let stub: ReturnType<typeof env.DOSQL.get>;
let db: D1Database;

beforeEach(async () => {
  stub = env.DOSQL.get(env.DOSQL.idFromName(`iterate-${++objects}`));
  db = d1(stub);
  await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
});

/** Rows of about a kilobyte. */
const fill = (count: number): Promise<unknown> =>
  db
    .prepare(
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?) " +
        "INSERT INTO t SELECT i, printf('%01000d', i) FROM n",
    )
    .bind(count)
    .run();

/** How many pieces of results the object keeps. */
const kept = (): Promise<number> =>
  runInDurableObject(stub, (_object, { storage }) => {
    const tables = "SELECT 1 FROM sqlite_schema WHERE name = '_dosql_spool'";
    if (storage.sql.exec(tables).toArray().length === 0) return 0;
    return Number(storage.sql.exec("SELECT count(*) AS n FROM _dosql_spool").one()["n"]);
  });

const all = "SELECT * FROM t ORDER BY id";

describe("dosql(db).iterate over a Durable Object", () => {
  it("gives the rows of all(), and leaves nothing behind", async () => {
    await fill(1_000);
    const statement = db.prepare("SELECT id, v, x'01' AS b, 1.5 AS r FROM t WHERE id > ?").bind(5);
    expect(await gathered(dosql(db).iterate(statement))).toEqual((await statement.all()).results);
    const few = db.prepare("SELECT id FROM t WHERE id < 3");
    expect(await gathered(dosql(db).iterate(few))).toEqual([{ id: 1 }, { id: 2 }]);
    const none = db.prepare("SELECT id FROM t WHERE id < 0");
    expect(await gathered(dosql(db).iterate(none))).toEqual([]);
    expect(await kept()).toBe(0);
    const seen = "SELECT count(*) AS n FROM sqlite_master WHERE name LIKE '%spool%'";
    expect(await db.prepare(seen).first("n")).toBe(0);
  });

  it("keeps exact integers, and values that are larger than a piece", async () => {
    await db.exec("INSERT INTO t (v) VALUES (1), (2), (3)");
    await db.exec("UPDATE t SET v = hex(zeroblob(750000))");
    await db.exec("INSERT INTO t (id, v) VALUES (9007199254740993, 'é')");
    const session = db.prepare("SELECT id, v, 2.0 AS r, x'00ff' AS b, NULL AS x FROM t");
    const rows = await gathered(dosql(db).iterate(session, { integers: "bigint" }));
    expect(rows.map(({ id, r, b, x }) => [id, r, b, x])).toEqual(
      [1n, 2n, 3n, 9007199254740993n].map((id) => [id, 2, [0, 255], null]),
    );
    expect(rows.map(({ v }) => String(v).length)).toEqual([1_500_000, 1_500_000, 1_500_000, 1]);
    const texts = await gathered(dosql(db).iterate(session, { integers: "string" }));
    expect(texts.at(-1)).toMatchObject({ id: "9007199254740993", v: "é" });
  });

  it("is of one moment, and goes on after an eviction", async () => {
    await fill(1_000);
    let seen = 0;
    for await (const { v } of dosql(db).iterate<{ v: string }>(db.prepare(all))) {
      if (seen++ === 10) {
        await db.exec("UPDATE t SET v = 'new'; DELETE FROM t WHERE id > 500");
        await evictDurableObject(stub);
      }
      expect(v).toHaveLength(1_000);
    }
    expect(seen).toBe(1_000);
    expect(await db.prepare("SELECT count(*) AS n FROM t WHERE v = 'new'").first("n")).toBe(500);
    expect(await kept()).toBe(0);
  });

  it("forgets the rest when it is left early, and after an hour when nobody comes", async () => {
    await fill(1_000);
    for await (const _row of dosql(db).iterate(db.prepare(all))) break;
    expect(await kept()).toBe(0);
    const abandoned = dosql(db).iterate(db.prepare(all));
    await abandoned.next();
    expect(await kept()).toBeGreaterThan(2);
    await runInDurableObject(stub, (_object, { storage }) => {
      const old = "UPDATE _dosql_spool SET script = '1' || substr(script, 2, 3) || '000000000-x'";
      storage.sql.exec(old);
    });
    await dosql(db).iterate(db.prepare(all)).next();
    const rest = gathered(abandoned);
    await expect(rest).rejects.toThrow("D1_ERROR: the rest of the rows is not there any more");
  });

  it("holds parts in memory, not the result: 20 MB", async () => {
    await fill(20_000);
    const parts: number[] = [];
    const rows = async (call: RowsCall): Promise<RowsReply> => {
      const reply = await stub.rows(call);
      if ("rows" in reply) parts.push(reply.rows.length);
      return reply;
    };
    const watched = d1({ fetch: null, rows } as never);
    let bytes = 0;
    for await (const { v } of dosql(watched).iterate<{ v: string }>(db.prepare(all))) {
      bytes += v.length;
    }
    expect(bytes).toBe(20_000_000);
    expect(Math.max(...parts)).toBeLessThan(300);
    expect(parts.length).toBeGreaterThan(60);
    expect(await kept()).toBe(0);
  });

  it("refuses what it cannot read so", async () => {
    await fill(1);
    const fails = (sql: string, of = db): Promise<string> =>
      gathered(dosql(of).iterate(db.prepare(sql))).then(String, (error: Error) => error.message);
    expect(await fails("SELECT nope FROM t")).toMatch(/^D1_ERROR: no such column: nope/);
    expect(await fails("SELECT * FROM _dosql_log")).toMatch(/^D1_ERROR: no such table/);
    for (const sql of ["DELETE FROM t RETURNING id", "PRAGMA table_list", "EXPLAIN SELECT 1"]) {
      expect(await fails(sql), sql).toMatch(/^D1_ERROR: iterate\(\) of .* is not supported$/);
    }
    expect(await fails(all, dosql(db).at(Date.now()))).toMatch(/iterate\(\)/);
    expect(await fails(all, d1(stub, { transactions: true }))).toMatch(/iterate\(\).*transaction/);
    await dosql(db).transaction(async (tx) => {
      expect(await fails(all, tx)).toMatch(/iterate\(\).*transaction/);
    });
    expect(() => dosql(db).withTimeout(100)).toThrow(/timeout is not supported here/);
    expect(await db.prepare("SELECT count(*) AS n FROM t").first("n")).toBe(1);
  });

  it("reads databases by name", async () => {
    const home = { ...env, DOSQL_KEY: `iterate ${objects}` };
    const named = d1(databases(home).open("shop", { create: true }));
    const rows =
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) " +
      "SELECT i, printf('%0500d', i) AS v FROM n";
    const open = dosql(named).iterate(named.prepare(rows));
    expect(await open.next()).toMatchObject({ value: { i: 1 } });
    expect(await gathered(open)).toHaveLength(1_999);
    const left = dosql(named).iterate(named.prepare(rows));
    await left.next();
    await new WorkersDirectory(home).directory.remove("", "shop");
    await expect(gathered(left)).rejects.toThrow(/this database does not exist/);
  });
});
