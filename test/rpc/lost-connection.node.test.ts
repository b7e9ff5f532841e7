import { describe, expect, it } from "vitest";
import { connect } from "../../src/entry/client.ts";
import { CutProxy } from "./cut-proxy.ts";
import { Served } from "./served.ts";

describe.each(["ws", "http"] as const)("a write whose answer is lost, over %s", (way) => {
  it("happens once, and is answered as it was done", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    const { token } = served.server;
    await using db = await connect(`${way}://127.0.0.1:${proxy.port}`, { token });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL, b BLOB)");
    await db.query("INSERT INTO t (v) VALUES (0.5)");
    proxy.cutAtAnswer();
    const sql = "INSERT INTO t (v, b) VALUES (?, x'00ff') RETURNING id, v, b";
    const lost = await db.query(sql, [Infinity]);
    expect(proxy.cuts).toBe(1);
    const blob = new Uint8Array([0, 255]);
    expect(lost).toMatchObject({ changes: 1, lastRowid: 2n, rows: [[2n, Infinity, blob]] });
    expect((await db.query("SELECT count(*) FROM t")).rows).toEqual([[2n]]);
    proxy.cutAtAnswer(2);
    const results = await db.batch([
      { sql: "UPDATE t SET v = v + 1", params: [] },
      { sql: "INSERT INTO t (v) VALUES (9.0)", params: [] },
    ]);
    expect(proxy.cuts).toBe(3);
    expect(results.map(({ changes }) => changes)).toEqual([2, 1]);
    expect((await db.query("SELECT v FROM t")).rows).toEqual([[1.5], [Infinity], [9]]);
  });

  it("fails once when it fails", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    const { token } = served.server;
    await using db = await connect(`${way}://127.0.0.1:${proxy.port}`, { token });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await db.query("INSERT INTO t VALUES (1)");
    proxy.cutAtAnswer();
    await expect(db.query("INSERT INTO t VALUES (1)")).rejects.toMatchObject({ code: "sqlite" });
    expect(proxy.cuts).toBe(1);
  });

  it("says so when what was done cannot be known", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    const { token } = served.server;
    await using db = await connect(`${way}://127.0.0.1:${proxy.port}`, { token });
    proxy.cutAtAnswer();
    await expect(db.query("VACUUM")).rejects.toMatchObject({
      code: "connection",
      hint: expect.stringContaining("not known") as string,
    });
  });
});

describe("a lost connection", () => {
  it("undoes the transaction that was open on it", async () => {
    await using served = await Served.start();
    await using proxy = await CutProxy.to(served.server.httpUrl);
    const { token } = served.server;
    await using db = await connect(`ws://127.0.0.1:${proxy.port}`, { token });
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await using tx = await db.begin();
    await tx.query("INSERT INTO t VALUES (1)");
    proxy.cutNow();
    await expect(tx.query("INSERT INTO t VALUES (2)")).rejects.toMatchObject({
      code: "connection",
      hint: expect.stringContaining("rolled back") as string,
    });
    // The server has noticed, and the lease is free.
    await db.query("INSERT INTO t VALUES (3)");
    expect((await db.query("SELECT id FROM t")).rows).toEqual([[3n]]);
  });

  it("is made again after the server was started again", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await db.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await served.restart();
    await db.query("INSERT INTO t VALUES (1)");
    expect((await db.query("SELECT id FROM t")).rows).toEqual([[1n]]);
  });

  it("is given up in the end", async () => {
    await using served = await Served.start();
    const db = await served.connect("ws", { retryForMs: 200 });
    await served.stop();
    await expect(db.query("SELECT 1")).rejects.toMatchObject({ code: "connection" });
  });

  it("is not a reason to go on when the client closes", async () => {
    await using served = await Served.start();
    const db = await served.connect();
    await served.stop();
    const waiting = db.query("SELECT 1");
    await db.close();
    await expect(waiting).rejects.toMatchObject({ name: "DosqlError" });
  });
});
