import { expect, it } from "vitest";
import { knownVersion } from "../../../../src/sql/change/fit/known-version.ts";
import { orAbort } from "../../../../src/sql/change/fit/or-abort.ts";
import { parseSqlite } from "../../../../src/sql/parse/sqlite.ts";

it.each([
  ["INSERT OR ROLLBACK INTO t VALUES (1)", "INSERT OR ABORT INTO t VALUES (1)"],
  ["INSERT OR FAIL INTO t VALUES (1)", "INSERT OR FAIL INTO t VALUES (1)"],
  ["update /* x */ or\nrollback t SET a = 1", "update /* x */ or\nABORT t SET a = 1"],
  [
    "WITH w AS (SELECT a OR rollback FROM t) INSERT OR ROLLBACK INTO t SELECT 1",
    "WITH w AS (SELECT a OR rollback FROM t) INSERT OR ABORT INTO t SELECT 1",
  ],
  [
    "INSERT OR IGNORE INTO t VALUES ('INSERT OR ROLLBACK')",
    "INSERT OR IGNORE INTO t VALUES ('INSERT OR ROLLBACK')",
  ],
])("makes a failure undo the statement: %s", (sql, text) => {
  expect(orAbort(sql)).toBe(text);
});

it("answers sqlite_version()", () => {
  const sql = "SELECT sqlite_version(), SQLITE_VERSION() AS v, 'sqlite_version()'";
  const { statement } = parseSqlite(sql);
  if (statement === null) throw new Error("no statement");
  expect(knownVersion(sql, statement, "3.1.2")).toBe(
    `SELECT '3.1.2' AS "sqlite_version()", '3.1.2' AS v, 'sqlite_version()'`,
  );
});
