import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { WorkersSqlDriver } from "../../../src/platform/workers/sqlite-driver.ts";
import { ManualClock } from "../manual-clock.ts";

interface Home {
  readonly driver: WorkersSqlDriver;
  readonly shard: Shard;
  readonly session: SyncSession;
  rows(sql: string): unknown[];
  /** What of the past stands in the file. */
  left(): unknown[];
}

let objects = 0;

async function withHome(body: (home: Home) => void): Promise<void> {
  const stub = env.BARE.get(env.BARE.idFromName(`as-of-${++objects}`));
  await runInDurableObject(stub, (_object, state) => {
    const driver = new WorkersSqlDriver(state.storage);
    const shard = new Shard({ writer: driver, clock: new ManualClock(), capture: CAPTURE_ON });
    const session = new SyncSession(shard);
    const left = "SELECT name FROM sqlite_schema WHERE name LIKE '%past%' OR name LIKE '%keys%'";
    body({
      driver,
      shard,
      session,
      rows: (sql) => session.execute(sql, []).rows,
      left: () => driver.prepare(left).all([], "number"),
    });
  });
}

const THEN = "FOR SYSTEM_TIME AS OF lsn(6)";

function lose({ session }: Home): void {
  for (const sql of [
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b)",
    "INSERT INTO t VALUES (1, 'x', 9223372036854775807), (2, 'y', -0.0), (3, 'z', x'00')",
    "DELETE FROM t WHERE id < 3",
  ]) {
    session.execute(sql, []);
  }
}

describe("a Durable Object's past", () => {
  it("is read, and nothing of it stays", () =>
    withHome((home) => {
      lose(home);
      const { session, rows, left } = home;
      expect(rows(`SELECT * FROM t ${THEN} ORDER BY id`)).toEqual([
        [1n, "x", 9223372036854775807n],
        [2n, "y", -0],
        [3n, "z", new Uint8Array(1)],
      ]);
      expect(rows(`SELECT rowid, a FROM t ${THEN} WHERE rowid = 2`)).toEqual([[2n, "y"]]);
      expect(rows("SELECT last_insert_rowid(), changes()")).toEqual([[3n, 2n]]);
      const bound = session.execute("SELECT a FROM t FOR SYSTEM_TIME AS OF ? WHERE b > ?", [
        1_000_000,
        1n,
      ]);
      expect(bound.rows).toEqual([["z"]]);
      expect(left()).toEqual([]);
      const past = new SyncSession(home.shard, { asOf: { lsn: 6 }, integers: "number" });
      const counts = past.batch([
        { sql: "SELECT count(*) FROM t", params: [] },
        { sql: "SELECT a FROM t WHERE id = ?", params: [2] },
      ]);
      expect(counts.map((set) => set.rows)).toEqual([[[3]], [["y"]]]);
      expect(left()).toEqual([]);
    }));

  it("gives back what was lost, alone and in a batch", () =>
    withHome((home) => {
      lose(home);
      const { session, rows, left } = home;
      const back = `INSERT INTO t SELECT * FROM t ${THEN} WHERE id = `;
      expect(session.execute(`${back} 1`, [])).toMatchObject({ changes: 1, lastRowid: 1n });
      expect(rows("SELECT last_insert_rowid(), changes()")).toEqual([[1n, 1n]]);
      session.batch([
        { sql: "UPDATE t SET a = 'own'", params: [] },
        { sql: `${back} 2`, params: [] },
      ]);
      expect(rows("SELECT id, a FROM t ORDER BY id")).toEqual([
        [1n, "own"],
        [2n, "y"],
        [3n, "own"],
      ]);
      expect(() => session.execute(`${back} 2`, [])).toThrow(/UNIQUE constraint failed/);
      expect(left()).toEqual([]);
      const read = { sql: `SELECT count(*) FROM t ${THEN}`, params: [] };
      expect(session.batch([read, read]).map((set) => set.rows)).toEqual([[[3n]], [[3n]]]);
      expect(left()).toEqual([]);
    }));

  it("has wide tables with views over them", () =>
    withHome(({ session, rows, left }) => {
      const names = Array.from({ length: 100 }, (_, i) => `c${i}`);
      session.execute(`CREATE TABLE w (${names.join()})`, []);
      session.execute("CREATE VIEW v AS SELECT c0, c99, c50 FROM w", []);
      const values = names.map((_, i) => i).join();
      session.execute(`INSERT INTO w VALUES (${values})`, []);
      const lsn = Number(rows("SELECT 1").length) * 6;
      session.execute("UPDATE w SET c99 = 'new', c0 = 'new'", []);
      session.execute("ALTER TABLE w RENAME COLUMN c50 TO d50", []);
      const then = `FOR SYSTEM_TIME AS OF lsn(${lsn})`;
      expect(rows(`SELECT * FROM w ${then}`)).toEqual([names.map((_, i) => BigInt(i))]);
      expect(rows(`SELECT * FROM v ${then}`)).toEqual([[0n, 99n, 50n]]);
      expect(left()).toEqual([]);
    }));
});
