import { describe, expect, it } from "vitest";
import type { Name } from "../../../src/sql/ast/name.ts";
import type { Expr } from "../../../src/sql/ast/query.ts";
import type { Node } from "../../../src/sql/ast/statement.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { printSqlite } from "../../../src/sql/print/sqlite.ts";

const AT = { start: -1, end: -1 } as const;

/** What a statement is printed as. */
function printed(sql: string): string {
  const { statement } = parseSqlite(sql);
  if (statement === null) throw new RangeError("an empty statement");
  return printSqlite(statement);
}

/** What an expression is printed as. */
function expression(sql: string): string {
  return printed(`SELECT ${sql}`).replace(/^SELECT /, "");
}

function name(text: string, quote: Name["quote"] = ""): Name {
  return { kind: "name", ...AT, text, quote };
}

function integer(text: string): Expr {
  return { kind: "integer", ...AT, text };
}

describe("parentheses", () => {
  it.each([
    ["1+2*3", "1 + 2 * 3"],
    ["(1+2)*3", "(1 + 2) * 3"],
    ["1-(2-3)", "1 - (2 - 3)"],
    ["(1-2)-3", "1 - 2 - 3"],
    ["a||(b||c)", "`a` || (`b` || `c`)"],
    ["(a->b)->>c", "`a` -> `b` ->> `c`"],
    ["a||b*c", "`a` || `b` * `c`"],
    ["a||(b*c)", "`a` || (`b` * `c`)"],
    ["a<b=c", "`a` < `b` = `c`"],
    ["(a=b)<c", "(`a` = `b`) < `c`"],
    ["a=b=c", "`a` = `b` = `c`"],
    ["a=(b=c)", "`a` = (`b` = `c`)"],
    ["a&b<<c", "`a` & `b` << `c`"],
    ["NOT a=b", "NOT `a` = `b`"],
    ["(NOT a)=b", "(NOT `a`) = `b`"],
    ["NOT NOT a", "NOT NOT `a`"],
    ["a IS (NOT b)", "`a` IS (NOT `b`)"],
    ["a IS NOT b", "`a` IS NOT `b`"],
    ["a IS NULL = b", "`a` IS NULL = `b`"],
    ["a COLLATE x || b", '`a` COLLATE "x" || `b`'],
    ["(a||b) COLLATE x", '(`a` || `b`) COLLATE "x"'],
    ["-a COLLATE x", '-`a` COLLATE "x"'],
    ["-(a COLLATE x)", '-(`a` COLLATE "x")'],
    ["a LIKE (b LIKE c)", "`a` LIKE (`b` LIKE `c`)"],
    ["a LIKE b ESCAPE c LIKE d", "`a` LIKE `b` ESCAPE `c` LIKE `d`"],
    ["a BETWEEN b AND c AND d", "`a` BETWEEN `b` AND `c` AND `d`"],
    ["a BETWEEN (b AND c) AND d", "`a` BETWEEN (`b` AND `c`) AND `d`"],
    ["a BETWEEN b AND (c AND d)", "`a` BETWEEN `b` AND (`c` AND `d`)"],
    ["a IN (1) IN (2)", "`a` IN (1) IN (2)"],
    ["a AND b OR c AND d", "`a` AND `b` OR `c` AND `d`"],
    ["(a OR b) AND c", "(`a` OR `b`) AND `c`"],
  ])("of %s are as few as can be", (sql, text) => {
    expect(expression(sql)).toBe(text);
  });

  it("stay around a chain inside a chain of the same operator", () => {
    expect(expression("(a AND b) AND c")).toBe("(`a` AND `b`) AND `c`");
    expect(expression("a AND (b AND c)")).toBe("`a` AND (`b` AND `c`)");
    expect(expression("(a OR b) OR c")).toBe("(`a` OR `b`) OR `c`");
    expect(expression("a AND b AND c")).toBe("`a` AND `b` AND `c`");
  });
});

describe("two tokens", () => {
  it.each([
    ["- - 1", "- -1"],
    ["-(-(-a))", "- - -`a`"],
    ["a - -1", "`a` - -1"],
    ["a-(-(-1))", "`a` - - -1"],
    ["~ -1", "~ -1"],
    ["- ?1", "- ?1"],
    ["-'a'", "-'a'"],
    ["a < -b", "`a` < -`b`"],
  ])("of %s join to no other", (sql, text) => {
    expect(expression(sql)).toBe(text);
  });
});

describe("names", () => {
  it.each([
    ["a", "`a`"],
    ["[a`b]", "`a``b`"],
    ['"a"', '"a"'],
    ['"a""b"', '"a""b"'],
    ["t.a", '"t"."a"'],
    ["main.t.`a`", '"main"."t"."a"'],
    ["true, FALSE, tRuE", "true, FALSE, tRuE"],
    ["`true`, [false]", "`true`, `false`"],
    ["t.true", '"t"."true"'],
    ["a AS b, c AS 'd'", '`a` AS "b", `c` AS "d"'],
    ["count(*), Like(a, b)", '"count"(*), "Like"(`a`, `b`)'],
  ])("of %s are quoted", (sql, text) => {
    expect(expression(sql)).toBe(text);
  });

  it("hold no NUL", () => {
    expect(() => printSqlite(name("a\0b"))).toThrow("an identifier cannot contain a NUL");
    const node: Node = { kind: "column", ...AT, table: null, name: name("a\0b") };
    expect(() => printSqlite(node)).toThrow("an identifier cannot contain a NUL");
  });
});

describe("literals", () => {
  it.each([
    ["'it''s'", "'it''s'"],
    ["x'CAFE'", "x'CAFE'"],
    ["1_000, 0x1F, .5, 1., 1e5", "1000, 0x1F, .5, 1., 1e5"],
    ["NULL, current_timestamp", "NULL, CURRENT_TIMESTAMP"],
    ["?, ?12, :a, @b, $c", "?, ?12, :a, @b, $c"],
  ])("of %s are kept", (sql, text) => {
    expect(expression(sql)).toBe(text);
  });

  it("of a text with a NUL are a cast of its bytes", () => {
    const node: Node = { kind: "string", ...AT, value: "a\0b" };
    expect(printSqlite(node)).toBe("CAST(x'610062' AS TEXT)");
  });

  it("keep a lone surrogate, as the text of a statement does", () => {
    const value = "a\ud800b";
    expect(printSqlite({ kind: "string", ...AT, value })).toBe(`'${value}'`);
    expect(printSqlite(name(value))).toBe(`"${value}"`);
    // Bytes hold none: they are what the text of a statement becomes as bytes.
    const bytes: Node = { kind: "string", ...AT, value: "\0\ud800" };
    expect(printSqlite(bytes)).toBe("CAST(x'00efbfbd' AS TEXT)");
  });
});

describe("types", () => {
  it.each([
    ["UNSIGNED  BIG INT", "UNSIGNED BIG INT"],
    ["decimal(10, -2)", "decimal(10, -2)"],
    ['"my type"', '"my type"'],
    ["[a b] c", "[a b] c"],
    ["row", "row"],
  ])("of %s keep their words", (type, text) => {
    expect(expression(`CAST(a AS ${type})`)).toBe(`CAST(\`a\` AS ${text})`);
  });

  it.each(["select", "int primary key", "int)", "1", "x'00'", "a--b", "a/*", ""])(
    "whose words cannot stand bare are one name: %s",
    (text) => {
      const type: Node = {
        kind: "type",
        ...AT,
        name: { kind: "object-name", ...AT, catalog: null, schema: null, name: name(text) },
        builtin: false,
        modifiers: [],
        dimensions: 0,
        setOf: false,
        fields: "",
        ofColumn: false,
      };
      expect(printSqlite(type)).toBe(text === "" ? "" : `"${text}"`);
    },
  );
});

describe("statements", () => {
  it.each([
    [
      "select distinct a from t as x, u join v using(a) where b group by c having d limit 5, 6",
      'SELECT DISTINCT `a` FROM "t" AS "x", "u" JOIN "v" USING ("a") WHERE `b` GROUP BY `c` ' +
        "HAVING `d` LIMIT 5, 6",
    ],
    [
      "with c(n) as not materialized (values(1)) select n from c",
      'WITH "c" ("n") AS NOT MATERIALIZED (VALUES (1)) SELECT `n` FROM "c"',
    ],
    [
      "select sum(a) filter (where b) over (partition by c order by d rows between 1 preceding " +
        "and current row exclude ties), max(a) over w from t window w as (x range 2 preceding)",
      'SELECT "sum"(`a`) FILTER (WHERE `b`) OVER (PARTITION BY `c` ORDER BY `d` ROWS BETWEEN 1 ' +
        'PRECEDING AND CURRENT ROW EXCLUDE TIES), "max"(`a`) OVER "w" FROM "t" WINDOW "w" AS ' +
        '("x" RANGE 2 PRECEDING)',
    ],
    [
      "select * from t indexed by i, u not indexed, (a natural left join b) as c",
      'SELECT * FROM "t" INDEXED BY "i", "u" NOT INDEXED, ("a" NATURAL LEFT JOIN "b") AS "c"',
    ],
    [
      "select * from t for system_time as of 5 as x, main.json_each(y, '$') as j",
      'SELECT * FROM "t" FOR SYSTEM_TIME AS OF 5 AS "x", "main"."json_each"(`y`, \'$\') AS "j"',
    ],
    [
      "replace into t default values returning a as b, *",
      'REPLACE INTO "t" DEFAULT VALUES RETURNING `a` AS "b", *',
    ],
    [
      "insert or fail into t(a, b) values(1, 2) on conflict(a) where b do update set a=1, " +
        "(b,c)=(2,3) where d on conflict do nothing",
      'INSERT OR FAIL INTO "t" ("a", "b") VALUES (1, 2) ON CONFLICT (`a`) WHERE `b` DO UPDATE ' +
        'SET "a" = 1, ("b", "c") = (2, 3) WHERE `d` ON CONFLICT DO NOTHING',
    ],
    [
      "update or ignore t indexed by i set a=1 from u where b returning c order by d limit 1",
      'UPDATE OR IGNORE "t" INDEXED BY "i" SET "a" = 1 FROM "u" WHERE `b` RETURNING `c` ' +
        "ORDER BY `d` LIMIT 1",
    ],
    ["delete from s.t as x where a", 'DELETE FROM "s"."t" AS "x" WHERE `a`'],
    [
      "create temp table if not exists t(a integer constraint x primary key desc on conflict " +
        "fail autoincrement, b text collate nocase not null default -1 unique check(a>1), " +
        "c as (a+1) stored references u(a) on delete set null deferrable initially deferred, " +
        "primary key(a, b desc) on conflict ignore, foreign key(a) references u match full) " +
        "strict, without rowid",
      'CREATE TEMP TABLE IF NOT EXISTS "t" ("a" integer CONSTRAINT "x" PRIMARY KEY DESC ON ' +
        'CONFLICT FAIL AUTOINCREMENT, "b" text COLLATE "nocase" NOT NULL DEFAULT -1 UNIQUE CHECK ' +
        '(`a` > 1), "c" AS (`a` + 1) STORED REFERENCES "u" ("a") ON DELETE SET NULL DEFERRABLE ' +
        'INITIALLY DEFERRED, PRIMARY KEY (`a`, `b` DESC) ON CONFLICT IGNORE, FOREIGN KEY ("a") ' +
        'REFERENCES "u" MATCH "full") WITHOUT ROWID, STRICT',
    ],
    ["create table t as select 1", 'CREATE TABLE "t" AS SELECT 1'],
    [
      "create table t(a default (1+2), b default foo, c generated always as (a))",
      'CREATE TABLE "t" ("a" DEFAULT (1 + 2), "b" DEFAULT `foo`, "c" GENERATED ALWAYS AS (`a`))',
    ],
    [
      "create unique index if not exists s.i on t(a collate nocase desc, b+1) where c",
      'CREATE UNIQUE INDEX IF NOT EXISTS "s"."i" ON "t" (`a` COLLATE "nocase" DESC, `b` + 1) ' +
        "WHERE `c`",
    ],
    ["create temp view v(a) as select 1", 'CREATE TEMP VIEW "v" ("a") AS SELECT 1'],
    [
      "create trigger r before update of a, b on t for each row when new.a begin select 1; " +
        "delete from t; end",
      'CREATE TRIGGER "r" BEFORE UPDATE OF "a", "b" ON "t" FOR EACH ROW WHEN "new"."a" BEGIN ' +
        'SELECT 1; DELETE FROM "t"; END',
    ],
    [
      "create virtual table v using fts5(a, tokenize = 'x')",
      'CREATE VIRTUAL TABLE "v" USING "fts5" (a, tokenize = \'x\')',
    ],
    ["create virtual table v using m", 'CREATE VIRTUAL TABLE "v" USING "m"'],
    ["alter table t rename to u", 'ALTER TABLE "t" RENAME TO "u"'],
    ["alter table t rename a to b", 'ALTER TABLE "t" RENAME COLUMN "a" TO "b"'],
    ["alter table t add a int", 'ALTER TABLE "t" ADD COLUMN "a" int'],
    ["alter table t drop a", 'ALTER TABLE "t" DROP COLUMN "a"'],
    ["alter table t drop constraint c", 'ALTER TABLE "t" DROP CONSTRAINT "c"'],
    ["alter table t add check (a)", 'ALTER TABLE "t" ADD CHECK (`a`)'],
    ["alter table t alter a set not null", 'ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL'],
    ["alter table t alter a drop not null", 'ALTER TABLE "t" ALTER COLUMN "a" DROP NOT NULL'],
    ["drop trigger if exists s.r", 'DROP TRIGGER IF EXISTS "s"."r"'],
    ["begin exclusive transaction x", 'BEGIN EXCLUSIVE TRANSACTION "x"'],
    ["end", "COMMIT"],
    ["rollback transaction to savepoint s", 'ROLLBACK TO "s"'],
    ["release s", 'RELEASE "s"'],
    ["pragma main.cache_size = -5", 'PRAGMA "main"."cache_size" = -5'],
    ["pragma table_info('t')", "PRAGMA \"table_info\" ('t')"],
    ["pragma foreign_keys", 'PRAGMA "foreign_keys"'],
    ["attach 'f' as x key 'k'", "ATTACH 'f' AS `x` KEY 'k'"],
    ["detach x", "DETACH `x`"],
    ["vacuum main into 'f'", "VACUUM \"main\" INTO 'f'"],
    ["analyze s.t", 'ANALYZE "s"."t"'],
    ["reindex", "REINDEX"],
    ["explain query plan select 1", "EXPLAIN QUERY PLAN SELECT 1"],
  ])("print: %s", (sql, text) => {
    expect(printed(sql)).toBe(text);
    expect(printed(text)).toBe(text);
  });

  it("print in parts", () => {
    expect(
      printSqlite({ kind: "alias", ...AT, name: name("a"), columns: [], definitions: [] }),
    ).toBe('AS "a"');
    expect(printSqlite({ kind: "unary", ...AT, operator: "-", operand: integer("1") })).toBe("-1");
  });
});
