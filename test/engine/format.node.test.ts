import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LocalDatabase } from "../../src/engine/local-database.ts";
import { FORMAT_VERSION, readFormat } from "../../src/engine/meta-table.ts";
import { Shard } from "../../src/engine/shard.ts";
import { systemClock } from "../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite-driver.ts";

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
