import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { openNodeShard } from "../../../src/entry/node/node-shard.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "../manual-clock.ts";
import { failureOf } from "./past-fixture.ts";

const HISTORY = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)",
  "CREATE VIEW v AS SELECT count(*) AS n FROM t",
  "INSERT INTO t VALUES (1, 'x'), (2, 'y')",
  "UPDATE t SET a = 'new' WHERE id = 1",
  "DELETE FROM t WHERE id = 2",
];

/** The LSN of the INSERT's commit. */
const THEN = "FOR SYSTEM_TIME AS OF lsn(7)";

describe("reader processes", () => {
  it("read the past, so that the serving thread need not", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dosql-past-"));
    const shard = openNodeShard(join(folder, "s.sqlite"), { readers: 1 });
    const database = new LocalDatabase(shard);
    try {
      shard.setCapture(CAPTURE_ON);
      const session = database.session();
      for (const sql of HISTORY) await session.execute(sql, []);
      const answer = session.execute(`SELECT * FROM t ${THEN} WHERE a <> ? ORDER BY id`, ["z"]);
      expect(answer).toBeInstanceOf(Promise);
      const { rows, columns } = await answer;
      expect(rows).toEqual([
        [1n, "x"],
        [2n, "y"],
      ]);
      expect(columns.map(({ name, table }) => [name, table])).toEqual([
        ["id", "t"],
        ["a", "t"],
      ]);
      const past = database.session({ asOf: { lsn: 7 }, integers: "number" });
      expect((await past.execute("SELECT n FROM v", [])).rows).toEqual([[2]]);
      const gone = await failureOf(() =>
        session.execute("SELECT * FROM t FOR SYSTEM_TIME AS OF 5", []),
      );
      expect(gone).toMatchObject({
        code: "history-gone",
        hint: expect.stringContaining("lsn(42)"),
      });
      const wrong = await failureOf(() => session.execute(`SELECT nosuch FROM t ${THEN}`, []));
      expect(wrong).toMatchObject({ code: "sqlite", at: 7 });
      const endless =
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) " +
        `SELECT count(*) FROM n, t ${THEN}`;
      const running = failureOf(() => session.execute(endless, []));
      setTimeout(() => session.cancel(), 50);
      expect((await running).code).toBe("canceled");
      expect((await session.execute(`SELECT count(*) FROM t ${THEN}`, [])).rows).toEqual([[2n]]);
    } finally {
      await database.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a database in memory", () => {
  it("has one connection, and a past on it", async () => {
    const writer = new NodeSqlDriver(":memory:");
    const shard = new Shard({ writer, clock: new ManualClock(), capture: CAPTURE_ON });
    const database = new LocalDatabase(shard);
    const session = database.session();
    for (const sql of HISTORY) await session.execute(sql, []);
    const old = `SELECT a FROM t ${THEN} ORDER BY id`;
    expect((await session.execute(old, [])).rows).toEqual([["x"], ["y"]]);
    await session.execute("BEGIN", []);
    await session.execute("DELETE FROM t", []);
    expect((await session.execute(old, [])).rows).toEqual([["x"], ["y"]]);
    const other = database.session();
    const waiting = other.execute(old, []);
    expect(waiting).toBeInstanceOf(Promise);
    await session.rollback();
    expect((await waiting).rows).toEqual([["x"], ["y"]]);
    await session.execute(`INSERT INTO t SELECT * FROM t ${THEN} WHERE id = 2`, []);
    expect((await session.execute("SELECT a FROM t ORDER BY id", [])).rows).toEqual([
      ["new"],
      ["y"],
    ]);
    const left = "SELECT count(*) FROM sqlite_temp_schema WHERE name LIKE '%past%'";
    expect(writer.prepare(left).all([], "number")).toEqual([[0]]);
    await database.close();
  });
});
