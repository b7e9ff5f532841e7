import { describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";

/** The error that a text causes. */
function errorOf(sql: string): DosqlError {
  try {
    parseSqlite(sql);
  } catch (error) {
    if (error instanceof DosqlError) return error;
    throw error;
  }
  throw new Error(`no error in ${sql}`);
}

/** A text that SQLite's parser refuses, in its words, and the text where it does. */
const REFUSED: readonly (readonly [sql: string, message: string, place: string])[] = [
  ["SELEC 1", 'near "SELEC": syntax error', "SELEC 1"],
  ["SELECT 1 2", 'near "2": syntax error', "2"],
  ["SELECT (1", "incomplete input", ""],
  ["SELECT 'a", 'unrecognized token: "\'a"', "'a"],
  ["SELECT {", 'unrecognized token: "{"', "{"],
  ["SELECT #1", 'near "#1": syntax error', "#1"],
  ["SELECT ?0", "variable number must be between ?1 and ?32766", "?0"],
  ["SELECT ?32767", "variable number must be between ?1 and ?32766", "?32767"],
  ["SELECT 1 COLLATE left", 'near "left": syntax error', "left"],
  ["SELECT count(DISTINCT a) OVER w", "DISTINCT is not supported for window functions", "count"],
  ["SELECT f() OVER (ROWS CURRENT ROW EXCLUDE)", 'near ")": syntax error', ")"],
  ["SELECT f() OVER (ROWS 1 FOLLOWING)", "unsupported frame specification", ")"],
  ["SELECT raise(ABORT)", 'near ")": syntax error', ")"],
  ["SELECT raise(IGNORE, 'x')", 'near ",": syntax error', ","],
  ["SELECT raise(REPLACE, 'x')", 'near "REPLACE": syntax error', "REPLACE"],
  ["VALUES (1) ORDER BY 1", 'near "ORDER": syntax error', "ORDER BY 1"],
  [
    "SELECT 1 ORDER BY 1 UNION ALL SELECT 2",
    "ORDER BY clause should come after UNION ALL not before",
    "UNION",
  ],
  [
    "SELECT 1 LIMIT 1 EXCEPT SELECT 2",
    "LIMIT clause should come after EXCEPT not before",
    "EXCEPT",
  ],
  ["SELECT 1 FROM a ON b", "a JOIN clause is required before ON", "ON b"],
  ["SELECT 1 FROM a INNER  outer JOIN b", "unknown join type: INNER outer", "INNER"],
  ["SELECT 1 FROM a OUTER JOIN b", "unknown join type: OUTER", "OUTER"],
  ["SELECT 1 FROM a NATURAL b JOIN c", "unknown join type: NATURAL b", "NATURAL"],
  ["SELECT 1 FROM f() FILTER (WHERE 1)", 'near "(": syntax error', "("],
  ["SELECT 1 IN a.b.c", 'near ".": syntax error', ".c"],
  ["WITH c(x ASC) AS (SELECT 1) SELECT 1", 'syntax error after column name "x"', "x ASC"],
  ["WITH c AS (SELECT 1) CREATE TABLE t(a)", 'near "CREATE": syntax error', "CREATE"],
  ["INSERT INTO t DEFAULT VALUES ON CONFLICT DO NOTHING", 'near "ON": syntax error', "ON"],
  [
    "INSERT INTO t VALUES (1) ON CONFLICT (a NULLS LAST) DO NOTHING",
    "unsupported use of NULLS LAST",
    "a NULLS",
  ],
  ["CREATE TABLE t()", 'near ")": syntax error', ")"],
  ["CREATE TABLE if(a)", 'near "(": syntax error', "(a)"],
  ["CREATE TABLE t(CHECK (1))", 'near "CHECK": syntax error', "CHECK"],
  ["CREATE TABLE t(a, CHECK (1), b)", 'near "b": syntax error', "b)"],
  ["CREATE TABLE t(a CHECK (1) ON CONFLICT FAIL)", 'near "ON": syntax error', "ON"],
  ["CREATE TABLE t(a DEFAULT f(1))", 'near "(": syntax error', "(1)"],
  ["CREATE TABLE t(a DEFAULT - -1)", 'near "-": syntax error', "-1"],
  ["CREATE TABLE t(a VARCHAR(1_0))", 'near "1_0": syntax error', "1_0"],
  ["CREATE TABLE t(a AS (1) KEPT)", 'error in generated column "a"', "KEPT"],
  ["CREATE TABLE t(a REFERENCES main.p)", 'near ".": syntax error', ".p"],
  ["CREATE TABLE t(a, PRIMARY KEY (a) DEFERRABLE)", 'near "DEFERRABLE": syntax error', "DEFER"],
  ["CREATE TABLE t(a) PACKED", "unknown table option: PACKED", "PACKED"],
  ["CREATE TABLE t(a) WITHOUT 'rowid'", "unknown table option: 'rowid'", "'rowid'"],
  ["CREATE TABLE t(a) STRICT WITHOUT ROWID", 'near "WITHOUT": syntax error', "WITHOUT"],
  ["CREATE INDEX i ON t(a NULLS FIRST)", "unsupported use of NULLS FIRST", "a NULLS"],
  ["CREATE INDEX i ON main.t(a)", 'near ".": syntax error', ".t"],
  ["CREATE VIEW v(a COLLATE b) AS SELECT 1", 'syntax error after column name "a"', "a COLL"],
  ["CREATE TEMP INDEX i ON t(a)", 'near "INDEX": syntax error', "INDEX"],
  ["CREATE VIRTUAL TABLE v USING m(a (b", "incomplete input", ""],
  ["CREATE VIRTUAL TABLE v USING m(a {)", 'unrecognized token: "{"', "{)"],
  ["DROP TABLE a, b", 'near ",": syntax error', ", b"],
  ["ALTER TABLE t ADD UNIQUE (a)", 'near "UNIQUE": syntax error', "UNIQUE"],
  ["ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)", 'near "UNIQUE": syntax error', "UNIQUE"],
  ["ALTER TABLE t RENAME COLUMN TO b", 'near "TO": syntax error', "TO b"],
  ["PRAGMA a = 1_000", 'near "1_000": syntax error', "1_000"],
  ["PRAGMA a = NULL", 'near "NULL": syntax error', "NULL"],
  ["PRAGMA a()", 'near ")": syntax error', ")"],
  ["VACUUM main.t", 'near ".": syntax error', ".t"],
  ["EXPLAIN EXPLAIN SELECT 1", 'near "EXPLAIN": syntax error', "EXPLAIN S"],
  ["EXPLAIN", "incomplete input", ""],
];

const QUALIFIED =
  "qualified table names are not allowed on INSERT, UPDATE, and DELETE statements within triggers";
const UNINDEXED = "clause is not allowed on UPDATE or DELETE statements within triggers";

/** What the body of a trigger may not hold. */
const REFUSED_IN_BODY: typeof REFUSED = [
  ["END", 'near "END": syntax error', "END"],
  ["SELECT 1 END", "incomplete input", ""],
  ["; SELECT 1;", 'near ";": syntax error', "; SELECT"],
  ["PRAGMA a;", 'near "PRAGMA": syntax error', "PRAGMA"],
  ["INSERT INTO main.t VALUES (1);", QUALIFIED, "main.t"],
  ["UPDATE main.t SET a = 1;", QUALIFIED, "main.t"],
  ["UPDATE t INDEXED BY i SET a = 1;", `the INDEXED BY ${UNINDEXED}`, "t INDEXED"],
  ["DELETE FROM t NOT INDEXED;", `the NOT INDEXED ${UNINDEXED}`, "t NOT"],
  ["DELETE FROM t RETURNING a;", 'near "RETURNING": syntax error', "RETURNING"],
  ["DELETE FROM t ORDER BY a LIMIT 1;", 'near "ORDER": syntax error', "ORDER"],
  ["UPDATE t SET a = 1 LIMIT 1;", 'near "LIMIT": syntax error', "LIMIT"],
  ["INSERT INTO t VALUES (1) RETURNING a;", "cannot use RETURNING in a trigger", "RETURNING"],
  ["INSERT INTO t DEFAULT VALUES;", 'near "DEFAULT": syntax error', "DEFAULT"],
  ["WITH c AS (SELECT 1) DELETE FROM t;", 'near "DELETE": syntax error', "DELETE"],
];

describe("a text that SQLite refuses", () => {
  it.each(REFUSED)("%s: %s", (sql, message, place) => {
    const error = errorOf(sql);
    expect(error).toMatchObject({ code: "syntax", message });
    const found = sql.slice(error.at);
    expect(place === "" ? found : found.slice(0, place.length)).toBe(place);
  });

  it.each(REFUSED_IN_BODY)("in a trigger: %s: %s", (body, message, place) => {
    const sql = `CREATE TRIGGER r INSERT ON t BEGIN ${body} END`;
    const error = errorOf(sql.replace("END END", "END"));
    expect(error).toMatchObject({ code: "syntax", message });
    if (place !== "") expect(error.at).toBe(sql.indexOf(place));
  });

  it("is told with what was expected", () => {
    expect(errorOf("SELECT 1 FROM").hint).toBe("expected a table");
    expect(errorOf("ALTER TABLE t MOVE").hint).toBe("expected RENAME or ADD or DROP or ALTER");
  });
});

describe("a text that only its trigger's schema could allow", () => {
  it.each(["TEMP TRIGGER r", "TRIGGER temp.r"])("is taken in %s", (head) => {
    const sql = `CREATE ${head} INSERT ON t BEGIN DELETE FROM main.t; END`;
    expect(parseSqlite(sql).statement?.kind).toBe("create-trigger");
  });
});

describe("what only a schema can tell", () => {
  it.each([
    "SELECT nope(DISTINCT a, b), raise(IGNORE)",
    "CREATE TABLE t(a TEXT PRIMARY KEY AUTOINCREMENT, a DEFAULT (a), PRIMARY KEY (b))",
    "CREATE TABLE t(a CONSTRAINT b, CONSTRAINT c CONSTRAINT d)",
    "CREATE TEMP TABLE main.t(a)",
    "UPDATE t SET (a, b) = (1, 2, 3)",
    "VALUES (1), (2, 3)",
    "SELECT 1 WHERE (1, 2) IN (3)",
  ])("is taken: %s", (sql) => {
    expect(parseSqlite(sql).statement).not.toBeNull();
  });
});
