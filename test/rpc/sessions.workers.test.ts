import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { d1, dosql } from "../../src/entry/d1.ts";
import type { RemoteDatabase } from "../../src/rpc/client/remote-database.ts";
import { Wire, client, signed } from "./inner-worker.workers.ts";

async function rows(db: RemoteDatabase, sql = "SELECT id FROM t ORDER BY id"): Promise<unknown> {
  return (await db.query(sql)).rows.map(([value]) => value);
}

async function table(db: RemoteDatabase): Promise<void> {
  await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
}

describe("a transaction of a client of an object", () => {
  it("commits, rolls back, and has savepoints, on a socket of its own", async () => {
    const { db, network } = client("edges");
    await table(db);
    const first = await db.begin();
    await first.query("INSERT INTO t VALUES (1, ?)", [9_007_199_254_740_993n]);
    await first.savepoint("s");
    await first.query("INSERT INTO t VALUES (2, NULL)");
    await first.rollbackTo("s");
    await first.batch([
      { sql: "INSERT INTO t VALUES (3, 1.5)", params: [] },
      { sql: "INSERT INTO t VALUES (4, x'00')", params: [] },
    ]);
    expect((await first.query("SELECT id, v FROM t ORDER BY id")).rows).toEqual([
      [1n, 9_007_199_254_740_993n],
      [3n, 1.5],
      [4n, new Uint8Array([0])],
    ]);
    const bookmark = await first.commit();
    expect(bookmark.length).toBeGreaterThan(10);
    const second = await db.begin();
    await second.query("DELETE FROM t");
    await second.rollback();
    expect(await rows(db)).toEqual([1n, 3n, 4n]);
    expect(network.paths).toEqual(["/rpc", "/rpc/session"]);
    await db.close();
  });

  it("goes on after a statement that failed", async () => {
    const { db } = client("failed statement");
    await table(db);
    await using tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (1, 1)");
    const again = tx.query("INSERT INTO t VALUES (1, 2)");
    await expect(again).rejects.toMatchObject({ sqlite: "SQLITE_CONSTRAINT_PRIMARYKEY" });
    await tx.commit();
    expect(await rows(db)).toEqual([1n]);
  });

  it("is rolled back at once when its client is gone, also in a statement", async () => {
    const wire = new Wire();
    const { db, network } = client("gone", { wire });
    const { db: other } = client("gone");
    await table(db);
    for (const id of [1n, 2n]) {
      const tx = await db.begin();
      await tx.query("INSERT INTO t VALUES (?, 1)", [id]);
      const answered = Promise.withResolvers<null>();
      if (id === 2n) {
        wire.hold = answered.promise;
        tx.query("SELECT count(*) FROM t").catch(() => undefined);
        // The object has answered, and the answer is on its way.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      network.sockets.at(-1)?.close(1001, "");
      await expect.poll(() => network.closes).toHaveLength(Number(id));
      answered.resolve(null);
      expect(await rows(other)).toEqual([]);
      const lost = id === 1n ? "connection" : "transaction-state";
      await expect(tx.query("DELETE FROM t")).rejects.toMatchObject({ code: lost });
      await expect(tx.batch([])).rejects.toMatchObject({ code: "transaction-state" });
    }
    // Not by the idle limit.
    await expect.poll(() => wire.ended).toEqual([null, null]);
  });

  it("is rolled back when its client says nothing for 3 s", async () => {
    const { db } = client("idle");
    const { db: other } = client("idle");
    await table(db);
    const tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (1, 1)");
    expect(await rows(other)).toEqual([]);
    const late = tx.query("INSERT INTO t VALUES (2, 1)");
    await expect(late).rejects.toMatchObject({ code: "idle-in-transaction" });
    await tx.rollback();
    await using next = await db.begin();
    await next.query("INSERT INTO t VALUES (3, 1)");
    await next.commit();
    expect(await rows(db)).toEqual([3n]);
  });

  it("waits for those before it", async () => {
    const { db } = client("queue");
    await table(db);
    await db.query("INSERT INTO t VALUES (1, 0)");
    const clients = Array.from({ length: 5 }, () => client("queue").db);
    const add = async (own: RemoteDatabase): Promise<void> => {
      await using tx = await own.begin();
      const { rows: found } = await tx.query("SELECT v FROM t");
      await tx.query("UPDATE t SET v = ?", [(found[0]?.[0] as bigint) + 1n]);
      await tx.commit();
    };
    await Promise.all([...clients, ...clients].map(add));
    expect(await rows(db, "SELECT v FROM t")).toEqual([10n]);
  });

  it("is made by texts too, and d1() has it", async () => {
    const { db } = client("texts");
    await table(db);
    const session = db.session();
    await session.execute("/* a comment */ BEGIN IMMEDIATE", []);
    expect(session.transaction).toBe("explicit");
    await session.execute("INSERT INTO t VALUES (1, 1)", []);
    await session.execute("COMMIT", []);
    expect(session.transaction).toBe("none");
    expect((await session.execute("SELECT changes()", [])).rows).toEqual([[1n]]);
    await expect(db.query("COMMIT")).rejects.toMatchObject({ code: "transaction-state" });
    const result = dosql(d1(db)).transaction(async (tx) => {
      await tx.prepare("INSERT INTO t VALUES (2, 2)").run();
      throw new Error("no");
    });
    await expect(result).rejects.toThrow("no");
    await dosql(d1(db)).transaction((tx) => tx.prepare("INSERT INTO t VALUES (3, 3)").run());
    expect(await rows(db)).toEqual([1n, 3n]);
    await expect(d1(db).prepare("BEGIN").run()).rejects.toThrow("state.storage.transaction()");
  });

  it("is refused over HTTP", async () => {
    for (const path of ["", "/rpc/session"]) {
      const { db } = client("http", { way: "https", path });
      await expect(db.begin()).rejects.toMatchObject({ code: "unsupported" });
      await expect(db.query("BEGIN")).rejects.toMatchObject({ code: "unsupported" });
      expect(await db.query("SELECT 1")).toMatchObject({ rows: [[1n]] });
    }
  });

  it("is rolled back when its object goes, and the next one works", async () => {
    const { db, stub } = client("evicted");
    await table(db);
    await db.query("INSERT INTO t VALUES (1, 1)");
    const done = await db.begin();
    await done.commit();
    await evictDurableObject(stub);
    await using tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (2, 1)");
    await tx.commit();
    expect(await rows(db)).toEqual([1n, 2n]);
  });

  it("reads only with a token that reads only", async () => {
    const { db } = client("reader");
    await table(db);
    const token = await signed({ readOnly: true });
    const { db: reader } = client("reader", { token });
    await using tx = await reader.begin();
    expect((await tx.query("SELECT count(*) FROM t")).rows).toEqual([[0n]]);
    const refused = { code: "permission" };
    await expect(tx.query("INSERT INTO t VALUES (1, 1)")).rejects.toMatchObject(refused);
    await expect(tx.batch([{ sql: "DELETE FROM t", params: [] }])).rejects.toMatchObject(refused);
    const session = reader.session();
    await session.execute("BEGIN", []);
    await expect(session.execute("DROP TABLE t", [])).rejects.toMatchObject(refused);
    await session.execute("SAVEPOINT s", []);
    // With the object held, this would wait until both had idled for too long.
    await db.query("INSERT INTO t VALUES (7, 1)");
    const select = { sql: "SELECT id FROM t", params: [] };
    expect((await tx.batch([select]))[0]?.rows).toEqual([[7n]]);
    expect((await tx.query(select.sql)).rows).toEqual([[7n]]);
    expect((await session.execute(select.sql, [])).rows).toEqual([[7n]]);
    await tx.commit();
    await session.execute("ROLLBACK TO s", []);
    expect(session.transaction).toBe("explicit");
    await session.execute("ROLLBACK", []);
    expect(session.transaction).toBe("none");
    const holding = reader.begin({ isolation: "serializable" });
    await expect(holding).rejects.toMatchObject({ code: "read-only" });
    await db.query("DELETE FROM t");
    const { db: apart } = client("reader", { token, path: "/rpc/session" });
    await expect(apart.query("INSERT INTO t VALUES (1, 1)")).rejects.toMatchObject(refused);
    expect(await rows(apart)).toEqual([]);
  });

  it("ends with its token", async () => {
    const { db } = client("expiry");
    await table(db);
    const token = await signed({ expiresMs: Math.floor(Date.now() / 1000) * 1000 + 2000 });
    const { db: short, network } = client("expiry", { token });
    const tx = await short.begin();
    await tx.query("INSERT INTO t VALUES (1, 1)");
    expect(await rows(db)).toEqual([]);
    await expect(tx.query("SELECT 1")).rejects.toMatchObject({ code: "connection" });
    expect(network.closes).toContain(4401);
    await expect(short.ping()).rejects.toMatchObject({ code: "authentication" });
  });
});

describe("a client whose socket ends in the Worker", () => {
  const path = "/rpc/session";

  it("has all that the object has", async () => {
    const { db } = client("everything", { path });
    await table(db);
    expect(await db.ping()).toMatchObject({ database: "main", readOnly: false, epoch: null });
    expect((await db.ping()).head).toBeGreaterThan(0);
    const long = `INSERT INTO t (v) VALUES (?) /* ${"long ".repeat(50)} */`;
    for (const v of [1n, 2.5, "three"]) await db.query(long, [v]);
    expect((await db.schema()).map(({ name }) => name)).toEqual(["t"]);
    const found: unknown[] = [];
    for await (const [v] of db.iterate("SELECT v FROM t ORDER BY id")) found.push(v);
    expect(found).toEqual([1n, 2.5, "three"]);
    expect(await db.session().describe("SELECT id FROM t WHERE v = ?")).toMatchObject({
      readonly: true,
      parameters: [{ number: 1 }],
    });
    await expect(db.query("SELECT nope")).rejects.toMatchObject({ code: "sqlite" });
    expect(
      (await db.query("SELECT v FROM t WHERE id = 1", [], { integers: "number" })).rows,
    ).toEqual([[1]]);
    const many = db.query("SELECT * FROM t", [], { maxRows: 1 });
    await expect(many).rejects.toMatchObject({ code: "limit" });
    const own = d1(db);
    await own.prepare("INSERT INTO t (v) VALUES (?)").bind("four").run();
    expect(await own.prepare("SELECT last_insert_rowid() AS id").first("id")).toBe(4);
    const created = await db.feed.slots.create("s");
    expect(await db.slots()).toMatchObject([{ name: created.name }]);
    await db.feed.slots.drop("s");
    expect(await db.slots()).toEqual([]);
    await db.close();
  });

  it("follows changes, also when the object was evicted", async () => {
    const { db, stub } = client("feed", { path });
    await table(db);
    const events = db.subscribe({ from: "start", tables: ["t"], heartbeatMs: 500 });
    const seen: unknown[] = [];
    for await (const event of events) {
      if (event.kind !== "transaction") continue;
      for (const { op, after } of event.transaction.records) {
        if (op === "insert") seen.push(after?.[0]);
      }
      if (seen.length === 2) break;
      if (seen.length === 1) await evictDurableObject(stub);
      const tx = await db.begin();
      await tx.query("INSERT INTO t VALUES (?, 0)", [BigInt(seen.length + 1)]);
      await tx.commit();
    }
    expect(seen).toEqual([1n, 2n]);
    await db.close();
  });

  it("keeps settings and counts to itself", async () => {
    const { db } = client("settings", { path });
    await db.query("CREATE TABLE p (id INTEGER PRIMARY KEY)");
    await db.query("CREATE TABLE c (p REFERENCES p)");
    const [free, strict] = [db.session(), db.session()];
    await free.execute("PRAGMA foreign_keys = OFF", []);
    await free.execute("INSERT INTO c VALUES (7)", []);
    expect((await free.execute("SELECT changes()", [])).rows).toEqual([[1n]]);
    await expect(strict.execute("INSERT INTO c VALUES (8)", [])).rejects.toMatchObject({
      sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
    });
  });

  it("comes again before the Worker has made too many calls", async () => {
    const { db, network } = client("many calls", { path });
    await table(db);
    const insert = (i: number) => db.query("INSERT INTO t (v) VALUES (?)", [BigInt(i)]);
    for (let i = 0; i < 800; i++) await insert(i);
    const tx = await db.begin();
    for (let i = 800; i < 1100; i += 10) {
      const batch = Array.from({ length: 10 }, (_, n) => insert(i + n));
      // They wait for the transaction, and it must not end with the connection.
      await tx.query("SELECT 1");
      if (i === 1090) await tx.commit();
      else for (const one of batch) one.catch(() => undefined);
    }
    await expect.poll(() => network.closes).toEqual([1011]);
    expect((await db.query("SELECT count(*), count(DISTINCT v) FROM t")).rows).toEqual([
      [1100n, 1100n],
    ]);
    expect(network.opened).toBe(2);
    await db.close();
  });

  it("does a write once whose answer was lost with its object", async () => {
    const wire = new Wire();
    const { db } = client("lost answer", { path, wire });
    await table(db);
    wire.lose = 1;
    const inserted = await db.query("INSERT INTO t (v) VALUES ('once')");
    expect(inserted).toMatchObject({ changes: 1, lastRowid: 1n });
    expect(wire.lose).toBe(0);
    expect(await rows(db)).toEqual([1n]);
    wire.lose = 1;
    await db.batch([{ sql: "INSERT INTO t (v) VALUES ('twice')", params: [] }]);
    expect(await rows(db)).toEqual([1n, 2n]);
    wire.lose = 1;
    const unsafe = db.query("ANALYZE");
    await expect(unsafe).rejects.toMatchObject({ code: "connection", hint: /not known/ });
  });
});
