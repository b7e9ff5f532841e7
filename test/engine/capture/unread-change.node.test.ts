import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "../manual-clock.ts";

/** More levels than the parser reads, and none to SQLite. */
const deep = (value: string): string => `${"(".repeat(1_100)}${value}${")".repeat(1_100)}`;

describe("a statement that is too deep for a tree", () => {
  let driver: NodeSqlDriver;
  let session: SyncSession;

  beforeEach(() => {
    driver = new NodeSqlDriver(":memory:");
    const shard = new Shard({ writer: driver, clock: new ManualClock(), capture: CAPTURE_ON });
    session = new SyncSession(shard);
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE)", []);
    session.execute("CREATE TABLE r (a UNIQUE ON CONFLICT REPLACE)", []);
    session.execute(
      "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO r VALUES (NEW.a); END",
      [],
    );
    session.execute("INSERT INTO t VALUES (1, 1), (2, 2)", []);
  });

  afterEach(() => driver.close());

  const changes = (): unknown[] =>
    new LogReader(driver)
      .transactions(LSN_ZERO)
      .flatMap(({ records }) => records)
      .filter(({ op }) => op !== "ddl")
      .map(({ op, table, before, after }) => [op, table, before ?? null, after ?? null])
      .slice(4);

  test("is captured when it replaces nothing by its own words", () => {
    session.execute(`INSERT INTO t VALUES (3, ${deep("3")})`, []);
    session.execute(`DELETE FROM t WHERE id = ${deep("2")}`, []);
    session.execute(`INSERT INTO r VALUES (${deep("3")})`, []);
    expect(changes()).toEqual([
      ["insert", "t", null, [3n, 3n]],
      ["insert", "r", null, [3n]],
      ["delete", "t", [2n, 2n], null],
      ["delete", "r", [3n], null],
      ["insert", "r", null, [3n]],
    ]);
  });

  test.each([
    `REPLACE INTO t VALUES (1, ${deep("2")})`,
    `INSERT OR REPLACE INTO t VALUES (1, ${deep("2")})`,
    `UPDATE OR REPLACE t SET a = ${deep("2")}`,
    `WITH x (v) AS (SELECT ${deep("2")}) REPLACE INTO t SELECT v, v FROM x`,
  ])("is refused when it may, and nothing stays of it: %#", (sql) => {
    const before = driver.prepare("SELECT * FROM t").all([], "bigint");
    let thrown: unknown;
    try {
      session.execute(sql, []);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DosqlError);
    expect(thrown).toMatchObject({ code: "limit" });
    expect((thrown as DosqlError).hint).toContain("in parts");
    expect(driver.prepare("SELECT * FROM t").all([], "bigint")).toEqual(before);
    expect(changes()).toEqual([]);
    // It goes on.
    session.execute("REPLACE INTO t VALUES (1, 2)", []);
    expect(changes().length).toBeGreaterThan(2);
  });

  test("hears SQLite's own words first", () => {
    expect(() => session.execute(`REPLACE INTO missing VALUES (${deep("1")})`, [])).toThrow(
      "no such table: missing",
    );
  });

  test("is run as ever where nothing is captured", () => {
    const other = new NodeSqlDriver(":memory:");
    const plain = new SyncSession(new Shard({ writer: other, clock: new ManualClock() }));
    plain.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE)", []);
    plain.execute(`REPLACE INTO t VALUES (1, ${deep("2")})`, []);
    expect(other.prepare("SELECT * FROM t").all([], "bigint")).toEqual([[1n, 2n]]);
    other.close();
  });
});
