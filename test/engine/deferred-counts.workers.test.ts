import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { CAPTURE_OFF, CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import { SyncSession } from "../../src/engine/session/sync-session.ts";
import { Shard } from "../../src/engine/shard.ts";
import { workersClock } from "../../src/platform/workers/clock.ts";
import { WorkersSqlDriver } from "../../src/platform/workers/sqlite-driver.ts";

const DEFERRED = "REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED";

test.each([
  { capture: CAPTURE_OFF, name: "off" },
  { capture: CAPTURE_ON, name: "on" },
])("a statement that a deferred key takes back counts nothing: capture $name", async (given) => {
  const stub = env.BARE.get(env.BARE.idFromName(`deferred-counts ${given.name}`));
  await runInDurableObject(stub, (_object, state) => {
    const writer = new WorkersSqlDriver(state.storage);
    const shard = new Shard({ writer, clock: workersClock, capture: given.capture });
    const session = new SyncSession(shard);
    const run = (sql: string): unknown => session.execute(sql, []).rows[0];
    run("CREATE TABLE p (id INTEGER PRIMARY KEY)");
    run(`CREATE TABLE c (id INTEGER PRIMARY KEY, p ${DEFERRED})`);
    run("INSERT INTO p VALUES (1), (2), (3)");
    expect(run("SELECT changes(), total_changes()")).toEqual([3n, 3n]);
    // As SQLite has it, alone: measured with node:sqlite.
    expect(() => run("INSERT INTO c (p) VALUES (9)")).toThrow("FOREIGN KEY constraint failed");
    expect(run("SELECT changes()")).toEqual([0n]);
    run("INSERT INTO c (p) VALUES (1), (2)");
    expect(run("SELECT changes()")).toEqual([2n]);
    expect(() => run("UPDATE c SET p = 77")).toThrow("FOREIGN KEY constraint failed");
    expect(run("SELECT changes()")).toEqual([0n]);
    expect(run("SELECT count(*) FROM c WHERE p < 3")).toEqual([2n]);
  });
});
