import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LocalDatabase } from "../../src/engine/session/local-database.ts";
import type { Row } from "../../src/base/value.ts";
import { LSN_ZERO } from "../../src/base/lsn.ts";
import { LogReader } from "../../src/engine/log/log-reader.ts";
import { FORMAT_VERSION, readFormat } from "../../src/engine/meta-table.ts";
import { Shard } from "../../src/engine/shard.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";

/** Its change log is sealed but for the last transaction. */
const FIXTURE_2 = new URL("../fixtures/format-2.sqlite", import.meta.url);
const FIXTURE = new URL("../fixtures/format-1.sqlite", import.meta.url);

describe("the on-disk format", () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dosql-format-"));
    path = join(folder, "shard.sqlite");
    copyFileSync(FIXTURE, path);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test("opens a file that format 1 wrote, with every value as it was", async () => {
    const database = new LocalDatabase(
      new Shard({ writer: new NodeSqlDriver(path), clock: systemClock }),
    );
    const session = database.session();
    const { rows } = await session.execute("SELECT * FROM sample ORDER BY id", []);
    expect(rows).toEqual([
      [1n, "first", 1.5, new Uint8Array([0, 255])],
      [3n, "naïve ☃", Infinity, new Uint8Array()],
      [9_007_199_254_740_993n, "big", -0.5, null],
    ]);
    await database.close();
  });

  test("opens a file that format 2 wrote, and gives its log what format 3 has", async () => {
    copyFileSync(FIXTURE_2, path);
    // Whoever only reads, as a restore, leaves it as it is.
    const reader = new NodeSqlDriver(path, { readonly: true });
    const before = new LogReader(reader).transactions(LSN_ZERO);
    expect(before.map(({ records }) => records.length)).toEqual([1, 2, 1, 1, 1, 1, 1, 1, 1]);
    expect(readFormat(reader)).toBe(2);
    reader.close();
    const writer = new NodeSqlDriver(path);
    const database = new LocalDatabase(new Shard({ writer, clock: systemClock }));
    expect(readFormat(writer)).toBe(FORMAT_VERSION);
    expect(new LogReader(writer).transactions(LSN_ZERO)).toEqual(before);
    const session = database.session();
    const asOf = async (lsn: number): Promise<Row[]> =>
      (await session.execute(`SELECT * FROM sample FOR SYSTEM_TIME AS OF lsn(${lsn})`, [])).rows;
    const [, inserted] = before;
    expect(await asOf(inserted?.lastLsn ?? 0)).toEqual([
      [1n, "first", 1.5],
      [2n, "second", new Uint8Array([0, 255])],
    ]);
    // DDL ends a relation, and begins one.
    await session.execute("ALTER TABLE sample ADD COLUMN z", []);
    await session.execute("INSERT INTO sample VALUES (4, 'fourth', 4, 5)", []);
    const relations = new LogReader(writer).relations.named("sample");
    expect(relations.map(({ columns }) => columns.length)).toEqual([3, 3, 4]);
    writer.exec("UPDATE _cf_dosql_rel SET to_lsn = NULL WHERE id = 1");
    expect(() => new LogReader(writer).relations.named("sample")).toThrow(/damaged: relation 1/);
    await database.close();
  });

  test("refuses a newer format and leaves the file alone", () => {
    const driver = new NodeSqlDriver(path);
    driver.exec(`UPDATE _cf_dosql_meta SET value = ${FORMAT_VERSION + 1} WHERE key = 'format'`);
    expect(() => new Shard({ writer: driver, clock: systemClock })).toThrow(
      `has format ${FORMAT_VERSION + 1}`,
    );
    expect(readFormat(driver)).toBe(FORMAT_VERSION + 1);
    driver.close();
  });

  test("marks a new file", () => {
    const driver = new NodeSqlDriver(join(folder, "new.sqlite"));
    expect(readFormat(driver)).toBeNull();
    const shard = new Shard({ writer: driver, clock: systemClock });
    expect(readFormat(driver)).toBe(FORMAT_VERSION);
    shard.close();
  });
});
