import { describe, expect, it } from "vitest";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import {
  errorOf,
  integer,
  name,
  names,
  objectName,
  option,
  string,
  table,
  type Tree,
  treeOf,
} from "./postgres-command-tree.ts";

function upkeep(action: string, options: Tree[], tables: Tree[], index: Tree | null = null): Tree {
  return { kind: "upkeep", action, options, tables, index };
}

function of(inner: Tree, ...columns: string[]): Tree {
  return { kind: "upkeep-table", table: inner, columns: names(...columns) };
}

describe("upkeep", () => {
  it.each([
    ["VACUUM", upkeep("VACUUM", [], [])],
    [
      "VACUUM FULL VERBOSE ANALYSE s.t (a, b), ONLY u",
      upkeep(
        "VACUUM",
        ["full", "verbose", "analyze"].map((word) => option(word)),
        [of(table("s.t"), "a", "b"), of(table("u", true))],
      ),
    ],
    [
      "VACUUM (ANALYZE, FULL off, PARALLEL -4, x on, y 'z') t",
      upkeep(
        "VACUUM",
        [
          option("analyze"),
          option("full", name("off")),
          option("parallel", integer("-4")),
          option("x", name("on")),
          option("y", string("z")),
        ],
        [of(table("t"))],
      ),
    ],
    ["ANALYZE", upkeep("ANALYZE", [], [])],
    ["ANALYSE VERBOSE t", upkeep("ANALYZE", [option("verbose")], [of(table("t"))])],
    ["CLUSTER", upkeep("CLUSTER", [], [])],
    ["CLUSTER VERBOSE", upkeep("CLUSTER", [option("verbose")], [])],
    ["CLUSTER (VERBOSE) t", upkeep("CLUSTER", [option("verbose")], [of(table("t"))])],
    ["CLUSTER s.t USING i", upkeep("CLUSTER", [], [of(table("s.t"))], name("i"))],
    ["CLUSTER i ON t", upkeep("CLUSTER", [], [of(table("t"))], name("i"))],
    ["CHECKPOINT", { kind: "checkpoint" }],
    ["LOAD 'x'", { kind: "load", file: string("x") }],
  ])("%s", (sql, tree) => {
    expect(treeOf(sql)).toEqual(tree);
  });

  it.each([
    ["REINDEX TABLE s.t", "TABLE", false, objectName("s.t")],
    ["REINDEX INDEX CONCURRENTLY i", "INDEX", true, objectName("i")],
    ["REINDEX SCHEMA s", "SCHEMA", false, objectName("s")],
    ["REINDEX DATABASE", "DATABASE", false, null],
    ["REINDEX SYSTEM CONCURRENTLY d", "SYSTEM", true, objectName("d")],
  ])("%s", (sql, target, concurrently, which) => {
    const tree = { kind: "reindex", target, options: [], concurrently, name: which };
    expect(treeOf(sql)).toEqual(tree);
    const options = [option("verbose")];
    expect(treeOf(sql.replace("REINDEX", "REINDEX (VERBOSE)"))).toEqual({ ...tree, options });
  });

  it.each([
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
  ])("LOCK … IN %s MODE", (mode) => {
    const tables = [table("t"), table("s.u", true)];
    const tree = { kind: "lock", tables, mode, nowait: false };
    expect(treeOf(`LOCK t, ONLY (s.u) IN ${mode} MODE`)).toEqual(tree);
    expect(treeOf(`LOCK TABLE t *, ONLY s.u IN ${mode} MODE NOWAIT`)).toEqual({
      ...tree,
      nowait: true,
    });
  });

  it("locks against everything where no mode is given", () => {
    expect(treeOf("LOCK t NOWAIT")).toMatchObject({ mode: "ACCESS EXCLUSIVE", nowait: true });
  });

  it.each([
    ["VACUUM ()", 'syntax error at or near ")" @8'],
    ["VACUUM VERBOSE FULL", 'syntax error at or near "FULL" @15'],
    ["CLUSTER (VERBOSE) i ON t", 'syntax error at or near "ON" @20'],
    ["REINDEX t", 'syntax error at or near "t" @8'],
    ["LOCK t IN ROW MODE", 'syntax error at or near "MODE" @14'],
    ["LOCK t IN x SHARE MODE", 'syntax error at or near "x" @10'],
    ["ANALYZE VERBOSE ANALYZE t", 'syntax error at or near "ANALYZE" @16'],
  ])("refuses %s", (sql, error) => {
    expect(errorOf(sql)).toBe(error);
  });
});

describe("EXPLAIN", () => {
  const words = [option("analyze"), option("verbose")];

  it.each([
    ["EXPLAIN SELECT 1", [], "query"],
    ["EXPLAIN ANALYSE VERBOSE INSERT INTO t VALUES (1)", words, "insert"],
    ["EXPLAIN (ANALYZE, VERBOSE) (SELECT 1)", words, "query"],
    [
      "EXPLAIN (FORMAT json, COSTS off) EXECUTE p",
      [option("format", name("json")), option("costs", name("off"))],
      "execute",
    ],
    ["EXPLAIN (SELECT 1)", [], "query"],
    ["EXPLAIN ((SELECT 1) UNION SELECT 2)", [], "query"],
    ["EXPLAIN (VALUES (1))", [], "query"],
    ["EXPLAIN (values) VALUES (1)", [option("values")], "query"],
    ["EXPLAIN DECLARE c CURSOR FOR SELECT 1", [], "declare-cursor"],
    ["EXPLAIN CREATE TABLE t AS SELECT 1", [], "create-table"],
    ["EXPLAIN CREATE MATERIALIZED VIEW v AS SELECT 1", [], "create-view"],
    ["EXPLAIN REFRESH MATERIALIZED VIEW v", [], "refresh-view"],
  ])("%s", (sql, options, kind) => {
    const statement: unknown = expect.objectContaining({ kind });
    expect(treeOf(sql)).toEqual({ kind: "explain", queryPlan: false, options, statement });
  });

  it.each([
    "EXPLAIN EXPLAIN SELECT 1",
    "EXPLAIN VERBOSE ANALYZE SELECT 1",
    "EXPLAIN CREATE TABLE t (a int)",
    "EXPLAIN CREATE VIEW v AS SELECT 1",
    "EXPLAIN BEGIN",
    "EXPLAIN () SELECT 1",
  ])("refuses %s", (sql) => {
    expect(errorOf(sql)).toContain("syntax error at or near");
  });
});

describe("MERGE", () => {
  const when = {
    kind: "merge-when",
    condition: null,
    columns: [],
    overriding: "",
    values: null,
    assignments: [],
  };

  it.each([
    ["WHEN MATCHED THEN DELETE", { matched: "MATCHED", action: "DELETE" }],
    [
      "WHEN MATCHED AND 1 THEN DO NOTHING",
      { matched: "MATCHED", condition: integer("1"), action: "NOTHING" },
    ],
    [
      "WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = 1",
      {
        matched: "NOT MATCHED BY SOURCE",
        action: "UPDATE",
        assignments: [expect.objectContaining({ kind: "assignment" })],
      },
    ],
    ["WHEN NOT MATCHED THEN INSERT DEFAULT VALUES", { matched: "NOT MATCHED", action: "INSERT" }],
    [
      "WHEN NOT MATCHED BY TARGET THEN INSERT (a) OVERRIDING USER VALUE VALUES (1)",
      {
        matched: "NOT MATCHED BY TARGET",
        action: "INSERT",
        columns: [{ kind: "column", table: null, name: name("a") }],
        overriding: "USER",
        values: { kind: "row", explicit: false, items: [integer("1")] },
      },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(`MERGE INTO t USING s ON 2 ${sql}`)).toEqual({
      kind: "merge",
      with: null,
      table: table("t"),
      returning: null,
      using: table("s"),
      on: integer("2"),
      whens: [{ ...when, ...rest }],
    });
  });

  it("has all the parts of a change", () => {
    const sql =
      "WITH w AS (SELECT 1) MERGE INTO t AS x USING s JOIN u ON 1 ON 2 " +
      "WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN DO NOTHING RETURNING merge_action()";
    const tree = treeOf(sql);
    expect(tree).toMatchObject({
      with: { kind: "with" },
      table: { alias: { name: name("x") } },
      using: { kind: "join" },
      whens: [{ action: "DELETE" }, { action: "NOTHING" }],
      returning: { kind: "returning" },
    });
    expect(parsePostgres(sql).statement).toMatchObject({ start: 0, end: sql.length });
  });

  it.each([
    ["MERGE INTO t USING s ON 1", "syntax error at end of input @25"],
    ["MERGE INTO t USING s, u ON 1 WHEN MATCHED THEN DELETE", 'syntax error at or near "," @20'],
    [
      "MERGE INTO t USING s ON 1 WHEN MATCHED THEN INSERT VALUES (1)",
      'syntax error at or near "INSERT" @44',
    ],
    [
      "MERGE INTO t USING s ON 1 WHEN NOT MATCHED THEN DELETE",
      'syntax error at or near "DELETE" @48',
    ],
    [
      "MERGE INTO t USING s ON 1 WHEN NOT MATCHED THEN INSERT (a) DEFAULT VALUES",
      'syntax error at or near "DEFAULT" @59',
    ],
  ])("refuses %s", (sql, error) => {
    expect(errorOf(sql)).toBe(error);
  });
});
