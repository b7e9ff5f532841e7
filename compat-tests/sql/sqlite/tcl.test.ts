import { expect, it } from "vitest";
import { sqlOfTcl, statementsOf } from "./tcl.ts";

it("finds SQL in the braces of a Tcl script", () => {
  const script = `
    do_execsql_test 1.0 { CREATE TABLE t(a); SELECT '}' } {}
    do_test x-1 { execsql {SELECT 1} db2 } {1}
    db eval { SELECT $x, "a{b}" } { puts {no SQL} }
    execsql "SELECT $not_this"
    do_catchsql_test 2.$i {
      SELECT 2
    } {1 {no such table}}
  `;
  expect(sqlOfTcl(script).map((text) => text.trim())).toEqual([
    "CREATE TABLE t(a); SELECT '",
    "SELECT 1",
    'SELECT $x, "a{b}"',
    "SELECT 2",
  ]);
});

it("splits a script as SQLite does", () => {
  const trigger =
    "CREATE TEMP TRIGGER r INSERT ON t BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END";
  const script = `SELECT ';'; -- ;\n SELECT /* ; */ 2;; ${trigger}; EXPLAIN ${trigger}; BEGIN; END; -- last`;
  expect(statementsOf(script)).toEqual([
    "SELECT ';'",
    "-- ;\n SELECT /* ; */ 2",
    trigger,
    `EXPLAIN ${trigger}`,
    "BEGIN",
    "END",
  ]);
});
