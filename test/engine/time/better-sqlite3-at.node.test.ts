import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { open } from "../../../src/entry/main.ts";
import Database, { dosql } from "../../../src/entry/better-sqlite3.ts";

describe("dosql(db).at", () => {
  it.each([undefined, "worker"] as const)("is the database as it was: %s", async (binding) => {
    const folder = mkdtempSync(join(tmpdir(), "dosql-at-"));
    const file = join(folder, "data.sqlite");
    const capturing = open(file, { capture: "on" });
    if (binding === "worker") await capturing.close();
    const db = new Database(file, binding === undefined ? {} : { binding });
    try {
      db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
      db.prepare("INSERT INTO t VALUES (1, ?), (9007199254740993, 'y')").run("x");
      const lsn = [...dosql(db).changes()].at(-1)?.lastLsn ?? 0;
      db.exec("DELETE FROM t; ALTER TABLE t ADD COLUMN more");

      const then = dosql(db).at({ lsn });
      expect(then.readonly).toBe(true);
      expect(then.prepare("SELECT * FROM t ORDER BY id").safeIntegers().all()).toEqual([
        { id: 1n, a: "x" },
        { id: 9007199254740993n, a: "y" },
      ]);
      const one = then.prepare("SELECT a, id + @more AS n FROM t WHERE id = @id");
      expect(one.get({ id: 1, more: 2 })).toEqual({ a: "x", n: 3 });
      expect(one.columns().map(({ name, table, type }) => [name, table, type])).toEqual([
        ["a", "t", "TEXT"],
        ["n", null, null],
      ]);
      expect(then.prepare("SELECT a FROM t ORDER BY a").pluck().all()).toEqual(["x", "y"]);
      expect([...then.prepare("SELECT id FROM t WHERE id < 9").raw().iterate()]).toEqual([[1]]);
      expect(then.transaction(() => then.prepare("SELECT count(*) AS n FROM t").get())()).toEqual({
        n: 2,
      });
      expect(() => then.prepare("DELETE FROM t")).toThrow(
        expect.objectContaining({ code: "DOSQL_READ_ONLY" }),
      );
      expect(() => then.exec("DROP TABLE t")).toThrow(/cannot execute DROP TABLE as of a time/);
      expect(() => then.pragma("table_info(t)")).toThrow(/PRAGMA as of a time/);
      expect(() => then.function("f", () => 1)).toThrow(/a user function as of a time/);
      expect(() => then.prepare("SELECT nosuch FROM t")).toThrow("no such column: nosuch");
      expect(() => dosql(db).at(5).prepare("SELECT * FROM t")).toThrow(
        expect.objectContaining({ code: "DOSQL_HISTORY_GONE" }),
      );
      then.close();
      expect(() => then.prepare("SELECT 1")).toThrow("The database connection is not open");

      const back = dosql(db).at({ lsn }).prepare("SELECT * FROM t").raw().all() as [
        number,
        string,
      ][];
      const insert = db.prepare("INSERT INTO t (id, a) VALUES (?, ?)");
      db.transaction(() => {
        for (const row of back) insert.run(...row);
        expect(dosql(db).at({ lsn }).prepare("SELECT count(*) AS n FROM t").get()).toEqual({
          n: 2,
        });
        expect(
          dosql(db)
            .at(Date.now() + 1e6)
            .prepare("SELECT * FROM t")
            .all(),
        ).toEqual([]);
      })();
      expect(db.prepare("SELECT count(*) AS n FROM t").get()).toEqual({ n: 2 });
    } finally {
      db.close();
      void capturing.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a program's own connection", () => {
  it("does not take what asks for the past for nothing", () => {
    const folder = mkdtempSync(join(tmpdir(), "dosql-at-"));
    const file = join(folder, "data.sqlite");
    const capturing = open(file, { capture: "on" });
    const db = new Database(file);
    try {
      db.exec("CREATE TABLE t (a)");
      for (const sql of [
        "SELECT * FROM t FOR SYSTEM_TIME AS OF lsn(1)",
        "/*dosql_as_of='lsn 1'*/ SELECT * FROM t",
      ]) {
        expect(() => db.prepare(sql)).toThrow(
          expect.objectContaining({
            code: "DOSQL_UNSUPPORTED",
            message: expect.stringContaining("dosql(db).at(time)"),
          }),
        );
      }
      expect(db.prepare("SELECT 'FOR SYSTEM_TIME AS OF' AS t").pluck().get()).toMatch(/^FOR/);
    } finally {
      db.close();
      void capturing.close();
      rmSync(folder, { recursive: true });
    }
  });
});
