import { createRequire } from "node:module";
import Database, { SqliteError } from "dosql/better-sqlite3";
import { describe, expect, test } from "vitest";

describe("the ways to import it", () => {
  test("SqliteError is a name of its own, as in the real library", () => {
    const db = new Database(":memory:");
    expect(() => db.exec("nonsense")).toThrow(SqliteError);
    expect(SqliteError).toBe(Database.SqliteError);
    db.close();
  });

  test("require answers with the class", () => {
    const required: unknown = createRequire(import.meta.url)("dosql/better-sqlite3");
    expect(typeof required).toBe("function");
  });
});
