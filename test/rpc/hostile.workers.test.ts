import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { RPC_PROTOCOL } from "../../src/rpc/api/rpc-protocol.ts";
import { InnerNetwork, TOKEN, client, environment, signed } from "./inner-worker.workers.ts";
import { rawCall } from "./raw-batch.ts";

/** Sends a batch to the Worker of a test. */
function batch(test: string, token: string, query = ""): (body: string) => Promise<string> {
  const network = new InnerNetwork(environment(test));
  return async (body) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await network.post(`https://worker.example/rpc${query}`, headers, body)).body;
  };
}

/** Sends them over a WebSocket that ends in the Worker. */
function socketBatch(test: string, token: string): (body: string) => Promise<string> {
  const network = new InnerNetwork(environment(test));
  return async (body) => {
    const headers = {
      upgrade: "websocket",
      authorization: `Bearer ${token}`,
      "sec-websocket-protocol": RPC_PROTOCOL,
    };
    const request = new Request("https://worker.example/rpc/session", { headers });
    const { webSocket } = await network.fetch(request);
    const answered = new Promise<string>((resolve) => {
      webSocket?.addEventListener("message", ({ data }) => resolve(String(data)));
    });
    webSocket?.accept();
    for (const line of body.split("\n")) webSocket?.send(line);
    const answer = await answered;
    webSocket?.close(1000, "");
    return answer;
  };
}

/** The code with which a socket is closed, or how the request for it was refused. */
async function closeOf(answer: Response): Promise<number> {
  const { webSocket, status } = answer;
  if (webSocket === null) return status;
  const closed = new Promise<number>((resolve) => {
    webSocket.addEventListener("close", ({ code }) => resolve(code));
  });
  webSocket.accept();
  return closed;
}

describe("an object whose Worker hands it what it was sent", () => {
  it("takes nobody's word for what a token allows", async () => {
    const name = "forged";
    await client(name).db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const object = env.RPC_SHARD.get(env.RPC_SHARD.idFromName(`${name}/main`));
    const access = { name: "main", epoch: null, readOnly: false, expiresMs: null };
    const forged = { "x-dosql-access": JSON.stringify(access), "x-dosql-ticket": "0".repeat(32) };
    const answer = (more: RequestInit) => object.fetch(new Request("https://object/rpc", more));
    const body = JSON.stringify(["push", ["pipeline", 0, ["ping"], []]]);
    const posted = await answer({ method: "POST", headers: forged, body });
    expect(posted.status).toBe(404);
    await posted.body?.cancel();
    const socket = { upgrade: "websocket", "sec-websocket-protocol": RPC_PROTOCOL };
    expect(await closeOf(await answer({ headers: { ...socket, ...forged } }))).toBe(4410);
    expect(await closeOf(await answer({ headers: socket }))).toBe(404);
  });

  it("takes each admission once", async () => {
    const object = env.RPC_SHARD.get(env.RPC_SHARD.idFromName("once/main"));
    const allowed = { name: "main", epoch: null, readOnly: true, expiresMs: null };
    const ticket = await object.admit(allowed);
    const headers = { upgrade: "websocket", "x-dosql-ticket": ticket };
    const ask = () => object.fetch(new Request("https://object/rpc", { headers }));
    const first = await ask();
    expect(first.status).toBe(101);
    first.webSocket?.accept();
    expect(await closeOf(await ask())).toBe(4410);
    first.webSocket?.close(1000, "");
  });
});

describe("an address that is not what a client writes", () => {
  it("names no database in other letters", async () => {
    for (const way of ["wss", "https"]) {
      const { db } = client("letters", { way, database: "日本" });
      await expect(db.ping(), way).rejects.toMatchObject({ code: "no-such-database" });
    }
    const network = new InnerNetwork(environment("letters"));
    const headers = { upgrade: "websocket", authorization: `Bearer ${TOKEN}` };
    const url = "https://worker.example/rpc/session?database=%E6%97%A5%E6%9C%AC";
    const more = { headers: { ...headers, "sec-websocket-protocol": RPC_PROTOCOL } };
    expect(await closeOf(await network.fetch(new Request(url, more)))).toBe(4405);
  });

  it.each(["abc", "", "-1", "1e3", "NaN"])("does not skip the epoch by %j", async (epoch) => {
    const send = batch("epoch", TOKEN, `?database=main&epoch=${epoch}`);
    expect(JSON.parse(await send(""))).toMatchObject({ error: { code: "protocol" } });
  });
});

describe("the key of a call to an object", () => {
  const key = "a-key-of-sixteen-characters";

  it.each([
    ["over HTTP", batch],
    ["by a socket of the Worker", socketBatch],
  ])("is of one call of one token, %s", async (how, sender) => {
    const name = `keys ${how}`;
    const { db } = client(name);
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const own = sender(name, TOKEN);
    const insert = {
      s: [["INSERT INTO t (v) VALUES ('secret-answer') RETURNING v"]],
      k: key,
      a: 0,
    };
    expect((await rawCall(own, insert)).text).toContain("secret-answer");
    expect((await rawCall(own, { ...insert, a: 5 })).text).toContain("secret-answer");
    const refused = { kind: "reject", text: expect.stringContaining('"misuse"') as string };
    expect(await rawCall(own, { ...insert, s: [["DELETE FROM t"]] })).toMatchObject(refused);
    for (const subject of ["", "ann"]) {
      const other = sender(name, await signed({ subject }));
      const answer = await rawCall(other, { ...insert, a: 5 });
      expect(answer).toMatchObject(refused);
      expect(answer.text).not.toContain("secret-answer");
    }
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
  });
});

describe("the Worker's own token", () => {
  it("may look like a signed one", async () => {
    const own = "two.dots.in-my-secret-token";
    const { db } = client("dots", { token: own, env: { DOSQL_TOKEN: own } });
    expect(await db.ping()).toMatchObject({ database: "main" });
    const network = new InnerNetwork(environment("dots", { DOSQL_TOKEN: own }));
    const ask = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const url = "https://worker.example/rpc";
      const body = "";
      return (await network.post(url, headers, body)).status;
    };
    expect(await ask(own)).toBe(200);
    expect(await ask(await signed({}, own))).toBe(200);
    expect(await ask("two.dots.in-my-secret-tokem")).toBe(401);
    expect(await ask(await signed({}, TOKEN))).toBe(401);
  });
});
