import { describe, expect, it } from "vitest";
import { guardScript, guardStatement } from "../../src/engine/embedded/embedded-guard.ts";

const PREFIX = "_cf_dosql_";

describe("guardStatement", () => {
  it.each([
    "PRAGMA table_list",
    "pragma TABLE_LIST ;",
    "; PRAGMA table_list",
    "PRAGMA/* of all */table_list -- tables",
    "PRAGMA [table_list]",
  ])("asks %j as a query that leaves rows out", (sql) => {
    expect(guardStatement(sql, PREFIX)).toMatch(
      /^SELECT schema, .* FROM pragma_table_list WHERE .*'_cf_dosql_'.*\) AS "pragma_table_list"$/,
    );
  });

  it("keeps the schema of the pragma", () => {
    const guarded = guardStatement("PRAGMA \"a 'b'\".table_list", PREFIX);
    expect(guarded).toContain("WHERE schema = 'a ''b'''");
  });

  it.each([
    "PRAGMA table_list(t)",
    "PRAGMA table_list = t",
    "SELECT table_list",
    "PRAGMA table_lis",
  ])("leaves %s", (sql) => {
    expect(guardStatement(sql, PREFIX)).toBe(sql);
  });
});

describe("guardScript", () => {
  it("guards each statement", () => {
    expect(guardScript("SELECT 1; PRAGMA table_list; SELECT 2", PREFIX)).toMatch(
      /^SELECT 1;\nSELECT schema.*;\nSELECT 2$/,
    );
    const plain = " SELECT 1 ;; SELECT 2";
    expect(guardScript(plain, PREFIX)).toBe(plain);
  });

  it("says where in the script the hidden name stands", () => {
    const sql = "SELECT 1;\nDROP TABLE _cf_dosql_log";
    const refused = expect.objectContaining({
      message: "no such table: _cf_dosql_log",
      at: sql.indexOf("_cf"),
    });
    expect(() => guardScript(sql, PREFIX)).toThrow(refused);
  });
});
