import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { DosqlError } from "../../../src/base/errors.ts";
import { openEmbeddedDriver } from "../../../src/platform/node/embedded/embedded-driver.ts";
import type { EmbeddedDriver, EmbeddedStatement } from "../../../src/ports/embedded-driver.ts";

function memory(): EmbeddedDriver {
  return openEmbeddedDriver({ kind: "memory" }, { readonly: false, busyTimeoutMs: 0 });
}

function prepared(driver: EmbeddedDriver, sql: string): EmbeddedStatement {
  const statement = driver.prepare(sql);
  if (statement === null) throw new Error("no statement");
  return statement;
}

const BIG = 9223372036854775807n;

describe("reading INTEGERs", () => {
  it("gives numbers where they were asked for and all fit", () => {
    const statement = prepared(memory(), "SELECT 1, 2.5 UNION ALL SELECT 3, NULL");
    expect(statement.all([], "number")).toEqual([
      [1, 2.5],
      [3, null],
    ]);
    expect(statement.all([], "bigint")).toEqual([
      [1n, 2.5],
      [3n, null],
    ]);
    expect(statement.first([], "number")).toEqual([1, 2.5]);
    expect(statement.first([], "bigint")).toEqual([1n, 2.5]);
  });

  it("gives bigints, and no error, when one does not fit", () => {
    const statement = prepared(memory(), "SELECT ?1 UNION ALL SELECT 1");
    statement.bindNames(["?1"]);
    expect(statement.all([BIG], "number")).toEqual([[BIG], [1n]]);
    expect(statement.first([BIG], "number")).toEqual([BIG]);
    expect([...statement.iterate([BIG])]).toEqual([[BIG], [1n]]);
  });

  it("writes once, whatever comes back", () => {
    const driver = memory();
    driver.exec("CREATE TABLE t (a)");
    const insert = prepared(driver, `INSERT INTO t VALUES (${BIG}) RETURNING a`);
    expect(insert.first([], "bigint")).toEqual([BIG]);
    expect(insert.firstRecord([])).toEqual({ a: BIG });
    expect([...insert.iterate([])]).toEqual([[BIG]]);
    expect(insert.run([], "number").changes).toBe(1);
    expect(prepared(driver, "SELECT count(*) FROM t").first([], "number")).toEqual([4]);
  });

  it("rounds a large rowid instead of failing after the insert", () => {
    const driver = memory();
    driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const insert = prepared(driver, "INSERT INTO t VALUES (?)");
    expect(insert.run([BIG], "number")).toEqual({ changes: 1, lastRowid: Number(BIG) });
    expect(insert.run([BIG - 1n], "bigint")).toEqual({ changes: 1, lastRowid: BIG - 1n });
  });
});

describe("binding", () => {
  it.each([
    ["SELECT ?, ?", [null, null]],
    ["SELECT ?1, ?2", ["?1", "?2"]],
    ["SELECT :a, @b", [":a", "@b"]],
    ["SELECT ?1, ?", ["?1", null]],
    ["SELECT ?, ?2", [null, "?2"]],
    ["SELECT :a, ?", [":a", null]],
    ["SELECT ?, :b", [null, ":b"]],
    ["SELECT ?1, :b", ["?1", ":b"]],
  ])("%s", (sql, names) => {
    const statement = prepared(memory(), sql);
    statement.bindNames(names);
    expect(statement.all([10, "x"], "bigint")).toEqual([[10, "x"]]);
    expect(statement.expanded([10, "x"])).toBe("SELECT 10.0, 'x'");
  });

  it("fills the numbers that nobody mentions", () => {
    const statement = prepared(memory(), "SELECT ?3, ?1");
    statement.bindNames(["?1", null, "?3"]);
    expect(statement.first(["one", "two", "three"], "bigint")).toEqual(["three", "one"]);
  });

  it("tells parameters apart that differ by their sigil", () => {
    const statement = prepared(memory(), "SELECT :a, @a, $a");
    statement.bindNames([":a", "@a", "$a"]);
    expect(statement.first([1n, 2n, 3n], "bigint")).toEqual([1n, 2n, 3n]);
  });
});

describe("user functions", () => {
  const plain = { arity: 1, deterministic: false, directOnly: false };

  it("throw what they threw, whatever it is", () => {
    const driver = memory();
    for (const thrown of [new RangeError("mine"), "text", undefined, null]) {
      driver.defineFunction({ name: "fail", ...plain }, () => {
        throw thrown;
      });
      let caught: unknown = "nothing";
      try {
        prepared(driver, "SELECT fail(1)").all([], "number");
      } catch (error) {
        caught = error;
      }
      expect(caught).toBe(thrown);
    }
  });

  it("fail a statement in every step of an aggregate", () => {
    const driver = memory();
    driver.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
    const fine = {
      start: () => 0,
      step: (state: unknown) => state,
      inverse: null,
      result: (state: unknown) => state,
    };
    const fail = (): never => {
      throw new RangeError("mine");
    };
    for (const part of ["start", "step", "result"]) {
      driver.defineAggregate({ name: "agg", ...plain }, { ...fine, [part]: fail });
      expect(() => driver.exec("INSERT INTO t SELECT agg(a) FROM t"), part).toThrow("mine");
      // What was kept of the failure is not taken for the reason of another.
      expect(() => driver.exec("SELECT missing")).toThrow("no such column: missing");
    }
    expect(prepared(driver, "SELECT count(*) FROM t").first([], "number")).toEqual([2]);
  });

  it("get INTEGERs as bigint", () => {
    const driver = memory();
    let seen: unknown[] = [];
    driver.defineFunction({ name: "seen", ...plain, arity: -1 }, (args) => {
      seen = args;
      return null;
    });
    driver.exec(`SELECT seen(1, 1.0, 'x', NULL, x'01', ${BIG})`);
    expect(seen).toEqual([1n, 1, "x", null, new Uint8Array([1]), BIG]);
  });
});

describe("errors", () => {
  it("of SQLite carry its code", () => {
    const driver = memory();
    driver.exec("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)");
    const failing = (): unknown => prepared(driver, "INSERT INTO t VALUES (1)").run([], "number");
    expect(failing).toThrow(
      expect.objectContaining<Partial<DosqlError>>({
        code: "sqlite",
        sqlite: "SQLITE_CONSTRAINT_UNIQUE",
        message: "UNIQUE constraint failed: t.a",
      }),
    );
  });

  it("of a backup of what its own connection is writing say that", async () => {
    const driver = memory();
    driver.exec("CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (1)");
    const folder = mkdtempSync(path.join(tmpdir(), "dosql-embedded-"));
    const copy = driver.backup("main", path.join(folder, "copy.db"), () => 100);
    await expect(copy).rejects.toMatchObject({
      code: "sqlite",
      sqlite: "SQLITE_BUSY",
      message: "database is locked",
    });
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it("a text without a statement is none", () => {
    const driver = memory();
    for (const sql of ["", " ; ", "-- comment"]) expect(driver.prepare(sql)).toBeNull();
    expect(driver.prepare("; SELECT 1; SELECT 2")?.text).toBe("; SELECT 1;");
  });
});
