import { queries, type Case } from "./case.ts";
import { B, E, exchanges, P, S } from "./extended.ts";

/** States of errors, and where in the statement they are. */
export const ERRORS: readonly Case[] = [
  named(
    "constraints",
    [
      "unique",
      "INSERT INTO child VALUES (1, 1, 1, 'k')",
      "INSERT INTO child VALUES (2, 1, 1, 'k')",
    ],
    ["primary key", "INSERT INTO t VALUES (1, 'again')"],
    ["not null", "INSERT INTO child VALUES (1, 1, NULL, 'k')"],
    ["foreign key", "INSERT INTO child VALUES (1, 99, 1, 'k')"],
    ["parent in use", "INSERT INTO child VALUES (1, 1, 1, 'k')", "DELETE FROM t WHERE id = 1"],
    ["check", "INSERT INTO child VALUES (1, 1, -1, 'k')"],
  ),
  named(
    "names",
    ["table", "SELECT a FROM nowhere", "INSERT INTO nowhere VALUES (1)", "DROP TABLE nowhere"],
    ["table of UPDATE and DELETE", "UPDATE nowhere SET a = 1", "DELETE FROM nowhere"],
    ["column", "SELECT absent FROM t", "SELECT t.absent FROM t", "SELECT absent.id FROM t"],
    ["column of WHERE", "SELECT id FROM t WHERE absent = 1"],
    ["column of ORDER BY", "SELECT id FROM t ORDER BY absent"],
    ["column of INSERT", "INSERT INTO t (id, absent) VALUES (1, 2)"],
    ["column of UPDATE", "UPDATE t SET absent = 1"],
    ["column twice", "CREATE TABLE made (a bigint, a text)"],
    ["ambiguous column", "SELECT id FROM t, child"],
    ["function", "SELECT no_such_function(id) FROM t"],
    ["index", "DROP INDEX nowhere"],
    ["view", "DROP VIEW nowhere"],
    ["table that is there", "CREATE TABLE t (a bigint)"],
    [
      "index that is there",
      "CREATE INDEX i ON t (name)",
      "CREATE INDEX i ON t (id)",
      "DROP INDEX i",
    ],
    ["ON CONFLICT without a key", "INSERT INTO t VALUES (1, 'x') ON CONFLICT (name) DO NOTHING"],
  ),
  named(
    "syntax",
    ["at the start", "SELEKT 1", "  SELEKT 1"],
    ["in the middle", "SELECT id FRM t x", "SELECT id FROM t WHERE WHERE id = 1"],
    ["at the end", "SELECT id FROM", "SELECT id FROM t WHERE"],
    ["an open parenthesis", "SELECT (id FROM t"],
    ["an open text", "SELECT 'abc"],
    ["an open name", 'SELECT "abc'],
    ["an open comment", "SELECT 1 /* abc"],
    ["in the second statement", "SELECT id FROM t WHERE id = 1; SELEKT 2"],
    ["too many values", "INSERT INTO t VALUES (1, 'a', 2)"],
    ["too few values", "INSERT INTO t (id, name) VALUES (1)"],
    ["a compound of unequal columns", "SELECT id FROM t UNION SELECT id, name FROM t"],
    ["aggregate in WHERE", "SELECT id FROM t WHERE count(*) > 1"],
  ),
  named(
    "positions",
    ["after a comment", "/* a comment */ SELECT absent FROM t"],
    ["on the third line", "SELECT id,\n  name,\n  absent\nFROM t"],
    ["after two-byte characters", "SELECT 'grüße', absent FROM t"],
    ["after three-byte characters", "SELECT '你好', absent FROM t"],
    ["after four-byte characters", "SELECT '🙂🙂', absent FROM t"],
    ["after many statements", "SELECT 'ü' AS a; SELECT '🙂' AS b; SELECT absent FROM t"],
    ["a table after characters", "SELECT 'ü' AS a FROM nowhere"],
    ["a syntax error after characters", "SELECT 'ü🙂' FRM t x"],
  ),
  exchanges("position in Parse", [P("SELECT 'ü', absent FROM t WHERE id = $1"), B(["1"]), E(), S]),
  queries("a parameter in a simple query", "SELECT id FROM t WHERE id = $1"),
  {
    ...queries(
      "fields: constraints name their table, column and constraint",
      "INSERT INTO t VALUES (1, 'again')",
      "INSERT INTO child VALUES (1, 1, NULL, 'k')",
      "INSERT INTO child VALUES (1, 1, -1, 'k')",
      "INSERT INTO child VALUES (1, 99, 1, 'k')",
    ),
    options: { errorFields: true },
  },
].flat();

function named(group: string, ...cases: readonly (readonly [string, ...string[]])[]): Case[] {
  return cases.map(([name, ...statements]) => queries(`${group}: ${name}`, ...statements));
}
