import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LSN_ZERO } from "../../../src/base/lsn.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import Database from "../../../src/entry/better-sqlite3.ts";
import { open } from "../../../src/entry/main.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ArchiveFixture } from "../archive/archive-fixture.ts";

function statements(driver: NodeSqlDriver): (string | undefined)[] {
  const transactions = new LogReader(driver).transactions(LSN_ZERO, Infinity);
  return transactions.flatMap(({ records }) => records.map(({ sql }) => sql));
}

test("a number of the file's header is logged as DDL, once it is set", () => {
  const driver = new NodeSqlDriver(":memory:");
  const shard = new Shard({ writer: driver, clock: systemClock, capture: CAPTURE_ON });
  const session = new SyncSession(shard);
  for (const sql of [
    "PRAGMA user_version",
    "PRAGMA user_version = 3",
    "PRAGMA user_version = 3",
    "PRAGMA main.application_id(9)",
    "EXPLAIN SELECT 1",
  ]) {
    session.execute(sql, []);
  }
  expect(session.execute("PRAGMA user_version", []).rows).toEqual([[3n]]);
  expect(statements(driver)).toEqual(["PRAGMA user_version = 3", "PRAGMA main.application_id(9)"]);
  expect(shard.changes.schemaVersion).toBe(2);
  shard.close();
});

test("a transaction that sets it and rolls back leaves the log as it was", async () => {
  await using fixture = new ArchiveFixture();
  await fixture.run("BEGIN", "PRAGMA user_version = 5", "ROLLBACK", "CREATE TABLE t (a)");
  expect(fixture.inner.shard.changes.schemaVersion).toBe(1);
  await fixture.run("PRAGMA user_version = 6");
  const reader = fixture.openReader() as NodeSqlDriver;
  expect(statements(reader)).toEqual(["CREATE TABLE t (a)", "PRAGMA user_version = 6"]);
  reader.close();
});

test("the embedded face logs it too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dosql-header-"));
  await open(join(folder, "data")).close();
  const db = new Database(join(folder, "data"));
  db.pragma("user_version = 4");
  db.exec("PRAGMA user_version = 5");
  db.prepare("PRAGMA application_id = 1").run();
  expect(db.pragma("user_version", { simple: true })).toBe(5);
  db.close();
  const driver = new NodeSqlDriver(join(folder, "data/databases/main/shard-0.sqlite"));
  expect(statements(driver)).toEqual([
    "PRAGMA user_version = 4",
    "PRAGMA user_version = 5",
    "PRAGMA application_id = 1",
  ]);
  driver.close();
  rmSync(folder, { recursive: true });
});
