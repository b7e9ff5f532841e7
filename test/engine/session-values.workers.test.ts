import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { CAPTURE_OFF, CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import type { CaptureSetting } from "../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../src/engine/shard.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../src/platform/workers/sqlite-driver.ts";

let objects = 0;

async function withShard(
  capture: CaptureSetting,
  body: (open: () => SyncSession) => void,
): Promise<void> {
  const stub = env.BARE.get(env.BARE.idFromName(`session-values-${++objects}`));
  await runInDurableObject(stub, (_object, state) => {
    const writer = new WorkersSqlDriver(state.storage);
    const shard = new Shard({ writer, clock: workersClock, capture });
    body(() => new SyncSession(shard, { integers: "number" }));
  });
}

const COUNTS = "SELECT changes(), total_changes(), typeof(changes()), changes() > 1 AS x";

describe.each([
  ["off", CAPTURE_OFF],
  ["on", CAPTURE_ON],
])("counts in a Durable Object, capture %s", (_name, capture) => {
  test("are those of its one connection, without the engine's rows", () =>
    withShard(capture, (open) => {
      const [a, b] = [open(), open()];
      expect(a.execute(COUNTS, []).rows).toEqual([[0, 0, "integer", 0]]);
      a.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)", []);
      a.execute("INSERT INTO t (v) VALUES (?), (?), (?)", [1n, 2n, 3n]);
      expect(b.execute(COUNTS, []).rows).toEqual([[3, 3, "integer", 1]]);
      b.execute("UPDATE t SET v = changes() WHERE id <> ?", [1n]);
      expect(a.execute(COUNTS, []).columns.map(({ name }) => name)).toEqual([
        "changes()",
        "total_changes()",
        "typeof(changes())",
        "x",
      ]);
      expect(a.execute(COUNTS, []).rows).toEqual([[2, 5, "integer", 1]]);
      expect(a.execute("SELECT v FROM t ORDER BY id", []).rows).toEqual([[1], [3], [3]]);
      a.execute("INSERT INTO t (v) VALUES (last_insert_rowid())", []);
      expect(a.execute("SELECT id, v FROM t WHERE id > 3", []).rows).toEqual([[4, 3]]);
      expect(() => a.execute("INSERT INTO t VALUES (9, 1), (1, 1)", [])).toThrow(/UNIQUE/);
      expect(a.execute("SELECT changes(), total_changes()", []).rows).toEqual([[0, 6]]);
    }));

  test("count what triggers and keys change", () =>
    withShard(capture, (open) => {
      const s = open();
      s.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)", []);
      s.execute("CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)", []);
      s.execute("CREATE TABLE l (x)", []);
      s.execute("CREATE TRIGGER r AFTER INSERT ON c BEGIN INSERT INTO l VALUES (NEW.p); END", []);
      s.execute("INSERT INTO p VALUES (1), (2)", []);
      s.execute("INSERT INTO c VALUES (1), (1), (2)", []);
      expect(s.execute("SELECT changes(), total_changes()", []).rows).toEqual([[3, 8]]);
      s.execute("DELETE FROM p", []);
      expect(s.execute("SELECT changes(), total_changes()", []).rows).toEqual([[2, 13]]);
    }));

  test("are what views and triggers see", () =>
    withShard(capture, (open) => {
      const [s, other] = [open(), open()];
      s.execute("CREATE TABLE t (a)", []);
      s.execute("CREATE TABLE l (x)", []);
      s.execute("CREATE VIEW v AS SELECT changes() AS c", []);
      s.execute(
        "CREATE TRIGGER r BEFORE DELETE ON t BEGIN INSERT INTO l VALUES (changes()); END",
        [],
      );
      s.execute("INSERT INTO t VALUES (1), (2), (3)", []);
      expect(other.execute("SELECT c FROM v", []).rows).toEqual([[3]]);
      other.execute("DELETE FROM t WHERE a < 3", []);
      expect(s.execute("SELECT x FROM l", []).rows).toEqual([[3], [3]]);
      expect(s.execute("SELECT c FROM v", []).rows).toEqual([[2]]);
      s.execute("UPDATE t SET a = 0 WHERE a > 9", []);
      expect(s.execute("SELECT c, changes() FROM v", []).rows).toEqual([[0, 0]]);
      const hidden = "SELECT count(*) FROM sqlite_master WHERE name NOT IN ('t', 'l', 'v', 'r')";
      expect(s.execute(hidden, []).rows).toEqual([[0]]);
    }));

  test("leave errors where they are", () =>
    withShard(capture, (open) => {
      const s = open();
      for (const sql of ["SELECT changes(), nope", "SELECT :name, total_changes(), nope, ?"]) {
        const at = sql.indexOf("nope");
        const params = sql.includes("?") ? [1n, 2n] : [];
        expect(() => s.execute(sql, params)).toThrow(
          expect.objectContaining({ message: "no such column: nope", at }),
        );
      }
    }));

  test("need no more parameters than there may be", () =>
    withShard(capture, (open) => {
      const s = open();
      s.execute("CREATE TABLE t (a)", []);
      s.execute("INSERT INTO t VALUES (1), (2)", []);
      const params = Array.from({ length: 99 }, () => 0n);
      expect(s.execute("SELECT changes() WHERE ?99 = 0", params).rows).toEqual([[2]]);
      const full = s.execute("SELECT typeof(changes()) WHERE ?100 = 0", [...params, 0n]);
      expect(full.rows).toEqual([["integer"]]);
    }));
});
