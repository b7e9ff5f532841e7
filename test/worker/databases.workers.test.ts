import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Databases } from "../../src/entry/worker.ts";
import { d1, databases, dosql, withDoSQL } from "../../src/entry/worker.ts";
import { WorkersDirectory } from "../../src/entry/workers/workers-directory.workers.ts";

/** Other databases for every test. */
function fresh(key: string): Databases {
  return databases({ ...env, DOSQL_KEY: key }, { account: key });
}

async function names(all: Databases, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const name of all.list(prefix)) found.push(name);
  return found;
}

async function idOf(key: string, name: string): Promise<DurableObjectId> {
  const { directory } = new WorkersDirectory({ ...env, DOSQL_KEY: key });
  return env.DOSQL.idFromName(await directory.idOf(name));
}

describe("databases by name", () => {
  test("are made on demand by who says so, and by nobody else", async () => {
    const all = fresh("on demand");
    const closed = d1(all.open("tenant-1"));
    await expect(closed.exec("CREATE TABLE t (a)")).rejects.toThrow(/this database does not exist/);
    const open = d1(all.open("tenant-1", { create: true }));
    await Promise.all([open.exec("CREATE TABLE t (a)"), open.prepare("SELECT 1").run()]);
    await open.prepare("INSERT INTO t VALUES (?)").bind("x").run();
    expect(await d1(all.open("tenant-1")).prepare("SELECT a FROM t").first("a")).toBe("x");
    expect(await names(all, "tenant")).toEqual(["tenant-1"]);
    await all.delete("tenant-1");
    await expect(open.prepare("SELECT a FROM t").run()).rejects.toThrow(
      /this database does not exist/,
    );
    expect(await names(all, "tenant")).toEqual([]);
  });

  test("are made once when many ask at the same time", async () => {
    const all = fresh("at once");
    const ask = (): Promise<unknown> =>
      d1(all.open("shared", { create: true })).exec("CREATE TABLE IF NOT EXISTS t (a)");
    await Promise.all(Array.from({ length: 10 }, ask));
    expect(await names(all, "shared")).toEqual(["shared"]);
  });

  test("have transactions, which roll back and commit", async () => {
    const all = fresh("transactions");
    await all.create("bank");
    const db = d1(all.open("bank"));
    await db.exec("CREATE TABLE account (sum)");
    const put = (tx: typeof db): Promise<unknown> =>
      tx.prepare("INSERT INTO account VALUES (1)").run();
    await dosql(db).transaction(put);
    const failing = dosql(db).transaction(async (tx) => {
      await put(tx);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await db.prepare("SELECT count(*) AS n FROM account").first("n")).toBe(1);
    const own = d1(all.open("bank"), { transactions: true, integers: "bigint" });
    await own.prepare("BEGIN").run();
    const all64 = own.prepare("UPDATE account SET sum = ? RETURNING sum").bind(2n ** 62n);
    expect(await all64.raw()).toEqual([[2n ** 62n]]);
    await own.prepare("ROLLBACK").run();
    expect(await own.prepare("SELECT sum FROM account").raw()).toEqual([[1n]]);
  });

  test("tell their changes, before and after the object was evicted", async () => {
    const all = fresh("feed");
    await all.create("told");
    const database = all.open("told");
    const db = d1(database);
    await db.exec("CREATE TABLE t (a)");
    const seen: unknown[] = [];
    for await (const event of database.feed.subscribe({ from: "start", tables: ["t"] })) {
      if (event.kind !== "transaction") continue;
      for (const { op, after } of event.transaction.records) {
        if (op === "insert") seen.push(after?.[0]);
      }
      if (seen.length === 2) break;
      if (seen.length === 1) await evictDurableObject(env.DOSQL.get(await idOf("feed", "told")));
      await db.prepare("INSERT INTO t VALUES (?)").bind(`row ${seen.length}`).run();
    }
    expect(seen).toEqual(["row 0", "row 1"]);
  });

  test("stand in the environment of an application that knows nothing of them", async () => {
    const key = "in the environment";
    const all = fresh(key);
    await all.create("shop");
    const app = {
      fetch: async (_request: Request, { DB }: { DB: D1Database }) =>
        Response.json(await DB.prepare("SELECT 1 AS one").first("one")),
    };
    const worker = withDoSQL(app, { DB: { namespace: "DOSQL", database: "shop" } });
    const { DOSQL, DOSQL_CATALOG } = env;
    const own = { DOSQL, DOSQL_CATALOG, DOSQL_KEY: key } as never;
    const response = await worker.fetch(new Request("http://app/"), own);
    expect(await response.json()).toBe(1);
    await all.delete("shop");
    await expect(worker.fetch(new Request("http://app/"), own)).rejects.toThrow(
      /this database does not exist/,
    );
  });
});
