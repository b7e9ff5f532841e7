import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../src/platform/node/crypto.ts";
import type { RemoteDatabase } from "../../src/rpc/client/remote-database.ts";
import { signToken } from "../../src/server/token-claims.ts";
import { Served } from "./served.ts";

async function readerOf(served: Served): Promise<RemoteDatabase> {
  const claims = { subject: "", databases: ["main"], readOnly: true, notBeforeMs: null };
  const secret = new TextEncoder().encode(served.server.token);
  const token = await signToken({ ...claims, expiresMs: Date.now() + 60_000 }, secret, nodeCrypto);
  return served.connect("ws", { token });
}

describe("a transaction of a token that reads only", () => {
  it("keeps nobody from writing, however it began", async () => {
    await using served = await Served.start();
    const writer = await served.connect();
    await writer.query("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const reader = await readerOf(served);
    const select = { sql: "SELECT count(*) FROM t", params: [] };
    await using tx = await reader.begin();
    const session = reader.session();
    await session.execute("BEGIN DEFERRED", []);
    await session.execute("SAVEPOINT s", []);
    expect((await tx.batch([select, select]))[1]?.rows).toEqual([[0n]]);
    expect((await session.batch([select]))[0]?.rows).toEqual([[0n]]);
    await tx.query("SELECT last_insert_rowid(), changes()");
    // With the lease held, this would wait until their holders had lost it.
    await writer.query("INSERT INTO t VALUES (1)");
    expect((await tx.query(select.sql)).rows).toEqual([[1n]]);
    expect((await session.execute(select.sql, [])).rows).toEqual([[1n]]);
    await tx.commit();
    await session.execute("ROLLBACK TO s", []);
    await session.execute("ROLLBACK", []);
    expect(session.transaction).toBe("none");
  });

  it("has no level that would", async () => {
    await using served = await Served.start();
    const reader = await readerOf(served);
    const refused = {
      code: "read-only",
      message: expect.stringContaining("keep others") as string,
    };
    for (const isolation of ["serializable", "repeatable read"] as const) {
      await expect(reader.begin({ isolation })).rejects.toMatchObject(refused);
    }
    await expect(reader.begin({ immediate: true })).rejects.toMatchObject(refused);
    const session = reader.session({ isolation: "serializable" });
    await session.execute("BEGIN", []);
    await session.execute("COMMIT", []);
    const text = "BEGIN ISOLATION LEVEL SERIALIZABLE";
    await expect(session.execute(text, [])).rejects.toMatchObject(refused);
    const odd = reader.begin({ isolation: "none; DROP TABLE t" as "serializable" });
    await expect(odd).rejects.toMatchObject({ code: "invalid-argument" });
  });
});
