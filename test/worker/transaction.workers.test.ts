import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import type { D1Database, ShardNamespace } from "../../src/entry/d1.ts";
import { d1, dosql } from "../../src/entry/d1.ts";

/** A namespace of one object, which is asked for a new stub at every call: a reset breaks stubs. */
function objectOf(of: string): ShardNamespace {
  return { idFromName: () => env.DOSQL.idFromName(of), get: (id) => env.DOSQL.get(id) };
}

let databases = 0;

function stub() {
  return env.DOSQL.get(env.DOSQL.idFromName(`transaction-${++databases}`));
}

async function account(options = {}): Promise<D1Database> {
  const db = d1(stub(), options);
  await db.exec("CREATE TABLE account (id INTEGER PRIMARY KEY, owner TEXT UNIQUE, sum INTEGER)");
  await db.exec("INSERT INTO account VALUES (1, 'ann', 100), (2, 'bob', 0)");
  return db;
}

async function sums(db: D1Database): Promise<unknown[]> {
  return (await db.prepare("SELECT sum FROM account ORDER BY id").raw()).flat();
}

const move = (db: D1Database, id: number, by: number) =>
  db.prepare("UPDATE account SET sum = sum + ? WHERE id = ?").bind(by, id).run();

describe("dosql(db).transaction over a Durable Object", () => {
  test("commits what was read and written in it, and answers the body's value", async () => {
    const db = await account();
    const moved = await dosql(db).transaction(async (tx) => {
      const have = await tx.prepare("SELECT sum FROM account WHERE id = 1").first<number>("sum");
      await move(tx, 1, -Number(have));
      await move(tx, 2, Number(have));
      return have;
    });
    expect(moved).toBe(100);
    expect(await sums(db)).toEqual([0, 100]);
  });

  test("rolls back when the body throws, and throws the same", async () => {
    const db = await account();
    const failure = new Error("mine");
    const run = dosql(db).transaction(async (tx) => {
      await move(tx, 1, -5);
      throw failure;
    });
    await expect(run).rejects.toBe(failure);
    expect(await sums(db)).toEqual([100, 0]);
  });

  test("goes on after a statement that failed", async () => {
    const db = await account();
    await dosql(db).transaction(async (tx) => {
      await move(tx, 1, -5);
      const again = tx.prepare("INSERT INTO account VALUES (3, 'ann', 0)").run();
      await expect(again).rejects.toThrow(/^D1_ERROR: UNIQUE constraint failed: account.owner/);
      await expect(tx.prepare("SELEC 1").run()).rejects.toThrow(/syntax error/);
      await move(tx, 2, 5);
    });
    expect(await sums(db)).toEqual([95, 5]);
  });

  test("nests", async () => {
    const db = await account();
    await dosql(db).transaction(async (tx) => {
      await move(tx, 1, 1);
      await dosql(tx).transaction(async (inner) => {
        await move(inner, 1, 1);
        const failing = dosql(inner).transaction(async (innermost) => {
          await move(innermost, 1, 50);
          throw new Error("no");
        });
        await expect(failing).rejects.toThrow("no");
      });
      await move(tx, 2, 1);
    });
    expect(await sums(db)).toEqual([102, 1]);
  });

  test("takes batches, as savepoints, and refuses to be used when it is over", async () => {
    const db = await account();
    let kept: D1Database | null = null;
    await dosql(db).transaction(async (tx) => {
      kept = tx;
      await expect(tx.prepare("COMMIT").run()).rejects.toThrow(/^D1_ERROR: To execute a tr/);
      await expect(tx.prepare("SELECT 1; COMMIT").run()).rejects.toThrow(/^D1_ERROR/);
      const add = (by: number) => tx.prepare("UPDATE account SET sum = sum + ?").bind(by);
      await tx.batch([add(1), add(2)]);
      await expect(tx.batch([add(100), tx.prepare("nonsense")])).rejects.toThrow(/syntax error/);
    });
    expect(await sums(db)).toEqual([103, 3]);
    const late = (kept as D1Database | null)?.prepare("SELECT 1").run();
    await expect(late).rejects.toThrow("D1_ERROR: the transaction is over");
  });

  test("PRAGMA foreign_keys does nothing inside, as in SQLite", async () => {
    const db = await account();
    await db.exec("CREATE TABLE part (of REFERENCES account)");
    const off = db.prepare("PRAGMA foreign_keys = OFF");
    const orphan = db.prepare("INSERT INTO part VALUES (9)");
    await dosql(db).transaction(async (tx) => {
      await tx.prepare("PRAGMA foreign_keys = OFF").run();
      expect(await tx.prepare("PRAGMA foreign_keys").raw()).toEqual([[1]]);
      await expect(tx.batch([off, orphan])).rejects.toThrow(/FOREIGN KEY/);
      await expect(tx.prepare("INSERT INTO part VALUES (9)").run()).rejects.toThrow(/FOREIGN KEY/);
    });
    expect(await db.prepare("SELECT count(*) FROM part").raw()).toEqual([[0]]);
    expect(await db.batch([off, orphan])).toHaveLength(2);
  });

  test("waits for what the body forgot to wait for", async () => {
    const db = await account();
    await dosql(db).transaction(async (tx) => {
      void move(tx, 1, 1);
      void move(tx, 2, 1);
    });
    expect(await sums(db)).toEqual([101, 1]);
  });
});

describe("with transactions", () => {
  test("takes BEGIN, savepoints and COMMIT as statements", async () => {
    const db = await account({ transactions: true });
    const run = (text: string) => db.prepare(text).run();
    await run("BEGIN IMMEDIATE");
    await move(db, 1, 1);
    await run("SAVEPOINT sp0");
    await move(db, 1, 10);
    await run("SAVEPOINT sp1");
    await move(db, 1, 100);
    await run("ROLLBACK TO sp0");
    await move(db, 2, 7);
    await run("RELEASE sp0");
    await run("COMMIT");
    expect(await sums(db)).toEqual([101, 7]);
    await run("BEGIN");
    await move(db, 1, 1000);
    await run("ROLLBACK");
    expect(await sums(db)).toEqual([101, 7]);
  });

  test("Drizzle commits, rolls back and nests", async () => {
    const d = await account({ transactions: true });
    const table = sqliteTable("account", {
      id: integer().primaryKey(),
      owner: text(),
      sum: integer(),
    });
    const db = drizzle(d as never);
    const add = (tx: Pick<typeof db, "update">, id: number, by: number) =>
      tx
        .update(table)
        .set({ sum: sql`${table.sum} + ${by}` })
        .where(eq(table.id, id));
    const answer = await db.transaction(async (tx) => {
      await add(tx, 1, 1);
      await expect(
        tx.transaction(async (inner) => {
          await add(inner, 1, 10);
          throw new Error("inner");
        }),
      ).rejects.toThrow("inner");
      await tx.transaction(async (inner) => add(inner, 2, 5));
      return tx.select().from(table).orderBy(table.id);
    });
    expect(answer.map((row) => row.sum)).toEqual([101, 5]);
    await expect(
      db.transaction(async (tx) => {
        await add(tx, 1, 1000);
        tx.rollback();
      }),
    ).rejects.toThrow("Rollback");
    expect(await sums(d)).toEqual([101, 5]);
  });
});

describe("an object that goes away", () => {
  const name = (): string => `gone-${++databases}`;

  test("in a transaction takes it along, and nothing runs outside of it unnoticed", async () => {
    const db = d1(objectOf(name()), { transactions: true });
    const run = (sql: string): Promise<unknown> => db.prepare(sql).run();
    await run("CREATE TABLE t (a)");
    // The runtime resets an object whose transaction SQLite ended by itself.
    await run(
      "CREATE TRIGGER r AFTER INSERT ON t WHEN NEW.a = 7 BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
    );
    await run("BEGIN");
    await run("INSERT INTO t VALUES (1)");
    await expect(run("INSERT INTO t VALUES (7)")).rejects.toThrow(/^D1_ERROR: /);
    await expect(run("INSERT INTO t VALUES (2)")).rejects.toThrow(/^D1_ERROR: /);
    await expect(run("BEGIN")).rejects.toThrow(/within a transaction/);
    await run("ROLLBACK");
    expect(await db.prepare("SELECT a FROM t").raw()).toEqual([]);
    await run("BEGIN");
    await run("INSERT INTO t VALUES (3)");
    await run("COMMIT");
    expect(await db.prepare("SELECT a FROM t").raw()).toEqual([[3]]);
  });

  test.each(["INSERT OR ROLLBACK INTO t VALUES (1)", "UPDATE OR ROLLBACK t SET a = 1"])(
    "is not needed for %s to end it",
    async (sql) => {
      const database = objectOf(name());
      const db = d1(database, { transactions: true });
      const run = (text: string): Promise<unknown> => db.prepare(text).run();
      await run("CREATE TABLE t (a UNIQUE)");
      await run("INSERT INTO t VALUES (1)");
      await run("BEGIN");
      await run("INSERT INTO t VALUES (2)");
      await expect(run(sql)).rejects.toThrow(/^D1_ERROR: .*UNIQUE constraint failed: t\.a/);
      await expect(run("INSERT INTO t VALUES (3)")).rejects.toThrow(/^D1_ERROR: .*rolled back/);
      await run("ROLLBACK");
      expect(await db.prepare("SELECT a FROM t").raw()).toEqual([[1]]);
      const failing = dosql(d1(database)).transaction(async (tx) => {
        await tx.prepare("INSERT INTO t VALUES (4)").run();
        const savepoint = dosql(tx).transaction((inner) => inner.prepare(sql).run());
        await savepoint.catch(() => undefined);
      });
      await expect(failing).rejects.toThrow(/rolled back/);
      expect(await db.prepare("SELECT a FROM t").raw()).toEqual([[1]]);
    },
  );

  test("between prepare and run is not missed", async () => {
    const database = name();
    const db = d1(objectOf(database));
    await db.exec("CREATE TABLE t (a)");
    const insert = db.prepare("INSERT INTO t VALUES (?)").bind(1);
    await evictDurableObject(env.DOSQL.get(env.DOSQL.idFromName(database)));
    await insert.run();
    expect(await db.prepare("SELECT a FROM t").raw()).toEqual([[1]]);
  });
});

test("without the option BEGIN is refused, as D1 does", async () => {
  const refusal = async (db: { prepare(sql: string): { run(): Promise<unknown> } }) =>
    db
      .prepare("BEGIN")
      .run()
      .then(
        () => "accepted",
        (error: Error) => error.message,
      );
  expect(await refusal(d1(stub()))).toBe(await refusal(env.REFERENCE_D1));
});
