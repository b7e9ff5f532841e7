import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Database } from "../../src/engine/session/session.ts";
import type { D1Database } from "../../src/entry/d1.ts";
import { d1, dosql } from "../../src/entry/d1.ts";
import { gathered } from "../compat/d1/gathered.ts";

let objects = 0;

/** Runs `body` in a fresh object, as code of a subclass runs. */
async function inside(body: (own: Database, db: D1Database) => Promise<void>): Promise<void> {
  const stub = env.DOSQL.get(env.DOSQL.idFromName(`inside-${++objects}`));
  await runInDurableObject(stub, async (object) => {
    const { database } = object as unknown as { readonly database: Database };
    await body(database, d1(database));
  });
}

describe("the database of an object, from inside", () => {
  it("is the one that others see from outside, and is no member of stubs", async () => {
    await inside(async (_own, db) => {
      await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
      await db.batch([1, 2].map((id) => db.prepare("INSERT INTO t VALUES (?, 'a')").bind(id)));
    });
    const stub = env.DOSQL.get(env.DOSQL.idFromName(`inside-${objects}`));
    expect(await d1(stub).prepare("SELECT id FROM t").raw()).toEqual([[1], [2]]);
    await evictDurableObject(stub);
    await runInDurableObject(stub, async (object) => {
      const { database } = object as unknown as { readonly database: Database };
      // A stub reaches members of classes, not those of objects.
      expect("database" in Object.getPrototypeOf(object)).toBe(false);
      expect(await d1(database).prepare("SELECT count(*) AS n FROM t").first("n")).toBe(2);
    });
  });

  it("has transactions, exact integers, the past, and rows one by one", () =>
    inside(async (own, db) => {
      await db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
      await dosql(db).transaction(async (tx) => {
        await tx.prepare("INSERT INTO t VALUES (1, 'a')").run();
        const failing = dosql(tx).transaction(async (inner) => {
          await inner.prepare("INSERT INTO t VALUES (2, 'b')").run();
          throw new Error("undone");
        });
        await expect(failing).rejects.toThrow("undone");
      });
      expect(await db.prepare("SELECT id FROM t").raw()).toEqual([[1]]);
      const session = db.withSession();
      await session.prepare("SELECT 1").run();
      const then = session.getBookmark() ?? "";
      const exact = d1(own, { integers: "bigint" });
      const large = exact.prepare("INSERT INTO t (id) VALUES (?)").bind(2n ** 60n);
      await large.run();
      expect(await exact.prepare("SELECT max(id) AS id FROM t").first("id")).toBe(2n ** 60n);
      expect(await dosql(db).at(then).prepare("SELECT id FROM t").raw()).toEqual([[1]]);
      expect(await dosql(exact).at(then).prepare("SELECT id FROM t").raw()).toEqual([[1n]]);
      const both = d1(own, { integers: "bigint", transactions: true });
      await both.prepare("BEGIN").run();
      const next = both.prepare("UPDATE t SET v = id WHERE id = ? RETURNING id + 1 AS id, v");
      expect(await next.bind(2n ** 60n).raw()).toEqual([[2n ** 60n + 1n, 2n ** 60n]]);
      await both.prepare("COMMIT").run();
      expect(await both.prepare("SELECT v FROM t").raw()).toEqual([["a"], [2n ** 60n]]);
      const begun = d1(own, { transactions: true });
      await begun.prepare("BEGIN").run();
      await begun.prepare("DELETE FROM t").run();
      await begun.prepare("ROLLBACK").run();
      const rows = "SELECT t.*, printf('%01000d', i) AS x FROM t, generated ORDER BY i";
      await db.exec("CREATE TABLE generated (i)");
      await db
        .prepare(
          "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 600) " +
            "INSERT INTO generated SELECT i FROM n",
        )
        .run();
      expect(await gathered(dosql(db).iterate(db.prepare(rows)))).toHaveLength(1_200);
    }));

  it("tells of changes, and honours PRAGMA foreign_keys in scripts", () =>
    inside(async (own, db) => {
      await db.exec("CREATE TABLE p (id INTEGER PRIMARY KEY)");
      await db.exec("CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)");
      await db.exec("INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)");
      const rebuild = [
        "PRAGMA foreign_keys=OFF",
        "CREATE TABLE n (id INTEGER PRIMARY KEY)",
        "INSERT INTO n SELECT id FROM p",
        "DROP TABLE p",
        "ALTER TABLE n RENAME TO p",
      ];
      await db.batch(rebuild.map((sql) => db.prepare(sql)));
      expect(await db.prepare("SELECT p FROM c").raw()).toEqual([[1]]);
      await expect(db.prepare("INSERT INTO c VALUES (2)").run()).rejects.toThrow(/FOREIGN KEY/);
      const heard: unknown[] = [];
      for await (const event of own.feed.subscribe({ from: "start", tables: ["c"] })) {
        if (event.kind !== "transaction") continue;
        const { records } = event.transaction;
        heard.push(...records.filter(({ op }) => op === "insert").map(({ after }) => after));
        if (heard.length > 0) break;
      }
      expect(heard).toEqual([[1n]]);
    }));
});
