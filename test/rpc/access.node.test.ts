import { describe, expect, it } from "vitest";
import type { Way } from "./served.ts";
import { Served } from "./served.ts";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import type { TokenClaims } from "../../src/server/token-claims.ts";
import { signToken } from "../../src/server/token-claims.ts";

/** A token that the server signed. */
function token(served: Served, claims: Partial<TokenClaims>): Promise<string> {
  const secret = new TextEncoder().encode(served.server.token);
  return signToken(
    {
      subject: "",
      databases: ["main"],
      readOnly: false,
      expiresMs: Date.now() + 60_000,
      notBeforeMs: null,
      ...claims,
    },
    secret,
    nodeCrypto,
  );
}

const WAYS: readonly Way[] = ["ws", "http"];

describe.each(WAYS)("a client over %s", (way) => {
  it("needs a token", async () => {
    await using served = await Served.start();
    const refused = { name: "DosqlError", code: "authentication" };
    for (const wrong of ["", "wrong-token-of-some-length", `${served.server.token}x`]) {
      await expect(served.connect(way, { token: wrong })).rejects.toMatchObject(refused);
    }
    const expired = await token(served, { expiresMs: Date.now() - 1000 });
    await expect(served.connect(way, { token: expired })).rejects.toMatchObject(refused);
  });

  it("gets the databases of its token only", async () => {
    await using served = await Served.start();
    const other = await token(served, { databases: ["other"] });
    await expect(served.connect(way, { token: other })).rejects.toMatchObject({
      code: "permission",
    });
    await expect(served.connect(way, { token: other, database: "other" })).rejects.toMatchObject({
      code: "no-such-database",
      message: expect.stringContaining("other"),
    });
    const own = await served.connect(way, { token: await token(served, {}) });
    expect(await own.ping()).toMatchObject({ database: "main", readOnly: false });
  });

  it("changes nothing with a token that reads only", async () => {
    await using served = await Served.start();
    const writer = await served.connect(way);
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const reader = await served.connect(way, { token: await token(served, { readOnly: true }) });
    expect((await reader.query("SELECT count(*) FROM t")).rows).toEqual([[0n]]);
    expect((await reader.query("EXPLAIN DELETE FROM t")).command).toBe("EXPLAIN");
    for (const sql of [
      "INSERT INTO t VALUES (1)",
      "WITH x AS (SELECT 1) INSERT INTO t SELECT 2",
      "/* SELECT */ DELETE FROM t",
      "CREATE TABLE u (a)",
      "PRAGMA user_version = 7",
      "VACUUM",
      "REPLACE INTO t VALUES (3) RETURNING *",
      "ATTACH ':memory:' AS a",
    ]) {
      const refused = expect.stringMatching(/^(?:permission|unsupported)$/) as string;
      await expect(reader.query(sql), sql).rejects.toMatchObject({ code: refused });
      await expect(
        reader.batch([
          { sql: "SELECT 1", params: [] },
          { sql, params: [] },
        ]),
        sql,
      ).rejects.toMatchObject({ code: refused });
    }
    await expect(reader.feed.slots.create("mine")).rejects.toMatchObject({ code: "permission" });
    expect((await writer.query("SELECT count(*) FROM t")).rows).toEqual([[0n]]);
    expect((await writer.query("PRAGMA user_version")).rows).toEqual([[0n]]);
    if (way === "http") return;
    await using tx = await reader.begin();
    await expect(tx.query("INSERT INTO t VALUES (1)")).rejects.toMatchObject({
      code: "permission",
    });
    const session = reader.session();
    await expect(session.execute("BEGIN IMMEDIATE", [])).rejects.toMatchObject({
      code: "permission",
    });
    await session.execute("BEGIN", []);
    await expect(session.execute("DELETE FROM t", [])).rejects.toMatchObject({
      code: "permission",
    });
    await session.execute("ROLLBACK", []);
  });
});

describe("a token that ends", () => {
  it("ends the calls, the subscription and the transaction made with it", async () => {
    await using served = await Served.start();
    const expiresMs = (Math.floor(Date.now() / 1000) + 2) * 1000;
    const db = await served.connect("ws", { token: await token(served, { expiresMs }) });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await using tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (1)");
    const events = db.subscribe({ from: "start", heartbeatMs: 0 });
    expect((await events.next()).done).toBe(false);
    const ended = { code: "authentication", message: "the token has expired" };
    await expect(events.next()).rejects.toMatchObject(ended);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresMs);
    await expect(tx.query("SELECT 1")).rejects.toMatchObject({ name: "DosqlError" });
    await expect(db.query("SELECT 1")).rejects.toMatchObject({ code: "authentication" });
    const fresh = await served.connect();
    await fresh.query("INSERT INTO t VALUES (2)");
    expect((await fresh.query("SELECT id FROM t")).rows).toEqual([[2n]]);
  });

  it("is replaced by the one that the client asks for", async () => {
    await using served = await Served.start();
    const tokens: string[] = [];
    const db = await served.connect("ws", {
      token: async () => {
        const expiresMs =
          Math.floor(Date.now() / 1000) * 1000 + (tokens.length === 0 ? 2000 : 60_000);
        tokens.push(await token(served, { expiresMs }));
        return tokens.at(-1) ?? "";
      },
    });
    const until = Date.now() + 2100;
    while (Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await db.query("SELECT 1")).rows).toEqual([[1n]]);
    expect(tokens).toHaveLength(2);
  });
});
