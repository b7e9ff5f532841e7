import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { DosqlError } from "../../../src/base/errors.ts";
import type { DurableStorage } from "../../../src/platform/workers/durable-storage.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";

let objects = 0;

/** Runs `body` on the driver over a fresh object, with a count of the rows that SQLite reads. */
async function withDriver(
  body: (
    driver: WorkersSqlDriver,
    rowsRead: () => number,
    commits: { fail: boolean },
  ) => void | Promise<void>,
): Promise<void> {
  const stub = env.BARE.get(env.BARE.idFromName(`foreign-keys-${++objects}`));
  await runInDurableObject(stub, async (_object, { storage }) => {
    const cursors: { rowsRead: number }[] = [];
    const commits = { fail: false };
    const counting: DurableStorage = {
      sql: {
        exec(sql, ...bindings) {
          const cursor = storage.sql.exec(sql, ...bindings);
          cursors.push(cursor);
          return cursor;
        },
        get databaseSize() {
          return storage.sql.databaseSize;
        },
      },
      transactionSync: (inner) =>
        storage.transactionSync(() => {
          const result = inner();
          if (commits.fail) throw new Error("disk full");
          return result;
        }),
      transaction: (inner) => storage.transaction(inner),
    };
    const rowsRead = (): number =>
      cursors.splice(0).reduce((sum, cursor) => sum + cursor.rowsRead, 0);
    await body(new WorkersSqlDriver(counting), rowsRead, commits);
  });
}

function failure(body: () => unknown): Partial<DosqlError> {
  try {
    body();
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error("it did not fail");
}

const BROKEN = {
  message: "FOREIGN KEY constraint failed",
  sqlite: "SQLITE_CONSTRAINT_FOREIGNKEY",
};
const DEFERRED = "REFERENCES parent DEFERRABLE INITIALLY DEFERRED";

function rows(driver: WorkersSqlDriver, sql: string): unknown[][] {
  return driver.prepare(sql).all([], "number");
}

describe("a deferred foreign key that is left open", () => {
  test("is found at a cost that no table's size changes", () =>
    withDriver((driver, rowsRead) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec(`CREATE TABLE child (id INTEGER PRIMARY KEY, parent ${DEFERRED})`);
      const fill = (from: number, to: number): void => {
        const numbers = `WITH RECURSIVE n(i) AS (VALUES (${from}) UNION ALL SELECT i + 1 FROM n
          WHERE i < ${to}) SELECT`;
        driver.exec(`INSERT INTO parent ${numbers} i FROM n`);
        driver.exec(`INSERT INTO child ${numbers} i, i FROM n`);
      };
      const breakIt = (): number => {
        rowsRead();
        const breaking = (): void =>
          driver.atomically(() => driver.exec("INSERT INTO child VALUES (0, -1)"));
        expect(failure(breaking)).toMatchObject(BROKEN);
        return rowsRead();
      };
      fill(1, 5);
      breakIt();
      fill(6, 10);
      const costs = breakIt();
      fill(11, 100_000);
      expect(breakIt()).toBe(costs);
      expect(costs).toBeLessThan(50);
      expect(rows(driver, "SELECT count(*) FROM child")).toEqual([[100_000]]);
    }));

  test("is found by PRAGMA too, and forgotten when it is repaired in time", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec("CREATE TABLE child (parent REFERENCES parent)");
      const defer = (...more: string[]): void =>
        driver.atomically(() => {
          driver.exec("PRAGMA defer_foreign_keys = ON");
          driver.exec("INSERT INTO child VALUES (5)");
          for (const sql of more) driver.exec(sql);
        });
      expect(failure(() => defer())).toMatchObject(BROKEN);
      defer("INSERT INTO parent VALUES (5)");
      expect(failure(() => defer("DELETE FROM parent"))).toMatchObject(BROKEN);
      expect(rows(driver, "SELECT parent FROM child")).toEqual([[5]]);
    }));

  test("is found where no row shows it: the parent was dropped and made again", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec("CREATE TABLE child (parent REFERENCES parent)");
      driver.exec("INSERT INTO parent VALUES (1)");
      driver.exec("INSERT INTO child VALUES (1)");
      const migrate = (): void =>
        driver.atomically(() => {
          driver.exec("PRAGMA defer_foreign_keys = ON");
          driver.exec("CREATE TABLE made (id INTEGER PRIMARY KEY, more)");
          driver.exec("INSERT INTO made (id) SELECT id FROM parent");
          driver.exec("DROP TABLE parent");
          driver.exec("ALTER TABLE made RENAME TO parent");
          expect(rows(driver, "PRAGMA foreign_key_check")).toEqual([]);
        });
      expect(failure(migrate)).toMatchObject(BROKEN);
      expect(rows(driver, "SELECT * FROM parent")).toEqual([[1]]);
    }));

  test("is found in a transaction that waits, and in savepoints of it", () =>
    withDriver(async (driver) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec(`CREATE TABLE child (parent ${DEFERRED})`);
      const inner = (end: string): Promise<void> =>
        driver.scoped(async () => {
          await driver.scoped(async () => driver.exec("INSERT INTO child VALUES (5)"));
          await new Promise((resolve) => setTimeout(resolve, 1));
          driver.exec(end);
        });
      await expect(inner("SELECT 1")).rejects.toMatchObject(BROKEN);
      expect(driver.inTransaction).toBe(false);
      await inner("INSERT INTO parent VALUES (5)");
      await expect(
        driver.scoped(async () => {
          driver.exec("DELETE FROM parent");
          throw new Error("mine");
        }),
      ).rejects.toThrow("mine");
      expect(rows(driver, "SELECT * FROM child JOIN parent ON id = parent")).toEqual([[5, 5]]);
    }));
});

describe("looking for one", () => {
  test("leaves counts as they were", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec(`CREATE TABLE child (id INTEGER PRIMARY KEY, parent ${DEFERRED})`);
      const three = driver.prepare("INSERT INTO child (id) VALUES (7), (8), (9)");
      expect(three.run([])).toEqual({ changes: 3, lastRowid: 9n });
      const two = driver.prepare("INSERT INTO child (id) VALUES (11), (12) RETURNING id");
      expect(two.all([], "number")).toEqual([[11], [12]]);
      expect(driver.lastRun()).toEqual({ changes: 2, lastRowid: 12n });
      const none = driver.prepare("CREATE TABLE IF NOT EXISTS child (id)");
      expect(none.run([])).toMatchObject({ changes: 0, lastRowid: 12n });
    }));

  test("goes on after a rollback took what it needs", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec("CREATE TABLE child (parent REFERENCES parent)");
      for (let round = 0; round < 3; round++) {
        const outer = failure(() =>
          driver.atomically(() => {
            driver.exec(`CREATE TABLE other (parent ${DEFERRED})`);
            driver.exec("INSERT INTO other VALUES (1)");
          }),
        );
        expect(outer).toMatchObject(BROKEN);
      }
      driver.exec("CREATE TABLE other (parent INTEGER)");
      driver.exec("INSERT INTO other VALUES (1)");
      expect(rows(driver, "SELECT parent FROM other")).toEqual([[1]]);
    }));

  test("goes on after a commit failed that would have dropped the key", () =>
    withDriver((driver, _rowsRead, commits) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec(`CREATE TABLE child (parent ${DEFERRED})`);
      commits.fail = true;
      const drop = (): void => driver.atomically(() => driver.exec("DROP TABLE child"));
      expect(failure(drop).message).toBe("disk full");
      commits.fail = false;
      const breaking = (): void => driver.exec("INSERT INTO child VALUES (1)");
      expect(failure(breaking)).toMatchObject(BROKEN);
    }));

  test("is told of rows that OR FAIL keeps, and lets it keep the others", () =>
    withDriver((driver) => {
      driver.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      driver.exec("INSERT INTO parent VALUES (1)");
      driver.exec(`CREATE TABLE child (id INTEGER PRIMARY KEY, parent ${DEFERRED})`);
      const unique = { sqlite: "SQLITE_CONSTRAINT_PRIMARYKEY" };
      const insert = "INSERT OR FAIL INTO child VALUES";
      for (const [at, run] of [
        (sql: string) => driver.exec(sql),
        (sql: string) => driver.prepare(sql).run([]),
        (sql: string) => driver.prepare(`${sql} RETURNING 1`).all([], "number"),
        (sql: string) => driver.prepare(`${sql} RETURNING CAST(id AS TEXT)`).all([], "bigint"),
      ].entries()) {
        const id = at * 2;
        expect(
          failure(() => run(`${insert} (${id}, 1), (${id}, 1)`)),
          `way ${at}`,
        ).toMatchObject(unique);
        const open = `${insert} (${id + 1}, -1), (${id + 1}, 1)`;
        expect(
          failure(() => run(open)),
          `way ${at}`,
        ).toMatchObject(BROKEN);
      }
      expect(rows(driver, "SELECT id FROM child")).toEqual([[0], [2], [4], [6]]);
      const all = "INSERT INTO child VALUES (8, 1), (8, 1)";
      expect(failure(() => driver.exec(all))).toMatchObject(unique);
      expect(rows(driver, "SELECT count(*) FROM child")).toEqual([[4]]);
    }));
});
