import { describe, expect, it } from "vitest";
import type { Statement } from "../../../src/sql/ast/statement.ts";
import { applyEdits, offsetBefore } from "../../../src/sql/change/edit.ts";
import { sessionValues } from "../../../src/sql/change/session-values.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { KEPT, REPLACED } from "./session-value-texts.ts";

function parse(sql: string): Statement {
  const { statement } = parseSqlite(sql);
  if (statement === null) throw new Error("no statement");
  return statement;
}

/** As the texts have it. */
function firstNumber(sql: string): number {
  return sql.includes("@b") ? 4 : 3;
}

describe("changes() and total_changes()", () => {
  it.each(REPLACED)("become parameters: %s", (sql, text, values) => {
    const found = sessionValues(sql, parse(sql), firstNumber(sql));
    expect(applyEdits(sql, found.edits)).toBe(text);
    expect(found.values.join(" ")).toBe(values);
    expect(found.asks).toEqual({ rowid: sql.includes("last_insert_rowid"), counts: false });
    // What it became holds none any more.
    const again = sessionValues(text, parse(text), 5);
    expect(again).toMatchObject({ edits: [], values: [] });
  });

  it.each(KEPT)("stay: %s", (sql, asks) => {
    const found = sessionValues(sql, parse(sql), 3);
    const rowid = asks === "rowid";
    expect(found).toEqual({ edits: [], values: [], asks: { rowid, counts: asks === "counts" } });
  });

  it("are found wherever a statement begins in its text", () => {
    const sql = " ; /* x */ SELECT changes() ; SELECT 2";
    const { statement } = parseSqlite(sql, 2);
    if (statement === null) throw new Error("no statement");
    const found = sessionValues(sql, statement, 1);
    expect(applyEdits(sql, found.edits)).toBe(' ; /* x */ SELECT ?1 AS "changes()" ; SELECT 2');
  });

  it.each(REPLACED)("leave places that can be found again: %s", (sql, text) => {
    const { edits } = sessionValues(sql, parse(sql), firstNumber(sql));
    let before = 0;
    for (let at = 0; at < text.length; at++) {
      const back = offsetBefore(edits, at);
      expect(back).toBeGreaterThanOrEqual(before);
      before = back;
      const edit = edits.find((candidate) => candidate.start === back);
      if (edit === undefined) expect(sql[back], `at ${at}`).toBe(text[at]);
    }
    expect(offsetBefore(edits, text.length)).toBe(sql.length);
  });
});
