import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { hideEngineObjects } from "../../src/sql/change/hidden.ts";

const USER = `
  CREATE TABLE a(x PRIMARY KEY);
  CREATE INDEX ai ON a(x);
  CREATE TABLE b(z UNIQUE);
  CREATE TRIGGER b AFTER INSERT ON b BEGIN SELECT 1; END;
  CREATE VIEW v AS SELECT * FROM a;
  CREATE TABLE xcf_dosqly_(not_hidden);
`;

const ENGINE = `
  CREATE TABLE _cf_dosql_log(lsn PRIMARY KEY, a UNIQUE);
  CREATE TABLE _CF_DOSQL_txn(lsn PRIMARY KEY) WITHOUT ROWID;
  CREATE TRIGGER _cf_dosql_a AFTER INSERT ON a BEGIN SELECT 1; END;
  CREATE INDEX _cf_dosql_i ON b(z);
`;

/** The same database for a user: with the engine's objects, and as if they were not there. */
const full = new DatabaseSync(":memory:");
full.exec(USER + ENGINE + "INSERT INTO a VALUES (1); INSERT INTO _cf_dosql_log VALUES (1, 2);");
full.exec("ANALYZE");
const clean = new DatabaseSync(":memory:");
clean.exec(USER + "INSERT INTO a VALUES (1); ANALYZE");

function answer(database: DatabaseSync, sql: string): unknown {
  const statement = database.prepare(sql);
  const columns = statement.columns().map(({ name }) => name);
  statement.setReturnArrays(true);
  return { columns, rows: statement.all() };
}

const READS = [
  "SELECT type, name, tbl_name, sql FROM sqlite_master",
  "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name DESC",
  "SELECT count(*) FROM sqlite_master",
  "SELECT count(*) FROM main.sqlite_schema AS s WHERE s.type = 'table'",
  'SELECT m."name" FROM "main"."sqlite_master" m',
  "SELECT name FROM 'sqlite_master'",
  "SELECT sqlite_master.name FROM sqlite_master",
  "SELECT main.sqlite_master.name, typeof(rootpage) FROM sqlite_master",
  "SELECT typeof(rowid), name FROM sqlite_master",
  "SELECT typeof(m.oid), m.type, m.name FROM sqlite_master m WHERE m._rowid_ > 0",
  "SELECT name FROM sqlite_master WHERE rowid IN (SELECT rowid FROM sqlite_master)",
  "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c",
  "SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c ORDER BY 1, 2",
  "SELECT x, name FROM a, sqlite_master",
  "SELECT x, name FROM a LEFT JOIN sqlite_master ON name = x",
  "SELECT p.name, q.name FROM sqlite_master p LEFT JOIN sqlite_master q ON q.tbl_name = p.name",
  "SELECT name FROM (sqlite_master NATURAL JOIN (SELECT 'table' AS type))",
  "SELECT name FROM sqlite_master NOT INDEXED",
  "SELECT (SELECT count(*) FROM sqlite_master)",
  "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '_cf_dosql_log')",
  "SELECT DISTINCT 1 + (SELECT count(*) FROM sqlite_master), type AS t FROM sqlite_master",
  "WITH c AS (SELECT name FROM sqlite_master) SELECT * FROM c UNION SELECT 'x'",
  "SELECT name FROM a JOIN sqlite_master ON 1 WHERE name IN (SELECT name FROM sqlite_schema)",
  "SELECT type, count(*) FROM sqlite_master GROUP BY type HAVING count(*) > 0 ORDER BY 2, 1",
  "SELECT * FROM sqlite_stat1",
  "SELECT name, type FROM pragma_table_list WHERE schema = 'main' ORDER BY name",
  "SELECT 1 FROM sqlite_temp_master",
  "; SELECT count(*) FROM sqlite_master;",
  "SELECT * FROM (SELECT type, (SELECT count(*) FROM sqlite_master) FROM sqlite_master)",
  "SELECT m.name FROM sqlite_master m ORDER BY (SELECT count(*) FROM sqlite_master), m.'rowid'",
  "SELECT name FROM pragma_table_list() WHERE schema = 'main' ORDER BY name",
  "SELECT l.name FROM pragma_table_list(NULL) AS l WHERE l.schema = 'main' ORDER BY 1",
  "SELECT name FROM \"pragma_table_list\"('_cf_' || 'dosql_log')",
  "WITH c AS (SELECT name FROM sqlite_master), sqlite_stat1 AS (SELECT 1) SELECT * FROM c",
  "SELECT (WITH sqlite_master(n) AS (SELECT 1) SELECT n FROM sqlite_master), name FROM sqlite_master",
];

describe("the engine's objects", () => {
  it.each(READS)("do not show in %s", (sql) => {
    const hidden = hideEngineObjects(sql, "_cf_dosql_");
    expect(hidden).not.toBe(sql);
    expect(answer(full, hidden)).toEqual(answer(clean, sql));
  });

  it("show without the rewriting, so the test above can fail", () => {
    const seen = READS.filter((sql) => {
      return JSON.stringify(answer(full, sql)) !== JSON.stringify(answer(clean, sql));
    });
    expect(seen.length).toBeGreaterThan(18);
  });

  it("leave a star its columns", () => {
    const columns = (sql: string): unknown => {
      return full
        .prepare(hideEngineObjects(sql, "_cf_dosql_"))
        .columns()
        .map(({ name }) => name);
    };
    const all = ["type", "name", "tbl_name", "rootpage", "sql"];
    expect(columns("SELECT * FROM sqlite_master")).toEqual(all);
    expect(columns("SELECT m.* FROM sqlite_master m WHERE m.rowid = 1")).toEqual(all);
    expect(columns("SELECT rowid, * FROM sqlite_master")).toEqual(["rowid", ...all]);
  });

  it("keep the user's dangerous-looking names", () => {
    const sql = hideEngineObjects("SELECT name FROM sqlite_master", "_cf_dosql_");
    // `_` is no wildcard here.
    expect(
      full
        .prepare(sql)
        .all()
        .map((row) => row["name"]),
    ).toContain("xcf_dosqly_");
  });
});
