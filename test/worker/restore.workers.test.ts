import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Row } from "../../src/base/value.ts";
import type { Subscription } from "../../src/engine/feed/change-feed.ts";
import type { LogTransaction } from "../../src/engine/log/record.ts";
import type { Database } from "../../src/engine/session/session.ts";
import type { PointInTime } from "../../src/engine/time/point-in-time.ts";
import type { DoSQLShard } from "../../src/entry/worker.ts";
import { shardDatabase } from "../../src/entry/worker.ts";
import { holdStorage } from "../../src/platform/workers/held-storage.ts";
import { freshRandom } from "../sql/seeded-random.ts";
import type { ArchivingShard } from "./worker.workers.ts";

type Stub = DurableObjectStub<DoSQLShard>;

const openStub = (): Stub => env.DOSQL.get(env.DOSQL.newUniqueId());
/** Its log is in the archive as soon as its alarm rang. */
const openArchiving = () => env.ARCHIVING.get(env.ARCHIVING.newUniqueId());

async function run(db: Database, sql: string, params: Row = []): Promise<Row[]> {
  return (await db.session().execute(sql, params)).rows;
}

/** Restores, or throws what it says against it. */
async function restore(stub: Stub, point: PointInTime) {
  const answer = await stub.restoreTo(point);
  if ("error" in answer) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer;
}

async function head(stub: Stub): Promise<number> {
  return (await stub.info()).head;
}

/** Schema and rows. */
async function stateOf(db: Database): Promise<unknown> {
  const objects = await run(
    db,
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' " +
      "AND name NOT LIKE '_cf_%' ORDER BY type, name",
  );
  const tables = objects.filter(([type]) => type === "table").map(([, name]) => String(name));
  const rows = [];
  for (const name of tables) {
    const text = await run(db, `SELECT * FROM "${name}"`);
    rows.push([name, text.map((row) => row.map((v) => `${typeof v} ${String(v)}`).join()).sort()]);
  }
  return { objects, rows };
}

async function transactionOf(subscription: Subscription): Promise<LogTransaction> {
  for (;;) {
    const { done, value } = await subscription.next();
    if (done === true) throw new Error("the subscription has ended");
    if (value.kind === "transaction") return value.transaction;
  }
}

describe("a restore from the log of a Durable Object", () => {
  it("takes back rows as a transaction, and is taken back itself", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v UNIQUE)");
    await run(db, "CREATE TABLE loose (a, b)");
    await run(db, "INSERT INTO t VALUES (1, 'a'), (2, 9007199254740993), (3, x'00ff')");
    await run(db, "INSERT INTO loose VALUES (1, 'x'), (1, 'x'), (2, NULL)");
    const all = async (): Promise<Row[][]> => [
      await run(db, "SELECT * FROM t ORDER BY id"),
      await run(db, "SELECT rowid, * FROM loose ORDER BY rowid"),
    ];
    const before = await all();
    const good = await head(stub);
    await run(db, "DELETE FROM t WHERE id = 1");
    await run(db, "UPDATE t SET v = 'a' WHERE id = 2");
    await run(db, "UPDATE t SET id = id + 10");
    await run(db, "INSERT OR REPLACE INTO t VALUES (13, 'new'), (20, 'other')");
    await run(db, "DELETE FROM loose WHERE a = 1");
    await run(db, "UPDATE loose SET rowid = 77, b = 'y'");
    const after = await all();
    const subscription = db.feed.subscribe({ from: "now", tables: ["t"], heartbeatMs: 0 });
    const told = transactionOf(subscription);
    const restored = await restore(stub, { lsn: good });
    expect(restored).toMatchObject({ from: "log", lsn: good });
    expect(await all()).toEqual(before);
    expect(await told).toMatchObject({ origin: "local", records: { length: 7 } });
    await subscription.return?.();
    // The past before it is there still.
    const then = db.session({ asOf: restored.previous });
    expect((await then.execute("SELECT * FROM t ORDER BY id", [])).rows).toEqual(after[0]);
    await evictDurableObject(stub);
    await restore(stub, restored.previous);
    expect(await all()).toEqual(after);
    await restore(stub, restored.bookmark);
    expect(await all()).toEqual(before);
  });

  it("fires no trigger and follows no key, and leaves both in force", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE p (id INTEGER PRIMARY KEY, n)");
    await run(db, "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE)");
    await run(db, "CREATE TABLE audit (what)");
    await run(
      db,
      "CREATE TRIGGER told AFTER UPDATE ON p BEGIN INSERT INTO audit VALUES (new.n); END",
    );
    await run(db, "CREATE TRIGGER gone BEFORE DELETE ON c BEGIN UPDATE p SET n = n - 1; END");
    await run(db, "INSERT INTO p VALUES (1, 1), (2, 1)");
    await run(db, "INSERT INTO c VALUES (1, 1), (2, 2), (3, 1)");
    const before = await stateOf(db);
    const good = await head(stub);
    await run(db, "UPDATE p SET n = 7 WHERE id = 2");
    await run(db, "DELETE FROM p WHERE id = 1");
    const after = await stateOf(db);
    expect(after).not.toEqual(before);
    const { previous } = await restore(stub, { lsn: good });
    expect(await stateOf(db)).toEqual(before);
    await expect(run(db, "INSERT INTO c VALUES (9, 99)")).rejects.toThrow("FOREIGN KEY");
    await run(db, "UPDATE p SET n = 8 WHERE id = 1");
    expect(await run(db, "SELECT what FROM audit")).toEqual([[8n]]);
    await restore(stub, previous);
    expect(await stateOf(db)).toEqual(after);
    await evictDurableObject(stub);
    await run(db, "UPDATE p SET n = 9");
    expect((await run(db, "SELECT what FROM audit")).at(-1)).toEqual([9n]);
    await restore(stub, { lsn: good });
    expect(await stateOf(db)).toEqual(before);
  });

  it("brings any state back, in any order", async () => {
    const random = freshRandom("restores in a Durable Object");
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, k UNIQUE, v)");
    await run(db, "CREATE TABLE w (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID");
    await run(db, "CREATE TABLE log (what)");
    await run(
      db,
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.k); " +
        "UPDATE t SET v = v || '!' WHERE id = new.id; END",
    );
    const states = new Map<number, unknown>();
    const note = async (): Promise<void> => void states.set(await head(stub), await stateOf(db));
    await note();
    let restores = 0;
    for (let step = 0; step < 40; step++) {
      const [id, key] = [random.below(12), random.below(12)];
      const texts = [
        `INSERT OR REPLACE INTO t VALUES (${id}, ${key}, 'v${step}')`,
        `INSERT OR IGNORE INTO w VALUES (${id}, ${key}), (${key}, 'x')`,
        `UPDATE OR REPLACE t SET k = ${key} WHERE id >= ${id}`,
        `UPDATE OR IGNORE t SET id = id + 5 WHERE id < ${id}`,
        `DELETE FROM w WHERE a < ${id}`,
        `DELETE FROM t WHERE k = ${key}`,
      ];
      const batch = Array.from({ length: 1 + random.below(3) }, () => random.pick(texts));
      await db.session().batch(batch.map((sql) => ({ sql, params: [] })));
      await note();
      if (random.below(5) > 0) continue;
      const lsn = random.pick([...states.keys()]);
      await restore(stub, { lsn });
      expect(await stateOf(db)).toEqual(states.get(lsn));
      await note();
      restores += 1;
      if (random.below(3) === 0) await evictDurableObject(stub);
    }
    expect(restores).toBeGreaterThan(3);
    // The log tells the same.
    for (const [lsn, state] of states) {
      const { rows } = await db.session({ asOf: { lsn } }).execute("SELECT id, k, v FROM t", []);
      const told = rows.map((row) => row.map((v) => `${typeof v} ${String(v)}`).join()).sort();
      expect((state as { rows: [string, string[]][] }).rows).toContainEqual(["t", told]);
    }
  });

  it("refuses what it cannot do, and changes nothing then", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    expect(await stub.restoreTo(0)).toMatchObject({ error: { code: "history-gone" } });
    await run(db, "CREATE TABLE t (a)");
    const good = await head(stub);
    await run(db, "INSERT INTO t VALUES (1)");
    expect(await stub.restoreTo("next week")).toMatchObject({
      error: { code: "invalid-argument" },
    });
    expect(await stub.restoreTo({ lsn: 99 })).toMatchObject({
      error: { code: "invalid-argument" },
    });
    const future = Date.now() + 60_000;
    expect(await stub.restoreTo(future)).toMatchObject({ error: { code: "invalid-argument" } });
    expect(await stub.restoreTo(1)).toMatchObject({ error: { code: "history-gone" } });
    await run(db, "ALTER TABLE t ADD COLUMN b");
    expect(await stub.restoreTo({ lsn: good })).toMatchObject({
      error: { code: "history-gone", message: expect.stringContaining("the schema was changed") },
    });
    await run(db, "INSERT INTO t VALUES (2, 2)");
    expect(await run(db, "SELECT count(*) FROM t")).toEqual([[2n]]);
  });
});

describe("what holds the storage", () => {
  const rows = (stub: Stub) =>
    runInDurableObject(stub, (_object, { storage }) =>
      Array.from(storage.sql.exec("SELECT a FROM t").raw()),
    );

  it("takes back what fails, and enforces keys again", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (a PRIMARY KEY)");
    await run(db, "CREATE TABLE c (a REFERENCES t)");
    await run(db, "INSERT INTO t VALUES (1)");
    await runInDurableObject(stub, async (_object, state) => {
      const failing = holdStorage(state, async () => {
        state.storage.sql.exec("DELETE FROM t");
        await Promise.resolve();
        state.storage.sql.exec("INSERT INTO c VALUES (5)");
        throw new Error("no more");
      });
      await expect(failing).rejects.toThrow("no more");
      expect(() => state.storage.sql.exec("INSERT INTO c VALUES (5)")).toThrow("FOREIGN KEY");
    });
    expect(await rows(stub)).toEqual([[1]]);
  });

  it("leaves the old database when the object dies in the middle", async () => {
    const stub = openStub();
    await run(shardDatabase(stub), "CREATE TABLE t (a)");
    await run(shardDatabase(stub), "INSERT INTO t VALUES (1)");
    const dying = runInDurableObject(stub, async (_object, state) => {
      await holdStorage(state, async () => {
        state.storage.sql.exec("DELETE FROM t");
        await new Promise((resolve) => setTimeout(resolve, 1));
        state.abort("killed");
      });
    });
    await expect(dying).rejects.toThrow("killed");
    const again = env.DOSQL.get(stub.id);
    expect(await rows(again)).toEqual([[1]]);
  });
});

describe("a restore from the archive of a Durable Object", () => {
  async function fill(db: Database): Promise<void> {
    await run(db, "CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, n UNIQUE)");
    await run(db, "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE)");
    await run(db, "CREATE TABLE loose (a, b)");
    await run(db, "CREATE INDEX by_b ON loose (b)");
    await run(db, "CREATE VIEW v AS SELECT n, count(*) FROM p JOIN c ON c.p = p.id GROUP BY n");
    await run(
      db,
      "CREATE TRIGGER r AFTER INSERT ON p BEGIN INSERT INTO loose VALUES (1, new.n); END",
    );
    await run(db, "INSERT INTO p (n) VALUES ('a'), (9007199254740993), (x'00ff'), (-1.5)");
    await run(db, "INSERT INTO c VALUES (1, 1), (2, 2), (3, 2)");
  }

  it("makes schema and rows again, and can be taken back", async () => {
    const stub = openArchiving();
    const db = shardDatabase(stub);
    await fill(db);
    const before = await stateOf(db);
    const good = await head(stub);
    await runDurableObjectAlarm(stub);
    await run(db, "DELETE FROM p WHERE id = 2");
    const mid = await head(stub);
    const middle = await stateOf(db);
    await run(db, "ALTER TABLE loose DROP COLUMN a");
    await run(db, "DROP TABLE c");
    await run(db, "CREATE TABLE other (x)");
    await run(db, "INSERT INTO other VALUES (1)");
    const after = await stateOf(db);
    await db.feed.slots.create("s");
    const subscription = db.feed.subscribe({ slot: "s", heartbeatMs: 0 });
    const told = transactionOf(subscription);
    const restored = await restore(stub, { lsn: good });
    expect(restored).toMatchObject({ from: "archive", lsn: good });
    expect(await stateOf(db)).toEqual(before);
    const { origin, records } = await told;
    expect(origin).toBe("foreign");
    const created = records.filter(({ sql }) => sql?.startsWith("CREATE TABLE"));
    expect(created.map(({ table }) => table).sort()).toEqual(["c", "loose", "p"]);
    expect(records.filter(({ op }) => op === "insert").length).toBe(11);
    await subscription.return?.();
    await expect(run(db, "INSERT INTO c VALUES (9, 99)")).rejects.toThrow("FOREIGN KEY");
    await evictDurableObject(stub);
    await restore(stub, restored.previous);
    expect(await stateOf(db)).toEqual(after);
    await runDurableObjectAlarm(stub);
    await restore(stub, { lsn: mid });
    expect(await stateOf(db)).toEqual(middle);
    await restore(stub, restored.bookmark);
    expect(await stateOf(db)).toEqual(before);
    // What is written from here on is captured, and AUTOINCREMENT goes on.
    const at = await head(stub);
    await run(db, "INSERT INTO p (n) VALUES ('new')");
    expect(await run(db, "SELECT max(id) FROM p")).toEqual([[5n]]);
    const next = db.feed.subscribe({ from: at as never, heartbeatMs: 0 });
    expect((await transactionOf(next)).records.map(({ table }) => table)).toEqual(["p", "loose"]);
    await next.return?.();
    expect(await restore(stub, { lsn: at })).toMatchObject({ from: "log" });
    expect(await stateOf(db)).toEqual(before);
  });

  it("leaves the old database when the object dies in the middle", async () => {
    const stub = openArchiving();
    await fill(shardDatabase(stub));
    await runDurableObjectAlarm(stub);
    const good = await head(stub);
    await run(shardDatabase(stub), "DROP TABLE c");
    const after = await stateOf(shardDatabase(stub));
    let isEmpty = false;
    await runInDurableObject(stub, (object, state) => {
      (object as unknown as ArchivingShard).store.onRead = (key) => {
        if (!key.startsWith("rows/")) return;
        // It looks for the snapshot before it begins.
        isEmpty = state.storage.sql.exec("SELECT 1 FROM p").toArray().length === 0;
        if (isEmpty) state.abort("killed");
      };
    });
    // Handed to expect(), the promise of a call would be rejected a second time, and unheard.
    const failure = await stub.restoreTo({ lsn: good }).then(() => "", String);
    expect(failure).toContain("killed");
    // The tables were made anew, and had no rows yet.
    expect(isEmpty).toBe(true);
    const again = env.ARCHIVING.get(stub.id);
    expect(await stateOf(shardDatabase(again))).toEqual(after);
    await restore(again, { lsn: good });
    expect(await run(shardDatabase(again), "SELECT count(*) FROM c")).toEqual([[3n]]);
  });

  it("changes nothing when the archive is damaged", async () => {
    const stub = openArchiving();
    const db = shardDatabase(stub);
    await fill(db);
    await runDurableObjectAlarm(stub);
    const good = await head(stub);
    await run(db, "DELETE FROM c");
    await run(db, "DROP VIEW v");
    const after = await stateOf(db);
    const { objects } = await env.BUCKET.list({ prefix: `rows/${stub.id.toString()}/` });
    expect(objects.length).toBeGreaterThan(0);
    for (const { key } of objects) await env.BUCKET.delete(key);
    const answer = await stub.restoreTo({ lsn: good });
    expect(answer).toMatchObject({ error: {} });
    expect(await stateOf(db)).toEqual(after);
    await run(db, "INSERT INTO loose VALUES (7, 7)");
    expect(await head(stub)).toBeGreaterThan(good);
  });
});
