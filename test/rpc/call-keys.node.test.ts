import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/platform/node/clock.ts";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import { webEntropy } from "../../src/platform/web/entropy.ts";
import { webNetwork } from "../../src/platform/web/rpc-network.ts";
import { remoteDatabase } from "../../src/rpc/client/connect-options.ts";
import type { TokenClaims } from "../../src/server/token-claims.ts";
import { signToken } from "../../src/server/token-claims.ts";
import { CutProxy } from "./cut-proxy.ts";
import type { RawAnswer } from "./raw-batch.ts";
import { rawCall } from "./raw-batch.ts";
import { Served } from "./served.ts";

const KEY = "a-key-of-sixteen-characters";

function signed(served: Served, claims: Partial<TokenClaims>): Promise<string> {
  const all = { subject: "", databases: ["main"], readOnly: false, notBeforeMs: null };
  const secret = new TextEncoder().encode(served.server.token);
  return signToken({ ...all, expiresMs: Date.now() + 60_000, ...claims }, secret, nodeCrypto);
}

function call(served: Served, token: string, value: object): Promise<RawAnswer> {
  return rawCall(async (body) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${served.url("http")}/rpc`, { method: "POST", headers, body });
    return await answer.text();
  }, value);
}

describe("the key of a call", () => {
  it("is of one call of one token, and tells nobody else what that answered", async () => {
    await using served = await Served.start();
    const own = served.server.token;
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const sql = "INSERT INTO t (v) VALUES (?) RETURNING v || '-answer'";
    const first = { s: [[sql, "secret"]], k: KEY, a: 0 };
    expect((await call(served, own, first)).text).toContain("secret-answer");
    expect((await call(served, own, { ...first, a: 5 })).text).toContain("secret-answer");
    const others = [
      { ...first, s: [[sql, "other"]] },
      { ...first, s: [[`${sql} `, "secret"]] },
      { ...first, s: [[sql, ["b", "736563726574"]]] },
      { ...first, s: [["DELETE FROM t"]] },
      { ...first, b: 1 },
    ];
    const tokens = await Promise.all([signed(served, {}), signed(served, { subject: "ann" })]);
    const asked = [
      ...others.map((other) => call(served, own, other)),
      ...tokens.map((token) => call(served, token, first)),
      ...tokens.map((token) => call(served, token, { ...first, a: 5 })),
    ];
    for (const answer of await Promise.all(asked)) {
      expect(answer).toMatchObject({ kind: "reject", text: expect.stringContaining('"misuse"') });
      expect(answer.text).not.toContain("answer");
    }
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
  });

  it("goes over from a token to the one that replaces it, by its subject", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const insert = { s: [["INSERT INTO t DEFAULT VALUES"]], k: KEY, a: 0 };
    const [old, next] = await Promise.all([
      signed(served, { subject: "ann" }),
      signed(served, { subject: "ann", expiresMs: Date.now() + 90_000 }),
    ]);
    expect(next).not.toBe(old);
    const done = await call(served, old, insert);
    expect(done.kind).toBe("resolve");
    const bookmark = /\\"seen\\".*/;
    const again = await call(served, next, { ...insert, a: 5 });
    expect(again.text.replace(bookmark, "")).toBe(done.text.replace(bookmark, ""));
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
  });
});

describe("a client that slept after its call", () => {
  it("tells the server how long ago it was by the wall clock", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    let sleptMs = 0;
    let connections = 0;
    const db = remoteDatabase(
      `ws://127.0.0.1:${proxy.port}`,
      {
        token() {
          // It was cut, and then the machine slept; the server forgot the key meanwhile.
          if (++connections === 2) {
            sleptMs = 3_600_000;
            const file = new DatabaseSync(`${served.folder}/data/databases/main/shard-0.sqlite`);
            file.exec("DELETE FROM _cf_dosql_once");
            file.close();
          }
          return served.server.token;
        },
      },
      {
        // Steady clocks of some systems stand still in a sleep.
        clock: { ...systemClock, nowMs: () => Date.now() + sleptMs, monotonicMs: () => 1 },
        entropy: webEntropy,
        network: webNetwork,
        hash: (text) => nodeCrypto.sha256(new TextEncoder().encode(text)),
      },
    );
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    proxy.cutAtAnswer();
    const insert = db.query("INSERT INTO t DEFAULT VALUES");
    await expect(insert).rejects.toMatchObject({
      code: "connection",
      message: expect.stringContaining("not known any more") as string,
    });
    const look = await served.connect();
    expect((await look.query("SELECT count(*) FROM t")).rows).toEqual([[1n]]);
    await db.close();
  });
});
