import { describe, expect, it } from "vitest";
import { splitQuery } from "../../../src/compat/d1/split.ts";
import { holdsTransactionWord } from "../../../src/compat/d1/transaction-words.ts";
import { splitScript } from "../../../src/sql/script/split.ts";

const texts = (sql: string): string[] => splitQuery(sql, []).map((statement) => statement.sql);

describe("several statements in one D1 text", () => {
  it.each([
    ["SELECT 1"],
    ["SELECT 1;"],
    ["SELECT 1;  \n "],
    ["SELECT 1;SELECT 2"],
    ["SELECT ';' AS a; SELECT \"x;y\" AS b; SELECT [a;b], `c;d`"],
    ["SELECT 'it''s; so'; SELECT 1"],
    ["-- one; two\nSELECT 1; SELECT 2 -- three; four"],
    ["/* ; */ SELECT 1 /* ; */; SELECT /* /* ; */ 2"],
    ["CREATE TABLE a (b); CREATE INDEX c ON a (b)"],
    ["CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 1"],
    ["create temp trigger t before delete on a begin delete from b where c = ';'; end; select 2"],
    ["CREATE TEMPORARY TRIGGER t AFTER UPDATE ON a WHEN new.x BEGIN UPDATE b SET c = 'é'; END"],
    ["EXPLAIN CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END; SELECT 3"],
    ["CREATE TABLE trigger_log (a); SELECT 4; SELECT 5"],
    ["INSERT INTO a VALUES ('CREATE TRIGGER x'); SELECT 6"],
    ["SELECT $a, :b, @c, ?4; SELECT 7"],
    ["SELECT 'é💡'; SELECT \"ü;\""],
    ['SELECT 1 AS "END"; SELECT 2'],
  ])("%s", (sql) => {
    const wanted = splitScript(sql).map((statement) => statement.text);
    const found = texts(sql).map((text) => splitScript(text).map((statement) => statement.text));
    expect(found).toEqual(wanted.map((text) => [text]));
  });

  it("keeps the first text as it is, and cuts the space before the others", () => {
    expect(texts("  SELECT 1 ;\n\n  SELECT 2 ; ")).toEqual(["  SELECT 1 ;", "SELECT 2 ;"]);
  });

  it("gives the parameters to the last one", () => {
    expect(splitQuery("SELECT 1; SELECT ?", [5])).toEqual([
      { sql: "SELECT 1;", params: [] },
      { sql: "SELECT ?", params: [5] },
    ]);
  });

  it("reads a semicolon with nothing before it as part of what follows", () => {
    expect(texts("; SELECT 1")).toEqual(["; SELECT 1"]);
    expect(texts(";; SELECT 1; SELECT 2")).toEqual([";; SELECT 1;", "SELECT 2"]);
  });

  it.each([
    ["-- nothing"],
    ["/* nothing */"],
    ["/* open"],
    [";"],
    [" ; ; "],
    ["SELECT 1; -- nothing"],
    ["SELECT 1;;"],
    ["SELECT 1; /* nothing */ ; SELECT 2;;"],
  ])("finds no statement in %j", (sql) => {
    expect(() => texts(sql)).toThrow("SQL code did not contain a statement.");
  });

  it.each([
    ["BEGIN"],
    ["begin immediate"],
    ["/* x */ COMMIT;"],
    ["-- x\n END"],
    ["; ROLLBACK TO a"],
    ["SAVEPOINT a"],
    ["RELEASE a"],
    ["START TRANSACTION"],
    ["ABORT"],
    ["SELECT 1; BEGIN; SELECT 2"],
  ])("finds the word of a transaction in %j", (sql) => {
    expect(holdsTransactionWord(sql)).toBe(true);
  });

  it.each([["BEGINNING"], ["SELECT 'BEGIN'"], ["[commit]"], ["ENDE"], ["-- BEGIN"]])(
    "finds none in %j",
    (sql) => {
      expect(holdsTransactionWord(sql)).toBe(false);
    },
  );

  it("takes time in proportion to the text", () => {
    const script = "INSERT INTO t VALUES (1, 'text; with ''quotes'''), (2, '-- x');\n".repeat(
      5_000,
    );
    expect(texts(script)).toHaveLength(5_000);
    expect(texts(`${"(".repeat(50_000)}; ${"-".repeat(50_000)}\nSELECT 1`)).toHaveLength(2);
    expect(texts(`${" ".repeat(50_000)}SELECT 1`)).toHaveLength(1);
    expect(texts(`${"-- ".repeat(50_000)}\nSELECT 1; SELECT 2`)).toHaveLength(2);
  });
});
