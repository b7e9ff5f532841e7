import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { d1, dosql } from "../../../src/entry/d1.ts";
import { openNodeShard } from "../../../src/entry/node/node-shard.ts";

const folder = mkdtempSync(path.join(tmpdir(), "dosql-integers-"));
const database = new LocalDatabase(openNodeShard(path.join(folder, "shard.sqlite")));

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const BIG = 9007199254740993n;

describe("exact integers", () => {
  it("go in and come out as bigints", async () => {
    const db = d1(database, { integers: "bigint" });
    await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, r REAL, x)");
    const done = await db
      .prepare("INSERT INTO t VALUES (?, ?, ?) RETURNING id, r, x, typeof(x) AS t")
      .bind(BIG, 2, -(2n ** 63n))
      .run();
    expect(done.results).toEqual([{ id: BIG, r: 2, x: -(2n ** 63n), t: "integer" }]);
    expect(done.meta.last_row_id).toBe(Number(BIG));
    const found = db.withSession().prepare("SELECT id FROM t WHERE id = ?").bind(BIG);
    expect(await found.first("id")).toBe(BIG);
    expect(await found.raw()).toEqual([[BIG]]);
    const [batched] = await db.batch([db.prepare("SELECT count(*) AS n, 1.5 AS r FROM t")]);
    expect(batched?.results).toEqual([{ n: 1n, r: 1.5 }]);
  });

  it("or as digits", async () => {
    const db = d1(database, { integers: "string" });
    const row = await db.prepare("SELECT id, r, x FROM t WHERE id = ?").bind(BIG).first();
    expect(row).toEqual({ id: String(BIG), r: 2, x: String(-(2n ** 63n)) });
  });

  it("are off unless asked for", async () => {
    const db = d1(database);
    expect(() => db.prepare("SELECT ?").bind(1n)).toThrow("D1_TYPE_ERROR: Type 'bigint'");
    expect(await db.prepare("SELECT id FROM t").first("id")).toBe(Number(BIG));
  });

  it("have 64 bits", () => {
    const statement = d1(database, { integers: "bigint" }).prepare("SELECT ?");
    for (const value of [2n ** 63n, -(2n ** 63n) - 1n]) {
      expect(() => statement.bind(value)).toThrow("D1_TYPE_ERROR: Type 'bigint'");
    }
    expect(() => statement.bind({})).toThrow("D1_TYPE_ERROR: Type 'object'");
  });

  it("go with transactions, by statements and by dosql()", async () => {
    const db = d1(database, { integers: "string", transactions: true });
    const insert = db.prepare("INSERT INTO t (id) VALUES (?) RETURNING id");
    await db.prepare("BEGIN").run();
    expect(await insert.bind(BIG + 2n).first("id")).toBe(String(BIG + 2n));
    expect(await db.prepare("SELECT count(*) FROM t").raw()).toEqual([["2"]]);
    await db.prepare("ROLLBACK").run();
    expect(await db.prepare("SELECT count(*) FROM t").raw()).toEqual([["1"]]);
    const undone = dosql(db).transaction(async (tx) => {
      expect(await tx.prepare("SELECT max(?, ?)").bind(BIG, 1n).raw()).toEqual([[String(BIG)]]);
      await dosql(tx).transaction(async (inner) => {
        const id = inner.prepare("INSERT INTO t (id) VALUES (?) RETURNING id").bind(BIG + 4n);
        expect(await id.first("id")).toBe(String(BIG + 4n));
      });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await db.prepare("SELECT id FROM t").raw()).toEqual([[String(BIG)]]);
  });

  it("stay with rows one by one", async () => {
    const db = d1(database, { integers: "bigint" });
    for await (const row of dosql(db).iterate(db.prepare("SELECT id FROM t"))) {
      expect(row).toEqual({ id: BIG });
    }
  });

  it("may be asked for by the word that is the default", async () => {
    const db = d1(database, { integers: "number" });
    expect(await db.prepare("SELECT id FROM t").first("id")).toBe(Number(BIG));
    expect(() => db.prepare("SELECT ?").bind(1n)).toThrow("D1_TYPE_ERROR: Type 'bigint'");
  });
});
