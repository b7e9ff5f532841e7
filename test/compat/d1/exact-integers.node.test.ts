import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { d1, exactIntegers, transactions } from "../../../src/entry/d1.ts";
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
    const db = d1(database, { integers: exactIntegers("bigint") });
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
    const db = d1(database, { integers: exactIntegers("string") });
    const row = await db.prepare("SELECT id, r, x FROM t WHERE id = ?").bind(BIG).first();
    expect(row).toEqual({ id: String(BIG), r: 2, x: String(-(2n ** 63n)) });
  });

  it("are off unless asked for", async () => {
    const db = d1(database);
    expect(() => db.prepare("SELECT ?").bind(1n)).toThrow("D1_TYPE_ERROR: Type 'bigint'");
    expect(await db.prepare("SELECT id FROM t").first("id")).toBe(Number(BIG));
  });

  it("have 64 bits", () => {
    const statement = d1(database, { integers: exactIntegers("bigint") }).prepare("SELECT ?");
    for (const value of [2n ** 63n, -(2n ** 63n) - 1n]) {
      expect(() => statement.bind(value)).toThrow("D1_TYPE_ERROR: Type 'bigint'");
    }
    expect(() => statement.bind({})).toThrow("D1_TYPE_ERROR: Type 'object'");
  });

  it("are an option that is checked", () => {
    const wrong = "bigint" as unknown as ReturnType<typeof exactIntegers>;
    expect(() => d1(database, { integers: wrong })).toThrow(/takes transactions or integers/);
    const both = { integers: exactIntegers("bigint"), transactions };
    expect(() => d1(database, both)).toThrow(/takes transactions or integers/);
  });
});
