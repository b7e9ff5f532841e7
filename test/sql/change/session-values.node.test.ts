import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../src/sql/change/edit.ts";
import { sessionValues } from "../../../src/sql/change/session-values.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { REPLACED } from "./session-value-texts.ts";

const CHANGES = 3n;
const TOTAL = 12n;

/** A connection whose `changes()` and `total_changes()` are those two. */
function connection(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(`
    CREATE TABLE t (a UNIQUE, b); CREATE TABLE u (b);
    INSERT INTO u VALUES (1), (2), (3), (4);
    INSERT INTO t VALUES (1, 1), (2, 2), (7, 3), (8, 9), (9, 7);
    UPDATE t SET b = 0 WHERE a < 8`);
  return database;
}

interface Answer {
  readonly names: readonly string[];
  readonly rows: unknown;
  readonly state: unknown;
}

function answer(sql: string, params: readonly (bigint | null)[]): Answer {
  const database = connection();
  try {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const rows: unknown = statement.all(...params);
    const types = database.prepare("SELECT *, typeof(a), typeof(b) FROM t ORDER BY a");
    return { names: statement.columns().map(({ name }) => name), rows, state: types.all() };
  } finally {
    database.close();
  }
}

describe("parameters in the place of changes() and total_changes()", () => {
  // node:sqlite does not bind names by position.
  const texts = REPLACED.filter(([sql]) => !sql.includes(":a"));

  it.each(texts)("answer what SQLite does: %s", (given) => {
    // As wide as the table is.
    const sql = given
      .replace("INTO t VALUES (changes())", "INTO t VALUES (changes(), 5)")
      .replace("INTO t SELECT changes()", "INTO t SELECT b + 20, changes()");
    const { statement } = parseSqlite(sql);
    if (statement === null) throw new Error("no statement");
    const { edits, values } = sessionValues(sql, statement, 3);
    const bound = values.map((value) => (value === "changes" ? CHANGES : TOTAL));
    const ours = answer(applyEdits(sql, edits), [null, null, ...bound]);
    expect(ours).toEqual(answer(sql, []));
    // The answer depends on what is bound.
    if (/^(?:SELECT changes|UPDATE t)/.test(sql)) {
      const others = bound.map((value) => value + 1n);
      expect(answer(applyEdits(sql, edits), [null, null, ...others])).not.toEqual(ours);
    }
  });
});
