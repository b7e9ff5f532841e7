import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Catalog } from "../../src/engine/catalog.ts";
import { isShort } from "../../src/engine/text/short-plan.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";

describe("what is proven short", () => {
  let driver: NodeSqlDriver;
  let catalog: Catalog;

  beforeAll(() => {
    driver = new NodeSqlDriver(":memory:");
    driver.exec(`
      CREATE TABLE a (id INTEGER PRIMARY KEY, u UNIQUE, x, y, UNIQUE (x, y));
      CREATE TABLE w (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
      CREATE INDEX a_y ON a (y);
    `);
    catalog = new Catalog(driver);
  });

  afterAll(() => {
    driver.close();
  });

  test.each([
    "SELECT 1",
    "SELECT * FROM a WHERE id = ?",
    "SELECT upper(x), count(*) FROM a WHERE id = 5",
    "SELECT * FROM a WHERE u = ?",
    "SELECT * FROM a WHERE x = ? AND y = ?",
    "SELECT * FROM w WHERE k = ?",
    "SELECT * FROM a JOIN a AS b ON b.id = a.u WHERE a.id = ?",
    "SELECT * FROM a WHERE id IN (1, 2, 3)",
    "SELECT * FROM a WHERE id = ? AND y IS NULL",
  ])("%s", (sql) => {
    expect(isShort(sql, driver, catalog)).toBe(true);
  });

  test.each([
    "SELECT * FROM a",
    "SELECT * FROM a WHERE y = ?",
    "SELECT * FROM a WHERE id > ?",
    "SELECT * FROM a WHERE x = ?",
    "SELECT * FROM a WHERE u IS NULL",
    "SELECT * FROM a WHERE u IS ?",
    "SELECT * FROM a, a AS b WHERE a.id IN (1, 2) AND b.id IN (1, 2)",
    "SELECT randomblob(900000000)",
    'SELECT "randomblob"(900000000)',
    "SELECT randomblob/**/(900000000)",
    "SELECT [randomblob] (900000000)",
    "SELECT trim(?, ?)",
    "SELECT instr(?, ?)",
    "SELECT ? LIKE ?",
    "SELECT hex(hex(?))",
    "SELECT replace(?, ?, ?)",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
    "SELECT * FROM json_each(?)",
    `SELECT * FROM a WHERE id IN (${Array.from({ length: 2_000 }, (_, i) => i).join(",")})`,
    "PRAGMA integrity_check",
  ])("not %s", (sql) => {
    expect(isShort(sql, driver, catalog)).toBe(false);
  });
});
