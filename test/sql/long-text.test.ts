import { describe, expect, it } from "vitest";
import { hideEngineObjects } from "../../src/sql/change/hidden.ts";
import { classify } from "../../src/sql/read/classify.ts";

const ROWS = "(1, 'sqlite_master'),".repeat(200_000);

describe("a statement of more tokens than a tree may have", () => {
  it("is classified by its first words", () => {
    const insert = `INSERT INTO t VALUES ${ROWS} (2, 'x')`;
    expect(classify(insert)).toMatchObject({ kind: "write", command: "INSERT", returning: false });
    expect(classify(`${insert} RETURNING a`)).toMatchObject({ kind: "write", returning: true });
    const select = `SELECT ${"a, ".repeat(300_000)} changes()`;
    expect(classify(select)).toMatchObject({ kind: "read", mentions: { rowidState: true } });
  });

  it("may hold the names of schema tables as data, but not read them", () => {
    const insert = `INSERT INTO t VALUES ${ROWS} (2, 'x')`;
    expect(hideEngineObjects(insert, "_cf_dosql_")).toBe(insert);
    const many = "a, ".repeat(300_000);
    for (const sql of [
      `SELECT ${many} 1 FROM sqlite_master`,
      `SELECT ${many} 1 FROM 'sqlite_master'`,
      `SELECT ${many} 1 FROM t, 'sqlite_schema'`,
      `INSERT INTO t VALUES ${ROWS} (2, (SELECT name FROM "sqlite_schema"))`,
    ]) {
      expect(() => hideEngineObjects(sql, "_cf_dosql_")).toThrow(/statement too large/);
    }
  });
});
