import { describe, expect, it } from "vitest";
import { attemptSqlite } from "../../src/sql/read/attempt.ts";
import { findHiddenIdentifier, hideEngineObjects } from "../../src/sql/change/hidden.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

const PREFIX = "_cf_dosql_";

describe("findHiddenIdentifier", () => {
  it.each([
    ["SELECT * FROM _cf_dosql_log", "_cf_dosql_log"],
    ["SELECT * FROM pragma_table_info('_cf_dosql_log')", "_cf_dosql_log"],
    ["CREATE VIRTUAL TABLE _cf_dosql USING fts5(a)", "_cf_dosql"],
    ["CREATE VIRTUAL TABLE f USING fts5(a, content='_cf_dosql_log')", "_cf_dosql_log"],
    ["SELECT * FROM main._CF_DoSQL_Log", "_CF_DoSQL_Log"],
    ['SELECT * FROM "_cf_dosql_log"', "_cf_dosql_log"],
    ["SELECT * FROM [_cf_dosql_log]", "_cf_dosql_log"],
    ["SELECT * FROM `_cf_dosql_log`", "_cf_dosql_log"],
    ['SELECT * FROM "_cf_dosql_""x"', '_cf_dosql_"x'],
    ["SELECT _cf_dosql_x FROM t", "_cf_dosql_x"],
    ["SELECT 1 AS _cf_dosql_x", "_cf_dosql_x"],
    ["CREATE TABLE _cf_dosql_mine(a)", "_cf_dosql_mine"],
    ["CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM _cf_dosql_log; END", "_cf_dosql_log"],
    ["SELECT * FROM '_cf_dosql_log'", "_cf_dosql_log"],
    ["SELECT * FROM t, '_cf_dosql_log'", "_cf_dosql_log"],
    ["SELECT * FROM (t JOIN u), ('_cf_dosql_log' JOIN v)", "_cf_dosql_log"],
    ["SELECT * FROM t JOIN '_cf_dosql_log'", "_cf_dosql_log"],
    ["SELECT * FROM main.'_cf_dosql_log'", "_cf_dosql_log"],
    ["SELECT '_cf_dosql_log'.lsn FROM t", "_cf_dosql_log"],
    ["DELETE FROM '_cf_dosql_log'", "_cf_dosql_log"],
    ["UPDATE '_cf_dosql_log' SET a = 1", "_cf_dosql_log"],
    ["UPDATE OR IGNORE '_cf_dosql_log' SET a = 1", "_cf_dosql_log"],
    ["INSERT INTO '_cf_dosql_log' VALUES (1)", "_cf_dosql_log"],
    ["DROP TABLE IF EXISTS '_cf_dosql_log'", "_cf_dosql_log"],
    ["ALTER TABLE t RENAME TO '_cf_dosql_log'", "_cf_dosql_log"],
    ["CREATE INDEX i ON '_cf_dosql_log'(a)", "_cf_dosql_log"],
    ["SELECT 1 IN '_cf_dosql_log'", "_cf_dosql_log"],
    ["PRAGMA table_info('_cf_dosql_log')", "_cf_dosql_log"],
    ["EXPLAIN PRAGMA table_info = '_cf_dosql_log'", "_cf_dosql_log"],
    ["SELECT * FROM \"pragma_table_info\"('_cf_dosql_log')", "_cf_dosql_log"],
    ["SELECT * FROM (SELECT '_cf_dosql_log' AS n), [pragma_table_info] (n)", "_cf_dosql_log"],
    ["SELECT * FROM pragma_table_info WHERE arg = '_cf_dosql_log'", "_cf_dosql_log"],
    ["SELECT 'id' IN pragma_table_info('_cf_dosql_log')", "_cf_dosql_log"],
    ["CREATE VIEW v AS SELECT * FROM pragma_table_info('_cf_dosql_log')", "_cf_dosql_log"],
    ["CREATE VIRTUAL TABLE f USING fts5(a, content=main._cf_dosql_log)", "_cf_dosql_log"],
    ["CREATE TRIGGER '_cf_dosql_r' AFTER INSERT ON t BEGIN SELECT 1; END", "_cf_dosql_r"],
    ["WITH '_cf_dosql_c' AS (SELECT 1) SELECT 1", "_cf_dosql_c"],
    ["SELECT 1 AS '_cf_dosql_x'", "_cf_dosql_x"],
    ["INSERT INTO t SELECT * FROM _cf_dosql_log RETURNING _cf_dosql_x", "_cf_dosql_log"],
    ["SELECT '_cf_dosql_a'; ; SELECT * FROM _cf_dosql_log", "_cf_dosql_log"],
    ["; PRAGMA table_info('_cf_dosql_log')", "_cf_dosql_log"],
    ["SELECT '_cf_dosql_a'; SELECT FROM WHERE '_cf_dosql_log'", "_cf_dosql_log"],
    [`SELECT ${"(".repeat(2_000)}'_cf_dosql_log'${")".repeat(2_000)}`, "_cf_dosql_log"],
  ])("finds it in %s", (sql, name) => {
    const found = findHiddenIdentifier(sql, PREFIX);
    expect(found?.name).toBe(name);
    expect(sql.slice(found?.at ?? -1)).toMatch(/^["'[`]?_cf_dosql/i);
  });

  it.each([
    "SELECT * FROM cf_dosql_log",
    "SELECT * FROM my_cf_dosql_log",
    "SELECT '_cf_dosql_log'",
    "SELECT * FROM t WHERE name NOT LIKE '_cf_dosql_%' AND a IN ('x', '_cf_dosql_y')",
    "INSERT INTO t VALUES ('_cf_dosql_log', '_cf_dosql_txn')",
    "SELECT * FROM t WHERE a IS NOT DISTINCT FROM '_cf_dosql_log'",
    "SELECT * FROM t JOIN u ON '_cf_dosql_log' = t.a",
    "SELECT a FROM t GROUP BY '_cf_dosql_log' ORDER BY '_cf_dosql_log'",
    "SELECT pragma, '_cf_dosql_log' FROM t",
    "INSERT INTO virtual VALUES ('_cf_dosql_log')",
    "SELECT pragma_x + (1), '_cf_dosql_log' FROM t",
    "SELECT name FROM pragma_table_list WHERE name NOT LIKE '_cf_dosql_%'",
    "CREATE TABLE t(a DEFAULT '_cf_dosql_log' CHECK (a IN ('_cf_dosql_log')))",
    "SELECT 1; SELECT '_cf_dosql_log'",
    "SELECT 1 -- _cf_dosql_log",
    "SELECT 1 /* _cf_dosql_log */",
    "SELECT :_cf_dosql_log, x'00'",
    "SELECT ' _cf_dosql_log",
    "SELECT * FROM _cf_dosq",
    "",
  ])("does not find it in %s", (sql) => {
    expect(findHiddenIdentifier(sql, PREFIX)).toBe(null);
  });

  it("finds the first in the text", () => {
    const sql = "SELECT a AS _cf_dosql_1 FROM _cf_dosql_2 WHERE _cf_dosql_3 = 1";
    expect(findHiddenIdentifier(sql, PREFIX)).toEqual({ name: "_cf_dosql_1", at: 12 });
    const insert = "INSERT INTO t SELECT _cf_dosql_1 RETURNING _cf_dosql_2";
    expect(findHiddenIdentifier(insert, PREFIX)).toEqual({ name: "_cf_dosql_1", at: 21 });
  });

  it("takes what was parsed before", () => {
    const sql = "SELECT 1; SELECT * FROM _cf_dosql_log";
    const parsed = attemptSqlite(sql);
    expect(findHiddenIdentifier(sql, PREFIX, parsed)).toEqual({ name: "_cf_dosql_log", at: 24 });
  });

  it("takes any prefix", () => {
    expect(findHiddenIdentifier("SELECT * FROM Hidden_x", "hidden_")?.name).toBe("Hidden_x");
    expect(findHiddenIdentifier("SELECT * FROM _dosql_x", "_dosql_")?.name).toBe("_dosql_x");
    expect(findHiddenIdentifier("SELECT * FROM t", "hidden_")).toBe(null);
  });
});

it("long statements are searched once", () => {
  const many = 50_000;
  const values = `('${PREFIX}log', 1), `.repeat(many);
  expect(findHiddenIdentifier(`INSERT INTO t VALUES ${values} (1, 2)`, PREFIX)).toBe(null);
  const items = "(SELECT count(*) FROM sqlite_master), 1 + 1, ".repeat(many / 10);
  const hidden = hideEngineObjects(`SELECT ${items} 1 FROM t`, PREFIX);
  expect(hidden.split('AS "(SELECT count(*) FROM sqlite_master)"')).toHaveLength(many / 10 + 1);
});

describe("hideEngineObjects", () => {
  it.each([
    "SELECT * FROM t",
    "SELECT 'sqlite_master'",
    "SELECT sqlite_master FROM t",
    "SELECT 1 -- FROM sqlite_master",
    "DELETE FROM sqlite_master",
    "UPDATE sqlite_master SET sql = ''",
    "INSERT INTO sqlite_master VALUES (1)",
    "DELETE FROM sqlite_stat1",
    "CREATE VIEW v AS SELECT * FROM sqlite_master",
    "CREATE TEMP VIEW v AS SELECT * FROM sqlite_master",
    "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT * FROM sqlite_master; END",
    "SELECT * FROM sqlite_masters, my_sqlite_master",
    "SELECT * FROM pragma_table_list('t')",
    "SELECT * FROM t, pragma_table_list(t.name)",
    "WITH sqlite_master AS (SELECT 1 AS x) SELECT x FROM sqlite_master, (SELECT * FROM sqlite_master)",
    "WITH c AS (SELECT * FROM sqlite_master), sqlite_master AS (SELECT 1) SELECT * FROM c",
    "WITH sqlite_master AS (SELECT 1) DELETE FROM t WHERE a IN (SELECT * FROM sqlite_master)",
    "CREATE VIRTUAL TABLE v USING m(select from sqlite_master)",
    "SELECT * FROM sqlite_master INDEXED BY i",
    "SELECT * FROM sqlite_master FOR SYSTEM_TIME AS OF 1",
    "SELECT 1 IS DISTINCT FROM sqlite_master FROM t",
    "SELECT * FROM sqlite_master WHERE",
  ])("leaves %s", (sql) => {
    expect(hideEngineObjects(sql, PREFIX)).toBe(sql);
  });

  it("replaces the table, keeps all else", () => {
    expect(hideEngineObjects("SELECT name  FROM sqlite_master /* a */ WHERE 1", "_x_")).toBe(
      "SELECT name  FROM (SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master " +
        "WHERE substr(lower(name), 1, 3) IS NOT '_x_' AND substr(lower(tbl_name), 1, 3) " +
        "IS NOT '_x_') AS \"sqlite_master\" /* a */ WHERE 1",
    );
  });

  it("sees no further than a WITH reaches", () => {
    const hides = (sql: string): number => {
      return hideEngineObjects(sql, PREFIX).split("IS NOT '_cf_dosql_' AND").length - 1;
    };
    const own = "WITH sqlite_master AS (SELECT 1)";
    expect(hides(`SELECT (${own} SELECT * FROM sqlite_master), name FROM sqlite_master`)).toBe(1);
    expect(hides(`${own} SELECT * FROM sqlite_master, main.sqlite_master`)).toBe(1);
    expect(hides(`${own} SELECT * FROM sqlite_master, sqlite_schema`)).toBe(1);
    const insert = `INSERT INTO t ${own} SELECT * FROM sqlite_master WHERE true`;
    expect(hides(`${insert} RETURNING (SELECT name FROM sqlite_master)`)).toBe(1);
  });

  it("names only what would show by another name", () => {
    const tables = "(SELECT count(*) FROM sqlite_master)";
    const names = (sql: string): (string | undefined)[] => {
      return [...hideEngineObjects(sql, PREFIX).matchAll(/\) AS "(.*?)"/g)]
        .map(([, name]) => name)
        .filter((name) => name !== "sqlite_master");
    };
    expect(names(`SELECT ${tables}, 1 + 1, ${tables} AS n, ${tables} m`)).toEqual([tables]);
    expect(names(`SELECT 1 + (SELECT 2 + ${tables})`)).toEqual([`1 + (SELECT 2 + ${tables})`]);
    expect(names(`SELECT * FROM (SELECT ${tables})`)).toEqual([tables]);
    expect(names(`DELETE FROM t RETURNING a, ${tables}`)).toEqual([tables]);
  });

  it("refuses what is too deep to be searched", () => {
    const sql = `SELECT * FROM sqlite_master WHERE ${"(".repeat(2_000)}1${")".repeat(2_000)}`;
    expect(() => hideEngineObjects(sql, PREFIX)).toThrow("nested deeper than");
  });

  it("answers any text", () => {
    const random = freshRandom("hide soup");
    for (let round = 0; round < 1500; round++) {
      const sql = `SELECT ${sqlSoup(random, 5)} FROM sqlite_master ${sqlSoup(random, 8)}`;
      expect(typeof hideEngineObjects(sql, PREFIX)).toBe("string");
      findHiddenIdentifier(sql.replaceAll("sqlite_", PREFIX), PREFIX);
    }
  });
});
