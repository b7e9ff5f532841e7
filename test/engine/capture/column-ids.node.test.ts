import { expect, test } from "vitest";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Relations } from "../../../src/engine/log/relation.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";

test("a dropped column's number is not given to a later one", () => {
  const writer = new NodeSqlDriver(":memory:");
  const shard = new Shard({ writer, clock: systemClock, capture: CAPTURE_ON });
  const session = new SyncSession(shard);
  for (const sql of [
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
    "ALTER TABLE t ADD COLUMN b",
    "ALTER TABLE t DROP COLUMN b",
    "ALTER TABLE t RENAME COLUMN a TO aa",
    "ALTER TABLE t ADD COLUMN b",
  ]) {
    session.execute(sql, []);
  }
  const [now] = new Relations(writer).current();
  expect(now?.columns.map(({ id, name }) => [id, name])).toEqual([
    [1, "id"],
    [2, "aa"],
    [4, "b"],
  ]);
  shard.close();
});
