import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { d1 } from "../../src/entry/d1.ts";
import { InnerNetwork, TOKEN, client, environment, signed } from "./inner-worker.workers.ts";

describe.each(["wss", "https"])("an object over %s", (way) => {
  it("is a database for d1()", async () => {
    const { db: remote } = client(`d1 ${way}`, { way });
    const db = d1(remote);
    await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL, b BLOB)");
    const insert = db.prepare("INSERT INTO t (v, b) VALUES (?, ?)").bind(1.5, [1, 2]);
    expect(await insert.run()).toMatchObject({ meta: { changes: 1, last_row_id: 1 } });
    const select = db.prepare("SELECT * FROM t WHERE id = ?").bind(1);
    expect(await select.first()).toEqual({ id: 1, v: 1.5, b: [1, 2] });
    expect(await db.batch([select, insert])).toHaveLength(2);
    expect((await remote.schema()).map(({ name }) => name)).toEqual(["t"]);
    await expect(db.prepare("SELECT * FROM nope").all()).rejects.toThrow("no such table: nope");
    await remote.close();
  });

  it("reads only with a token that reads only", async () => {
    const name = `reader ${way}`;
    const { db: writer } = client(name, { way });
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const token = await signed({ readOnly: true });
    const { db: reader } = client(name, { way, token });
    expect((await reader.query("SELECT count(*) FROM t")).rows).toEqual([[0n]]);
    const refused = { code: "permission" };
    await expect(reader.query("INSERT INTO t VALUES (1)")).rejects.toMatchObject(refused);
    await expect(client(name, { way, token: `${token}x` }).db.ping()).rejects.toMatchObject({
      code: "authentication",
    });
    await expect(client(name, { way, token: "nonsense" }).db.ping()).rejects.toMatchObject({
      code: "authentication",
    });
  });
});

describe("an object that slept", () => {
  it("goes on with its client, and a write that woke it happens once", async () => {
    const { db, network, stub } = client("asleep");
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await db.query("INSERT INTO t VALUES (1)");
    await evictDurableObject(stub);
    expect(network.closes).toEqual([]);
    await db.query("INSERT INTO t VALUES (2)");
    expect(network.closes).toEqual([4410]);
    expect(network.opened).toBe(2);
    expect((await db.query("SELECT id FROM t")).rows).toEqual([[1n], [2n]]);
  });

  it("remembers the keys of calls", async () => {
    const { db, network, stub } = client("keys");
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, n)");
    await evictDurableObject(stub);
    const results = await Promise.all(
      [1n, 2n, 3n].map((n) => db.query("INSERT INTO t (n) VALUES (?)", [n])),
    );
    const rowids = results.map(({ lastRowid }) => lastRowid);
    expect(new Set(rowids)).toEqual(new Set([1n, 2n, 3n]));
    expect((await db.query("SELECT id, n FROM t ORDER BY n")).rows).toEqual(
      rowids.map((id, at) => [id, BigInt(at + 1)]),
    );
    // One of them made the new connection, for all.
    expect(network.opened).toBe(2);
  });
});

describe("a subscription to an object", () => {
  it("tells what changes", async () => {
    const { db } = client("feed");
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const events = db.subscribe({ from: "now", tables: ["t"] });
    const { head } = await db.ping();
    expect(head).toBeGreaterThan(0);
    const waiting = events.next();
    await db.query("INSERT INTO t (v) VALUES (x'01')");
    const { value } = await waiting;
    expect(value).toMatchObject({
      kind: "transaction",
      transaction: { records: [{ op: "insert", after: [1n, new Uint8Array([1])] }] },
    });
    await events.return?.();
    const silent = db.subscribe({ from: "now", heartbeatMs: 0 });
    await expect(silent.next()).rejects.toMatchObject({ code: "unsupported" });
    await db.close();
  });
});

describe("what is no client", () => {
  it("is sent away", async () => {
    const network = new InnerNetwork(environment("none"));
    const ask = (path: string, init?: RequestInit): Promise<Response> =>
      network.fetch(new Request(`https://worker.example${path}`, init));
    expect((await ask("/other")).status).toBe(404);
    expect((await ask("/rpc")).status).toBe(400);
    expect((await ask("/rpc", { method: "POST", body: "" })).status).toBe(401);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const post = { method: "POST", headers, body: "nonsense" };
    expect((await ask("/rpc", post)).status).toBe(400);
    expect((await ask("/rpc?database=other", post)).status).toBe(404);
    const direct = env.RPC_SHARD.get(env.RPC_SHARD.idFromName("none/main"));
    expect((await direct.fetch("https://object/rpc")).status).toBe(404);
  });
});
