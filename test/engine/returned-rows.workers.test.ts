import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { CAPTURE_OFF, CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { Shard } from "../../src/engine/shard.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../src/platform/workers/sqlite-driver.ts";

const CHANGES = [
  "UPDATE OR FAIL n SET v = v + 1, id = CASE id WHEN 3 THEN 1 ELSE id END RETURNING v",
  "INSERT OR FAIL INTO n VALUES (7, 7), (8, 8), (1, 1) RETURNING id + 0",
  "UPDATE n SET v = v + 1 RETURNING v, json(id || '{')",
  "UPDATE n SET v = v + 1 RETURNING nope",
];

test.each([
  ["on", CAPTURE_ON],
  ["off", CAPTURE_OFF],
])(
  "a statement that fails leaves what it leaves without exact integers, capture %s",
  async (name, capture) => {
    const stub = env.BARE.get(env.BARE.idFromName(`returned-${name}`));
    await runInDurableObject(stub, (_object, state) => {
      const writer = new WorkersSqlDriver(state.storage);
      const shard = new Shard({ writer, clock: workersClock, capture });
      const told = (["number", "bigint"] as const).map((integers) => {
        const session = new SyncSession(shard, { integers });
        return CHANGES.map((sql) => {
          session.execute("DROP TABLE IF EXISTS n", []);
          session.execute("CREATE TABLE n (id INTEGER PRIMARY KEY, v)", []);
          const rows = "INSERT INTO n VALUES (1, 0), (2, 0), (3, 0) RETURNING id";
          expect(session.execute(rows, []).rows.map(Number)).toEqual([1, 2, 3]);
          let message = "";
          try {
            session.execute(sql, []);
          } catch (error) {
            message = (error as Error).message;
          }
          const left = session.execute("SELECT v FROM n ORDER BY id", []).rows.map(Number);
          const { rows: counts } = session.execute("SELECT changes(), last_insert_rowid()", []);
          return [message, left, counts.flat().map(Number)];
        });
      });
      expect(told[1]).toEqual(told[0]);
      expect(told[1]?.map(([message, left]) => [message, left])).toEqual([
        ["UNIQUE constraint failed: n.id", [1, 1, 0]],
        ["UNIQUE constraint failed: n.id", [0, 0, 0, 7, 8]],
        ["malformed JSON", [0, 0, 0]],
        ["no such column: nope", [0, 0, 0]],
      ]);
    });
  },
);
