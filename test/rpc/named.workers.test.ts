import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Databases } from "../../src/entry/worker.ts";
import { databases } from "../../src/entry/worker.ts";
import { WorkersDirectory } from "../../src/entry/workers/workers-directory.workers.ts";
import type { RpcEnv } from "../../src/entry/workers/rpc-endpoint.workers.ts";
import { TOKEN, client, environment, signed } from "./inner-worker.workers.ts";

/** The directory of the Worker that a test's clients call. */
function directoryOf(test: string): Databases {
  return databases(environment(test), { account: test });
}

async function stubOf(test: string, name: string): Promise<DurableObjectStub> {
  const id = await new WorkersDirectory(environment(test)).directory.idOf(name);
  return env.RPC_SHARD.get(env.RPC_SHARD.idFromName(`${test}/${id}`));
}

const GONE = { code: "no-such-database" };

describe.each([
  ["wss", ""],
  ["wss", "/rpc/session"],
  ["https", ""],
  ["https", "/rpc/session"],
])("a database by its name, over %s at %s", (way, path) => {
  const at = `${way} ${path}`;

  it("is there when somebody made it", async () => {
    const test = `named ${at}`;
    const all = directoryOf(test);
    const missing = client(test, { way, path, database: "shop" });
    await expect(missing.db.ping()).rejects.toMatchObject(GONE);
    await all.create("shop");
    const { db } = client(test, { way, path, database: "shop" });
    const { database, epoch } = await db.ping();
    expect(database).toBe("shop");
    expect(epoch).toBeGreaterThan(0);
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await db.query("INSERT INTO t VALUES (1)");
    const { db: main } = client(test, { way, path });
    expect((await main.schema()).map(({ name }) => name)).toEqual([]);
    if (way === "wss") {
      const tx = await db.begin();
      await tx.query("INSERT INTO t VALUES (2)");
      await tx.commit();
      expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[2n]]);
    }
  });

  it("is another one when it was deleted and made anew", async () => {
    const test = `anew ${at}`;
    const all = directoryOf(test);
    await all.create("shop");
    const { db, network } = client(test, { way, path, database: "shop" });
    await db.ping();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await all.delete("shop");
    await expect(db.query("SELECT 1")).rejects.toMatchObject(GONE);
    await all.create("shop");
    await expect(db.query("INSERT INTO t VALUES (1)")).rejects.toMatchObject(GONE);
    await expect(db.query("CREATE TABLE t (a)")).rejects.toMatchObject(GONE);
    // Also when it has to connect anew.
    const open = network.sockets.filter(({ readyState }) => readyState === WebSocket.OPEN);
    const closed = network.closes.length + open.length;
    for (const socket of open) socket.close(1000, "");
    await expect.poll(() => network.closes).toHaveLength(closed);
    await expect(db.query("CREATE TABLE t (a)")).rejects.toMatchObject(GONE);
    const { db: next } = client(test, { way, path, database: "shop" });
    expect(await next.schema()).toEqual([]);
    await next.query("CREATE TABLE u (a)");
  });

  it("is opened by tokens that name it", async () => {
    const test = `scope ${at}`;
    const all = directoryOf(test);
    await all.create("shop");
    const token = await signed({ databases: ["shop"] });
    const { db } = client(test, { way, path, database: "shop", token });
    expect(await db.ping()).toMatchObject({ database: "shop" });
    for (const database of ["main", "blog"]) {
      const { db: other } = client(test, { way, path, database, token });
      await expect(other.ping()).rejects.toMatchObject({ code: "permission" });
    }
  });
});

describe("a database by its name", () => {
  it("goes on with its client when its object slept", async () => {
    const all = directoryOf("slept");
    await all.create("shop");
    const { db, network } = client("slept", { database: "shop" });
    await db.ping();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await evictDurableObject(await stubOf("slept", "shop"));
    await db.query("INSERT INTO t VALUES (1)");
    expect(network.closes).toEqual([4410]);
    await evictDurableObject(await stubOf("slept", "shop"));
    await all.delete("shop");
    await all.create("shop");
    await expect(db.query("INSERT INTO t VALUES (2)")).rejects.toMatchObject(GONE);
  });

  it("that is deleted ends its transactions and subscriptions", async () => {
    const all = directoryOf("deleted");
    await all.create("shop");
    const { db } = client("deleted", { database: "shop" });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const events = db.subscribe({ from: "now", heartbeatMs: 500 });
    const waiting = events.next();
    waiting.catch(() => undefined);
    await db.ping();
    const tx = await db.begin();
    await tx.commit();
    await all.delete("shop");
    await expect(waiting).rejects.toMatchObject(GONE);
    await expect(db.begin()).rejects.toMatchObject(GONE);
  });
});

describe("JSON Web Tokens", () => {
  const KEY = "a key of the deployment's own";

  it.each(["wss", "https"])("need no DOSQL_TOKEN (%s)", async (way) => {
    const { DOSQL_TOKEN: _none, ...bare } = environment(`jwt ${way}`, { DOSQL_JWT_KEY: KEY });
    const tokenless = bare as RpcEnv;
    const options = { way, only: tokenless };
    const good = client(`jwt ${way}`, { ...options, token: await signed({}, KEY) });
    expect(await good.db.query("SELECT 1")).toMatchObject({ rows: [[1n]] });
    for (const token of [TOKEN, KEY, "", await signed({}, TOKEN), await signed({}, `${KEY}x`)]) {
      const bad = client(`jwt ${way}`, { ...options, token });
      await expect(bad.db.ping(), token).rejects.toMatchObject({ code: "authentication" });
    }
  });

  it("are signed with DOSQL_JWT_KEY where there is one, beside DOSQL_TOKEN", async () => {
    const more = { DOSQL_JWT_KEY: KEY };
    const jwt = client("both", { env: more, token: await signed({}, KEY) });
    expect(await jwt.db.ping()).toMatchObject({ database: "main" });
    expect(await client("both", { env: more }).db.ping()).toMatchObject({ database: "main" });
    const old = client("both", { env: more, token: await signed() });
    await expect(old.db.ping()).rejects.toMatchObject({ code: "authentication" });
  });
});
