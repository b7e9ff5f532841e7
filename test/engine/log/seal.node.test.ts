import { expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { LSN_ZERO, toLsn } from "../../../src/base/lsn.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import type { LogTransaction } from "../../../src/engine/log/record.ts";
import { Sealer } from "../../../src/engine/log/seal.ts";
import { SealTable } from "../../../src/engine/log/seal-table.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { ShardFixture } from "../open-shard.ts";

const LOG = "_cf_dosql_log";

async function fill(fixture: ShardFixture, rows = 40): Promise<void> {
  const session = fixture.database.session();
  await session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)", []);
  for (let i = 0; i < rows; i++) {
    await session.execute("INSERT INTO t (a, b) VALUES (?, ?)", [`text ${i}`, i % 2 ? 1.5 : null]);
  }
  await session.execute("UPDATE t SET b = 7 WHERE id % 3 = 0", []);
}

/** Seals all there is, as the maintenance does. */
function seal(writer: SqlDriver, reader: SqlDriver = writer): number {
  const sealer = new Sealer(reader, writer);
  while (sealer.collect());
  const count = sealer.pending;
  writer.atomically(() => sealer.store());
  return count;
}

function opened(fixture: ShardFixture): SqlDriver {
  return new NodeSqlDriver(fixture.path);
}

it("seals each committed transaction once, whenever it is called", async () => {
  await using fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { writer, reader } = fixture.shard;
  await fill(fixture);
  const log = new LogReader(reader.driver);
  expect(seal(writer.driver, reader.driver)).toBe(42);
  expect(seal(writer.driver, reader.driver)).toBe(0);
  await fixture.database.session().execute("DELETE FROM t WHERE id < 3", []);
  expect(seal(writer.driver, reader.driver)).toBe(1);
  const seals = new SealTable(reader.driver).between(LSN_ZERO, log.head());
  const transactions = log.transactions(LSN_ZERO, 10_000);
  expect(seals.map(({ firstLsn, lastLsn }) => [firstLsn, lastLsn])).toEqual(
    transactions.map(({ firstLsn, lastLsn }) => [firstLsn, lastLsn]),
  );
  expect(seals.map(({ wallMs, counter }) => ({ wallMs, counter }))).toEqual(
    transactions.map(({ commitTs }) => commitTs),
  );
  expect(new Set(seals.map(({ crc32 }) => crc32)).size).toBe(seals.length);
});

it("takes nothing of a transaction that is open on the same connection", async () => {
  await using fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { writer } = fixture.shard;
  await fill(fixture, 3);
  seal(writer.driver);
  const session = fixture.database.session();
  await session.begin();
  await session.execute("INSERT INTO t (a) VALUES ('open')", []);
  const sealer = new Sealer(writer.driver, writer.driver);
  expect(sealer.collect()).toBe(false);
  expect(sealer.pending).toBe(0);
  await session.rollback();
  await session.execute("INSERT INTO t (a) VALUES ('under the same numbers')", []);
  sealer.collect();
  writer.driver.atomically(() => sealer.store());
  expect(new SealTable(writer.driver).sealedLsn()).toBe(fixture.shard.feed.head);
  expect(new LogReader(writer.driver).transactions(LSN_ZERO)).toHaveLength(6);
});

it("goes on after a crash where seals were stored, and forgets those that were not", async () => {
  await using fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { writer, reader } = fixture.shard;
  await fill(fixture, 5);
  seal(writer.driver, reader.driver);
  await fixture.database.session().execute("INSERT INTO t (a) VALUES ('more')", []);
  const lost = new Sealer(reader.driver, writer.driver);
  lost.collect();
  expect(lost.pending).toBe(1);
  // Stored in a transaction that never commits.
  expect(() =>
    writer.driver.atomically(() => {
      lost.store();
      throw new TypeError("crash");
    }),
  ).toThrow("crash");
  const other = opened(fixture);
  expect(seal(other)).toBe(1);
  expect(seal(other)).toBe(0);
  other.close();
});

it("seals a transaction that is longer than a page", async () => {
  await using fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { writer, reader } = fixture.shard;
  const session = fixture.database.session();
  await session.execute("CREATE TABLE t (x)", []);
  const numbers =
    "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 3500) " +
    "SELECT x FROM n";
  await session.execute(numbers, []);
  expect(seal(writer.driver, reader.driver)).toBe(2);
  const all = new LogReader(reader.driver).transactions(LSN_ZERO, 10_000);
  expect(all.map(({ records }) => records.length)).toEqual([1, 3_500]);
});

it.each([
  ["a value", `UPDATE ${LOG} SET v1 = 'other' WHERE lsn = 9`, 9],
  ["a value's type", `UPDATE ${LOG} SET v0 = CAST(v0 AS REAL) WHERE lsn = 9`, 9],
  ["an entry's kind", `UPDATE ${LOG} SET kind = kind + 2 WHERE lsn = 9`, 9],
  ["a commit's time", `UPDATE ${LOG} SET v0 = v0 + 1 WHERE lsn = 10`, 9],
  ["a lost entry", `DELETE FROM ${LOG} WHERE lsn = 9`, 9],
  ["a lost transaction", `DELETE FROM ${LOG} WHERE lsn IN (9, 10)`, 9],
  ["a lost commit", `DELETE FROM ${LOG} WHERE lsn = 10`, 10],
])("never delivers damage: %s", async (_name, sql, at) => {
  await using fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { writer, reader } = fixture.shard;
  await fill(fixture);
  seal(writer.driver, reader.driver);
  const read = (after: number): LogTransaction[] => {
    const found = new LogReader(reader.driver).transactions(toLsn(after));
    const last = found.at(-1);
    return last === undefined ? [] : [...found, ...read(last.lastLsn)];
  };
  expect(read(0)).toHaveLength(42);
  const other = opened(fixture);
  other.exec(sql);
  other.close();
  expect(() => read(0)).toThrow(`the change log is damaged at LSN ${at}`);
  // What lies before and behind is as it was.
  const before = new LogReader(reader.driver).transactions(LSN_ZERO);
  expect(before.map(({ lastLsn }) => lastLsn)).toEqual([2, 4, 6, 8]);
  expect(read(12)).toHaveLength(42 - 6);
});

it("delivers what follows a position inside of a sealed transaction", async () => {
  await using fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { writer, reader } = fixture.shard;
  await fill(fixture);
  seal(writer.driver, reader.driver);
  const log = new LogReader(reader.driver);
  const last = log.transactions(LSN_ZERO, 10_000).at(-1);
  const inside = log.transactions(toLsn((last?.firstLsn ?? 0) + 3));
  expect(inside[0]?.lastLsn).toBe(last?.lastLsn);
});

it("tells where the log begins when a part of it is gone", async () => {
  await using fixture = new ShardFixture({ capture: CAPTURE_ON });
  const { writer, reader } = fixture.shard;
  const log = new LogReader(reader.driver);
  expect(log.oldest()).toBe(0);
  await fill(fixture);
  expect(log.oldest()).toBe(1);
  seal(writer.driver, reader.driver);
  const other = opened(fixture);
  new SealTable(other).setTrimmedLsn(10 as Lsn);
  other.exec(`DELETE FROM ${LOG} WHERE lsn <= 6`);
  other.close();
  expect(log.oldest()).toBe(11);
  expect(log.transactions(toLsn(10), 1)[0]?.firstLsn).toBe(11);
  expect(() => log.transactions(toLsn(4))).toThrow(/no longer holds entry 5/);
  expect(() => log.transactions(LSN_ZERO)).toThrow(/no longer holds entry 1$/);
});
