import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { CAPTURE_OFF, CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import type { CaptureSetting } from "../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../src/engine/shard.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../src/platform/workers/sqlite-driver.ts";
import { BEFORE_STOPPED, STOPPED_INSERTS } from "./stopped-inserts.ts";

async function told(at: number, capture: CaptureSetting): Promise<unknown[]> {
  const { schema, inserts } = STOPPED_INSERTS[at] ?? { schema: [], inserts: [] };
  const stub = env.BARE.get(env.BARE.idFromName(`stopped-${at}-${capture.mode}`));
  return await runInDurableObject(stub, (_object, state) => {
    const writer = new WorkersSqlDriver(state.storage);
    const shard = new Shard({ writer, clock: workersClock, capture });
    const session = new SyncSession(shard, { integers: "number" });
    for (const sql of schema) session.execute(sql, []);
    return inserts.map((sql) => {
      for (const before of BEFORE_STOPPED) session.execute(before, []);
      let error = "";
      try {
        session.execute(sql, []);
      } catch (thrown) {
        error = (thrown as Error).message;
      }
      const asked = session.execute("SELECT last_insert_rowid(), changes()", []);
      return [error, asked.lastRowid, ...asked.rows];
    });
  });
}

test.each(STOPPED_INSERTS.map(({ name }, at) => [name, at] as const))(
  "an insert that a foreign key refuses leaves the rowid as without capture: %s",
  async (_name, at) => {
    const [captured, plain] = [await told(at, CAPTURE_ON), await told(at, CAPTURE_OFF)];
    expect(captured).toEqual(plain);
    expect(captured.some((row) => String(row).includes("FOREIGN KEY"))).toBe(true);
  },
);
