import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Row } from "../../src/base/value.ts";
import { momentKey, momentOf } from "../../src/engine/time/point-in-time.ts";
import type { PointInTime } from "../../src/engine/time/point-in-time.ts";
import { dosql } from "../../src/entry/d1.ts";
import { d1, shardDatabase } from "../../src/entry/worker.ts";
import { namedService } from "../../src/rpc/named-shard.ts";

const openStub = () => env.ARCHIVING.get(env.ARCHIVING.newUniqueId());

/** An object whose log holds nothing of the first states any more. */
async function openTrimmed() {
  const stub = openStub();
  const db = shardDatabase(stub);
  const run = async (sql: string, params: Row = []): Promise<Row[]> =>
    (await db.session().execute(sql, params)).rows;
  await run("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
  await run("CREATE VIEW doubled AS SELECT id, v || v AS v FROM t");
  await run("INSERT INTO t VALUES (1, 'a'), (2, 9007199254740993)");
  // History begins with the first snapshot.
  await runDurableObjectAlarm(stub);
  const first = db.session();
  await first.execute("UPDATE t SET v = 'b' WHERE id = 1", []);
  const { head } = await stub.info();
  await new Promise((resolve) => setTimeout(resolve, 2));
  const bookmark = first.seen;
  await run("DELETE FROM t WHERE id = 2");
  await run("ALTER TABLE t RENAME COLUMN v TO w");
  await new Promise((resolve) => setTimeout(resolve, 2));
  while ((await stub.info()).trimmedLsn <= head) {
    await runDurableObjectAlarm(stub);
    await run("INSERT INTO t VALUES (NULL, 'later')");
  }
  return { stub, db, run, head, bookmark };
}

describe("the archived past of a Durable Object", () => {
  it("is read by sessions, by D1's face, and by AS OF", async () => {
    const { stub, db, run, head, bookmark } = await openTrimmed();
    const rows = [
      [1n, "b"],
      [2n, 9_007_199_254_740_993n],
    ];
    const session = db.session({ asOf: { lsn: head } });
    const sql = "SELECT * FROM t ORDER BY id";
    const result = await session.execute(sql, []);
    expect(result.rows).toEqual(rows);
    expect(result.columns.map(({ name }) => name)).toEqual(["id", "v"]);
    expect((await session.execute("SELECT v FROM doubled WHERE id = ?", [1n])).rows).toEqual([
      ["bb"],
    ]);
    const both = await session.batch([
      { sql: "SELECT count(*) FROM t", params: [] },
      { sql: "SELECT v FROM t WHERE id = ?1", params: [1n] },
    ]);
    expect(both.map((one) => one.rows)).toEqual([[[2n]], [["b"]]]);
    expect((await db.session({ asOf: bookmark }).execute(sql, [])).rows).toEqual(rows);
    const past = dosql(d1(stub)).at({ lsn: head });
    const { results } = await past.prepare("SELECT v FROM t WHERE id = ?").bind(1).all();
    expect(results).toEqual([{ v: "b" }]);
    expect(await run(`SELECT v FROM t FOR SYSTEM_TIME AS OF lsn(${head}) AS x`)).toEqual(
      rows.map(([, v]) => [v]),
    );
    const bound = "SELECT x.v, ?2 FROM t FOR SYSTEM_TIME AS OF ?1 AS x WHERE x.id = ?3";
    expect(await run(bound, [bookmark, "two", 1n])).toEqual([["b", "two"]]);
    expect(await run(`/*dosql_as_of='lsn ${head}'*/ SELECT v FROM t WHERE id = 1`)).toEqual([
      ["b"],
    ]);
    expect((await run("SELECT w FROM t WHERE id = 1"))[0]).toEqual(["b"]);
  });

  it("says what it cannot read", async () => {
    const { stub, db, run, head } = await openTrimmed();
    const mixed = `SELECT * FROM t, t FOR SYSTEM_TIME AS OF lsn(${head}) AS old`;
    await expect(run(mixed)).rejects.toMatchObject({ code: "unsupported" });
    const at = (point: PointInTime) => db.session({ asOf: point }).execute("SELECT v FROM t", []);
    await expect(at(1)).rejects.toMatchObject({ code: "history-gone" });
    await expect(
      db.session({ asOf: { lsn: head } }).execute("DELETE FROM t", []),
    ).rejects.toMatchObject({ code: "read-only" });
    await expect(
      db.session({ asOf: { lsn: head } }).execute("SELECT missing FROM t", []),
    ).rejects.toThrow("no such column: missing");
    await runInDurableObject(stub, (object) => {
      Object.defineProperty(object, "past", { value: null });
    });
    await expect(at({ lsn: head })).rejects.toMatchObject({
      code: "history-gone",
      hint: expect.stringContaining("DOSQL_PAST"),
    });
  });

  it("is gone where nothing is kept", async () => {
    const stub = env.FORGETFUL.get(env.FORGETFUL.newUniqueId());
    const db = shardDatabase(stub);
    await db.session().execute("CREATE TABLE t (a)", []);
    const { head } = await stub.info();
    await db.session().execute("INSERT INTO t VALUES (1)", []);
    while ((await stub.info()).trimmedLsn <= head) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await runDurableObjectAlarm(stub);
      await db.session().execute("INSERT INTO t VALUES (1)", []);
    }
    const past = db.session({ asOf: { lsn: head } });
    await expect(past.execute("SELECT * FROM t", [])).rejects.toMatchObject({
      code: "history-gone",
    });
  });

  it("is copied once, survives an eviction, and goes when nobody asks", async () => {
    const { stub, db, head } = await openTrimmed();
    const ask = async () =>
      (await db.session({ asOf: { lsn: head } }).execute("SELECT count(*) FROM t", [])).rows;
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([[[2n]], [[2n]], [[2n]]]);
    const key = momentKey(momentOf({ lsn: head }));
    const epoch = await runInDurableObject(stub, (_object, { storage }) =>
      storage.sql.exec("SELECT value FROM _dosql_meta WHERE key = 'epoch'").one(),
    );
    const name = `${stub.id.toString()}/${String(epoch["value"])}/${key}`;
    const copy = env.DOSQL_PAST.get(env.DOSQL_PAST.idFromName(name));
    const tables = () =>
      runInDurableObject(copy, (_object, { storage }) =>
        Array.from(storage.sql.exec("SELECT name FROM sqlite_schema WHERE name = 't'").raw()),
      );
    expect(await tables()).toEqual([["t"]]);
    await evictDurableObject(copy);
    // The archive is not needed any more.
    const { objects } = await env.BUCKET.list({ prefix: `rows/${stub.id.toString()}/` });
    for (const one of objects) await env.BUCKET.delete(one.key);
    expect(await ask()).toEqual([[2n]]);
    expect(await runDurableObjectAlarm(copy)).toBe(true);
    expect(await tables()).toEqual([]);
    await expect(ask()).rejects.toMatchObject({ code: "bad-file" });
  });

  it("is not that of a database that was deleted, in one of the same name", async () => {
    const stub = openStub();
    const service = namedService(stub);
    const db = shardDatabase(stub);
    const run = async (sql: string): Promise<Row[]> => (await db.session().execute(sql, [])).rows;
    const fill = async (value: string): Promise<number> => {
      const made = await service.createDatabase({
        name: "one",
        owner: "me",
        createdMs: Date.now(),
      });
      await run("CREATE TABLE t (v)");
      await runDurableObjectAlarm(stub);
      await run(`INSERT INTO t VALUES ('${value}')`);
      const { head } = await stub.info();
      while ((await stub.info()).trimmedLsn <= head) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        await run("INSERT INTO t VALUES ('later')");
        await runDurableObjectAlarm(stub);
      }
      const sql = `SELECT v FROM t FOR SYSTEM_TIME AS OF lsn(${head})`;
      expect(await run(sql)).toEqual([[value]]);
      return "value" in made ? made.value.epoch : 0;
    };
    await service.removeDatabase(await fill("secret"));
    await fill("mine");
  });
});
