import { describe, expect, it } from "vitest";
import type { FeedEvent, Subscription } from "../../src/engine/feed/change-feed.ts";
import { connect } from "../../src/entry/client.ts";
import { CutProxy } from "./cut-proxy.ts";
import { Served } from "./served.ts";

const QUIET = { heartbeatMs: 0 };

/** The next transaction's first values. */
async function nextValues(events: AsyncIterator<FeedEvent>): Promise<unknown[]> {
  for (;;) {
    const { value, done } = await events.next();
    if (done === true) return ["end"];
    const event: FeedEvent = value;
    if (event.kind !== "transaction") continue;
    const rows = event.transaction.records.filter(({ op }) => op !== "ddl");
    if (rows.length > 0) return rows.map(({ after, before }) => (after ?? before)?.[1]);
  }
}

function position(events: Subscription): number | null {
  try {
    return events.position;
  } catch {
    return null;
  }
}

describe("a subscription", () => {
  it("tells what the local one tells, exactly", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    await db.query("CREATE TABLE u (v)");
    const values = "(0), (1.5), (9007199254740993), ('x'), (x'00ff'), (NULL), (9e999)";
    await db.query(`INSERT INTO t (v) VALUES ${values}`);
    await db.batch([
      { sql: "UPDATE t SET v = 1.0 WHERE id = 1", params: [] },
      { sql: "DELETE FROM t WHERE id = 2", params: [] },
      { sql: "INSERT INTO u VALUES (-1)", params: [] },
    ]);
    const { head } = await db.ping();
    const remote = db.subscribe({ from: "start", ...QUIET });
    const local = served.server.database.feed.subscribe({ from: "start", ...QUIET });
    while (local.position < (head ?? 0)) {
      expect((await remote.next()).value).toEqual((await local.next()).value);
      expect(remote.position).toBe(local.position);
    }
    const waiting = remote.next();
    await db.query("INSERT INTO u VALUES (2)");
    expect((await waiting).value).toMatchObject({ kind: "transaction" });
    await remote.return?.();
    expect((await remote.next()).done).toBe(true);
    await local.return?.();
  });

  it("tells a snapshot", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    await db.query("INSERT INTO t (v) VALUES (x'01'), (2.0)");
    const kinds: string[] = [];
    const rows: unknown[] = [];
    for await (const event of db.subscribe({ from: "snapshot", tables: ["t"], ...QUIET })) {
      kinds.push(event.kind);
      if (event.kind === "snapshot") rows.push(...event.rows);
      if (event.kind === "snapshot-end") break;
    }
    expect(kinds.at(-1)).toBe("snapshot-end");
    expect(rows).toEqual([
      [1n, new Uint8Array([1])],
      [2n, 2],
    ]);
  });

  it("goes on after a lost connection, without a gap and without a repetition", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    const { token } = served.server;
    await using db = await connect(`ws://127.0.0.1:${proxy.port}`, { token });
    const writer = await served.connect();
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    await writer.feed.slots.create("mine");
    const events = db.subscribe({ slot: "mine", ...QUIET });
    for (let n = 0n; n < 12n; n++) {
      if (n % 3n === 2n) proxy.cutNow();
      const waiting = nextValues(events);
      await writer.query("INSERT INTO t (v) VALUES (?)", [n]);
      expect(await waiting).toEqual([n]);
      await events.confirm(events.position);
    }
    expect(proxy.connections).toBeGreaterThan(3);
    const [slot] = await writer.slots();
    expect(slot).toMatchObject({ name: "mine", confirmedLsn: events.position });
    await events.return?.();
  });

  it("knows where it began, when the connection is lost before the first event", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    const { token } = served.server;
    await using db = await connect(`ws://127.0.0.1:${proxy.port}`, { token });
    const writer = await served.connect();
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const { head } = await writer.ping();
    const events = db.subscribe({ from: "now", tables: ["t"], ...QUIET });
    const waiting = nextValues(events);
    await expect.poll(() => position(events)).toBe(head);
    proxy.cutNow();
    await writer.query("INSERT INTO t (v) VALUES (1)");
    expect(await waiting).toEqual([1n]);
    // What was renamed since is followed.
    await writer.query("ALTER TABLE t RENAME TO u");
    await writer.query("INSERT INTO u (v) VALUES (2)");
    expect(await nextValues(events)).toEqual([2n]);
    proxy.cutNow();
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    await writer.query("INSERT INTO u (v) VALUES (3)");
    expect(await nextValues(events)).toEqual([3n]);
    await events.return?.();
  });

  it("does not run ahead of who reads it", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    const { token } = served.server;
    await using db = await connect(`ws://127.0.0.1:${proxy.port}`, { token });
    const writer = await served.connect();
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
    const large = "x".repeat(100_000);
    for (let n = 0; n < 50; n++) await writer.query("INSERT INTO t (v) VALUES (?)", [large]);
    const events = db.subscribe({ from: "start", ...QUIET });
    await events.next();
    await db.ping();
    // Of five megabytes the client was sent what one answer holds.
    expect(proxy.sentBytes).toBeLessThan(1_000_000);
    for (let n = 0; n < 50; n++) expect(await nextValues(events)).toEqual([large]);
    expect(proxy.sentBytes).toBeGreaterThan(5_000_000);
    await events.return?.();
  });

  it("ends with its signal", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    const ended = new AbortController();
    const events = db.subscribe({ from: "now", ...QUIET, signal: ended.signal });
    const waiting = events.next();
    ended.abort();
    expect((await waiting).done).toBe(true);
  });

  it("is refused over HTTP, and for what the engine refuses", async () => {
    await using served = await Served.start();
    const http = await served.connect("http");
    expect(() => http.subscribe()).toThrow("not served over HTTP");
    await expect(http.feed.subscribe({ from: "start" }).next()).rejects.toMatchObject({
      code: "unsupported",
    });
    const db = await served.connect();
    const refused = { code: "not-found" };
    await expect(db.subscribe({ slot: "nobody's" }).next()).rejects.toMatchObject(refused);
    await expect(db.subscribe({ tables: ["none"] }).next()).rejects.toMatchObject(refused);
    expect(() => db.feed.head).toThrow("not at hand");
    expect(() => db.feed.slots.list()).toThrow("not at hand");
  });
});
