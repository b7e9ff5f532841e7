import { expect, test } from "vitest";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { readVirtualTables } from "../../../src/engine/capture/virtual-tables.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { ManualClock } from "../manual-clock.ts";

test("virtual tables are captured, derived or not known, and say so", () => {
  const driver = new NodeSqlDriver(":memory:");
  const shard = new Shard({ writer: driver, clock: new ManualClock(), capture: CAPTURE_ON });
  const session = new SyncSession(shard);
  for (const sql of [
    "CREATE TABLE t (id INTEGER PRIMARY KEY, body)",
    "CREATE VIRTUAL TABLE own USING fts5(content, body)",
    "CREATE VIRTUAL TABLE external USING fts5(body, content='t', content_rowid='id')",
    "CREATE VIRTUAL TABLE contentless USING FTS5(body, content = '')",
    "CREATE VIRTUAL TABLE fed USING fts5(body)",
    "CREATE TRIGGER ti AFTER INSERT ON t BEGIN INSERT INTO FED VALUES (NEW.body); END",
    "CREATE VIRTUAL TABLE words USING fts5vocab(own, row)",
    "CREATE VIRTUAL TABLE places USING rtree(id, x0, x1)",
    "CREATE VIRTUAL TABLE cells USING rtree_i32(id, x0, x1)",
    "CREATE VIRTUAL TABLE old USING fts4(body)",
  ]) {
    session.execute(sql, []);
  }
  const states = Object.fromEntries(
    readVirtualTables(driver).map(({ name, module, state }) => [name, `${module} ${state}`]),
  );
  expect(states).toEqual({
    own: "fts5 captured",
    external: "fts5 derived",
    contentless: "fts5 derived",
    fed: "fts5 derived",
    words: "fts5vocab derived",
    places: "rtree captured",
    cells: "rtree_i32 captured",
    old: "fts4 uncaptured",
  });
  driver.close();
});

test("a statement whose rows cannot be told is refused, and leaves nothing", () => {
  const driver = new NodeSqlDriver(":memory:");
  const shard = new Shard({ writer: driver, clock: new ManualClock(), capture: CAPTURE_ON });
  const session = new SyncSession(shard);
  session.execute("CREATE VIRTUAL TABLE ft USING fts5(body)", []);
  session.execute("INSERT INTO ft (rowid, body) VALUES (1000000000000000000, 'a')", []);
  expect(() =>
    session.execute("INSERT INTO ft (rowid, body) VALUES (abs(random() % 1000000), 'b')", []),
  ).toThrow("capture cannot tell which rows of ft");
  expect(driver.prepare("SELECT body FROM ft").all([], "bigint")).toEqual([["a"]]);
  session.execute("INSERT INTO ft (body) VALUES ('c')", []);
  expect(driver.prepare("SELECT count(*) FROM ft").all([], "bigint")).toEqual([[2n]]);
  driver.close();
});
