import { describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { d1, dosql } from "../../../src/entry/d1.ts";
import { stubDatabase } from "../../../src/rpc/shard-stub.ts";
import type { ShardService } from "../../../src/rpc/shard-wire.ts";
import { PastFixture } from "./past-fixture.ts";

describe("dosql(db).at", () => {
  it("is a D1 database as it was", async () => {
    await using past = new PastFixture();
    const db = d1(past.fixture.database);
    await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
    await db.prepare("INSERT INTO t VALUES (1, ?), (2, 'y')").bind("x").run();
    past.clock.advance(5_000);
    await db.prepare("DELETE FROM t WHERE id = 2").run();

    const then = dosql(db).at(1_001_000);
    expect(
      (await then.prepare("SELECT * FROM t WHERE id > ? ORDER BY id").bind(0).all()).results,
    ).toEqual([
      { id: 1, a: "x" },
      { id: 2, a: "y" },
    ]);
    const [count, first] = await then.batch([
      then.prepare("SELECT count(*) AS n FROM t"),
      then.prepare("SELECT a FROM t WHERE id = 2"),
    ]);
    expect([count?.results, first?.results]).toEqual([[{ n: 2 }], [{ a: "y" }]]);
    expect(await then.withSession().prepare("SELECT count(*) AS n FROM t").first("n")).toBe(2);
    await expect(then.prepare("DELETE FROM t").run()).rejects.toThrow(
      "D1_ERROR: cannot execute DELETE as of a time",
    );
    await expect(then.exec("DROP TABLE t")).rejects.toThrow(
      "cannot execute DROP TABLE as of a time",
    );
    await expect(dosql(db).at(5).prepare("SELECT * FROM t").all()).rejects.toThrow(
      "history begins at 1970-01-01T00:16:40.000Z",
    );
    expect(await db.prepare("SELECT count(*) AS n FROM t").first("n")).toBe(1);
    // D1 binds each number as a REAL.
    const asOf = "SELECT count(*) AS n FROM t FOR SYSTEM_TIME AS OF ?";
    expect(await db.prepare(asOf).bind(1_001_000).first("n")).toBe(2);
  });

  it("is of databases that d1 made, at points in time", () => {
    const db = d1({ session: () => undefined as never, feed: undefined as never, close: () => {} });
    expect(() => dosql(db).at("soon")).toThrow(DosqlError);
    expect(() => dosql({} as never)).toThrow("dosql() takes a D1 database that d1() made");
    expect(Object.getOwnPropertyNames(Object.getPrototypeOf(db)).sort()).toEqual(
      ["batch", "constructor", "dump", "exec", "prepare", "query", "withSession"].sort(),
    );
    expect(Reflect.ownKeys(db)).toEqual([]);
  });

  it("travels to a Durable Object", async () => {
    const calls: unknown[] = [];
    const service: ShardService = {
      query: async (...args) => {
        calls.push(args);
        return { results: [[[], [], 0, 0n, "SELECT", 0, 0]], seen: "" as never, sizeBytes: 0 };
      },
    };
    const db = d1(stubDatabase(() => service));
    await dosql(db).at({ lsn: 7 }).prepare("SELECT 1").run();
    await db.prepare("SELECT 2").run();
    expect(calls).toEqual([
      [[{ sql: "SELECT 1", params: [] }], "number", { lsn: 7 }],
      [[{ sql: "SELECT 2", params: [] }], "number", undefined],
    ]);
  });
});
