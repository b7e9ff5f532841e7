import { afterAll, describe, expect, it } from "vitest";
import { realSqlites } from "./database.ts";
import { parseFirst } from "./front-end.ts";
import { Oracle } from "./oracle.ts";
import { messageKind, PARSER_MESSAGES } from "./parser-messages.ts";
import { CORPUS_SCHEMA } from "./schema.ts";

/** Texts that SQLite's parser refuses, one or more for each message. */
const REFUSED: readonly string[] = [
  "SELECT FROM t1",
  "SELECT 1 1",
  "SELECT a FROM t1 WHERE",
  "CREATE TABLE new1(a",
  "SELECT 'open",
  "SELECT 12ab",
  "SELECT x'1'",
  "CREATE TABLE new1(a) WITHOUT a",
  "CREATE TABLE new1(a INT) STRICT, LOOSE",
  "SELECT 1 ORDER BY 1 UNION SELECT 2",
  "SELECT 1 LIMIT 1 UNION ALL SELECT 2",
  "SELECT 1 LIMIT 1 EXCEPT SELECT 2",
  "SELECT 1 ORDER BY 1 INTERSECT SELECT 2",
  "SELECT * FROM t1 ON 1",
  "SELECT * FROM t1 USING (a)",
  "SELECT * FROM t1 OUTER JOIN t2",
  "SELECT * FROM t1 INNER OUTER JOIN t2",
  "SELECT * FROM t1 LEFT x JOIN t2",
  "SELECT ?0",
  "SELECT ?32767",
  "CREATE VIEW new1(a COLLATE nocase) AS SELECT 1",
  "CREATE TABLE new1(a, FOREIGN KEY (a DESC) REFERENCES t1)",
  "WITH c(x ASC) AS (SELECT 1) SELECT * FROM c",
  "SELECT sum(a) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM t1",
  "SELECT sum(a) OVER (ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) FROM t1",
  "SELECT sum(a) OVER (ROWS 1 FOLLOWING) FROM t1",
  "SELECT count(DISTINCT a) OVER () FROM t1",
  "CREATE INDEX new1 ON t1(a NULLS FIRST)",
  "CREATE TABLE new1(a, UNIQUE (a NULLS LAST))",
  "INSERT INTO many(k) VALUES (1) ON CONFLICT (k NULLS LAST) DO NOTHING",
  "CREATE TRIGGER new1 INSERT ON t1 BEGIN DELETE FROM main.t2; END",
  "CREATE TRIGGER new1 INSERT ON t1 BEGIN UPDATE t2 INDEXED BY t2_a SET a = 1; END",
  "CREATE TRIGGER new1 INSERT ON t1 BEGIN DELETE FROM t2 NOT INDEXED; END",
  "CREATE TRIGGER new1 INSERT ON t1 BEGIN INSERT INTO t2(a) VALUES (1) RETURNING a; END",
];

/** Texts that SQLite's parser takes, whatever else is wrong with them. */
const UNDERSTOOD: readonly string[] = [
  "SELECT missing FROM t1",
  "SELECT * FROM (SELECT 1) AS x, nowhere JOIN x USING (y)",
  "CREATE TABLE new1(a, a)",
  "CREATE TABLE new1(a PRIMARY KEY, b PRIMARY KEY)",
  "CREATE TABLE new1(a TEXT PRIMARY KEY AUTOINCREMENT)",
  "CREATE TABLE new1(a DEFAULT (b))",
  "WITH c AS (SELECT 1), c AS (SELECT 2) SELECT 1",
  "SELECT sum(a) OVER w FROM t1",
  "VALUES (1), (2, 3)",
  "SELECT 1 UNION SELECT 2, 3",
  "SELECT (1, 2)",
  "SELECT (1, 2) IN ((1, 2, 3))",
  "UPDATE t1 SET (a, b) = (1, 2, 3)",
  "SELECT abs(a ORDER BY b) FROM t1",
  "SELECT sum(a ORDER BY b) OVER () FROM t1",
  "CREATE TEMP TABLE main.new1(a)",
  "CREATE TEMP TRIGGER main.new1 INSERT ON t1 BEGIN SELECT 1; END",
  "CREATE VIEW new1 AS SELECT ?",
  "SELECT 0x12345678901234567890",
];

describe("SQLite's messages", () => {
  const oracle = new Oracle(realSqlites(), CORPUS_SCHEMA);
  afterAll(() => oracle.close());

  it.each(REFUSED)("its parser refuses %s, and so does ours, in its words", (sql) => {
    const message = oracle.complaint(sql) ?? "";
    expect([message, messageKind(message)]).toEqual([message, "parser"]);
    expect(parseFirst(sql)).toMatchObject({ kind: "refused", message });
  });

  it.each(UNDERSTOOD)("its parser takes %s, and so does ours", (sql) => {
    const message = oracle.complaint(sql) ?? "";
    expect([message, messageKind(message)]).toEqual([message, "meaning"]);
    expect(parseFirst(sql)).toMatchObject({ kind: "parsed" });
  });

  it("are all there", () => {
    const said = REFUSED.map((sql) => oracle.complaint(sql) ?? "");
    const unused = PARSER_MESSAGES.filter((pattern) => !said.some((text) => pattern.test(text)));
    expect(unused).toEqual([]);
  });
});
