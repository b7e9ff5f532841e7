import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { DosqlError } from "../../src/base/errors.ts";
import { toLsn } from "../../src/base/lsn.ts";
import type { SqlValue } from "../../src/base/value.ts";
import type {
  FeedEvent,
  SubscribeOptions,
  Subscription,
} from "../../src/engine/feed/change-feed.ts";
import type { LogRecord, LogTransaction } from "../../src/engine/log/record.ts";
import type { Database } from "../../src/engine/session/session.ts";
import { shardDatabase } from "../../src/entry/worker.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { workersEntropy } from "../../src/platform/workers/entropy.ts";
import { FeedStub } from "../../src/rpc/feed-stub.ts";
import type { FeedCall, FeedReply, ShardFeedService } from "../../src/rpc/feed-wire.ts";
import type { WireError } from "../../src/rpc/shard-wire.ts";
import { freshRandom } from "../sql/seeded-random.ts";

const openStub = () => env.DOSQL.get(env.DOSQL.newUniqueId());

async function run(db: Database, sql: string, ...params: SqlValue[]): Promise<void> {
  await db.session().execute(sql, params);
}

async function nextOf(subscription: Subscription): Promise<FeedEvent> {
  const { done, value } = await subscription.next();
  if (done === true) throw new Error("the subscription has ended");
  return value;
}

async function transactionOf(subscription: Subscription): Promise<LogTransaction> {
  for (;;) {
    const event = await nextOf(subscription);
    if (event.kind === "transaction") return event.transaction;
  }
}

async function failureOf(body: () => unknown): Promise<DosqlError> {
  try {
    await body();
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error("it did not fail");
}

const images = ({ op, table, before, after }: LogRecord) => [op, table, before, after];

describe("a subscription on a Durable Object", () => {
  it("tells where it began, and follows what was renamed since an earlier one began", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const first = db.feed.subscribe({ from: "now", tables: ["t"], heartbeatMs: 0 });
    await first.begun?.();
    const since = first.position;
    expect(since).toBe(2);
    await first.return?.();
    await run(db, "ALTER TABLE t RENAME TO u");
    await run(db, "INSERT INTO u (v) VALUES ('a')");
    const { head: from } = await stub.info();
    await expect(nextOf(db.feed.subscribe({ from, tables: ["t"] }))).rejects.toMatchObject({
      code: "not-found",
    });
    const next = db.feed.subscribe({ from, since, tables: ["t"], heartbeatMs: 0 });
    await run(db, "INSERT INTO u (v) VALUES ('b')");
    expect((await transactionOf(next)).records.map(images)).toEqual([
      ["insert", "u", undefined, [2n, "b"]],
    ]);
  });

  it("tells what lies before what is damaged", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    for (let i = 0; i < 3; i++) await run(db, "INSERT INTO t (v) VALUES ('a')");
    await runDurableObjectAlarm(stub);
    await runInDurableObject(stub, (_object, { storage }) => {
      storage.sql.exec("UPDATE _dosql_log SET v1 = 'b' WHERE lsn = 5");
    });
    const subscription = db.feed.subscribe({ from: "start", heartbeatMs: 0 });
    expect((await transactionOf(subscription)).lastLsn).toBe(2);
    expect((await transactionOf(subscription)).lastLsn).toBe(4);
    expect(await failureOf(() => subscription.next())).toMatchObject({
      code: "bad-file",
      message: "the change log is damaged at LSN 5",
    });
    expect(subscription.position).toBe(4);
  });

  it("tells whole transactions as they are committed, with exact values", async () => {
    const db = shardDatabase(openStub());
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const subscription = db.feed.subscribe({ from: "start", heartbeatMs: 0 });
    expect((await transactionOf(subscription)).records.map(({ sql }) => sql)).toEqual([
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
    ]);
    // Asked before there is anything to tell.
    const pending = nextOf(subscription);
    const values = [9_007_199_254_740_993n, 1, -0, Infinity, "é\0", null, new Uint8Array([0, 255])];
    const statements = values.map((v, i) => ({
      sql: "INSERT INTO t VALUES (?, ?)",
      params: [BigInt(i), v],
    }));
    await db.session().batch(statements);
    const event = await pending;
    if (event.kind !== "transaction") throw new Error(event.kind);
    const { records, lastLsn, commitTs } = event.transaction;
    expect(records.map(({ after }) => after)).toEqual(values.map((v, i) => [BigInt(i), v]));
    expect(records.every(({ txn }) => txn === event.transaction.id)).toBe(true);
    expect(commitTs.wallMs).toBeGreaterThan(1e12);
    expect(subscription.position).toBe(lastLsn);
    expect(db.feed.head).toBe(lastLsn);
    await run(db, "UPDATE t SET v = 2 WHERE id = 1");
    await run(db, "DELETE FROM t WHERE id = 0");
    expect((await transactionOf(subscription)).records.map(images)).toEqual([
      ["update", "t", [1n, 1], [1n, 2n]],
    ]);
    expect((await transactionOf(subscription)).records.map(images)).toEqual([
      ["delete", "t", [0n, 9_007_199_254_740_993n], undefined],
    ]);
    await subscription.return?.();
    expect(await subscription.next()).toEqual({ done: true, value: undefined });
  });

  it("filters, and follows a table that is renamed across a reset of the object", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE a (x, y)");
    await run(db, "CREATE TABLE b (x)");
    const subscription = db.feed.subscribe({
      from: "now",
      tables: [{ table: "a", columns: ["y"], operations: ["insert"] }],
      heartbeatMs: 0,
    });
    await run(db, "INSERT INTO b VALUES (1)");
    await run(db, "INSERT INTO a VALUES (1, 2)");
    expect((await transactionOf(subscription)).records.map(images)).toEqual([
      ["insert", "a", undefined, [2n]],
    ]);
    await run(db, "ALTER TABLE a RENAME TO c");
    await run(db, "INSERT INTO c VALUES (3, 4)");
    expect((await transactionOf(subscription)).records.map(images)).toEqual([
      ["insert", "c", undefined, [4n]],
    ]);
    await evictDurableObject(stub);
    await run(db, "INSERT INTO c VALUES (5, 6)");
    expect((await transactionOf(subscription)).records.map(images)).toEqual([
      ["insert", "c", undefined, [6n]],
    ]);
    await subscription.return?.();
  });

  it("tells nothing that is not asked for, and heartbeats while idle", async () => {
    const db = shardDatabase(openStub());
    await run(db, "CREATE TABLE t (v)");
    const subscription = db.feed.subscribe({ heartbeatMs: 5 });
    const { kind } = await nextOf(subscription);
    expect(kind).toBe("heartbeat");
    expect(subscription.position).toBe(db.feed.head);
    await subscription.return?.();
  });

  it("cuts a large transaction for the way and hands it out whole", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const before = db.feed.subscribe({ from: "now", heartbeatMs: 0 });
    // 40 MB: more than one message of the runtime holds.
    await run(
      db,
      "INSERT INTO t WITH RECURSIVE n(x) AS " +
        "(VALUES (1) UNION ALL SELECT x + 1 FROM n LIMIT 2000) " +
        "SELECT x, randomblob(20000) FROM n",
    );
    const { records, firstLsn, lastLsn } = await transactionOf(before);
    expect(records.length).toBe(2_000);
    expect(records.map(({ lsn }) => lsn)).toEqual(records.map((_, i) => firstLsn + i));
    expect(before.position).toBe(lastLsn);
    await before.return?.();
  });

  it("says what is wrong when it is asked first", async () => {
    const db = shardDatabase(openStub());
    await run(db, "CREATE TABLE t (v)");
    const ask = (options: SubscribeOptions) => failureOf(() => db.feed.subscribe(options).next());
    expect(await ask({ slot: "none" })).toMatchObject({ code: "not-found" });
    expect(await ask({ tables: ["none"] })).toMatchObject({ code: "not-found" });
    expect(await ask({ from: toLsn(99) })).toMatchObject({ code: "invalid-argument" });
    const aborted = db.feed.subscribe({ signal: AbortSignal.abort() });
    expect(await aborted.next()).toEqual({ done: true, value: undefined });
    const controller = new AbortController();
    const following = db.feed.subscribe({ signal: controller.signal, heartbeatMs: 0 });
    const pending = following.next();
    controller.abort();
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  it("does not keep others out while it waits", async () => {
    const db = shardDatabase(openStub());
    await run(db, "CREATE TABLE t (v)");
    const waiting = Array.from({ length: 5 }, () => db.feed.subscribe({ heartbeatMs: 0 }));
    const pending = waiting.map((subscription) => transactionOf(subscription));
    await run(db, "INSERT INTO t VALUES (1)");
    const told = await Promise.all(pending);
    expect(new Set(told.map(({ lastLsn }) => lastLsn)).size).toBe(1);
    for (const subscription of waiting) await subscription.return?.();
  });
});

describe("what the log no longer holds", () => {
  it("is told out of the archive, across a reset of the object, and then what comes", async () => {
    const stub = env.ARCHIVING.get(env.ARCHIVING.newUniqueId());
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE a (v)");
    const { head: start } = await stub.info();
    for (let i = 0; i < 20; i++) {
      await run(db, "INSERT INTO a VALUES ('x' || hex(randomblob(150000)))");
    }
    await run(db, "ALTER TABLE a RENAME TO b");
    await run(db, "INSERT INTO b VALUES ('y')");
    const { head } = await stub.info();
    while ((await stub.info()).trimmedLsn < head) {
      await run(db, "INSERT INTO b VALUES ('z')");
      await new Promise((resolve) => setTimeout(resolve, 2));
      await runDurableObjectAlarm(stub);
    }
    const subscription = db.feed.subscribe({ from: start, tables: ["a"], heartbeatMs: 0 });
    const told: string[] = [];
    while (told.at(-1) !== "y") {
      const { records } = await transactionOf(subscription);
      for (const { op, after = [] } of records) {
        told.push(op === "ddl" ? op : String(after[0]).slice(0, 1));
      }
      if (told.length === 3) await evictDurableObject(stub);
    }
    expect(told).toEqual([...Array<string>(20).fill("x"), "ddl", "y"]);
    while (subscription.position < (await stub.info()).head) await transactionOf(subscription);
    await run(db, "INSERT INTO b VALUES ('new')");
    expect((await transactionOf(subscription)).records.map(images)).toEqual([
      ["insert", "b", undefined, ["new"]],
    ]);
    await subscription.return?.();
  });
});

describe("slots of a Durable Object", () => {
  it("are created, confirmed, listed and dropped from afar, and survive the object", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (v)");
    const { slots } = db.feed;
    await slots.create("s", { from: "start", maxLag: 5_000 });
    expect(await slots.list()).toMatchObject([{ name: "s", maxLag: 5_000, active: false }]);
    expect(await failureOf(() => slots.create("s"))).toMatchObject({ code: "misuse" });
    const subscription = db.feed.subscribe({ slot: "s" });
    const { lastLsn } = await transactionOf(subscription);
    expect(await slots.get("s")).toMatchObject({ active: true, confirmedLsn: 0 });
    const second = db.feed.subscribe({ slot: "s" });
    expect(await failureOf(() => second.next())).toMatchObject({ code: "misuse" });
    expect(await failureOf(() => subscription.confirm(toLsn(lastLsn + 1)))).toMatchObject({
      code: "invalid-argument",
    });
    await subscription.confirm(lastLsn);
    await evictDurableObject(stub);
    expect(await slots.get("s")).toMatchObject({ active: false, confirmedLsn: lastLsn });
    await run(db, "INSERT INTO t VALUES (1)");
    expect((await transactionOf(subscription)).records.map(images)).toEqual([
      ["insert", "t", undefined, [1n]],
    ]);
    await subscription.return?.();
    await slots.drop("s");
    expect(await slots.get("s")).toBeNull();
    expect(await failureOf(() => slots.drop("s"))).toMatchObject({ code: "not-found" });
  });
});

describe("a snapshot from a Durable Object", () => {
  const rows = async (subscription: Subscription) => {
    const found: bigint[] = [];
    for (;;) {
      const event = await nextOf(subscription);
      if (event.kind === "snapshot") found.push(...event.rows.map(([id]) => id as bigint));
      if (event.kind === "snapshot-end") return { found, lsn: event.lsn };
    }
  };

  it("joins the stream without gap or overlap while writers go on", async () => {
    const db = shardDatabase(openStub());
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const series = "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n LIMIT 3000)";
    await run(db, `INSERT INTO t ${series} SELECT x, randomblob(1000) FROM n`);
    const subscription = db.feed.subscribe({ from: "snapshot", tables: ["t"], heartbeatMs: 0 });
    const first = await nextOf(subscription);
    expect(first.kind).toBe("snapshot");
    expect(subscription.position).toBe(0);
    for (let i = 0; i < 10; i++) await run(db, "DELETE FROM t WHERE id = ?", BigInt(3000 - i));
    await run(db, "INSERT INTO t VALUES (9000, NULL)");
    const { found, lsn } = await rows(subscription);
    const told = first.kind === "snapshot" ? first.rows.length : 0;
    expect(told + found.length).toBe(3_000);
    expect(subscription.position).toBe(lsn);
    for (let i = 0; i < 10; i++) {
      const [record] = (await transactionOf(subscription)).records;
      expect(record?.key).toEqual([BigInt(3000 - i)]);
    }
    expect((await transactionOf(subscription)).records[0]?.op).toBe("insert");
    await subscription.return?.();
  });

  it("is never patched together from two", async () => {
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const series = "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n LIMIT 5000)";
    await run(db, `INSERT INTO t ${series} SELECT x, randomblob(1000) FROM n`);
    const subscription = db.feed.subscribe({ from: "snapshot", heartbeatMs: 0 });
    await nextOf(subscription);
    await evictDurableObject(stub);
    expect(await failureOf(() => rows(subscription))).toMatchObject({ code: "history-gone" });
    const again = db.feed.subscribe({ from: "snapshot", heartbeatMs: 0 });
    expect((await rows(again)).found.length).toBe(5_000);
    await again.return?.();
  });
});

/** A way to the object on which calls and answers get lost. */
class BadLine implements ShardFeedService {
  readonly #stub: ShardFeedService;
  readonly #mishap: (kind: FeedCall["kind"]) => "call" | "answer" | null;
  lost = 0;

  constructor(stub: ShardFeedService, mishap: BadLine["mishap"]) {
    this.#stub = stub;
    this.#mishap = mishap;
  }

  get mishap(): (kind: FeedCall["kind"]) => "call" | "answer" | null {
    return this.#mishap;
  }

  async feed(call: FeedCall): Promise<FeedReply | { readonly error: WireError }> {
    const mishap = this.#mishap(call.kind);
    if (mishap !== null) this.lost += 1;
    if (mishap === "call") throw new Error("Network connection lost.");
    const reply = await this.#stub.feed(call);
    if (mishap === "answer") throw new Error("Network connection lost.");
    return reply;
  }
}

describe("a consumer on a bad line to an object that dies", () => {
  it("sees each transaction once", async () => {
    const random = freshRandom("feed over RPC");
    const stub = openStub();
    const db = shardDatabase(stub);
    await run(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    let inRow = 0;
    const line = new BadLine(stub, (kind) => {
      inRow = kind === "pull" && random.below(4) === 0 ? inRow + 1 : 0;
      // A line that is dead for longer is another test's.
      if (inRow === 0 || inRow > 3) return null;
      return random.below(2) === 0 ? "call" : "answer";
    });
    const feed = new FeedStub(() => line, { clock: workersClock, entropy: workersEntropy });
    await feed.slots.create("copy", { from: "start" });
    const subscription = feed.subscribe({ slot: "copy", tables: ["t"], heartbeatMs: 5 });
    const seen: string[] = [];
    const expected: string[] = [];
    const note = ({ lastLsn, records }: LogTransaction): void => {
      if (records[0]?.op !== "ddl") seen.push(`${records.length} up to ${lastLsn}`);
    };
    let evictions = 0;
    for (let step = 0; step < 50; step++) {
      for (let i = random.below(3); i > 0; i--) {
        const session = db.session();
        // Some go in several answers.
        const size = random.below(8) === 0 ? 600_000 : 100;
        const insert = { sql: `INSERT INTO t (v) VALUES (randomblob(${size}))`, params: [] };
        const rows = 1 + random.below(5);
        await session.batch(Array.from({ length: rows }, () => insert));
        expected.push(`${rows} up to ${(await stub.info()).head}`);
      }
      if (random.below(6) === 0) {
        // Only what runs can be evicted.
        await stub.info();
        await evictDurableObject(stub);
        evictions += 1;
      }
      while (seen.length < expected.length && random.below(5) > 0) {
        const event = await nextOf(subscription);
        if (event.kind === "transaction") note(event.transaction);
      }
      if (random.below(3) === 0) await subscription.confirm(subscription.position);
    }
    while (seen.length < expected.length) note(await transactionOf(subscription));
    expect(seen).toEqual(expected);
    expect(line.lost).toBeGreaterThan(3);
    expect(evictions).toBeGreaterThan(3);
    await subscription.return?.();
  });

  it("hears of an object that does not answer, and can go on from its place", async () => {
    const stub = openStub();
    await run(shardDatabase(stub), "CREATE TABLE t (v)");
    let dead = false;
    const line = new BadLine(stub, () => (dead ? "call" : null));
    const feed = new FeedStub(() => line, { clock: workersClock, entropy: workersEntropy });
    const subscription = feed.subscribe({ from: "start" });
    const { lastLsn } = await transactionOf(subscription);
    dead = true;
    expect(await failureOf(() => subscription.next())).toMatchObject({ code: "io" });
    dead = false;
    await run(shardDatabase(stub), "INSERT INTO t VALUES (1)");
    const again = feed.subscribe({ from: subscription.position });
    expect((await transactionOf(again)).firstLsn).toBe(lastLsn + 1);
    await again.return?.();
  });

  it("asks for no more than is wanted", async () => {
    const stub = openStub();
    await run(shardDatabase(stub), "CREATE TABLE t (v)");
    const asked: string[] = [];
    const line = new BadLine(stub, (kind) => {
      asked.push(kind);
      return null;
    });
    const feed = new FeedStub(() => line, { clock: workersClock, entropy: workersEntropy });
    const subscription = feed.subscribe({ from: "start", heartbeatMs: 0 });
    await run(shardDatabase(stub), "INSERT INTO t VALUES (1)");
    await run(shardDatabase(stub), "INSERT INTO t VALUES (2)");
    expect(asked).toEqual(["pull"]);
    // One answer holds all three.
    for (let i = 0; i < 3; i++) await transactionOf(subscription);
    await stub.info();
    expect(asked).toEqual(["pull", "pull"]);
    await subscription.return?.();
    expect(asked).toEqual(["pull", "pull", "close"]);
  });

  it("keeps its slot until it says that it leaves", async () => {
    const stub = openStub();
    await run(shardDatabase(stub), "CREATE TABLE t (v)");
    const { feed } = shardDatabase(stub);
    await feed.slots.create("s");
    const pull = {
      kind: "pull",
      id: "gone",
      turn: 0,
      wish: { slot: "s" },
      from: null,
      since: null,
    } as const;
    await stub.feed(pull);
    expect(await feed.slots.get("s")).toMatchObject({ active: true });
    await stub.feed({ kind: "close", id: "gone" });
    expect(await feed.slots.get("s")).toMatchObject({ active: false });
  });
});
