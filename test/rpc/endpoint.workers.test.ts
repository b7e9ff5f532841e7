import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { d1 } from "../../src/entry/d1.ts";
import type { RpcNamespace } from "../../src/entry/rpc-endpoint.workers.ts";
import { rpcEndpoint } from "../../src/entry/rpc-endpoint.workers.ts";
import { webSha256 } from "../../src/platform/web/digest.ts";
import { webEntropy } from "../../src/platform/web/entropy.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { workersSigner } from "../../src/platform/workers/web-signer.ts";
import type { DialListener, RpcNetwork } from "../../src/ports/rpc-network.ts";
import { statementHash } from "../../src/rpc/api/statement-texts.ts";
import { remoteDatabase } from "../../src/rpc/client/connect-options.ts";
import type { RemoteDatabase } from "../../src/rpc/client/remote-database.ts";
import { signToken } from "../../src/server/token-claims.ts";

const TOKEN = "the-token-of-this-worker";
const rpc = rpcEndpoint();

/** A Worker that is called without a network: what a client would send over one. */
class InnerNetwork implements RpcNetwork {
  readonly #name: string;
  opened = 0;
  readonly closes: number[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  async fetch(request: Request): Promise<Response> {
    const DOSQL: RpcNamespace = {
      // Each test has an object of its own.
      idFromName: (name) => env.RPC_SHARD.idFromName(`${this.#name}/${name}`),
      get: (id) => env.RPC_SHARD.get(id),
    };
    const answer = await rpc(request, { DOSQL, DOSQL_TOKEN: TOKEN });
    return answer ?? new Response("not ours", { status: 404 });
  }

  dial(url: string, protocols: readonly string[], listener: DialListener): () => void {
    const headers = { upgrade: "websocket", "sec-websocket-protocol": protocols.join(", ") };
    const request = new Request(url.replace(/^ws/, "http"), { headers });
    void this.fetch(request).then(({ webSocket }) => {
      if (webSocket === null) return listener.closed(1006, "");
      webSocket.addEventListener("message", ({ data }) => listener.message(String(data)));
      webSocket.addEventListener("close", ({ code, reason }) => {
        this.closes.push(code);
        listener.closed(code, reason);
      });
      webSocket.accept();
      this.opened++;
      listener.opened(webSocket);
    });
    return () => undefined;
  }

  async post(url: string, headers: Record<string, string>, body: string) {
    const response = await this.fetch(new Request(url, { method: "POST", headers, body }));
    return { status: response.status, body: await response.text() };
  }
}

interface Client {
  readonly db: RemoteDatabase;
  readonly network: InnerNetwork;
  readonly stub: DurableObjectStub;
}

function client(name: string, way = "wss", token = TOKEN): Client {
  const network = new InnerNetwork(name);
  const db = remoteDatabase(
    `${way}://worker.example`,
    { token },
    {
      clock: workersClock,
      entropy: webEntropy,
      network,
      hash: async (text) => statementHash(await webSha256(text)),
    },
  );
  const stub = env.RPC_SHARD.get(env.RPC_SHARD.idFromName(`${name}/main`));
  return { db, network, stub };
}

describe.each(["wss", "https"])("an object over %s", (way) => {
  it("is a database for d1()", async () => {
    const { db: remote } = client(`d1 ${way}`, way);
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
    const { db: writer } = client(name, way);
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const secret = new TextEncoder().encode(TOKEN);
    const claims = { subject: "", databases: ["main"], notBeforeMs: null };
    const expiresMs = Date.now() + 60_000;
    const token = await signToken({ ...claims, readOnly: true, expiresMs }, secret, workersSigner);
    const { db: reader } = client(name, way, token);
    expect((await reader.query("SELECT count(*) FROM t")).rows).toEqual([[0n]]);
    const refused = { code: "permission" };
    await expect(reader.query("INSERT INTO t VALUES (1)")).rejects.toMatchObject(refused);
    await expect(client(name, way, `${token}x`).db.ping()).rejects.toMatchObject({
      code: "authentication",
    });
    await expect(client(name, way, "nonsense").db.ping()).rejects.toMatchObject({
      code: "authentication",
    });
  });

  it("refuses transactions by name", async () => {
    const { db } = client(`transaction ${way}`, way);
    await expect(db.begin()).rejects.toMatchObject({ code: "unsupported" });
    await expect(db.query("BEGIN")).rejects.toMatchObject({ name: "DosqlError" });
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
    const network = new InnerNetwork("none");
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
