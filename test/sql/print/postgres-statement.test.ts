import { describe, expect, it } from "vitest";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { printPostgres } from "../../../src/sql/print/postgres.ts";

/** What a statement is printed as. */
function printed(sql: string): string {
  const { statement } = parsePostgres(sql);
  if (statement === null) throw new RangeError("an empty statement");
  return printPostgres(statement);
}

describe("queries and changes", () => {
  it.each([
    [
      "select distinct on (a, b) a as x, t.* from only t as x tablesample bernoulli(1) repeatable (2) where b group by distinct rollup(a, (b, c)), grouping sets ((), cube(a)) having d window w as (order by a)",
      'SELECT DISTINCT ON ("a", "b") "a" AS "x", "t".* FROM ONLY "t" AS "x" TABLESAMPLE "bernoulli" (1) REPEATABLE (2) WHERE "b" GROUP BY DISTINCT ROLLUP ("a", ("b", "c")), GROUPING SETS ((), CUBE ("a")) HAVING "d" WINDOW "w" AS (ORDER BY "a")',
    ],
    [
      "select a from t order by a using <, b desc nulls last limit 5 offset 6 for update of t nowait",
      'SELECT "a" FROM "t" ORDER BY "a" USING <, "b" DESC NULLS LAST LIMIT 5 OFFSET 6 FOR UPDATE OF "t" NOWAIT',
    ],
    [
      "select a from t order by a fetch first 3 rows with ties",
      'SELECT "a" FROM "t" ORDER BY "a" FETCH FIRST (3) ROWS WITH TIES',
    ],
    [
      "(select 1 limit 1) union all (select 2) intersect select 3",
      "(SELECT 1 LIMIT 1) UNION ALL (SELECT 2) INTERSECT SELECT 3",
    ],
    [
      "(select 1 union select 2) intersect select 3",
      "(SELECT 1 UNION SELECT 2) INTERSECT SELECT 3",
    ],
    [
      "with recursive c(n) as materialized (values (1)) search depth first by n set s cycle n set m to true default false using p select n from c",
      'WITH RECURSIVE "c" ("n") AS MATERIALIZED (VALUES (1)) SEARCH DEPTH FIRST BY "n" SET "s" CYCLE "n" SET "m" TO TRUE DEFAULT FALSE USING "p" SELECT "n" FROM "c"',
    ],
    [
      "with d as (delete from t returning *) select * from d",
      'WITH "d" AS (DELETE FROM "t" RETURNING *) SELECT * FROM "d"',
    ],
    [
      "select * from a, b join c on x left join d using (y) as z, lateral (select 1) as l(q), rows from (f(1), g(2) as (a int)) with ordinality as r",
      'SELECT * FROM "a", "b" JOIN "c" ON "x" LEFT JOIN "d" USING ("y") AS "z", LATERAL (SELECT 1) AS "l" ("q"), ROWS FROM ("f"(1), "g"(2) AS ("a" integer)) WITH ORDINALITY AS "r"',
    ],
    [
      "select * from a join b join c on x on y",
      'SELECT * FROM "a" JOIN "b" JOIN "c" ON "x" ON "y"',
    ],
    [
      "select * from (a natural join b) as x, f(1) as (a int)",
      'SELECT * FROM ("a" NATURAL JOIN "b") AS "x", "f"(1) AS ("a" integer)',
    ],
    [
      "select sum(a) filter (where b) over (partition by c order by d range between '1' preceding and current row exclude ties), percentile_cont(0.5) within group (order by a), count(*), f(a => 1, variadic b)",
      'SELECT "sum"("a") FILTER (WHERE "b") OVER (PARTITION BY "c" ORDER BY "d" RANGE BETWEEN \'1\' PRECEDING AND CURRENT ROW EXCLUDE TIES), "percentile_cont"(0.5) WITHIN GROUP (ORDER BY "a"), "count"(*), "f"("a" => 1, VARIADIC "b")',
    ],
    [
      'select coalesce(a, b), nullif(a, b), greatest(a, b), least(a), "coalesce"(a), s.coalesce(a)',
      'SELECT COALESCE("a", "b"), NULLIF("a", "b"), GREATEST("a", "b"), LEAST("a"), "coalesce"("a"), "s"."coalesce"("a")',
    ],
    [
      'insert into t as x (a, b.c, d[1]) overriding user value values (1, default) on conflict (lower(a) collate "C" text_ops, (a + b)) where c do update set a = 1, (b, c.d) = (2, 3) where d returning with (old as o, new as n) *',
      'INSERT INTO "t" AS "x" ("a", "b"."c", "d"[1]) OVERRIDING USER VALUE VALUES (1, DEFAULT) ON CONFLICT ("lower"("a") COLLATE "C" "text_ops", ("a" + "b")) WHERE "c" DO UPDATE SET "a" = 1, ("b", "c"."d") = (2, 3) WHERE "d" RETURNING WITH (OLD AS "o", NEW AS "n") *',
    ],
    [
      "insert into t default values on conflict on constraint c do nothing",
      'INSERT INTO "t" DEFAULT VALUES ON CONFLICT ON CONSTRAINT "c" DO NOTHING',
    ],
    [
      "update only t as x set a = default from u where current of c",
      'UPDATE ONLY "t" AS "x" SET "a" = DEFAULT FROM "u" WHERE CURRENT OF "c"',
    ],
    [
      "delete from t using u, v where a returning a as b",
      'DELETE FROM "t" USING "u", "v" WHERE "a" RETURNING "a" AS "b"',
    ],
    [
      "merge into t as x using a cross join b on c when matched and d then update set a = 1 when not matched by target then insert (a, b) overriding system value values (1, 2) when not matched then insert default values when not matched by source then delete when matched then do nothing returning a",
      'MERGE INTO "t" AS "x" USING "a" CROSS JOIN "b" ON "c" WHEN MATCHED AND "d" THEN UPDATE SET "a" = 1 WHEN NOT MATCHED BY TARGET THEN INSERT ("a", "b") OVERRIDING SYSTEM VALUE VALUES (1, 2) WHEN NOT MATCHED THEN INSERT DEFAULT VALUES WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN MATCHED THEN DO NOTHING RETURNING "a"',
    ],
    [
      "select * from t for system_time as of '2020-01-01' as x",
      'SELECT * FROM "t" FOR SYSTEM_TIME AS OF \'2020-01-01\' AS "x"',
    ],
    ["select 1 offset 2", "SELECT 1 OFFSET 2"],
    ["select from t", 'SELECT FROM "t"'],
    ["values (1, default)", "VALUES (1, DEFAULT)"],
    ["select a into temp x from t", 'SELECT "a" INTO TEMP "x" FROM "t"'],
  ])("print: %s", (sql, text) => {
    expect(printed(sql)).toBe(text);
    expect(printed(text)).toBe(text);
  });
});

describe("definitions", () => {
  it.each([
    [
      "create unlogged table if not exists t (a int primary key deferrable initially deferred, b varchar(3) collate \"C\" default 'x' || 'y' not null, c int generated always as (a + 1) stored, d int generated by default as identity (start 5 increment 2), constraint k unique nulls not distinct (a, b) include (c) with (fillfactor = 70), foreign key (a) references u (b) match full on delete set null (a) on update cascade not valid, exclude using gist (a with &&) where (b), check (a > 1) no inherit, like u including all excluding comments) inherits (p) partition by range (a, (b + 1)) using heap with (fillfactor = 70) tablespace s",
      'CREATE UNLOGGED TABLE IF NOT EXISTS "t" ("a" integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, "b" varchar(3) COLLATE "C" DEFAULT \'x\' || \'y\' NOT NULL, "c" integer GENERATED ALWAYS AS ("a" + 1) STORED, "d" integer GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 2), CONSTRAINT "k" UNIQUE NULLS NOT DISTINCT ("a", "b") INCLUDE ("c") WITH ("fillfactor" = 70), FOREIGN KEY ("a") REFERENCES "u" ("b") MATCH FULL ON DELETE SET NULL ("a") ON UPDATE CASCADE NOT VALID, EXCLUDE USING "gist" ("a" WITH &&) WHERE ("b"), CHECK ("a" > 1) NO INHERIT, LIKE "u" INCLUDING ALL EXCLUDING COMMENTS) INHERITS ("p") PARTITION BY "range" ("a", ("b" + 1)) USING "heap" WITH ("fillfactor" = 70) TABLESPACE "s"',
    ],
    [
      "create temp table t (a, b) on commit drop as select 1, 2 with no data",
      'CREATE TEMP TABLE "t" ("a", "b") ON COMMIT DROP AS SELECT 1, 2 WITH NO DATA',
    ],
    [
      "create table p partition of t for values from (1, minvalue) to (2, maxvalue)",
      'CREATE TABLE "p" PARTITION OF "t" FOR VALUES FROM (1, "minvalue") TO (2, "maxvalue")',
    ],
    [
      "create table p partition of t (a default 1) for values with (modulus 4, remainder 1) partition by list (a)",
      'CREATE TABLE "p" PARTITION OF "t" ("a" DEFAULT 1) FOR VALUES WITH (MODULUS 4, REMAINDER 1) PARTITION BY "list" ("a")',
    ],
    ["create table p partition of t default", 'CREATE TABLE "p" PARTITION OF "t" DEFAULT'],
    ["create table t of ty (a with options not null)", 'CREATE TABLE "t" OF "ty" ("a" NOT NULL)'],
    [
      'create unique index concurrently if not exists i on only s.t using gin (a collate "C" ops desc nulls first, lower(b), (a + b) ops (x = 1)) include (c) nulls not distinct with (fillfactor = 70) tablespace s where d',
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "i" ON ONLY "s"."t" USING "gin" ("a" COLLATE "C" "ops" DESC NULLS FIRST, "lower"("b"), ("a" + "b") "ops" ("x" = 1)) INCLUDE ("c") NULLS NOT DISTINCT WITH ("fillfactor" = 70) TABLESPACE "s" WHERE "d"',
    ],
    [
      "create or replace temp recursive view v (a) with (security_barrier) as select 1",
      'CREATE OR REPLACE TEMP RECURSIVE VIEW "v" ("a") WITH ("security_barrier") AS SELECT 1',
    ],
    [
      "create view v as select 1 with local check option",
      'CREATE VIEW "v" AS SELECT 1 WITH LOCAL CHECK OPTION',
    ],
    [
      "create view v as select 1 with check option",
      'CREATE VIEW "v" AS SELECT 1 WITH CASCADED CHECK OPTION',
    ],
    [
      "create materialized view if not exists v using heap as select 1 with no data",
      'CREATE MATERIALIZED VIEW IF NOT EXISTS "v" USING "heap" AS SELECT 1 WITH NO DATA',
    ],
    [
      'alter table if exists only t add column if not exists a int, drop column b cascade, alter c set default 1, alter c drop default, alter c set not null, alter c type text collate "C" using c::text, alter c add generated always as identity, alter c set generated by default set cache 5 restart with 3, alter c drop identity if exists, alter c set statistics 100, alter c set storage plain, alter c reset (n_distinct), add constraint k primary key using index i, drop constraint if exists k restrict',
      'ALTER TABLE IF EXISTS ONLY "t" ADD COLUMN IF NOT EXISTS "a" integer, DROP COLUMN "b" CASCADE, ALTER COLUMN "c" SET DEFAULT 1, ALTER COLUMN "c" DROP DEFAULT, ALTER COLUMN "c" SET NOT NULL, ALTER COLUMN "c" TYPE "text" COLLATE "C" USING "c"::"text", ALTER COLUMN "c" ADD GENERATED ALWAYS AS IDENTITY, ALTER COLUMN "c" SET GENERATED BY DEFAULT SET CACHE 5 RESTART 3, ALTER COLUMN "c" DROP IDENTITY IF EXISTS, ALTER COLUMN "c" SET STATISTICS 100, ALTER COLUMN "c" SET STORAGE "plain", ALTER COLUMN "c" RESET ("n_distinct"), ADD CONSTRAINT "k" PRIMARY KEY USING INDEX "i", DROP CONSTRAINT IF EXISTS "k" RESTRICT',
    ],
    [
      "alter table t attach partition p for values in (1, 2)",
      'ALTER TABLE "t" ATTACH PARTITION "p" FOR VALUES IN (1, 2)',
    ],
    ["alter table t rename constraint a to b", 'ALTER TABLE "t" RENAME CONSTRAINT "a" TO "b"'],
    [
      "alter type t add attribute a int cascade, drop attribute if exists b, alter attribute c type text",
      'ALTER TYPE "t" ADD ATTRIBUTE "a" integer CASCADE, DROP ATTRIBUTE IF EXISTS "b", ALTER ATTRIBUTE "c" TYPE "text"',
    ],
    ["alter type t rename attribute a to b", 'ALTER TYPE "t" RENAME ATTRIBUTE "a" TO "b"'],
    [
      "alter type t add value if not exists 'x' before 'y'",
      "ALTER TYPE \"t\" ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'",
    ],
    ["alter domain d set not null", 'ALTER DOMAIN "d" SET NOT NULL'],
    [
      "alter domain d add constraint c check (value > 1)",
      'ALTER DOMAIN "d" ADD CONSTRAINT "c" CHECK ("value" > 1)',
    ],
    ["alter extension e update to '2'", "ALTER EXTENSION \"e\" UPDATE TO '2'"],
    ["alter extension e add function f(int)", 'ALTER EXTENSION "e" ADD FUNCTION "f"(integer)'],
    ["alter database d with connection limit 5", 'ALTER DATABASE "d" "connection_limit" = 5'],
    [
      "alter role r in database d set search_path to a, 'b'",
      'ALTER ROLE "r" IN DATABASE "d" SET "search_path" TO \'a\', \'b\'',
    ],
    [
      "create role r with login password 'x' in role a, b connection limit 5",
      'CREATE ROLE "r" LOGIN PASSWORD \'x\' IN ROLE "a", "b" CONNECTION LIMIT 5',
    ],
    ["create type t as enum ('a', 'b')", "CREATE TYPE \"t\" AS ENUM ('a', 'b')"],
    [
      'create type t as (a int, b text collate "C")',
      'CREATE TYPE "t" AS ("a" integer, "b" "text" COLLATE "C")',
    ],
    ["create type t", 'CREATE TYPE "t"'],
    [
      "create domain d as int default 1 check (value > 0)",
      'CREATE DOMAIN "d" AS integer DEFAULT 1 CHECK ("value" > 0)',
    ],
    [
      "create schema s authorization current_user create table t (a int) create view v as select 1",
      'CREATE SCHEMA "s" AUTHORIZATION CURRENT_USER CREATE TABLE "t" ("a" integer) CREATE VIEW "v" AS SELECT 1',
    ],
    ["create schema if not exists s", 'CREATE SCHEMA IF NOT EXISTS "s"'],
    [
      "create extension if not exists e with schema s version '1' cascade",
      'CREATE EXTENSION IF NOT EXISTS "e" SCHEMA "s" VERSION \'1\' CASCADE',
    ],
    [
      "create sequence s as bigint increment by 2 minvalue -5 no maxvalue start 1 cache 5 cycle owned by t.a",
      'CREATE SEQUENCE "s" AS bigint INCREMENT 2 MINVALUE -5 NO MAXVALUE START 1 CACHE 5 CYCLE OWNED BY "t"."a"',
    ],
    [
      "create database d owner = o connection limit 5",
      'CREATE DATABASE "d" "owner" = "o" "connection_limit" = 5',
    ],
    ["comment on column s.t.a is 'x'", 'COMMENT ON COLUMN "s"."t"."a" IS \'x\''],
    [
      "comment on function f(in a int, out b text) is null",
      'COMMENT ON FUNCTION "f"(IN "a" integer, OUT "b" "text") IS NULL',
    ],
    [
      "comment on operator s.+ (int, none) is 'x'",
      "COMMENT ON OPERATOR \"s\".+ (integer, NONE) IS 'x'",
    ],
    [
      "comment on aggregate a(int order by text) is 'x'",
      'COMMENT ON AGGREGATE "a" (integer ORDER BY "text") IS \'x\'',
    ],
    [
      "comment on constraint c on domain d is 'x'",
      'COMMENT ON CONSTRAINT "c" ON DOMAIN "d" IS \'x\'',
    ],
    [
      "drop function if exists f(int), g cascade",
      'DROP FUNCTION IF EXISTS "f"(integer), "g" CASCADE',
    ],
    ["drop trigger t on s.u", 'DROP TRIGGER "t" ON "s"."u"'],
    ["drop operator class o using btree", 'DROP OPERATOR CLASS "o" USING "btree"'],
    ["drop cast (int as text)", 'DROP CAST (integer AS "text")'],
    ["drop index concurrently if exists a, b.c", 'DROP INDEX CONCURRENTLY IF EXISTS "a", "b"."c"'],
    ["drop database d with (force)", 'DROP DATABASE "d" WITH (FORCE)'],
    ["drop role if exists a, current_user", 'DROP ROLE IF EXISTS "a", CURRENT_USER'],
    [
      "truncate table only a, b restart identity cascade",
      'TRUNCATE TABLE ONLY "a", "b" RESTART IDENTITY CASCADE',
    ],
    [
      "refresh materialized view concurrently v with no data",
      'REFRESH MATERIALIZED VIEW CONCURRENTLY "v" WITH NO DATA',
    ],
    [
      "grant select (a), insert on t, u to public, r with grant option granted by current_user",
      'GRANT "select" ("a"), "insert" ON TABLE "t", "u" TO "public", "r" WITH GRANT OPTION GRANTED BY CURRENT_USER',
    ],
    [
      "grant all privileges on all tables in schema s to r",
      'GRANT ALL ON ALL TABLES IN SCHEMA "s" TO "r"',
    ],
    [
      "revoke grant option for execute on function f(int), g from r cascade",
      'REVOKE GRANT OPTION FOR "execute" ON FUNCTION "f"(integer), "g" FROM "r" CASCADE',
    ],
    [
      "grant a, b to c with admin option, inherit false",
      'GRANT "a", "b" TO "c" WITH "admin" TRUE, "inherit" FALSE',
    ],
    ["revoke admin option for a from b", 'REVOKE "admin" OPTION FOR "a" FROM "b"'],
    [
      "alter default privileges for role a in schema s grant select on tables to b",
      'ALTER DEFAULT PRIVILEGES FOR ROLE "a" IN SCHEMA "s" GRANT "select" ON TABLES TO "b"',
    ],
    ["reassign owned by a, b to c", 'REASSIGN OWNED BY "a", "b" TO "c"'],
    ["drop owned by a cascade", 'DROP OWNED BY "a" CASCADE'],
    ["alter table t set schema s", 'ALTER TABLE "t" SET SCHEMA "s"'],
    ["alter table t owner to current_user", 'ALTER TABLE "t" OWNER TO CURRENT_USER'],
    [
      "alter index i alter column 2 set statistics 5",
      'ALTER INDEX "i" ALTER COLUMN 2 SET STATISTICS 5',
    ],
    [
      "alter table t alter c set expression as (a + 1)",
      'ALTER TABLE "t" ALTER COLUMN "c" SET EXPRESSION AS ("a" + 1)',
    ],
    [
      "alter table t alter constraint k deferrable initially deferred",
      'ALTER TABLE "t" ALTER CONSTRAINT "k" DEFERRABLE INITIALLY DEFERRED',
    ],
    [
      "alter table t detach partition p concurrently",
      'ALTER TABLE "t" DETACH PARTITION "p" CONCURRENTLY',
    ],
    ["alter policy p on t rename to q", 'ALTER POLICY "p" ON "t" RENAME TO "q"'],
    [
      "alter sequence s restart with 5 owned by none",
      'ALTER SEQUENCE "s" RESTART 5 OWNED BY "none"',
    ],
    ["drop policy if exists p on t", 'DROP POLICY IF EXISTS "p" ON "t"'],
    ["drop aggregate a(*)", 'DROP AGGREGATE "a" (*)'],
    ["drop owned by a", 'DROP OWNED BY "a"'],
    ["drop trigger t on u cascade", 'DROP TRIGGER "t" ON "u" CASCADE'],
    ["create table t ()", 'CREATE TABLE "t" ()'],
  ])("print: %s", (sql, text) => {
    expect(printed(sql)).toBe(text);
    expect(printed(text)).toBe(text);
  });
});

describe("commands", () => {
  it.each([
    ["set local search_path to a, 'b', 5", "SET LOCAL \"search_path\" TO 'a', 'b', 5"],
    ["set time zone interval '1' hour", "SET TIME ZONE interval '1' HOUR"],
    ["set timezone to default", 'SET "timezone" TO DEFAULT'],
    ["set a.b from current", 'SET "a.b" FROM CURRENT'],
    ["reset all", "RESET ALL"],
    ["show transaction isolation level", 'SHOW "transaction_isolation"'],
    [
      "set transaction isolation level serializable, read only",
      "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY",
    ],
    [
      "set session characteristics as transaction read write",
      "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    ],
    ["set constraints all deferred", "SET CONSTRAINTS ALL DEFERRED"],
    [
      "begin isolation level repeatable read read only",
      "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    ],
    ["commit and chain", "COMMIT AND CHAIN"],
    ["rollback to savepoint s", 'ROLLBACK TO "s"'],
    ["prepare transaction 'x'", "PREPARE TRANSACTION 'x'"],
    ["explain (analyze, format json) select 1", 'EXPLAIN ("analyze", "format" "json") SELECT 1'],
    ["prepare p (int, text) as select $1", 'PREPARE "p" (integer, "text") AS SELECT $1'],
    ["execute p (1, 'a')", "EXECUTE \"p\" (1, 'a')"],
    ["deallocate all", "DEALLOCATE ALL"],
    [
      "declare c binary insensitive no scroll cursor with hold for select 1",
      'DECLARE "c" BINARY INSENSITIVE NO SCROLL CURSOR WITH HOLD FOR SELECT 1',
    ],
    ["fetch backward all from c", 'FETCH BACKWARD ALL FROM "c"'],
    ["move absolute -1 in c", 'MOVE ABSOLUTE -1 FROM "c"'],
    ["close all", "CLOSE ALL"],
    ["lock table only a, b in share mode nowait", 'LOCK TABLE ONLY "a", "b" IN SHARE MODE NOWAIT'],
    ["listen a", 'LISTEN "a"'],
    ["unlisten *", "UNLISTEN *"],
    ["notify a, 'x'", "NOTIFY \"a\", 'x'"],
    [
      "copy t (a, b) from stdin with (format csv, header, force_quote (a, b), null '')",
      'COPY "t" ("a", "b") FROM STDIN WITH ("format" "csv", "header", "force_quote" ("a", "b"), "null" \'\')',
    ],
    [
      "copy (select 1) to program 'x' csv",
      'COPY (SELECT 1) TO PROGRAM \'x\' WITH ("format" "csv")',
    ],
    ["vacuum (full, parallel 2) t (a), u", 'VACUUM ("full", "parallel" 2) "t" ("a"), "u"'],
    ["analyze verbose t", 'ANALYZE ("verbose") "t"'],
    ["cluster t using i", 'CLUSTER "t" USING "i"'],
    ["reindex (verbose) table concurrently t", 'REINDEX ("verbose") TABLE CONCURRENTLY "t"'],
    ["checkpoint", "CHECKPOINT"],
    ["discard temp", "DISCARD TEMP"],
    ["load 'x'", "LOAD 'x'"],
    ["call p(1, 2)", 'CALL "p"(1, 2)'],
    ["set session authorization 'x'", "SET \"session_authorization\" TO 'x'"],
  ])("print: %s", (sql, text) => {
    expect(printed(sql)).toBe(text);
    expect(printed(text)).toBe(text);
  });
});
