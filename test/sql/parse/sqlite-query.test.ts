import { describe, expect, it } from "vitest";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { at, type Fact, FACT_TITLE, sourceOf, statementOf } from "./sqlite-tree.ts";

const SELECT = `WITH RECURSIVE c(x, y) AS NOT MATERIALIZED (SELECT 1), d AS (VALUES (1, 2), (3, 4))
  SELECT DISTINCT a AS b, t.*, 'x' y FROM c, d AS e WHERE a GROUP BY a, b HAVING c
  WINDOW w AS (PARTITION BY a), v AS (w ORDER BY b)
  UNION ALL SELECT ALL 1 EXCEPT VALUES (1) INTERSECT SELECT 2 ORDER BY 1 NULLS FIRST LIMIT 3, 4`;

const QUERIES: readonly Fact[] = [
  [SELECT, "", SELECT, { kind: "query", withTies: false, locking: [] }],
  [SELECT, "limit", "4", { kind: "integer" }],
  [SELECT, "offset", "3", { kind: "integer" }],
  [SELECT, "orderBy.0", "1 NULLS FIRST", { kind: "order", direction: "", nulls: "FIRST" }],
  [SELECT, "with.tables.0.name", "c", { kind: "name" }],
  [
    SELECT,
    "with.tables.0",
    "c(x, y) AS NOT MATERIALIZED (SELECT 1)",
    { kind: "common-table", materialized: "NOT MATERIALIZED", search: null, cycle: null },
  ],
  [SELECT, "with.tables.1.query.body", "VALUES (1, 2), (3, 4)", { kind: "values" }],
  [SELECT, "with.tables.1.query.body.rows.1", "(3, 4)", { kind: "row", explicit: false }],
  [SELECT, "body.right", "SELECT 2", { kind: "select" }],
  [SELECT, "body.left.right", "VALUES (1)", { kind: "values" }],
  [SELECT, "body.left.left.right", "SELECT ALL 1", { quantifier: "ALL" }],
  [
    SELECT,
    "body.left.left.left.columns.0",
    "a AS b",
    { kind: "result", value: { kind: "column" }, alias: { text: "b" } },
  ],
  [SELECT, "body.left.left.left.columns.1", "t.*", { alias: null }],
  [SELECT, "body.left.left.left.columns.2", "'x' y", { value: { kind: "string" } }],
  [SELECT, "body.left.left.left.from", "c, d AS e", { kind: "join", type: ",", natural: false }],
  [SELECT, "body.left.left.left.from.right.alias", "AS e", { kind: "alias", columns: [] }],
  [SELECT, "body.left.left.left.windows.0", "w AS (PARTITION BY a)", { kind: "window" }],
  [SELECT, "body.left.left.left.windows.1.base", "w", { text: "w" }],
];

const JOINS: readonly Fact[] = (
  [
    ["JOIN", "", false],
    ["CROSS JOIN", "CROSS", false],
    ["INNER JOIN", "INNER", false],
    ["LEFT JOIN", "LEFT", false],
    ["LEFT OUTER JOIN", "LEFT", false],
    ["outer left JOIN", "LEFT", false],
    ["RIGHT JOIN", "RIGHT", false],
    ["FULL OUTER JOIN", "FULL", false],
    ["LEFT RIGHT JOIN", "FULL", false],
    ["NATURAL JOIN", "", true],
    ["NATURAL LEFT OUTER JOIN", "LEFT", true],
    ["INNER NATURAL JOIN", "INNER", true],
  ] as const
).map(([words, type, natural]) => [
  `SELECT 1 FROM a ${words} b`,
  "body.from",
  `a ${words} b`,
  { kind: "join", type, natural, on: null, using: [], usingAlias: null },
]);

const FROM: readonly Fact[] = [
  [
    "SELECT 1 FROM main.t AS x INDEXED BY i",
    "body.from",
    "main.t AS x INDEXED BY i",
    { kind: "table", indexedBy: { text: "i" }, notIndexed: false, only: false, asOf: null },
  ],
  ["SELECT 1 FROM t NOT INDEXED", "body.from", "t NOT INDEXED", { notIndexed: true }],
  [
    "SELECT 1 FROM t FOR SYSTEM_TIME AS OF '2025-01-01' AS x",
    "body.from.asOf",
    "FOR SYSTEM_TIME AS OF '2025-01-01'",
    { kind: "as-of", value: { kind: "string" } },
  ],
  [
    "SELECT 1 FROM main.f(1, 2) g",
    "body.from",
    "main.f(1, 2) g",
    { kind: "table-function", lateral: false, rowsFrom: false, ordinality: false },
  ],
  [
    "SELECT 1 FROM f() AS g",
    "body.from.sources.0",
    "f()",
    { kind: "function-source", call: { kind: "call", arguments: [] }, definitions: [] },
  ],
  ["SELECT 1 FROM (SELECT 2) AS x", "body.from", "(SELECT 2) AS x", { kind: "derived" }],
  ["SELECT 1 FROM (a, b) c", "body.from", "(a, b) c", { kind: "nested", from: { kind: "join" } }],
  ["SELECT 1 FROM ((a))", "body.from.from", "(a)", { kind: "nested", alias: null }],
  ["SELECT 1 FROM a JOIN b ON a.x = b.x", "body.from.on", "a.x = b.x", { kind: "binary" }],
  ["SELECT 1 FROM a JOIN b USING (x, y)", "body.from.using.1", "y", { kind: "name" }],
  ["SELECT 1 FROM a JOIN b USING (x) JOIN c", "body.from.left", "a JOIN b USING (x)", {}],
];

const INSERT = `WITH c AS (SELECT 1) INSERT OR IGNORE INTO main.t AS x (a, "b") SELECT * FROM c WHERE 1
  ON CONFLICT (a COLLATE nocase, b) WHERE a > 1
    DO UPDATE SET a = excluded.a, (b, c) = (1, 2) WHERE b
  ON CONFLICT DO NOTHING RETURNING *, a AS z`;
const UPDATE = `UPDATE OR REPLACE t AS x INDEXED BY i SET a = 1, (b, c) = (SELECT 1, 2)
  FROM u, v WHERE x.a = u.a RETURNING a ORDER BY b LIMIT 1 OFFSET 2`;
const DELETE = "DELETE FROM main.t AS x NOT INDEXED WHERE a RETURNING 1 LIMIT 2";

const CHANGES: readonly Fact[] = [
  [INSERT, "", INSERT, { kind: "insert", replace: false, or: "IGNORE", overriding: "" }],
  [INSERT, "table", "main.t AS x", { kind: "table", alias: { name: { text: "x" } } }],
  [INSERT, "columns.1", '"b"', { kind: "column", table: null }],
  [INSERT, "source", "SELECT * FROM c WHERE 1", { kind: "query", with: null }],
  [INSERT, "upserts.0.target.0", "a COLLATE nocase", { kind: "order" }],
  [INSERT, "upserts.0.targetWhere", "a > 1", { kind: "binary" }],
  [INSERT, "upserts.0.assignments.1", "(b, c) = (1, 2)", { kind: "assignment", row: true }],
  [INSERT, "upserts.0.where", "b", { kind: "column" }],
  [INSERT, "upserts.1", "DO NOTHING", { kind: "upsert", target: [], assignments: [] }],
  [INSERT, "returning", "RETURNING *, a AS z", { kind: "returning", old: null, new: null }],
  ["INSERT INTO t DEFAULT VALUES", "", "INSERT INTO t DEFAULT VALUES", { source: null }],
  ["REPLACE INTO t VALUES (1)", "", "REPLACE INTO t VALUES (1)", { replace: true, or: "" }],
  [UPDATE, "", UPDATE, { kind: "update", or: "REPLACE", with: null }],
  [UPDATE, "table", "t AS x INDEXED BY i", { indexedBy: { text: "i" } }],
  [UPDATE, "assignments.0", "a = 1", { row: false, targets: [{ kind: "column" }] }],
  [UPDATE, "assignments.1.value", "(SELECT 1, 2)", { kind: "subquery" }],
  [UPDATE, "from", "u, v", { kind: "join" }],
  [UPDATE, "orderBy.0", "b", { kind: "order" }],
  [UPDATE, "offset", "2", { kind: "integer" }],
  [DELETE, "", DELETE, { kind: "delete", using: null, orderBy: [], offset: null }],
  [DELETE, "table", "main.t AS x NOT INDEXED", { notIndexed: true }],
  ["UPDATE t SET a == 1", "assignments.0", "a == 1", { value: { text: "1" } }],
];

const COMMANDS: readonly Fact[] = [
  ["BEGIN", "", "BEGIN", { kind: "transaction", action: "BEGIN", lock: "", name: null, id: null }],
  ["BEGIN IMMEDIATE TRANSACTION x", "name", "x", { kind: "name" }],
  ["BEGIN EXCLUSIVE;", "", "BEGIN EXCLUSIVE", { lock: "EXCLUSIVE", modes: [], chain: "" }],
  ["END TRANSACTION", "", "END TRANSACTION", { action: "COMMIT", name: null }],
  ["COMMIT", "", "COMMIT", { action: "COMMIT" }],
  ["ROLLBACK", "", "ROLLBACK", { action: "ROLLBACK" }],
  ["ROLLBACK TRANSACTION TO SAVEPOINT 'x'", "name", "'x'", { text: "x" }],
  ["ROLLBACK TO x", "", "ROLLBACK TO x", { action: "ROLLBACK TO" }],
  ["SAVEPOINT savepoint", "", "SAVEPOINT savepoint", { action: "SAVEPOINT" }],
  ["RELEASE SAVEPOINT x", "", "RELEASE SAVEPOINT x", { action: "RELEASE", name: { text: "x" } }],
  ["PRAGMA main.a", "", "PRAGMA main.a", { kind: "pragma", form: "", value: null }],
  ["PRAGMA a = - 1.5", "value", "- 1.5", { kind: "float", text: "-1.5" }],
  ["PRAGMA a(+0x10)", "value", "+0x10", { kind: "integer", text: "0x10" }],
  ["PRAGMA a(on)", "value", "on", { kind: "name", text: "on", quote: "" }],
  ["PRAGMA a == DELETE", "", "PRAGMA a == DELETE", { form: "=", value: { text: "DELETE" } }],
  ["PRAGMA a = 'b'", "value", "'b'", { kind: "string", value: "b" }],
  ['PRAGMA a = "b"', "value", '"b"', { kind: "name", text: "b", quote: '"' }],
  ["ATTACH DATABASE 'f' || ? AS aux KEY 'k'", "file", "'f' || ?", { kind: "binary" }],
  ["ATTACH 'f' AS aux", "", "ATTACH 'f' AS aux", { kind: "attach", key: null }],
  ["DETACH DATABASE aux", "schema", "aux", { kind: "column" }],
  ["VACUUM main INTO 'f' || 'g'", "into", "'f' || 'g'", { kind: "binary" }],
  ["VACUUM", "", "VACUUM", { kind: "maintain", action: "VACUUM", name: null, into: null }],
  ["ANALYZE main.t", "name", "main.t", { kind: "object-name" }],
  ["REINDEX nocase", "", "REINDEX nocase", { action: "REINDEX" }],
  ["EXPLAIN QUERY PLAN SELECT 1", "", "EXPLAIN QUERY PLAN SELECT 1", { queryPlan: true }],
  ["EXPLAIN DROP TABLE t", "statement", "DROP TABLE t", { kind: "drop" }],
];

describe.each([
  { title: "a query", facts: QUERIES },
  { title: "a join", facts: JOINS },
  { title: "FROM", facts: FROM },
  { title: "a change", facts: CHANGES },
  { title: "a command", facts: COMMANDS },
])("the tree of $title", ({ facts }) => {
  it.each(facts)(FACT_TITLE, (sql, path, source, node) => {
    const found = at(statementOf(sql), path);
    expect(sourceOf(sql, found)).toBe(source);
    expect(found).toMatchObject(node);
  });
});

describe("one statement of a text", () => {
  it("ends behind its semicolon, and what follows is told", () => {
    expect(parseSqlite("SELECT 1; SELECT 2")).toMatchObject({ end: 9, more: true });
    expect(parseSqlite("SELECT 1; SELECT 2", 9)).toMatchObject({ end: 18, more: false });
    expect(parseSqlite("SELECT 1 ; -- done")).toMatchObject({ end: 10, more: false });
  });

  it("may be empty", () => {
    expect(parseSqlite(" ; SELECT 1")).toMatchObject({ statement: null, end: 2, more: true });
    expect(parseSqlite("-- nothing")).toMatchObject({ statement: null, end: 10, more: false });
    expect(parseSqlite("")).toMatchObject({ statement: null, end: 0, more: false });
  });

  it("tells its parameters in the order of the text", () => {
    const { parameters } = parseSqlite("SELECT :a LIMIT ?2, ?; SELECT $c");
    expect(parameters.map(({ sigil, name }) => sigil + name)).toEqual([":a", "?2", "?"]);
  });

  it("has the hints of its comments", () => {
    const sql = "/*dosql_a='1'*/ SELECT 'dosql_x' /*dosql_b='2'*/; SELECT 2 /*dosql_c='3'*/";
    const values = (from: number): string[] => parseSqlite(sql, from).hints.map((h) => h.value);
    expect(values(0)).toEqual(["1", "2"]);
    expect(values(sql.indexOf(";") + 1)).toEqual(["3"]);
  });
});
