import { createRequire } from "node:module";
import path from "node:path";
import Database, { SqliteError } from "dosql/better-sqlite3";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "../../..");

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

  test.each([false, true])("SqliteError has its name in a bundle, minified: %s", async (minify) => {
    const { outputFiles } = await build({
      entryPoints: [path.join(ROOT, "src/compat/better-sqlite3/errors.ts")],
      bundle: true,
      minify,
      format: "esm",
      write: false,
    });
    const text = outputFiles[0]?.text ?? "";
    const bundled = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
      readonly SqliteError: typeof SqliteError;
    };
    const error = new bundled.SqliteError("no", "SQLITE_ERROR");
    expect([error.constructor.name, error.name, bundled.SqliteError.name]).toEqual(
      Array.from({ length: 3 }, () => "SqliteError"),
    );
  });
});
