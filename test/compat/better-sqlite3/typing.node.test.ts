import { expect, expectTypeOf, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";

interface User {
  id: number;
  name: string;
}

// What stands here compiles with the type package of better-sqlite3 too.
it("is typed as users of better-sqlite3 write it", () => {
  const db: Database.Database = new Database(":memory:", { timeout: 10 });
  db.exec("CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT)");
  const insert: Database.Statement<[string]> = db.prepare<[string]>(
    "INSERT INTO user (name) VALUES (?)",
  );
  const done: Database.RunResult = insert.run("Ann");
  expect(done).toEqual({ changes: 1, lastInsertRowid: 1 });
  const named = db.prepare<{ name: string }, User>("SELECT * FROM user WHERE name = @name");
  const user = named.get({ name: "Ann" });
  expectTypeOf(user).toEqualTypeOf<User | undefined>();
  expect(user).toEqual({ id: 1, name: "Ann" });
  const add = db.transaction((names: string[]) => names.map((name) => insert.run(name).changes));
  expectTypeOf(add.immediate).toEqualTypeOf<(names: string[]) => number[]>();
  expect(add(["Bea", "Cid"])).toEqual([1, 1]);
  expect(db.function("twice", (x: number) => x * 2)).toBe(db);
  expect(
    db.aggregate("longest", { start: 0, step: (most: number, x) => Math.max(most, Number(x)) }),
  ).toBe(db);
  expect(db.prepare("SELECT longest(twice(id)) FROM user").pluck().get()).toBe(6);
  // Types that users leave out, and those that they give.
  db.function("shouted", (text) => text.toUpperCase());
  db.aggregate("total", {
    start: 0,
    step: (sum, value) => sum + value,
    inverse: (sum, value) => sum - value,
    result: (sum) => Math.round(sum),
  });
  const rename: Database.Transaction = db.transaction((user, name) => {
    db.prepare("UPDATE user SET name = ? WHERE id = ?").run(name, user.id);
  });
  rename(user, "Dan");
  const find: Database.Statement<{ id: number }, User> = db.prepare<{ id: number }, User>(
    "SELECT total(id) AS id, shouted(name) AS name FROM user WHERE id = :id",
  );
  expect(find.get({ id: 1 })).toEqual({ id: 1, name: "DAN" });
  const bytes: Buffer = db.serialize();
  expect(bytes.toString("latin1", 0, 6)).toBe("SQLite");
  // @ts-expect-error: a misspelt method
  expect(() => db.prepared("SELECT 1")).toThrow(TypeError);
  const error = new Database.SqliteError("message", "CODE");
  expectTypeOf(error.code).toEqualTypeOf<string>();
  expect(db.close().open).toBe(false);
});
