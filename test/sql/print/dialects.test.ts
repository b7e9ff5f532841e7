import { describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Node, Statement } from "../../../src/sql/ast/statement.ts";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { printPostgres } from "../../../src/sql/print/postgres.ts";
import { printSqlite } from "../../../src/sql/print/sqlite.ts";

function statementOf(parsed: { statement: Statement | null }): Statement {
  if (parsed.statement === null) throw new RangeError("an empty statement");
  return parsed.statement;
}

function toSqlite(sql: string): string {
  return printSqlite(statementOf(parsePostgres(sql)));
}

function toPostgres(sql: string): string {
  return printPostgres(statementOf(parseSqlite(sql)));
}

/** The message with which printing is refused. */
function refusal(print: () => string): string {
  try {
    return `printed: ${print()}`;
  } catch (error) {
    if (!(error instanceof DosqlError) || error.code !== "unsupported") throw error;
    return error.message;
  }
}

describe("a statement of Postgres in SQLite", () => {
  it.each([
    ["select $2, $1", "SELECT ?2, ?1"],
    ["select true, false", "SELECT TRUE, FALSE"],
    ["select 0b101, 0o17, 0x1F", "SELECT 5, 15, 0x1F"],
    ["select a is true, a is not unknown", "SELECT `a` IS TRUE, `a` IS NOT NULL"],
    ["select a::text, cast(a as text)", "SELECT CAST(`a` AS text), CAST(`a` AS text)"],
    ["select int '1', a::numeric(10, 2)", "SELECT CAST('1' AS int4), CAST(`a` AS numeric(10, 2))"],
    ["select '\\xCAfe'::bytea, bytea '\\x'", "SELECT x'CAfe', x''"],
    ["select '\\xCA0'::bytea", "SELECT CAST('\\xCA0' AS bytea)"],
    ["select row(1, 2) = (3, 4)", "SELECT (1, 2) = (3, 4)"],
    ["select a is not distinct from b", "SELECT `a` IS NOT DISTINCT FROM `b`"],
    ["select coalesce(a, b), count(*)", 'SELECT "coalesce"(`a`, `b`), "count"(*)'],
    ["select 1 offset 2", "SELECT 1 LIMIT -1 OFFSET 2"],
    ["select 1 offset 2 limit 3", "SELECT 1 LIMIT 3 OFFSET 2"],
    ["values (1) order by 1", "SELECT * FROM (VALUES (1)) ORDER BY 1"],
    ["select 1 union values (2) limit 1", "SELECT * FROM (SELECT 1 UNION VALUES (2)) LIMIT 1"],
    [
      "(select 1 order by 1) union (select 2) intersect select 3",
      "SELECT * FROM (SELECT 1 ORDER BY 1) UNION SELECT * FROM (SELECT * FROM (SELECT 2) " +
        "INTERSECT SELECT 3)",
    ],
    ["select * from a, b join c on d", 'SELECT * FROM "a", ("b" JOIN "c" ON `d`)'],
    [
      "select * from a join b join c on x on y",
      'SELECT * FROM "a" JOIN ("b" JOIN "c" ON `x`) ON `y`',
    ],
    [
      "select * from a cross join lateral json_each(b) as c",
      'SELECT * FROM "a" CROSS JOIN "json_each"(`b`) AS "c"',
    ],
    [
      "insert into t select * from u on conflict do nothing",
      'INSERT INTO "t" SELECT * FROM "u" WHERE 1 ON CONFLICT DO NOTHING',
    ],
    [
      "insert into t (select 1) on conflict do nothing",
      'INSERT INTO "t" SELECT 1 ON CONFLICT DO NOTHING',
    ],
    [
      "insert into t select * from u limit 1 on conflict do nothing",
      'INSERT INTO "t" SELECT * FROM "u" LIMIT 1 ON CONFLICT DO NOTHING',
    ],
    ["create table t (a int default now())", 'CREATE TABLE "t" ("a" int4 DEFAULT ("now"()))'],
    ["create table t (a bool default true)", 'CREATE TABLE "t" ("a" bool DEFAULT TRUE)'],
    ["create index i on s.t (lower(a))", 'CREATE INDEX "s"."i" ON "t" ("lower"(`a`))'],
    ["drop view if exists v", 'DROP VIEW IF EXISTS "v"'],
  ])("%s", (sql, text) => {
    expect(toSqlite(sql)).toBe(text);
    expect(printSqlite(statementOf(parseSqlite(text)))).toBe(text);
  });

  it.each([
    ["select distinct on (a) a", "DISTINCT ON of SELECT"],
    ["select a from t order by a fetch first row with ties", "WITH TIES of QUERY"],
    ["select a from t for update", "LOCKING of QUERY"],
    ["select array[1]", "ARRAY"],
    ["select array(select 1)", "ARRAY QUERY"],
    ["select a[1]", "SUBSCRIPT"],
    ["select (a).b", "FIELD"],
    ["select b'1'", "BITS"],
    ["select a at local", "AT TIME ZONE"],
    ["select a = any (b)", "QUANTIFIED"],
    ["select a ilike b", "the operator ILIKE"],
    ["select a @> b", "the operator @>"],
    ["select @ a", "the operator @"],
    ["select a operator(s.+) b", "the operator OPERATOR()"],
    ["select a is json", "IS JSON"],
    ["select a between symmetric b and c", "SYMMETRIC of BETWEEN"],
    ["select f(a => 1)", "ARGUMENT"],
    ["select s.f(1)", "a schema before a function"],
    ["select s.t.* from s.t", "a schema before .*"],
    ["select session_user", "SESSION_USER"],
    ["select current_timestamp(3)", "PRECISION of KEYWORD VALUE"],
    ["select row(1)", "a row of fewer than two values"],
    ["select a::int[]", "DIMENSIONS of TYPE"],
    ["select a::interval year", "FIELDS of TYPE"],
    ["select a::s.t", "a schema before a type"],
    ["select a::t('x')", "a type modifier that is no number"],
    ["select c.s.t.a", "CATALOG of OBJECT NAME"],
    ["select a group by rollup(a)", "GROUPING SET"],
    ["select a group by distinct a", "GROUP QUANTIFIER of SELECT"],
    ["select a into x", "INTO of SELECT"],
    ["select a from only t", "ONLY of TABLE"],
    ["select a from t tablesample x(1)", "SAMPLE of TABLE"],
    ["select a from t as x(b)", "COLUMNS of ALIAS"],
    ["select a from t, lateral (select 1) as x", "LATERAL of DERIVED"],
    ["select a from f(1) with ordinality", "ORDINALITY of TABLE FUNCTION"],
    ["select a from rows from (f(1), g(1))", "ROWS FROM of TABLE FUNCTION"],
    ["select a from t join u using (a) as x", "USING ALIAS of JOIN"],
    ["with x as (delete from t returning *) select 1", "delete in WITH"],
    ["select from t", "an empty select list"],
    ["select 1 intersect all select 2", "INTERSECT ALL"],
    ['select a collate pg_catalog."C"', "a schema before a collation"],
    ["insert into t values (default)", "DEFAULT VALUE"],
    ["insert into t overriding user value values (1)", "OVERRIDING of INSERT"],
    ["insert into t values (1) on conflict on constraint c do nothing", "CONSTRAINT of UPSERT"],
    ["delete from t using u", "USING of DELETE"],
    ["delete from t returning with (old as o) *", "OLD of RETURNING"],
    ["merge into t using u on a when matched then delete", "MERGE"],
    ["create table t ()", "a table without columns"],
    ["create table t (a int) inherits (u)", "INHERITS of CREATE TABLE"],
    ["create table t (a int unique deferrable)", "DEFERRABLE of KEY"],
    ["create table t (a int check (a > 1) no inherit)", "MARKS of CHECK"],
    ["create table t (a int references s.u)", "a schema before a parent table"],
    ["create table t (a int generated always as identity)", "IDENTITY"],
    ["create table t (a text collate s.c)", "a schema before a collation"],
    ["create unlogged table t (a int)", "UNLOGGED"],
    ["create index on t (a)", "an index without a name"],
    ["create index i on t (a nulls first)", "NULLS of an index"],
    ["insert into t values (1) on conflict (a nulls last) do nothing", "NULLS of an index"],
    ["insert into t default values on conflict do nothing", "ON CONFLICT behind DEFAULT VALUES"],
    ["create index i on t using gin (a)", "METHOD of CREATE INDEX"],
    ["create index i on t (a ops)", "OPCLASS of ORDER"],
    ["create or replace view v as select 1", "OR REPLACE of CREATE VIEW"],
    ["create materialized view v as select 1", "MATERIALIZED of CREATE VIEW"],
    ["create sequence s", "CREATE SEQUENCE"],
    ["alter table t add a int, drop b", "ALTER TABLE with several actions"],
    ["alter view v rename to w", "ALTER VIEW"],
    ["alter table t alter a set default 1", "ALTER DEFAULT"],
    ["alter table if exists t rename to u", "IF EXISTS of ALTER TABLE"],
    ["drop table a, b", "DROP of several objects"],
    ["drop table a cascade", "BEHAVIOR of DROP"],
    ["drop schema s", "DROP SCHEMA"],
    ["begin isolation level serializable", "MODES of TRANSACTION"],
    ["commit and chain", "CHAIN of TRANSACTION"],
    ["prepare transaction 'x'", "PREPARE"],
    ["explain (analyze) select 1", "OPTIONS of EXPLAIN"],
    ["set a to 1", "SETTING"],
    ["vacuum full t", "UPKEEP"],
  ])("has no form: %s", (sql, construct) => {
    expect(refusal(() => toSqlite(sql))).toBe(`${construct} has no form in SQLite`);
  });
});

describe("a statement of SQLite in Postgres", () => {
  it.each([
    ["select ?, ?", "SELECT $1, $2"],
    ["select ?, ?3, ?, :a, @a, :a, ?", "SELECT $1, $3, $4, $5, $6, $5, $7"],
    ["select $2, $1, $2", "SELECT $1, $2, $1"],
    ["select ? between ? and ? group by ? limit ?, ?", null],
    ["select true, a is FALSE", 'SELECT TRUE, "a" IS NOT DISTINCT FROM FALSE'],
    ["select `true`", 'SELECT "true"'],
    ["select a is b, a is not b", null],
    ["select x'CAFE'", "SELECT '\\xCAFE'::bytea"],
    ["select a in t, a in f(1)", null],
    ["select a in ((select 1)), a not in ((select 1))", null],
    ['select a, "b", [c], `d`', 'SELECT "a", "b", "c", "d"'],
    ["select * from a join b", 'SELECT * FROM "a" CROSS JOIN "b"'],
    ["select * from a, b on c", 'SELECT * FROM "a" JOIN "b" ON "c"'],
    ["select * from a left join b", 'SELECT * FROM "a" LEFT JOIN "b" ON TRUE'],
    ["select * from a, b join c on d", 'SELECT * FROM "a" CROSS JOIN "b" JOIN "c" ON "d"'],
    ["select * from a join b on c, d", 'SELECT * FROM "a" JOIN "b" ON "c", "d"'],
    ["select * from (a, b)", 'SELECT * FROM ("a" CROSS JOIN "b")'],
    ["select * from (a), (b) as c", 'SELECT * FROM "a", "b" AS "c"'],
    ["select * from ((a))", 'SELECT * FROM "a"'],
    ["select * from a natural cross join b", 'SELECT * FROM "a" NATURAL JOIN "b"'],
    ["select 1 limit 2, 3", "SELECT 1 OFFSET 2 LIMIT 3"],
    ["select 1 union select 2 intersect select 3", "(SELECT 1 UNION SELECT 2) INTERSECT SELECT 3"],
    ["create index s.i on t (a, b + 1)", 'CREATE INDEX "i" ON "s"."t" ("a", ("b" + 1))'],
    ["begin", "BEGIN"],
  ])("%s", (sql, text) => {
    const texts: Record<string, string> = {
      "select ? between ? and ? group by ? limit ?, ?":
        "SELECT $1 BETWEEN $2 AND $3 GROUP BY $4 OFFSET $5 LIMIT $6",
      "select a is b, a is not b": 'SELECT "a" IS NOT DISTINCT FROM "b", "a" IS DISTINCT FROM "b"',
      "select a in t, a in f(1)":
        'SELECT "a" IN (SELECT * FROM "t"), "a" IN (SELECT * FROM "f"(1))',
      "select a in ((select 1)), a not in ((select 1))":
        'SELECT ("a" = (SELECT 1)), ("a" <> (SELECT 1))',
    };
    expect(toPostgres(sql)).toBe(text ?? texts[sql]);
  });

  it.each([
    ["select a glob b", "GLOB"],
    ["select a in ()", "an empty list behind IN"],
    ["select raise(ignore)", "RAISE"],
    ['select ""', "an empty name"],
    ["select * from t indexed by i", "INDEXED BY of TABLE"],
    ["select * from t not indexed", "NOT INDEXED of TABLE"],
    ["select * from (a as b) as c", "a second alias"],
    ["replace into t values (1)", "REPLACE of INSERT"],
    ["insert or ignore into t values (1)", "OR of INSERT"],
    [
      "insert into t values (1) on conflict (a) do nothing on conflict do nothing",
      "a second ON CONFLICT",
    ],
    ["update or fail t set a = 1", "OR of UPDATE"],
    ["delete from t limit 1", "LIMIT of DELETE"],
    ["create table t (a int) without rowid", "WITHOUT ROWID of CREATE TABLE"],
    ["create table t (a int) strict", "STRICT of CREATE TABLE"],
    ["create table t (a)", "a column without a type"],
    ["create table t (a int constraint c)", "NAME of EMPTY CONSTRAINT"],
    ["alter table t add a", "a column without a type"],
    ["insert into t (a) default values", "a column list before DEFAULT VALUES"],
    ["create table t (a int primary key autoincrement)", "AUTOINCREMENT of KEY"],
    ["create table t (a int not null on conflict fail)", "ON CONFLICT of NULL CONSTRAINT"],
    ["create table t (a int, primary key (a desc))", "a key of more than names"],
    ["create table t (a int references u match other)", "MATCH OTHER"],
    ["create view if not exists v as select 1", "IF NOT EXISTS of CREATE VIEW"],
    ["create trigger r after insert on t begin select 1; end", "CREATE TRIGGER"],
    ["create virtual table v using m", "CREATE VIRTUAL TABLE"],
    ["drop trigger r", "DROP TRIGGER without a table"],
    ["begin immediate", "LOCK of TRANSACTION"],
    ["commit transaction x", "COMMIT with a name"],
    ["pragma x", "PRAGMA"],
    ["attach 'f' as x", "ATTACH"],
    ["detach x", "DETACH"],
    ["vacuum", "MAINTAIN"],
    ["explain query plan select 1", "QUERY PLAN of EXPLAIN"],
  ])("has no form: %s", (sql, construct) => {
    expect(refusal(() => toPostgres(sql))).toBe(`${construct} has no form in Postgres`);
  });
});

describe("what neither dialect says", () => {
  const node: Node = {
    ...(statementOf(parsePostgres("SELECT f(a)")) as Node),
  };

  it("is refused by its name", () => {
    const ignored = JSON.parse(JSON.stringify(node).replace('"nulls":""', '"nulls":"IGNORE"'));
    expect(refusal(() => printPostgres(ignored))).toBe("NULLS of CALL has no form in Postgres");
    expect(refusal(() => printSqlite(ignored))).toBe("NULLS of CALL has no form in SQLite");
  });
});
