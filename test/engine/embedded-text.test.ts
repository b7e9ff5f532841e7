import { describe, expect, it } from "vitest";
import { isBlank, readStatement } from "../../src/engine/embedded/embedded-text.ts";

describe("what a text says about its statement", () => {
  it.each([
    ["SELECT 1", "query", true, true],
    ["/* c */ values (1)", "query", true, true],
    ["WITH x AS (SELECT 1) SELECT * FROM x", "query", true, true],
    ["WITH x AS (DELETE FROM nonsense) INSERT INTO t SELECT 1", "change", false, false],
    ["WITH RECURSIVE a(b) AS (VALUES (1)), c AS (SELECT 2) DELETE FROM t", "change", false, false],
    ["insert into t values (1)", "change", false, false],
    ["INSERT INTO t VALUES (1) RETURNING a", "change", null, false],
    ["UPDATE t SET a = 1", "change", false, false],
    ["REPLACE INTO t VALUES (1)", "change", false, false],
    ["BEGIN", "control", false, true],
    ["BEGIN IMMEDIATE", "control", false, false],
    ["begin exclusive transaction", "control", false, false],
    ["COMMIT", "control", false, true],
    ["CREATE TABLE t (a)", "other", false, false],
    ["PRAGMA user_version", "other", null, null],
    ["REINDEX", "other", null, null],
    ["EXPLAIN SELECT 1", "other", true, null],
    [";; SELECT 1", "query", true, true],
  ])("%s", (sql, kind, reader, readonly) => {
    expect(readStatement(sql)).toMatchObject({ kind, reader, readonly });
  });

  it("finds what is explained", () => {
    expect(readStatement("EXPLAIN DELETE FROM t").explained).toBe("DELETE FROM t");
    expect(readStatement("explain query plan select query, plan").explained).toBe(
      "select query, plan",
    );
    expect(readStatement("SELECT 1").explained).toBe("SELECT 1");
  });

  it("names parameters by index", () => {
    const names = (sql: string): unknown => readStatement(sql).parameters;
    expect(names("SELECT 1")).toEqual([]);
    expect(names("SELECT ':a', \"?\", [@b] -- $c")).toEqual([]);
    expect(names("SELECT ?, :a, ?, @b, :a")).toEqual([null, ":a", null, "@b"]);
    expect(names("SELECT ?3, ?1")).toEqual(["?1", null, "?3"]);
    expect(names("SELECT ?2, ?")).toEqual([null, "?2", null]);
  });

  it("numbers the names of a change, and of nothing that names result columns", () => {
    expect(readStatement("INSERT INTO t VALUES (:a, ?, @b, :a)").numbered).toEqual({
      sql: "INSERT INTO t VALUES (?1, ?2, ?3, ?1)",
      parameters: ["?1", "?2", "?3"],
    });
    expect(readStatement("UPDATE t SET a = ':a' WHERE b = ?").numbered).toBeNull();
    expect(readStatement("INSERT INTO t VALUES (:a) RETURNING :a").numbered).toBeNull();
    expect(readStatement("SELECT :a").numbered).toBeNull();
  });

  it("sees a star", () => {
    expect(readStatement("SELECT * FROM t").star).toBe(true);
    expect(readStatement("SELECT '*' FROM t").star).toBe(false);
  });
});

describe("a text that holds no statement", () => {
  it.each(["", " \t\r\n\f\v;", "-- c", "/* open", "/* c */ ; -- d\n;", "/**/", ";\0 SELECT"])(
    "%j",
    (sql) => {
      expect(isBlank(sql)).toBe(true);
    },
  );

  it.each(["x", "/**/-", "-- c\nSELECT", "/", "-", "\u00a0", "/* c */ x /* d */", ";\u001a"])(
    "%j holds one",
    (sql) => {
      expect(isBlank(sql)).toBe(false);
    },
  );

  it("is told apart in time that grows with the text", () => {
    expect(isBlank(`${"/* * */-- x\n;".repeat(20_000)}x`)).toBe(false);
  });
});
