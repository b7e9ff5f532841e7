import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { printSqlite } from "../../../src/sql/print/sqlite.ts";

const database = new DatabaseSync(":memory:");

/** What SQLite does for a statement, or what it complains of. */
function program(sql: string): unknown {
  try {
    return database.prepare(`EXPLAIN ${sql}`).all();
  } catch (error) {
    return (error as Error).message;
  }
}

it("calls each of SQLite's functions by its quoted name", () => {
  database.exec("CREATE TABLE t (a, b, c)");
  const list = database.prepare("SELECT DISTINCT name, narg FROM pragma_function_list").all();
  const compared: string[] = [];
  for (const { name, narg } of list) {
    // The others are operators, and words that are no name before a parenthesis.
    if (typeof name !== "string" || !/^(?!current_)\w+$/.test(name)) continue;
    const count = Number(narg) < 0 ? 2 : Number(narg);
    const items = ["a", "b", "c", "1", "2"].slice(0, count).join(", ");
    for (const over of ["", " OVER (ORDER BY a)"]) {
      const sql = `SELECT ${name}(${items})${over} FROM t`;
      const { statement } = parseSqlite(sql);
      const text = statement === null ? "" : printSqlite(statement);
      expect(text).toContain(`"${name}"(`);
      const before = program(sql);
      expect(program(text), sql).toEqual(before);
      if (typeof before !== "string") compared.push(name);
    }
  }
  expect(compared).toEqual(expect.arrayContaining(["like", "glob", "match", "replace", "if"]));
  expect(new Set(compared).size).toBeGreaterThan(130);
});
