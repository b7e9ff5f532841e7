import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/d1";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { D1Database } from "../../../src/entry/d1.ts";
import { d1, dosql } from "../../../src/entry/d1.ts";
import { open } from "../../../src/entry/main.ts";

let folder: string;
let database: ReturnType<typeof open>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "dosql-transaction-"));
  database = open(folder);
  await d1(database).exec("CREATE TABLE p (id INTEGER PRIMARY KEY, v)");
  await d1(database).exec(
    "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
  );
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const ids = async (table: string): Promise<unknown[]> =>
  (await d1(database).prepare(`SELECT id FROM ${table} ORDER BY id`).raw()).flat();

const add = (db: D1Database, id: number) => db.prepare("INSERT INTO p (id) VALUES (?)").bind(id);

describe("dosql(db).transaction over a database in this process", () => {
  test("commits, nests and rolls back", async () => {
    const db = d1(database);
    const answer = await dosql(db).transaction(async (tx) => {
      await add(tx, 1).run();
      const failing = dosql(tx).transaction(async (inner) => {
        await add(inner, 2).run();
        throw new Error("inner");
      });
      await expect(failing).rejects.toThrow("inner");
      await dosql(tx).transaction((inner) => add(inner, 3).run());
      await expect(add(tx, 1).run()).rejects.toThrow(/^D1_ERROR: UNIQUE/);
      expect((await tx.prepare("SELECT id FROM p").raw()).flat()).toEqual([1, 3]);
      return "done";
    });
    expect(answer).toBe("done");
    const failing = dosql(db).transaction(async (tx) => {
      await add(tx, 4).run();
      throw new TypeError("outer");
    });
    await expect(failing).rejects.toBeInstanceOf(TypeError);
    expect(await ids("p")).toEqual([1, 3]);
  });

  test.each(["INSERT OR ROLLBACK INTO p (id) VALUES (1)", "UPDATE OR ROLLBACK p SET id = 1"])(
    "%s ends it, as in SQLite",
    async (sql) => {
      const db = d1(database, { transactions: true });
      await add(db, 1).run();
      await db.prepare("BEGIN").run();
      await add(db, 2).run();
      await expect(db.prepare(sql).run()).rejects.toThrow(/^D1_ERROR: UNIQUE/);
      await expect(add(db, 3).run()).rejects.toThrow(/^D1_ERROR: .*rolled back/);
      await db.prepare("ROLLBACK").run();
      expect(await ids("p")).toEqual([1]);
      const failing = dosql(d1(database)).transaction(async (tx) => {
        await add(tx, 4).run();
        await tx
          .prepare(sql)
          .run()
          .catch(() => undefined);
      });
      await expect(failing).rejects.toThrow(/rolled back/);
      expect(await ids("p")).toEqual([1]);
      // What another clause or a trigger says ends nothing.
      await db.exec("CREATE TRIGGER no BEFORE INSERT ON c BEGIN SELECT RAISE(ABORT, 'no'); END");
      await dosql(d1(database)).transaction(async (tx) => {
        await add(tx, 5).run();
        const aborted = tx.prepare("INSERT OR ROLLBACK INTO c VALUES (1, 1)").run();
        await expect(aborted).rejects.toThrow(/no/);
      });
      expect(await ids("p")).toEqual([1, 5]);
      await db.exec("DROP TRIGGER no");
    },
  );

  test("PRAGMA foreign_keys does nothing inside, as in SQLite", async () => {
    const db = d1(database);
    await db.exec("CREATE TABLE part (of REFERENCES p)");
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

  test("fails when it cannot commit, and leaves nothing", async () => {
    const failing = dosql(d1(database)).transaction(async (tx) => {
      await add(tx, 1).run();
      await tx.prepare("INSERT INTO c VALUES (1, 99)").run();
    });
    await expect(failing).rejects.toThrow(/^D1_ERROR: FOREIGN KEY constraint failed/);
    expect([await ids("p"), await ids("c")]).toEqual([[], []]);
  });

  test("refuses BEGIN inside, and its own use afterwards", async () => {
    const kept: D1Database[] = [];
    await dosql(d1(database)).transaction(async (tx) => {
      kept.push(tx);
      for (const text of ["COMMIT", " -- no\n;rollback", "/* no */ SAVEPOINT a"]) {
        await expect(tx.prepare(text).run()).rejects.toThrow(/^D1_ERROR: To execute a tr/);
      }
      await expect(tx.prepare("SELECT 1; COMMIT").run()).rejects.toThrow(/^D1_ERROR/);
      void add(tx, 1).run();
    });
    expect(await ids("p")).toEqual([1]);
    for (const tx of kept) {
      await expect(add(tx, 2).run()).rejects.toThrow("D1_ERROR: the transaction is over");
    }
  });

  test("one after another, though all begin at once", async () => {
    const db = d1(database);
    await add(db, 0).run();
    const one = () =>
      dosql(db).transaction(async (tx) => {
        const top = await tx.prepare("SELECT max(id) AS top FROM p").first<number>("top");
        await add(tx, Number(top) + 1).run();
      });
    await Promise.all(Array.from({ length: 10 }, one));
    expect(await ids("p")).toEqual(Array.from({ length: 11 }, (_, id) => id));
  });
});

describe("with transactions", () => {
  test("Drizzle commits, nests, rolls back, and hears why it cannot commit", async () => {
    const db = drizzle(d1(database, { transactions: true }) as never);
    const insert = (id: number) => sql`INSERT INTO p (id) VALUES (${id})`;
    await db.transaction(async (tx) => {
      await tx.run(insert(1));
      const failing = tx.transaction(async (inner) => {
        await inner.run(insert(2));
        throw new Error("inner");
      });
      await expect(failing).rejects.toThrow("inner");
    });
    const failing = db.transaction(async (tx) => {
      await tx.run(insert(3));
      throw new Error("outer");
    });
    await expect(failing).rejects.toThrow("outer");
    const broken = db.transaction(async (tx) => {
      await tx.run(insert(4));
      await tx.run(sql`INSERT INTO c VALUES (1, 99)`);
    });
    const said = await broken.catch((error: Error) => `${error.message} ${String(error.cause)}`);
    expect(said).toMatch(/FOREIGN KEY constraint failed/);
    await db.run(insert(5));
    expect(await ids("p")).toEqual([1, 5]);
  });

  test("each withSession() has a transaction of its own", async () => {
    const db = d1(database, { transactions: true });
    const [one, two] = [db.withSession(), db.withSession()];
    await one.prepare("BEGIN DEFERRED").run();
    expect(await two.prepare("SELECT count(*) AS n FROM p").first("n")).toBe(0);
    await one.prepare("INSERT INTO p (id) VALUES (1)").run();
    await expect(one.prepare("BEGIN").run()).rejects.toThrow(/within a transaction/);
    await expect(two.prepare("ROLLBACK").run()).rejects.toThrow(/no transaction is active/);
    await one.prepare("END").run();
    expect(await ids("p")).toEqual([1]);
  });
});
