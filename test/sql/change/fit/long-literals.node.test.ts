import { describe, expect, it } from "vitest";
import type { Row } from "../../../../src/base/value.ts";
import { longLiterals } from "../../../../src/sql/change/fit/long-literals.ts";
import { PlainSqlite, treeOf } from "./plain-sqlite.ts";

const SCHEMA = "CREATE TABLE t (a, b TEXT COLLATE NOCASE, c INTEGER, d)";
const LONG = "it''s ".repeat(200);
const BLOB = "00ff".repeat(300);

function fit(sql: string, values: Row = [], most = 100) {
  return longLiterals(sql, treeOf(sql), values, most);
}

describe("long literals", () => {
  it.each<[string, Row]>([
    [`INSERT INTO t VALUES (?, '${LONG}', ?, x'${BLOB}')`, ["one", "two"]],
    [`INSERT INTO t (d, a) VALUES (?2, '${LONG}'), ('${LONG}x', ?1)`, [1n, 2n]],
    [`INSERT INTO t (a) VALUES (CAST(X'${BLOB}' AS TEXT)) RETURNING typeof(a), 'short'`, []],
    [`INSERT INTO t (b, c) SELECT '${LONG}', ?1 WHERE '${LONG}' = '${LONG}'`, [5n]],
    [`SELECT 'short' WHERE '${LONG}' < ? ORDER BY x'${BLOB}'`, ["x"]],
    [`INSERT INTO t (a) VALUES ('${LONG}') RETURNING '${LONG}'`, []],
  ])("become parameters: %#", (sql, values) => {
    const fitted = fit(sql, values);
    expect(fitted?.sql.length).toBeLessThan(sql.length);
    const run = (text: string, bound: Row) => {
      const db = new PlainSqlite(SCHEMA);
      return [db.ask(text, bound), db.ask("SELECT *, typeof(a), typeof(b), typeof(d) FROM t")];
    };
    expect(run(fitted?.sql ?? "", fitted?.values ?? [])).toEqual(run(sql, values));
  });

  it("are lifted as far as there is room, the longest first", () => {
    const sql = `INSERT INTO t (a, b, c) VALUES ('${LONG}', '${LONG}longer', ?)`;
    expect(fit(sql, [1n], 2)?.sql).toBe(`INSERT INTO t (a, b, c) VALUES ('${LONG}', ?2, ?1)`);
    expect(fit(sql, [1n], 1)).toBeNull();
    expect(fit("INSERT INTO t (a) VALUES ('short')")).toBeNull();
  });
});
