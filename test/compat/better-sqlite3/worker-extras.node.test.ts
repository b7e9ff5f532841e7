import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import type { FeedEvent } from "../../../src/engine/feed/change-feed.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";

const ENDLESS =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

let root: string;
let file: string;
let closing: Database.Database[];

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-worker-extras-"));
  file = path.join(root, "app.db");
  closing = [];
  await open(file, { capture: "on" }).close();
});

afterEach(() => {
  for (const db of closing) db.close();
  rmSync(root, { recursive: true, force: true });
});

function opened(options: Database.Options = { binding: "worker" }): Database.Database {
  const db = new Database(file, options);
  closing.push(db);
  return db;
}

/** Each transaction as `insert t 1, delete t 1`. */
function told(transactions: Iterable<LogTransaction>): string[] {
  return [...transactions].map(({ records }) =>
    records.map(({ op, table, key }) => [op, table, ...key].join(" ")).join(", "),
  );
}

const timeOut = (db: Database.Database): void =>
  expect(() => db.prepare(ENDLESS).get()).toThrow("interrupted");

describe("changes() of a database in a process", () => {
  it("is what changes() tells in this process", () => {
    const db = opened();
    db.exec(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE TABLE u (a, b, PRIMARY KEY (a, b))",
    );
    const insert = db.prepare("INSERT INTO t VALUES (?, ?)");
    const values = [
      null,
      1.5,
      -0,
      2n ** 62n,
      "é\u{1f600}\0x",
      Buffer.from([0, 255]),
      Buffer.alloc(0),
    ];
    for (const [id, value] of values.entries()) insert.run(id, value);
    db.transaction(() => {
      for (let id = 100; id < 3_000; id++) insert.run(id, "x".repeat(id % 700));
      db.exec("UPDATE t SET v = 0 WHERE id < 110; DELETE FROM t WHERE id = 111");
    })();
    db.exec("INSERT INTO u VALUES ('a', 1); ALTER TABLE u RENAME TO w; UPDATE w SET b = 2");
    const options = { tables: ["u"], operations: ["update"], from: 1 as Lsn } as const;
    const [whole, some] = [[...dosql(db).changes()], [...dosql(db).changes(options)]];
    db.close();
    const here = opened({ binding: "builtin" });
    expect(whole).toStrictEqual([...dosql(here).changes()]);
    expect(whole.length).toBeGreaterThan(values.length);
    expect(some).toStrictEqual([...dosql(here).changes(options)]);
    expect(told(some)).toEqual(["update w a 1"]);
  });

  it("comes in parts, and ends with the process it came from", () => {
    const db = opened({ binding: "worker", statementTimeoutMs: 300 });
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const insert = db.prepare("INSERT INTO t (v) VALUES (?)");
    for (let i = 0; i < 30; i++) insert.run("x".repeat(200_000));
    const all = dosql(db).changes()[Symbol.iterator]();
    expect(all.next().done).toBe(false);
    db.exec("DELETE FROM t WHERE id = 1");
    timeOut(db);
    expect(() => Array.from({ length: 40 }, () => all.next())).toThrow("the changes are gone");
    expect([...dosql(db).changes()]).toHaveLength(32);
  });

  it("complains as in this process", () => {
    const db = opened();
    expect(() => [...dosql(db).changes({ tables: ["nosuch"] })]).toThrow(
      expect.objectContaining({ name: "DosqlError", code: "not-found" }),
    );
    expect(() => [...dosql(db).changes({ slot: "nosuch" })]).toThrow(
      expect.objectContaining({ code: "not-found" }),
    );
    expect(() => dosql(db).at("never")).toThrow(
      expect.objectContaining({
        code: "invalid-argument",
        hint: expect.stringContaining("lsn(42)"),
      }),
    );
    const memory = new Database(":memory:", { binding: "worker" });
    closing.push(memory);
    expect(() => dosql(memory).feed).toThrow(expect.objectContaining({ code: "misuse" }));
  });
});

describe("the feed of a database in a process", () => {
  it("tells what is there, and all to come, until the database closes", async () => {
    const db = opened();
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    const later: string[] = [];
    const following = (async () => {
      for await (const transaction of dosql(db).changes({ operations: ["insert"] })) {
        later.push(...told([transaction]));
      }
    })();
    await vi.waitFor(() => expect(later).toEqual(["insert t 1"]));
    db.exec("INSERT INTO t VALUES (2)");
    await vi.waitFor(() => expect(later).toEqual(["insert t 1", "insert t 2"]));
    // Another process' commit comes, too.
    const here = opened({ binding: "builtin" });
    here.exec("INSERT INTO t VALUES (3)");
    await vi.waitFor(() => expect(later).toHaveLength(3), { timeout: 10_000 });
    db.close();
    await following;
  });

  it("has slots, which are confirmed and go on", async () => {
    const db = opened({ binding: "worker", statementTimeoutMs: 300 });
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    const { feed, changes } = dosql(db);
    expect(await feed.slots.create("mail", { from: "start" })).toMatchObject({ name: "mail" });
    await expect(feed.slots.create("mail")).rejects.toThrow("exists already");
    const first = [...changes({ slot: "mail" })];
    expect(told(first)).toEqual(["ddl t", "insert t 1"]);
    const subscription = feed.subscribe({ slot: "mail", heartbeatMs: 0 });
    expect(() => feed.subscribe({ slot: "mail" })).toThrow(
      expect.objectContaining({ code: "misuse" }),
    );
    await subscription.next();
    // Asked for and told are two things: the position is that of what was handed out.
    expect(subscription.position).toBe(first[0]?.lastLsn);
    await expect(subscription.confirm(feed.head)).rejects.toThrow("cannot confirm");
    await subscription.confirm(subscription.position);
    expect(await feed.slots.get("mail")).toMatchObject({ confirmedLsn: first[0]?.lastLsn });
    timeOut(db);
    db.exec("INSERT INTO t VALUES (2)");
    const rest: string[] = [];
    for await (const event of subscription) {
      if (event.kind === "transaction") rest.push(...told([event.transaction]));
      if (rest.length === 2) break;
    }
    expect(rest).toEqual(["insert t 1", "insert t 2"]);
    await vi.waitFor(() => expect(feed.slots.list()).toMatchObject([{ active: false }]));
    await feed.slots.drop("mail");
    expect(await feed.slots.list()).toEqual([]);
  });

  it("tells a snapshot, ends with a signal, and with return()", async () => {
    const db = opened();
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
    const { feed } = dosql(db);
    const events: FeedEvent[] = [];
    for await (const event of feed.subscribe({ from: "snapshot" })) {
      events.push(event);
      if (event.kind === "snapshot-end") break;
    }
    expect(events).toMatchObject([{ kind: "snapshot", table: "t", rows: [[1n], [2n]] }, {}]);
    const ending = new AbortController();
    const idle = feed.subscribe({ signal: ending.signal });
    const waits = idle.next();
    ending.abort();
    expect(await waits).toEqual({ done: true, value: undefined });
    const beats = feed.subscribe({ heartbeatMs: 20 });
    expect(await beats.next()).toMatchObject({ value: { kind: "heartbeat", lsn: feed.head } });
    await beats.return?.();
    expect(await beats.next()).toEqual({ done: true, value: undefined });
  });
});

describe("at() of a database in a process", () => {
  it("outlives a timeout, and holds no write back", () => {
    const db = opened({ binding: "worker", statementTimeoutMs: 300 });
    db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    const then = dosql(db).at({ lsn: dosql(db).feed.head });
    db.exec("INSERT INTO t VALUES (2)");
    const ids = then.prepare("SELECT id FROM t").pluck();
    expect(ids.all()).toEqual([1]);
    expect(() => then.prepare(ENDLESS).get()).toThrow("interrupted");
    expect(ids.all()).toEqual([1]);
    timeOut(db);
    then.exec("BEGIN");
    expect([then.inTransaction, db.inTransaction]).toEqual([true, false]);
    db.exec("INSERT INTO t VALUES (3)");
    expect(ids.all()).toEqual([1]);
    then.exec("COMMIT");
    expect(then.inTransaction).toBe(false);
    db.exec("BEGIN; INSERT INTO t VALUES (4)");
    expect(ids.all()).toEqual([1]);
    expect(db.inTransaction).toBe(true);
    db.exec("COMMIT");
    expect([...ids.iterate()]).toEqual([1]);
    then.close();
    db.close();
  });
});
