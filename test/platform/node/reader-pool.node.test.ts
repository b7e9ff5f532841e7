import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { ReaderPool } from "../../../src/platform/node/reader/reader-pool.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";

const FOREVER =
  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

describe("reader processes", () => {
  const folder = mkdtempSync(join(tmpdir(), "dosql-readers-"));
  const path = join(folder, "shard.sqlite");
  let driver: NodeSqlDriver;
  let pool: ReaderPool;

  beforeAll(() => {
    driver = new NodeSqlDriver(path);
    driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    const main = new URL("../../../src/entry/reader-process.ts", import.meta.url);
    pool = new ReaderPool({ path, main, warm: 1, most: 2 });
  });

  afterAll(async () => {
    await pool.close();
    driver.close();
    rmSync(folder, { recursive: true });
  });

  const read = (sql: string, params: (bigint | string)[] = []) =>
    pool.read({ sql, params, integers: "bigint" });

  test("read what the writer committed a moment ago, exactly", async () => {
    driver.prepare("INSERT INTO t VALUES (?, ?)").run([1n, 9_007_199_254_740_993n]);
    const { rows, columns } = await read("SELECT v, x'00ff' AS b, -0.0, 'a' || char(0) FROM t")
      .result;
    expect(rows).toEqual([[9_007_199_254_740_993n, new Uint8Array([0, 255]), -0, "a\0"]]);
    expect(columns.map((c) => c.name).slice(0, 2)).toEqual(["v", "b"]);
  });

  test("hand over results of many slices in order", async () => {
    const sql =
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT ?) SELECT x FROM n";
    const { rows } = await read(sql, [25_000n]).result;
    expect(rows).toHaveLength(25_000);
    expect(rows.every((row, i) => row[0] === BigInt(i + 1))).toBe(true);
  });

  test("report SQLite's errors with their code", async () => {
    const error = await read("SELECT * FROM nope").result.catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DosqlError);
    expect(error).toMatchObject({
      code: "sqlite",
      sqlite: "SQLITE_ERROR",
      message: "no such table: nope",
    });
  });

  test("cannot write", async () => {
    const error = await read("DELETE FROM t").result.catch((e: unknown) => e);
    expect(error).toMatchObject({ sqlite: "SQLITE_READONLY" });
  });

  test("are killed and replaced when a read is cancelled", async () => {
    const calls = [read(FOREVER), read(FOREVER)];
    const waiting = read("SELECT 1");
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const call of calls) call.kill(new DosqlError("canceled", "stop"));
    const errors = await Promise.all(calls.map((c) => c.result.catch((e: unknown) => e)));
    expect(errors).toEqual([
      expect.objectContaining({ code: "canceled" }),
      expect.objectContaining({ code: "canceled" }),
    ]);
    expect((await waiting.result).rows).toEqual([[1n]]);
  });

  test("a read that waits in line can be cancelled too", async () => {
    const busy = [read(FOREVER), read(FOREVER)];
    const waiting = read("SELECT 1");
    waiting.kill(new DosqlError("canceled", "stop"));
    await expect(waiting.result).rejects.toMatchObject({ code: "canceled" });
    for (const call of busy) {
      call.kill(new DosqlError("canceled", "stop"));
      await call.result.catch(() => undefined);
    }
  });
});
