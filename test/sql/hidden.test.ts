import { describe, expect, it } from "vitest";
import { DosqlError } from "../../src/base/errors.ts";
import { parseStatements } from "../../src/sql/read/statements.ts";
import { attemptSqlite } from "../../src/sql/read/attempt.ts";
import { findHiddenIdentifier, hideEngineObjects } from "../../src/sql/change/hidden.ts";
import { freshRandom, sqlSoup } from "./seeded-random.ts";

const PREFIX = "_cf_dosql_";

function outcome(body: () => string): string | DosqlError {
  try {
    return body();
  } catch (error) {
    if (error instanceof DosqlError) return error;
    throw error;
  }
}

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
    ["PRAGMA index_info(_cf_dosql)", "_cf_dosql"],
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
    "SELECT * FROM sqlite_autoindex_my_cf_dosql_1",
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

  it.each([
    "PRAGMA index_info(sqlite_autoindex__cf_dosql_meta_1)",
    "SELECT * FROM pragma_index_xinfo('SQLITE_AutoIndex__cf_dosql_meta_1')",
    "REINDEX main.sqlite_autoindex__cf_dosql_meta_1",
    "SELECT * FROM t INDEXED BY [sqlite_autoindex__cf_dosql_meta_1]",
  ])("finds an automatic index in %s", (sql) => {
    expect(findHiddenIdentifier(sql, PREFIX)?.name).toMatch(/autoindex__cf_dosql_meta_1$/i);
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
    "INSERT INTO sqlite_stat1 VALUES ('t', NULL, '1')",
    "CREATE VIEW v AS SELECT 'sqlite_master'",
    "SELECT * FROM pragma_table_info('t'), pragma_page_count, pragma_user_version()",
    "SELECT * FROM sqlite_masters, my_sqlite_master",
    "SELECT * FROM pragma_table_list('t')",
    "WITH sqlite_master AS (SELECT 1 AS x) SELECT x FROM sqlite_master, (SELECT * FROM sqlite_master)",
    "WITH c AS (SELECT * FROM sqlite_master), sqlite_master AS (SELECT 1) SELECT * FROM c",
    "WITH sqlite_master AS (SELECT 1) DELETE FROM t WHERE a IN (SELECT * FROM sqlite_master)",
    "CREATE VIRTUAL TABLE v USING m(select from sqlite_master)",
    "SELECT * FROM sqlite_master INDEXED BY i",
    "SELECT * FROM sqlite_master FOR SYSTEM_TIME AS OF 1",
    "SELECT 1 IS DISTINCT FROM sqlite_master FROM t",
    "INSERT INTO t VALUES ('sqlite_master', 'load_extension') garbage",
  ])("leaves %s", (sql) => {
    expect(hideEngineObjects(sql, PREFIX)).toBe(sql);
  });

  it("replaces the table, keeps all else", () => {
    expect(hideEngineObjects("SELECT name  FROM sqlite_master /* a */ WHERE 1", "_x_")).toBe(
      "SELECT name  FROM (SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master " +
        "WHERE (name COLLATE NOCASE BETWEEN '_x_' AND '_x`') IS NOT TRUE AND " +
        "(tbl_name COLLATE NOCASE BETWEEN '_x_' AND '_x`') IS NOT TRUE) " +
        'AS "sqlite_master" /* a */ WHERE 1',
    );
  });

  it("finds nothing by a computed name", () => {
    expect(hideEngineObjects("SELECT * FROM pragma_table_info(m.name, 'main') p", "_x_")).toBe(
      "SELECT * FROM pragma_table_info((SELECT CASE WHEN v COLLATE NOCASE BETWEEN '_x_' AND " +
        "'_x`' OR v COLLATE NOCASE BETWEEN 'sqlite_autoindex__x_' AND 'sqlite_autoindex__x`' " +
        "THEN '' ELSE v END FROM (SELECT CAST(m.name AS TEXT) AS v LIMIT 1) WHERE 1), 'main') p",
    );
  });

  it.each([
    ["DELETE FROM sqlite_master", "table sqlite_master may not be modified"],
    ["UPDATE main.'sqlite_schema' SET sql = ''", "table sqlite_master may not be modified"],
    ["INSERT INTO temp.sqlite_temp_master VALUES (1)", "table sqlite_temp_master may not be"],
    ["INSERT INTO sqlite_stat1 VALUES (1) ON CONFLICT DO UPDATE SET tbl = 1", "ON CONFLICT of"],
    ["SELECT load_extension('x')", "not authorized"],
    ["CREATE VIEW v AS SELECT [load_extension]('x')", "not authorized"],
    ["CREATE VIRTUAL TABLE x USING DBSTAT(main)", "a virtual table of dbstat"],
    ["SELECT * FROM sqlite_dbpage", "sqlite_dbpage is not supported"],
    ["SELECT * FROM t, sqlite_dbpage(t.a)", "sqlite_dbpage is not supported"],
    ["UPDATE sqlite_dbpage SET data = x''", "sqlite_dbpage is not supported"],
    ["SELECT * FROM pragma_table_info WHERE arg = 't'", "pragma_table_info without its argument"],
    ["SELECT * FROM x JOIN pragma_index_list() USING (arg)", "pragma_index_list without its"],
    ["SELECT * FROM t, dbstat(t.a)", "dbstat with a computed argument"],
    ["SELECT * FROM sqlite_master WHERE", "incomplete input"],
    ["SELECT ,, FROM pragma_table_info('x')", 'near ",": syntax error'],
  ])("refuses %s", (sql, message) => {
    expect(() => hideEngineObjects(sql, PREFIX)).toThrow(message);
  });

  it("sees no further than a WITH reaches", () => {
    const hides = (sql: string): number => {
      return hideEngineObjects(sql, PREFIX).split("IS NOT TRUE AND").length - 1;
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
      const readable = parseStatements(sql).failure === null;
      // What cannot be read and may tell is refused.
      const answer = outcome(() => hideEngineObjects(sql, PREFIX));
      if (answer instanceof DosqlError) expect([readable, answer.code]).toEqual([false, "sqlite"]);
      else if (readable) expect(parseStatements(answer).failure).toBe(null);
      findHiddenIdentifier(sql.replaceAll("sqlite_", PREFIX), PREFIX);
    }
  });
});
