import { describe, expect, it } from "vitest";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { errorOf } from "./postgres-command-tree.ts";

describe("parsePostgres", () => {
  it("reads one statement and says where the next begins", () => {
    const sql = " BEGIN ; /* x */ SELECT $1, $2;  ";
    const first = parsePostgres(sql);
    expect(first).toMatchObject({ end: 8, more: true, parameters: [] });
    expect(first.statement).toMatchObject({ kind: "transaction", start: 1, end: 6 });
    const second = parsePostgres(sql, first.end);
    expect(second).toMatchObject({ end: 31, more: false });
    expect(second.statement).toMatchObject({ kind: "query", start: 17, end: 30 });
    expect(second.parameters.map((parameter) => parameter.name)).toEqual(["1", "2"]);
  });

  it.each(["", "  ", "-- x", "/* a /* b */ */"])("finds no statement in %j", (sql) => {
    const nothing = { statement: null, hints: [], parameters: [], end: sql.length, more: false };
    expect(parsePostgres(sql)).toEqual(nothing);
  });

  it("takes a lone semicolon for an empty statement", () => {
    expect(parsePostgres(";;")).toMatchObject({ statement: null, end: 1, more: true });
    expect(parsePostgres(";;", 1)).toMatchObject({ statement: null, end: 2, more: false });
  });

  it("reads the hints of the statement at hand", () => {
    const sql =
      "/*dosql_shard='1'*/ SELECT 1 /*dosql_as_of='x',a='b'*/; SELECT 2 /*dosql_shard='3'*/";
    const first = parsePostgres(sql);
    expect(first.hints).toEqual([
      { name: "dosql_shard", value: "1" },
      { name: "dosql_as_of", value: "x" },
    ]);
    expect(parsePostgres(sql, first.end).hints).toEqual([{ name: "dosql_shard", value: "3" }]);
  });

  it.each([
    ["SELEC 1", 'syntax error at or near "SELEC" @0'],
    ["SELECT 1 FROM", "syntax error at end of input @13"],
    ["BEGIN  ", "accepted"],
    ["BEGIN x", 'syntax error at or near "x" @6'],
    ["SELECT ;", "accepted"],
    ["SET a = ;", 'syntax error at or near ";" @8'],
    ["SET a = 'x", `unterminated quoted string at or near "'x" @8`],
    ['SET a = "x', 'unterminated quoted identifier at or near ""x" @8'],
    ["SET a = 1 /* x", 'unterminated /* comment at or near "/* x" @10'],
    ["SET a = 1x", 'trailing junk after numeric literal at or near "1x" @8'],
    ["SET a = $x$ y", 'unterminated dollar-quoted string at or near "$x$ y" @8'],
    ["SET ä = 'ö' x", 'syntax error at or near "x" @12'],
  ])("says of %s: %s", (sql, said) => {
    expect(errorOf(sql)).toBe(said);
  });

  it("says what it expected", () => {
    expect(() => parsePostgres("DISCARD x")).toThrow(
      expect.objectContaining({
        code: "syntax",
        at: 8,
        hint: "expected ALL or PLANS or SEQUENCES or TEMP or TEMPORARY",
      }),
    );
  });

  it.each([
    ["DO $$ BEGIN END $$", "DO"],
    ["IMPORT FOREIGN SCHEMA s FROM SERVER x INTO y", "IMPORT FOREIGN SCHEMA"],
    ["SECURITY LABEL ON TABLE t IS 'x'", "SECURITY LABEL"],
  ])("refuses %s by its name", (sql, what) => {
    expect(() => parsePostgres(` ${sql}`)).toThrow(
      expect.objectContaining({ code: "unsupported", message: `${what} is not supported`, at: 1 }),
    );
  });

  it("gives every node its place in the text", () => {
    const sql = "GRANT SELECT (a) ON TABLE s.t TO bob WITH GRANT OPTION";
    const texts: string[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const { start, end } = value as { start?: number; end?: number };
      if (start !== undefined) texts.push(sql.slice(start, end));
      for (const part of Object.values(value)) visit(part);
    };
    visit(parsePostgres(sql).statement);
    expect(texts).toEqual([sql, "SELECT (a)", "SELECT", "a", "s.t", "s", "t", "bob"]);
  });
});
