import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import { IdleSessions } from "../../src/rpc/api/idle-sessions.ts";
import { SessionTarget } from "../../src/rpc/api/session-target.ts";
import { StatementTexts } from "../../src/rpc/api/statement-texts.ts";
import { SubscriptionTarget } from "../../src/rpc/api/subscription-target.ts";
import type { TargetParts } from "../../src/rpc/api/target-parts.ts";
import { OpenObjects } from "../../src/rpc/api/target-parts.ts";
import { signToken } from "../../src/server/token-claims.ts";
import { ShardFixture } from "../engine/open-shard.ts";
import { rawBatch } from "./raw-batch.ts";
import { Served } from "./served.ts";

function tokenOf(served: Served, subject: string): Promise<string> {
  const claims = { subject, databases: ["main"], readOnly: false, notBeforeMs: null };
  const secret = new TextEncoder().encode(served.server.token);
  return signToken({ ...claims, expiresMs: Date.now() + 60_000 }, secret, nodeCrypto);
}

function partsOf({ database }: ShardFixture, more: Partial<TargetParts> = {}): TargetParts {
  return {
    access: { database, name: "main", readOnly: false, expiresMs: null },
    clock: systemClock,
    texts: new StatementTexts((text) => nodeCrypto.sha256(new TextEncoder().encode(text))),
    version: "0",
    lasting: false,
    apart: false,
    idle: new IdleSessions(),
    open: new OpenObjects(),
    room: () => undefined,
    ...more,
  };
}

const call = (sql: string) => JSON.stringify({ s: [[sql]] });

describe("calls over HTTP", () => {
  it("share what was changed last with those of their own token only", async () => {
    await using served = await Served.start();
    const counts = "SELECT last_insert_rowid(), changes(), total_changes()";
    const [ann, bob, nobody] = await Promise.all(["ann", "bob", ""].map((s) => tokenOf(served, s)));
    const clients = await Promise.all(
      [ann, bob, nobody].map((token = "") => served.connect("http", { token })),
    );
    const [first, ...others] = clients;
    await first?.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await first?.query("INSERT INTO t VALUES (41), (42)");
    for (const other of others) expect((await other.query(counts)).rows).toEqual([[0n, 0n, 0n]]);
    const own = await served.connect("http");
    expect((await own.query(counts)).rows).toEqual([[0n, 0n, 0n]]);
    expect((await first?.query(counts))?.rows).toEqual([[42n, 2n, 2n]]);
  });

  it("do nothing on a session that was let go", async () => {
    await using served = await Served.start();
    const send = async (body: string): Promise<string> => {
      const headers = { authorization: `Bearer ${served.server.token}` };
      const answer = await fetch(`${served.url("http")}/rpc`, { method: "POST", headers, body });
      return await answer.text();
    };
    const answers = await rawBatch(send, [
      ["push", ["pipeline", 0, ["session"], [{}]]],
      ["push", ["pipeline", 1, ["run"], [call("CREATE TABLE t (a)")]]],
      ["release", 1, 1],
      ["pull", 2],
    ]);
    expect(answers.get(2)?.text).toContain("the session is closed");
    expect(await (await served.connect()).schema()).toEqual([]);
  });
});

describe("a session that was let go", () => {
  it("is lent to others, and its own calls are refused", async () => {
    await using shard = new ShardFixture();
    const parts = partsOf(shard);
    const gone = new SessionTarget(parts, {});
    await gone.run(call("CREATE TABLE t (a)"));
    gone[Symbol.dispose]();
    const next = new SessionTarget(parts, {});
    const refused = { code: "misuse", message: "the session is closed" };
    for (const late of [
      () => gone.run(call("INSERT INTO t VALUES (1)")),
      () => gone.open(call("SELECT 1")),
      () => gone.describe("SELECT 1"),
      () => gone.commit(),
    ]) {
      await expect((async () => late())()).rejects.toMatchObject(refused);
    }
    expect(await next.run(call("SELECT count(*) FROM t"))).toContain('"r":[[["count(*)"],[[0]]');
  });

  it("leaves room for as many kinds as clients may ask for", async () => {
    await using shard = new ShardFixture();
    const idle = new IdleSessions();
    const { access } = partsOf(shard);
    const session = (maxRows: number) => idle.take(access, { maxRows });
    const first = session(0);
    idle.give(access, { maxRows: 0 }, first);
    expect(session(0)).toBe(first);
    idle.give(access, { maxRows: 0 }, first);
    for (let maxRows = 1; maxRows <= 200; maxRows++) {
      idle.give(access, { maxRows }, session(maxRows));
    }
    expect(session(0)).not.toBe(first);
  });
});

describe("an object too many", () => {
  it("is no subscription that nobody ends", async () => {
    await using shard = new ShardFixture({ capture: CAPTURE_ON });
    const { feed } = shard.database;
    await feed.slots.create("mine");
    const open = new OpenObjects();
    const parts = partsOf(shard, { lasting: true, open });
    open.enter(10_000);
    expect(() => new SubscriptionTarget(parts, { slot: "mine" })).toThrow("too many open objects");
    open.leave(10_000);
    // Somebody who held the slot would be in the way.
    const next = new SubscriptionTarget(parts, { slot: "mine" });
    await next.begun();
    next[Symbol.dispose]();
  });

  it("takes nothing of what a connection may hold when it fails", async () => {
    await using shard = new ShardFixture({ capture: CAPTURE_ON });
    const open = new OpenObjects();
    const parts = partsOf(shard, { lasting: true, open });
    for (let n = 0; n < 3; n++) {
      const wrong = { from: -1 } as unknown as { from: "start" };
      expect(() => new SubscriptionTarget(parts, wrong)).toThrow(/-1|from/);
      const asOf = { asOf: { wrong: 1 } } as unknown as { asOf: string };
      expect(() => new SessionTarget({ ...parts, idle: null }, asOf)).toThrow(/sequence number/);
    }
    open.enter(10_000);
  });
});

describe("the server's own token", () => {
  it("may look like a signed one", async () => {
    await using served = await Served.start();
    await served.stop();
    writeFileSync(join(served.folder, "data", "token"), "two.dots.in-my-secret-token\n");
    await served.restart();
    const { token, httpUrl } = served.server;
    expect(token.split(".")).toHaveLength(3);
    for (const way of ["ws", "http"] as const) {
      expect(await (await served.connect(way)).ping()).toMatchObject({ readOnly: false });
      const signed = await served.connect(way, { token: await tokenOf(served, "ann") });
      expect(await signed.ping()).toMatchObject({ readOnly: false });
      const wrong = served.connect(way, { token: "two.dots.in-my-secret-tokem" });
      await expect(wrong).rejects.toMatchObject({ code: "authentication" });
    }
    const ask = async (given: string) => {
      const headers = { authorization: `Bearer ${given}` };
      const url = `${httpUrl}/client/v4/accounts/somebody/d1/database`;
      return (await fetch(url, { headers })).status;
    };
    expect(await ask(token)).toBe(200);
    expect(await ask(await tokenOf(served, "ann"))).toBe(200);
    expect(await ask("two.dots.in-my-secret-tokem")).toBe(401);
  });
});

describe("an address that is not what a client writes", () => {
  it("names no database, and skips no check", async () => {
    await using served = await Served.start();
    for (const way of ["ws", "http"] as const) {
      const other = served.connect(way, { database: "日本" });
      await expect(other).rejects.toMatchObject({ code: "no-such-database" });
    }
    const headers = { authorization: `Bearer ${served.server.token}` };
    for (const epoch of ["abc", "", "-1", "NaN", "1e3"]) {
      const url = `${served.url("http")}/rpc?epoch=${epoch}`;
      const answer = await fetch(url, { method: "POST", headers, body: "" });
      expect([epoch, answer.status]).toEqual([epoch, 400]);
    }
  });
});
