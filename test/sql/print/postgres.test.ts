import { describe, expect, it } from "vitest";
import type { TypeName } from "../../../src/sql/ast/leaf.ts";
import type { Name } from "../../../src/sql/ast/name.ts";
import type { Expr } from "../../../src/sql/ast/query.ts";
import type { Node } from "../../../src/sql/ast/statement.ts";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { printPostgres } from "../../../src/sql/print/postgres.ts";

const AT = { start: -1, end: -1 } as const;

/** What an expression is printed as. */
function expression(sql: string): string {
  const { statement } = parsePostgres(`SELECT ${sql}`);
  if (statement === null) throw new RangeError("an empty statement");
  return printPostgres(statement).replace(/^SELECT /, "");
}

function name(text: string, quote: Name["quote"] = ""): Name {
  return { kind: "name", ...AT, text, quote };
}

function column(text: string): Expr {
  return { kind: "column", ...AT, table: null, name: name(text) };
}

describe("parentheses", () => {
  it.each([
    ["1+2*3", "1 + 2 * 3"],
    ["(1+2)*3", "(1 + 2) * 3"],
    ["a^b^c", '"a" ^ "b" ^ "c"'],
    ["a^(b^c)", '"a" ^ ("b" ^ "c")'],
    ["-a^b", '-"a" ^ "b"'],
    ["-(a^b)", '-("a" ^ "b")'],
    ["a||b+c", '"a" || "b" + "c"'],
    ["(a||b)+c", '("a" || "b") + "c"'],
    ["(a<b)<c", '("a" < "b") < "c"'],
    ["a<(b<c)", '"a" < ("b" < "c")'],
    ["(a=b) IS NULL", '"a" = "b" IS NULL'],
    ["a=(b IS NULL)", '"a" = ("b" IS NULL)'],
    ["(a IS NULL) IS TRUE", '("a" IS NULL) IS TRUE'],
    ["NOT a=b", 'NOT "a" = "b"'],
    ["(NOT a)=b", '(NOT "a") = "b"'],
    ["(a LIKE b) LIKE c", '("a" LIKE "b") LIKE "c"'],
    ["a < b LIKE c", '"a" < "b" LIKE "c"'],
    ["a IN (1) = b", '"a" IN (1) = "b"'],
    ["a BETWEEN b+1 AND c", '"a" BETWEEN "b" + 1 AND "c"'],
    ["a BETWEEN (b COLLATE x) AND c", '"a" BETWEEN ("b" COLLATE "x") AND "c"'],
    ["a BETWEEN (b AT LOCAL) AND c", '"a" BETWEEN ("b" AT LOCAL) AND "c"'],
    ["a BETWEEN (b IS NULL) AND c AND d", '"a" BETWEEN ("b" IS NULL) AND "c" AND "d"'],
    ["@ a + b", '@"a" + "b"'],
    ["@ (a || b)", '@("a" || "b")'],
    ["(@ a) || b", '@"a" || "b"'],
    ["a || (@ b)", '"a" || (@"b")'],
    ["@ @ a", '@ @"a"'],
    ["@ -1", "@ -1"],
    ["a OPERATOR(s.+) b * c", '"a" OPERATOR("s".+) "b" * "c"'],
    ["(a OPERATOR(s.*) b) * c", '("a" OPERATOR("s".*) "b") * "c"'],
    ["a AT TIME ZONE b COLLATE c", '"a" AT TIME ZONE "b" COLLATE "c"'],
    ["(a AT TIME ZONE b) COLLATE c", '("a" AT TIME ZONE "b") COLLATE "c"'],
    ["-a::int", '-"a"::integer'],
    ["(-a)::int", '(-"a")::integer'],
    ["(a+b)::int::text", '("a" + "b")::integer::"text"'],
    ["a = ANY (b)", '"a" = ANY ("b")'],
    ["a = ANY (SELECT b)", '"a" = ANY (SELECT "b")'],
    ["a + b = ALL (c)", '"a" + "b" = ALL ("c")'],
    ["(a = ANY (b)) = c", '("a" = ANY ("b")) = "c"'],
    ["a NOT LIKE ALL (b)", '"a" NOT LIKE ALL ("b")'],
    ["(a AND b) AND c OR d", '("a" AND "b") AND "c" OR "d"'],
  ])("of %s are as few as can be", (sql, text) => {
    expect(expression(sql)).toBe(text);
    expect(expression(text)).toBe(text);
  });
});

describe("parts of a value", () => {
  it.each([
    ["a[1]", '"a"[1]'],
    ["a[1:2]", '"a"[1 : 2]'],
    ["a[:]", '"a"[ : ]'],
    ["t.a[1].b", '"t"."a"[1]."b"'],
    ["(t.a).b", '("t"."a")."b"'],
    ["(a).b.c[2]", '("a")."b"."c"[2]'],
    ["(a).*", '("a").*'],
    ["(f(x)).a", '("f"("x"))."a"'],
    ["(a || b)[1]", '("a" || "b")[1]'],
    ["(ARRAY[1])[1]", "(ARRAY[1])[1]"],
    ["(SELECT 1).a", '(SELECT 1)."a"'],
    ["$1.a, $1[2]", '$1."a", $1[2]'],
    ["ROW(), ROW(1), (1, 2)", "ROW(), ROW(1), (1, 2)"],
    ["ARRAY[[1], [2]], ARRAY[]::int[]", "ARRAY[ARRAY[1], ARRAY[2]], ARRAY[]::integer[]"],
    ["ARRAY(SELECT 1)", "ARRAY(SELECT 1)"],
  ])("%s", (sql, text) => {
    expect(expression(sql)).toBe(text);
    expect(expression(text)).toBe(text);
  });
});

describe("names", () => {
  it.each([
    ['a, "B", "c""d"', '"a", "B", "c""d"'],
    ["s.t.a, c.s.t.a", '"s"."t"."a", "c"."s"."t"."a"'],
    ["COUNT(*), coalesce(a), s.coalesce(a)", '"count"(*), COALESCE("a"), "s"."coalesce"("a")'],
    ["current_user, current_timestamp(3)", "CURRENT_USER, CURRENT_TIMESTAMP (3)"],
    ["true, FALSE, NULL", "TRUE, FALSE, NULL"],
  ])("of %s are quoted", (sql, text) => {
    expect(expression(sql)).toBe(text);
  });

  it("are neither empty nor hold a NUL", () => {
    expect(() => printPostgres(name(""))).toThrow("an empty name has no form in Postgres");
    expect(() => printPostgres(name("a\0b"))).toThrow("an identifier cannot contain a NUL");
  });
});

describe("literals", () => {
  it.each([
    ["'it''s', E'a\\nb', 'a\\b'", "'it''s', 'a\nb', 'a\\b'"],
    ["$t$a'b$t$, U&'\\0061'", "'a''b', 'a'"],
    ["B'101', x'1F'", "b'101', x'1F'"],
    ["1_000, 0x1F, .5, 1.", "1000, 0x1F, .5, 1."],
    ["$1, $12", "$1, $12"],
    ["DATE '2020-01-01', int '1'", "\"date\" '2020-01-01', integer '1'"],
    ["INTERVAL '1' YEAR TO MONTH", "interval '1' YEAR TO MONTH"],
    ["INTERVAL '1' SECOND(3), INTERVAL(3) '1'", "interval '1' SECOND(3), interval(3) '1'"],
    ["char 'x', bit '1', bit(3) '101'", "char 'x', bit '1', bit(3) '101'"],
  ])("of %s are kept", (sql, text) => {
    expect(expression(sql)).toBe(text);
    expect(expression(text)).toBe(text);
  });

  it("hold no NUL", () => {
    const node: Node = { kind: "string", ...AT, value: "a\0b" };
    expect(() => printPostgres(node)).toThrow("a NUL character has no form in Postgres");
  });

  it("keep a lone surrogate, as the text of a statement does", () => {
    const value = "a\udc00b";
    expect(printPostgres({ kind: "string", ...AT, value })).toBe(`'${value}'`);
    expect(printPostgres(name(value))).toBe(`"${value}"`);
  });
});

describe("types", () => {
  it.each([
    ["int", "integer"],
    ["int4", '"int4"'],
    ["character varying(3)", "varchar(3)"],
    ["char", "char(1)"],
    ['"char"', '"char"'],
    ["timestamp(3) with time zone", "timestamp(3) with time zone"],
    ["time without time zone", "time"],
    ["double precision[][]", "double precision[][]"],
    ["bit varying(3)", "bit varying(3)"],
    ["interval day to second(3)", "interval DAY TO SECOND(3)"],
    ["setof s.t(1, 'x', y)", 'SETOF "s"."t"(1, \'x\', "y")'],
  ])("%s", (type, text) => {
    expect(expression(`CAST(a AS ${type})`)).toBe(`CAST("a" AS ${text})`);
    expect(expression(`CAST(a AS ${text})`)).toBe(`CAST("a" AS ${text})`);
  });

  it("without a length that a bare word would give them are quoted", () => {
    const type: TypeName = {
      kind: "type",
      ...AT,
      name: { kind: "object-name", ...AT, catalog: null, schema: null, name: name("bpchar") },
      builtin: true,
      modifiers: [],
      dimensions: 1,
      setOf: false,
      fields: "",
      ofColumn: true,
    };
    expect(printPostgres(type)).toBe('"bpchar"%TYPE[]');
  });
});

describe("operators", () => {
  it.each(["--", "/*", "a", "", "+-", "=>", ";", "@ ", "<--"])(
    "are no other text: %s",
    (operator) => {
      const node: Node = { kind: "binary", ...AT, operator, left: column("a"), right: column("b") };
      expect(() => printPostgres(node)).toThrow(`the operator ${operator} has no form in Postgres`);
      const symbol: Node = {
        kind: "qualified-operator",
        ...AT,
        catalog: null,
        schema: name("s"),
        symbol: operator,
      };
      expect(() => printPostgres(symbol)).toThrow("has no form in Postgres");
    },
  );

  it.each(["+", "-", "||", "@-", "?|", "<@>", "~-", "!!"])(
    "are any run of signs: %s",
    (operator) => {
      const node: Node = { kind: "binary", ...AT, operator, left: column("a"), right: column("b") };
      expect(printPostgres(node)).toBe(`"a" ${operator} "b"`);
    },
  );
});
