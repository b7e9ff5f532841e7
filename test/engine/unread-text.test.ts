import { describe, expect, it } from "vitest";
import { KnownTexts } from "../../src/engine/text/known-text.ts";
import { classify } from "../../src/sql/read/classify.ts";

const DEEP = `${"(".repeat(1100)}1${")".repeat(1100)}`;
const LONG = `/*${"x".repeat(64 * 1024 * 1024)}*/`;
const ROWS = `VALUES (1,2,3)${",(1,2,3)".repeat(100_000)}`;

function read(sql: string): { kind: string; temp: boolean } {
  const { text } = new KnownTexts("_cf_dosql_", () => new Set()).read(sql, true);
  return text.class;
}

describe("a text that is too deep or too long for a tree", () => {
  it.each([
    ["a temporary table", `CREATE TEMP TABLE t AS SELECT ${DEEP}`],
    ["a temporary trigger", `CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT ${DEEP}; END`],
    ["a table of many rows", `CREATE TEMP TABLE t AS ${ROWS}`],
    ["a pragma", `PRAGMA ${LONG} query_only = 1`],
    ["an explained pragma", `EXPLAIN PRAGMA ${LONG} query_only = 0`],
    ["an explained query", `EXPLAIN SELECT ${DEEP}`],
    ["an ATTACH", `ATTACH ${DEEP} AS x`],
  ])("does not pass unread: %s", (_, sql) => {
    expect(() => read(sql)).toThrow(/statement too large/);
  });

  it.each([
    ["SELECT", `SELECT ${DEEP}`, { kind: "read", temp: false }],
    ["INSERT", `INSERT INTO t ${ROWS}`, { kind: "write", temp: false }],
    ["WITH and INSERT", `WITH v AS (${ROWS}) INSERT INTO t SELECT * FROM v`, { kind: "write" }],
    ["WITH and SELECT", `WITH v AS (${ROWS}) SELECT * FROM v`, { kind: "read" }],
    ["a temporary table's rows", `INSERT INTO temp.t ${ROWS}`, { kind: "write", temp: true }],
    ["data that says temp.", `INSERT INTO t ${ROWS}, ('temp.t',2,3)`, { temp: false }],
  ])("is run by its first words: %s", (_, sql, expected) => {
    expect(read(sql)).toMatchObject(expected);
  });

  it("may begin with any number of empty statements", () => {
    expect(classify(`${";".repeat(100_000)}SELECT 1`)).toMatchObject({ command: "SELECT" });
  });
});
