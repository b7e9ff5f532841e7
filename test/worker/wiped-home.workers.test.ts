import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { ObjectHome } from "../../src/entry/workers/object-home.workers.ts";
import type { ObjectStore } from "../../src/ports/object-store.ts";

const EMPTY: ObjectStore = {
  get: async () => null,
  list: async () => ({ objects: [], more: false }),
  delete: async () => undefined,
  put: async () => ({ stored: true, etag: "" }),
};

it("opens another database where one was used while it was deleted", async () => {
  const stub = env.DOSQL.get(env.DOSQL.newUniqueId());
  await runInDurableObject(stub, async (_object, { storage }) => {
    let asked = 0;
    let seen: readonly unknown[] = [];
    const list: ObjectStore["list"] = async () => {
      asked += 1;
      // As an alarm that comes while the bucket is waited for.
      seen = [home.isWiping, home.session("number").execute("SELECT count(*) FROM t", []).rows];
      return { objects: [], more: false };
    };
    const name = { database: "wiped", shard: 0 };
    const archive = { ...EMPTY, list };
    const home: ObjectHome = new ObjectHome(storage, () => ({ name, archive, retention: {} }));
    await home.load();
    home.session("number").execute("CREATE TABLE t (a)", []);
    home.session("number").execute("INSERT INTO t VALUES (1)", []);
    await home.wipe();
    expect(asked).toBeGreaterThan(0);
    expect(seen).toEqual([true, [[1]]]);
    expect(home.isWiping).toBe(false);
    const tables = storage.sql.exec("SELECT name FROM sqlite_schema WHERE name GLOB '_dosql*'");
    expect([...tables]).toEqual([]);
    home.session("number").execute("CREATE TABLE t (a)", []);
    home.session("number").execute("INSERT INTO t VALUES (2)", []);
    expect(home.session("number").execute("SELECT a FROM t", []).rows).toEqual([[2]]);
    expect(home.shard.changes.active).toBe(true);
  });
  await runDurableObjectAlarm(stub);
});
