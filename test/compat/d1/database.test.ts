import { describe, expect, it } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { D1Database } from "../../../src/compat/d1/database.ts";
import { ScriptedDatabase, result } from "./scripted-database.ts";

/** What the real D1 answers is asked in compat-tests/d1; here is what it cannot be made to show. */

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}

describe("sessions of the engine", () => {
  it("are asked for numbers, and one serves all calls that follow one another", async () => {
    const database = new ScriptedDatabase();
    const db = new D1Database(database);
    await db.prepare("SELECT 1").all();
    await db.batch([db.prepare("SELECT 2"), db.prepare("SELECT 3")]);
    await db.withSession().prepare("SELECT 4").run();
    await failure(db.prepare(";").run());
    await db.exec("SELECT 5");
    expect(database.options).toEqual([
      { integers: "number", reportSize: true, whole: true, begins: false },
    ]);
    expect(database.asked.map(({ session }) => session)).toEqual([1, 1, 1, 1]);
    expect(database.asked[1]?.statements.map(({ sql }) => sql)).toEqual(["SELECT 2", "SELECT 3"]);
  });

  it("are never given a second statement while the first runs", async () => {
    const database = new ScriptedDatabase();
    const db = new D1Database(database);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    database.reply = async ({ sql }) => {
      await gate;
      return result([[sql]]);
    };
    const calls = ["SELECT 1", "SELECT 2", "SELECT 3"].map((sql) => db.prepare(sql).first("v"));
    open();
    expect(await Promise.all(calls)).toEqual(["SELECT 1", "SELECT 2", "SELECT 3"]);
    expect(database.options).toHaveLength(3);
    await Promise.all(calls.map((_, i) => db.prepare(`SELECT ${i}`).all()));
    expect(database.options).toHaveLength(3);
  });

  it("get calls in their order, also where one has to be split", async () => {
    const database = new ScriptedDatabase();
    const db = new D1Database(database);
    const round = (n: number): Promise<unknown>[] => [
      db.prepare(`SELECT ${n}`).all(),
      db.exec(`SELECT ${n + 1}; SELECT ${n + 2}`),
      db.prepare(`SELECT ${n + 3}`).all(),
      db.batch([db.prepare(`-- one\nSELECT ${n + 4}`), db.prepare(`SELECT ${n + 5}`)]),
      db.prepare(`SELECT ${n + 6}`).all(),
    ];
    await Promise.all(round(10));
    await Promise.all(round(20));
    const asked = database.asked.flatMap(({ statements }) => statements);
    const numbers = asked.map(({ sql }) => Number(/\d+/.exec(sql)?.[0]));
    expect(numbers).toEqual([10, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 26]);
  });

  it("get no call at all for a text that is refused", async () => {
    const database = new ScriptedDatabase();
    const db = new D1Database(database);
    await failure(db.prepare("-- nothing").run());
    await failure(db.batch([db.prepare("SELECT 1"), db.prepare(";")]));
    expect(database.asked).toEqual([]);
  });
});

describe("errors", () => {
  const failing = (error: unknown): D1Database => {
    const database = new ScriptedDatabase();
    database.reply = () => {
      throw error;
    };
    return new D1Database(database);
  };
  const message = async (error: unknown, sql = "SELECT 1"): Promise<string> =>
    (await failure(failing(error).prepare(sql).all())).message;

  it("say what SQLite said, where, and its name", async () => {
    const sqlite = (text: string, details: object): DosqlError =>
      new DosqlError("sqlite", text, details);
    expect(await message(sqlite("boom", { sqlite: "SQLITE_ERROR" }))).toBe(
      "D1_ERROR: boom: SQLITE_ERROR",
    );
    expect(await message(sqlite("no such column: x", { sqlite: "SQLITE_ERROR", at: 7 }))).toBe(
      "D1_ERROR: no such column: x at offset 7: SQLITE_ERROR",
    );
    const unique = sqlite("UNIQUE constraint failed: t.a", { sqlite: "SQLITE_CONSTRAINT_UNIQUE" });
    expect(await message(unique)).toBe(
      "D1_ERROR: UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)",
    );
  });

  it("count bytes, as D1 does", async () => {
    const error = new DosqlError("sqlite", "no such column: x", { sqlite: "SQLITE_ERROR", at: 13 });
    expect(await message(error, "SELECT 'é💡', x")).toContain(" at offset 16:");
  });

  it("have no place where D1 has none, even if the engine knows it", async () => {
    for (const text of [
      "incomplete input",
      "no such table: t",
      "no such index: i",
      "no such savepoint: s",
      "table t has no column named c",
    ]) {
      const error = new DosqlError("sqlite", text, { sqlite: "SQLITE_ERROR", at: 3 });
      expect(await message(error)).toBe(`D1_ERROR: ${text}: SQLITE_ERROR`);
    }
  });

  it("translate what is ours", async () => {
    const ours = (code: "unsupported" | "hidden-object" | "invalid-argument", text: string) =>
      message(new DosqlError(code, text));
    expect(await ours("unsupported", "ATTACH is not supported here")).toBe(
      "D1_ERROR: not authorized: SQLITE_AUTH",
    );
    expect(await ours("hidden-object", "no such table: _dosql_meta")).toBe(
      "D1_ERROR: no such table: _dosql_meta: SQLITE_ERROR",
    );
    expect(
      await ours("invalid-argument", "Wrong number of parameter bindings for SQL query."),
    ).toBe("D1_ERROR: Wrong number of parameter bindings for SQL query.");
  });

  it("of the transport keep their words, which libraries look for", async () => {
    expect(await message(new Error("Network connection lost."))).toBe(
      "D1_ERROR: Network connection lost.",
    );
    expect(await message("a thrown text")).toBe("D1_ERROR: a thrown text");
  });

  it("carry the bare message as their cause, and below it what happened", async () => {
    const original = new DosqlError("unsupported", "ATTACH is not supported here");
    const error = await failure(failing(original).prepare("ATTACH 'x' AS y").run());
    expect(error.constructor).toBe(Error);
    expect(error.cause).toEqual(new Error("not authorized: SQLITE_AUTH"));
    expect((error.cause as Error).cause).toBe(original);
  });

  it("of exec name the first line", async () => {
    const error = await failure(failing(new Error("boom")).exec("SELECT 1\nSELECT 2"));
    expect(error.message).toBe("D1_EXEC_ERROR: Error in line 1: SELECT 1: boom");
    expect((error.cause as Error).message).toBe("Error in line 1: SELECT 1: boom");
  });
});

describe("meta", () => {
  const metaOf = async (more: object): Promise<Record<string, unknown>> => {
    const database = new ScriptedDatabase();
    database.reply = () => result([[1]], more);
    return (await new D1Database(database).prepare("SELECT 1").all()).meta;
  };

  it("hands on what the home counts", async () => {
    const counted = {
      changes: 2,
      lastRowid: 9_007_199_254_740_993n,
      rowsRead: 7,
      rowsWritten: 8,
      sizeBytes: 4096,
      durationMs: 1.5,
    };
    expect(await metaOf(counted)).toEqual({
      served_by: "dosql",
      duration: 1.5,
      changes: 2,
      last_row_id: 9_007_199_254_740_992,
      changed_db: true,
      size_after: 4096,
      rows_read: 7,
      rows_written: 8,
    });
  });

  it("makes do with less", async () => {
    expect(await metaOf({ changes: 3 })).toMatchObject({
      duration: 0,
      rows_read: 1,
      rows_written: 3,
      size_after: 0,
    });
  });

  it("says that schema changes change the database", async () => {
    for (const command of ["CREATE TABLE", "DROP VIEW", "ALTER TABLE"]) {
      expect((await metaOf({ command }))["changed_db"]).toBe(true);
    }
    for (const command of ["SELECT", "UPDATE", "PRAGMA", "EXPLAIN"]) {
      expect((await metaOf({ command }))["changed_db"]).toBe(false);
    }
  });

  it("adds up the changes of several statements in one text", async () => {
    const database = new ScriptedDatabase();
    database.reply = ({ sql }) => result([[sql]], { changes: sql.startsWith("INSERT") ? 2 : 0 });
    const { meta, results } = await new D1Database(database)
      .prepare("INSERT INTO t VALUES (1), (2); INSERT INTO t VALUES (3), (4); SELECT 5")
      .all();
    expect(meta.changes).toBe(4);
    expect(results).toEqual([{ v: "SELECT 5" }]);
  });
});

describe("bookmarks", () => {
  it("move forward only, whatever order answers come in", async () => {
    const database = new ScriptedDatabase();
    const session = new D1Database(database).withSession();
    for (const [seen, wanted] of [
      ["0002", "0002"],
      ["0001", "0002"],
      ["0003", "0003"],
    ] as const) {
      database.seen = seen;
      await session.prepare("SELECT 1").all();
      expect(session.getBookmark()).toBe(wanted);
    }
  });
});
