import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Maintenance } from "../../../src/engine/archive/maintenance.ts";
import type { Restored } from "../../../src/engine/archive/restore.ts";
import { restoreShard } from "../../../src/engine/archive/restore.ts";
import { ShardArchive } from "../../../src/engine/archive/shard-archive.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../../src/engine/shard.ts";
import Database from "../../../src/entry/better-sqlite3.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import { failureOf } from "../time/past-fixture.ts";
import { SHARD } from "./archive-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

let root: string;
let store: MemoryStore;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "dosql-left-out-"));
  store = new MemoryStore();
});

afterEach(() => rmSync(root, { recursive: true }));

/** A program with functions of its own writes; then its file is archived without them. */
async function write(...statements: readonly string[]): Promise<void> {
  const file = path.join(root, "shard.sqlite");
  if (!existsSync(file)) {
    new Shard({ writer: new NodeSqlDriver(file), clock: systemClock, capture: CAPTURE_ON }).close();
  }
  const db = new Database(file);
  db.function("twice", { deterministic: true }, (x: unknown) => Number(x) * 2);
  for (const sql of statements) db.exec(sql);
  db.close();
  const shard = new Shard({ writer: new NodeSqlDriver(file), clock: systemClock });
  const maintenance = new Maintenance(shard, { shard: SHARD, store });
  await maintenance.run();
  await maintenance.close();
  shard.close();
}

async function restore<T>(look: (driver: NodeSqlDriver) => T): Promise<[Restored, T]> {
  const driver = new NodeSqlDriver(":memory:");
  try {
    const archive = new ShardArchive(store, SHARD);
    const restored = await restoreShard(driver, { archive, live: null, moment: "newest" });
    return [restored, look(driver)];
  } finally {
    driver.close();
  }
}

const indexes = (driver: NodeSqlDriver): unknown[] =>
  driver
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY 1")
    .all([], "number")
    .flat();

const TABLE = "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)";
const INDEX = "CREATE INDEX by_twice ON t (twice(x)); CREATE INDEX by_x ON t (x)";
const WHY = "index by_twice of table t: no such function: twice";

describe("what needs a function that is not there", () => {
  it.each(["the snapshot", "the log"])("an index of %s is left out, and named", async (where) => {
    await write(TABLE);
    if (where === "the log") await write(INDEX, "UPDATE t SET x = 5 WHERE x = 2");
    else {
      store.objects.clear();
      await write(INDEX, "UPDATE t SET x = 5 WHERE x = 2");
    }
    const [{ leftOut }, [found, rows]] = await restore((driver) => [
      indexes(driver),
      driver.prepare("SELECT x FROM t").all([], "number"),
    ]);
    expect(leftOut).toEqual([WHY]);
    expect(found).toEqual(["by_x"]);
    expect(rows).toEqual([[1], [5]]);
  });

  it("follows an index that is left out through renames and drops", async () => {
    await write("CREATE TABLE first (x)");
    await write(
      TABLE,
      INDEX,
      "ALTER TABLE t RENAME TO u",
      "CREATE INDEX part ON u (x) WHERE twice(x) > 2",
    );
    expect((await restore(indexes))[0].leftOut).toEqual([
      "index by_twice of table u: no such function: twice",
      "index part of table u: no such function: twice",
    ]);
    await write("DROP INDEX by_twice");
    expect((await restore(indexes))[0].leftOut).toEqual([
      "index part of table u: no such function: twice",
    ]);
    await write("DROP TABLE u");
    expect((await restore(indexes))[0].leftOut).toEqual([]);
  });

  it.each([
    ["a CHECK", "CREATE TABLE c (x CHECK (twice(x) < 9))"],
    ["a generated column", "CREATE TABLE c (x, y AS (twice(x)) STORED)"],
  ])("%s is an error that names table and function", async (_name, sql) => {
    await write(TABLE, sql, "INSERT INTO c (x) VALUES (1)");
    expect(await failureOf(() => restore(indexes))).toMatchObject({
      code: "unsupported",
      message: "table c cannot be made again: no such function: twice",
      hint: expect.stringContaining("CREATE TABLE c") as string,
    });
  });

  it("is an error where the log makes the table", async () => {
    await write(TABLE);
    await write("CREATE TABLE c (x CHECK (twice(x) < 9))");
    expect(await failureOf(() => restore(indexes))).toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("no such function: twice") as string,
    });
  });
});
