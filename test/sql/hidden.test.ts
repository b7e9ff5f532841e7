import { describe, expect, it } from "vitest";
import { findHiddenIdentifier, hideEngineObjects } from "../../src/sql/hidden.ts";
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
    "SELECT 1 -- _cf_dosql_log",
    "SELECT 1 /* _cf_dosql_log */",
    "SELECT :_cf_dosql_log, x'00'",
    "SELECT ' _cf_dosql_log",
    "SELECT * FROM _cf_dosq",
    "",
  ])("does not find it in %s", (sql) => {
    expect(findHiddenIdentifier(sql, PREFIX)).toBe(null);
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

  it("answers any text", () => {
    const random = freshRandom("hide soup");
    for (let round = 0; round < 1500; round++) {
      const sql = `SELECT ${sqlSoup(random, 5)} FROM sqlite_master ${sqlSoup(random, 8)}`;
      expect(typeof hideEngineObjects(sql, PREFIX)).toBe("string");
      findHiddenIdentifier(sql.replaceAll("sqlite_", PREFIX), PREFIX);
    }
  });
});
