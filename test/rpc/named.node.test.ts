import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import { signToken } from "../../src/server/token-claims.ts";
import type { Way } from "./served.ts";
import { Served } from "./served.ts";

const GONE = { code: "no-such-database" };
const WAYS: readonly Way[] = ["ws", "http"];

/** A call of the D1 REST API, which makes databases. */
async function rest(served: Served, method: string, path: string, body?: object): Promise<void> {
  const { httpUrl, token } = served.server;
  const address = `${httpUrl}/client/v4/accounts/somebody/d1/database${path}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(address, { method, headers, ...text });
  expect(response.status, await response.text()).toBeLessThan(300);
}

const create = (served: Served, name: string) => rest(served, "POST", "", { name });
const remove = (served: Served, name: string) => rest(served, "DELETE", `/${name}`);

describe.each(WAYS)("a database of a server by its name, over %s", (way) => {
  it("is there when somebody made it, and gone when it is deleted", async () => {
    await using served = await Served.start();
    const database = "shop";
    await expect(served.connect(way, { database })).rejects.toMatchObject(GONE);
    await create(served, database);
    const db = await served.connect(way, { database });
    expect(await db.ping()).toMatchObject({ database, readOnly: false });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await db.query("INSERT INTO t VALUES (1)");
    const main = await served.connect(way);
    expect(await main.schema()).toEqual([]);
    await remove(served, database);
    await expect(db.query("SELECT 1")).rejects.toMatchObject(GONE);
    await create(served, database);
    // Another one, though of the same name.
    await expect(db.query("CREATE TABLE t (a)")).rejects.toMatchObject(GONE);
    const next = await served.connect(way, { database });
    expect(await next.schema()).toEqual([]);
  });

  it("is opened by tokens that name it", async () => {
    await using served = await Served.start();
    await create(served, "shop");
    const claims = { subject: "", databases: ["shop"], readOnly: true, notBeforeMs: null };
    const secret = new TextEncoder().encode(served.server.token);
    const expiresMs = Date.now() + 60_000;
    const token = await signToken({ ...claims, expiresMs }, secret, nodeCrypto);
    const reader = await served.connect(way, { token, database: "shop" });
    const write = reader.query("CREATE TABLE t (a)");
    await expect(write).rejects.toMatchObject({ code: "permission" });
    const denied = { code: "permission" };
    await expect(served.connect(way, { token })).rejects.toMatchObject(denied);
    const missing = served.connect(way, { token, database: "missing" });
    await expect(missing).rejects.toMatchObject(denied);
  });
});

describe("a database of a server by its name", () => {
  it("has transactions and a feed, and is kept over a restart", async () => {
    await using served = await Served.start();
    await create(served, "shop");
    const db = await served.connect("ws", { database: "shop" });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const events = db.subscribe({ from: "now" });
    const waiting = events.next();
    await db.ping();
    await using tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (1)");
    await tx.commit();
    expect((await waiting).value).toMatchObject({ transaction: { records: [{ op: "insert" }] } });
    await events.return?.();
    await served.restart();
    expect((await db.query("SELECT id FROM t")).rows).toEqual([[1n]]);
  });

  it("that is deleted ends what its clients do", async () => {
    await using served = await Served.start();
    await create(served, "shop");
    const db = await served.connect("ws", { database: "shop" });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const events = db.subscribe({ from: "now" });
    const waiting = events.next();
    waiting.catch(() => undefined);
    await using tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (1)");
    await remove(served, "shop");
    await expect(waiting).rejects.toMatchObject(GONE);
    await expect(tx.commit()).rejects.toMatchObject({ name: "DosqlError" });
  });

  it("does not hold files for clients that are gone", async () => {
    await using served = await Served.start();
    await create(served, "shop");
    for (let i = 0; i < 3; i++) {
      const db = await served.connect("ws", { database: "shop" });
      await db.query("SELECT 1");
      await db.close();
    }
    await remove(served, "shop");
    await create(served, "shop");
    const db = await served.connect("ws", { database: "shop" });
    expect(await db.schema()).toEqual([]);
  });
});
