import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { Authorizer } from "../../../src/platform/node/sqlite/authorizer.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";

const SCHEMA = `
  CREATE TABLE t (a INTEGER PRIMARY KEY, b);
  CREATE TABLE d (a);
  CREATE TABLE _cf_dosql_log (lsn INTEGER PRIMARY KEY, a, secret);
  CREATE TABLE _cf_dosql_meta (key PRIMARY KEY, value) WITHOUT ROWID;
  CREATE VIEW _cf_dosql_entry AS SELECT a, secret FROM _cf_dosql_log;
  CREATE TRIGGER _cf_dosql_entry_insert INSTEAD OF INSERT ON _cf_dosql_entry BEGIN
    INSERT INTO _cf_dosql_log (a, secret) VALUES (NEW.a, NEW.secret); END;
  CREATE TRIGGER _cf_dosql_after AFTER INSERT ON t BEGIN
    INSERT INTO _cf_dosql_log (a, secret) SELECT NEW.a, value FROM _cf_dosql_meta; END;
  CREATE TRIGGER _cf_dosql_dropped AFTER INSERT ON d BEGIN SELECT 1; END;
  CREATE TRIGGER users AFTER UPDATE ON t BEGIN INSERT INTO t VALUES (NEW.a + 10, NEW.b); END;
  INSERT INTO _cf_dosql_meta VALUES ('k', 'secret');
  INSERT INTO t VALUES (1, 'x');
`;

let driver: NodeSqlDriver;

beforeEach(() => {
  driver = new NodeSqlDriver(":memory:");
  driver.exec(SCHEMA);
});

afterEach(() => {
  driver.close();
});

function count(table: string): unknown {
  return driver.prepare(`SELECT count(*) FROM ${table}`).all([], "number")[0]?.[0];
}

function refusal(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof DosqlError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "it ran";
}

const user = (sql: string): unknown => driver.prepareUser(sql).all([], "number");

/** Node 22 has none. */
const HAS_AUTHORIZER = "setAuthorizer" in DatabaseSync.prototype;

describe.skipIf(!HAS_AUTHORIZER)("a user's statement", () => {
  it.each([
    "SELECT value FROM _cf_dosql_meta",
    "SELECT count(*) FROM _cf_dosql_log",
    "SELECT * FROM _cf_dosql_entry",
    "INSERT INTO _cf_dosql_entry VALUES (1, 2)",
    "DELETE FROM _CF_DOSQL_LOG",
    "DROP TRIGGER _cf_dosql_after",
    "DROP VIEW _cf_dosql_entry",
    "ALTER TABLE _cf_dosql_log ADD COLUMN x",
    "CREATE TRIGGER _cf_dosql_mine AFTER INSERT ON t BEGIN SELECT 1; END",
    "WITH _cf_dosql_after AS (SELECT * FROM _cf_dosql_meta) SELECT * FROM _cf_dosql_after",
    "CREATE VIEW v AS WITH _cf_dosql_after AS (SELECT * FROM _cf_dosql_meta) SELECT * FROM _cf_dosql_after",
    "SELECT * FROM pragma_table_info('_cf_' || 'dosql_meta')",
    "PRAGMA index_info(sqlite_autoindex__cf_dosql_meta_1)",
  ])("is refused as if there were nothing: %s", (sql) => {
    expect(refusal(() => user(sql))).toMatch(/^hidden-object: no such table: /);
    expect([count("_cf_dosql_log"), count("_cf_dosql_meta")]).toEqual([1, 1]);
  });

  it.each([
    ["ATTACH ':memory:' AS x", "ATTACH"],
    ["ATTACH '' AS vacuum_x", "ATTACH"],
    ["VACUUM INTO '/nowhere/x'", "ATTACH"],
    ["VACUUM INTO ''", "ATTACH"],
    ["CREATE TEMP TABLE x (a)", "a temporary object"],
    ["CREATE TABLE temp.x (a)", "a temporary object"],
    ["CREATE VIRTUAL TABLE x USING dbstat", "a virtual table of dbstat"],
    ["PRAGMA writable_schema = 1", "PRAGMA writable_schema"],
    ["EXPLAIN PRAGMA recursive_triggers(1)", "PRAGMA recursive_triggers"],
  ])("is refused by name: %s", (sql, what) => {
    expect(refusal(() => user(sql))).toBe(`unsupported: ${what} is not supported here`);
  });

  it.each(["load_extension('x')", "fts3_tokenizer('simple', x'00')"])("may not call %s", (call) => {
    expect(refusal(() => user(`SELECT ${call}`))).toBe("sqlite: not authorized");
  });

  it("fires the engine's triggers, through its own triggers too", () => {
    user("INSERT INTO t VALUES (2, 'y')");
    expect(count("_cf_dosql_log")).toBe(2);
    user("UPDATE t SET b = 'z' WHERE a = 2");
    expect(count("_cf_dosql_log")).toBe(3);
    user("WITH n (x) AS (SELECT 3) INSERT INTO t SELECT x, '_cf_dosql' FROM n");
    expect(count("_cf_dosql_log")).toBe(4);
    user("INSERT INTO t VALUES (4, '_cf_dosql_log')");
    expect(count("_cf_dosql_log")).toBe(5);
  });

  it("may drop, alter and copy what carries the engine's triggers", () => {
    user("DROP TABLE d");
    user("ALTER TABLE t RENAME TO z");
    user("ALTER TABLE z ADD COLUMN c");
    user("ALTER TABLE z RENAME COLUMN b TO e");
    user("INSERT INTO z VALUES (5, 6, 7)");
    expect(count("_cf_dosql_log")).toBe(2);
    user("/* all */ VACUUM -- of it");
    expect(user("SELECT a FROM z")).toEqual([[1], [5]]);
  });

  it("analyses and indexes anew all but the engine's", () => {
    user("CREATE INDEX i ON t (b)");
    user("ANALYZE");
    user("PRAGMA optimize");
    user("REINDEX");
    expect(driver.prepare("SELECT tbl, idx FROM sqlite_stat1").all([], "number")).toEqual([
      ["t", "i"],
    ]);
  });

  it("is watched when SQLite compiles it anew", () => {
    driver.exec("CREATE VIEW v AS SELECT b FROM t");
    const kept = driver.prepareUser("SELECT * FROM v");
    expect(kept.all([], "number")).toEqual([["x"]]);
    driver.exec("DROP VIEW v; CREATE VIEW v AS SELECT value AS b FROM _cf_dosql_meta");
    for (const run of [
      () => kept.all([], "number"),
      () => kept.run([]),
      () => [...kept.iterate([], "number")],
    ]) {
      expect(refusal(run)).toBe("hidden-object: no such table: _cf_dosql_meta");
    }
  });
});

describe.skipIf(!HAS_AUTHORIZER)("the engine's statement", () => {
  it("passes between the rows of a user's", () => {
    user("INSERT INTO t VALUES (2, 'y'), (3, 'z')");
    const rows = driver.prepareUser("SELECT a FROM t ORDER BY a").iterate([], "number");
    const seen: unknown[] = [];
    for (const row of rows) {
      seen.push(row[0], driver.prepare("SELECT value FROM _cf_dosql_meta").all([], "number"));
      driver.prepare("SELECT 1").all([], "number");
    }
    expect(seen).toEqual([1, [["secret"]], 2, [["secret"]], 3, [["secret"]]]);
  });

  it("passes when SQLite compiles it anew, and after a refusal", () => {
    const kept = driver.prepare("SELECT value FROM _cf_dosql_meta");
    expect(refusal(() => user("SELECT * FROM _cf_dosql_meta"))).toMatch(/^hidden/);
    user("CREATE TABLE more (a)");
    expect(kept.all([], "number")).toEqual([["secret"]]);
    driver.exec("UPDATE _cf_dosql_meta SET value = 1; ANALYZE; VACUUM");
    driver.exec("PRAGMA recursive_triggers = 1; ATTACH ':memory:' AS x; DETACH x");
    expect(kept.all([], "number")).toEqual([[1]]);
  });
});

describe("where this Node cannot", () => {
  it("there is no second wall, and nothing breaks", () => {
    expect(Authorizer.on({} as DatabaseSync, "_cf_dosql_")).toBe(null);
    const plain = new NodeSqlDriver(":memory:", { authorizer: false });
    plain.exec(SCHEMA);
    expect(plain.prepareUser("SELECT key FROM _cf_dosql_meta").all([], "number")).toEqual([["k"]]);
    plain.close();
  });
});
