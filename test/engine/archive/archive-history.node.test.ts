import { expect, it } from "vitest";
import { ArchiveHistory } from "../../../src/engine/archive/archive-history.ts";
import { ShardArchive } from "../../../src/engine/archive/shard-archive.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import type { Row } from "../../../src/base/value.ts";
import { ManualClock } from "../manual-clock.ts";
import { ArchiveFixture, SHARD } from "./archive-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

/** Counts what is open. */
class Scratches {
  opened = 0;
  closed = 0;

  open(): SqlDriver {
    const driver = new NodeSqlDriver("");
    const close = driver.close.bind(driver);
    this.opened++;
    driver.close = () => {
      this.closed++;
      close();
    };
    return driver;
  }
}

it("answers AS OF from the archive where the log no longer can", async () => {
  const store = new MemoryStore();
  const scratches = new Scratches();
  const archive = new ShardArchive(store, SHARD);
  const clock = new ManualClock();
  const history = new ArchiveHistory(archive, () => scratches.open(), clock);
  await using fixture = new ArchiveFixture(store, { history });
  const maintenance = fixture.maintain({ retention: { horizonMs: 0 } });
  await maintenance.run();
  await fixture.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)", "INSERT INTO t (x) VALUES ('a')");
  const then = fixture.head();
  await fixture.run("UPDATE t SET x = 'b'", "ALTER TABLE t ADD COLUMN y DEFAULT 'new'");
  fixture.clock.advance(10);
  expect(await maintenance.run()).toMatchObject({ trimmedLsn: fixture.head() });
  await fixture.run("INSERT INTO t (x) VALUES ('c')");
  const rows = async (sql: string): Promise<Row[]> => {
    const result = await fixture.session.execute(sql, []);
    return result.rows;
  };
  expect(await rows("SELECT * FROM t")).toEqual([
    [1n, "b", "new"],
    [2n, "c", "new"],
  ]);
  const past = `SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(${then})`;
  expect(await rows(past)).toEqual([[1n, "a"]]);
  expect(await rows(past)).toEqual([[1n, "a"]]);
  expect([scratches.opened, scratches.closed]).toEqual([1, 0]);
  clock.advance(30_000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([scratches.opened, scratches.closed]).toEqual([1, 1]);
  await expect(rows("SELECT * FROM t FOR SYSTEM_TIME AS OF 5")).rejects.toMatchObject({
    code: "history-gone",
  });
  expect(scratches.closed).toBe(scratches.opened);
});

it("gives two readers of one moment one copy, and each moment its own", async () => {
  const scratches = new Scratches();
  await using fixture = new ArchiveFixture();
  const clock = new ManualClock();
  const history = new ArchiveHistory(fixture.archive, () => scratches.open(), clock);
  await fixture.maintenance.run();
  await fixture.run("CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
  await fixture.maintenance.run();
  const at = (lsn: number): Parameters<typeof history.openAt>[0] => ({
    kind: "lsn",
    lsn: lsn as never,
  });
  const [a, b] = await Promise.all([history.openAt(at(4)), history.openAt(at(4))]);
  expect(a.driver).toBe(b.driver);
  const c = await history.openAt(at(2));
  expect(c.driver).not.toBe(a.driver);
  a.close();
  a.close();
  expect(scratches.closed).toBe(0);
  b.close();
  expect(scratches.closed).toBe(1);
  expect(c.driver.prepare("SELECT count(*) FROM t").all([], "number")).toEqual([[0]]);
  c.close();
  clock.advance(60_000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([scratches.opened, scratches.closed]).toEqual([2, 2]);
});
