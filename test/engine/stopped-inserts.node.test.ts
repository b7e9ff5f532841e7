import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { referenceState } from "../../scripts/references.ts";
import { CAPTURE_ON } from "../../src/engine/capture/capture-setting.ts";
import Database from "../../src/entry/better-sqlite3.ts";
import { open } from "../../src/entry/main.ts";
import { ShardFixture } from "./open-shard.ts";
import { BEFORE_STOPPED, REFUSED_BY_COMMIT, STOPPED_INSERTS } from "./stopped-inserts.ts";

const ASKED = "SELECT last_insert_rowid() AS id, changes() AS n";
type Told = readonly [error: string, id: number, changes: number];

/** What SQLite by itself says after each. */
function plain(schema: readonly string[], inserts: readonly string[]): Told[] {
  const db = new DatabaseSync(":memory:");
  for (const sql of schema) db.exec(sql);
  return inserts.map((sql): Told => {
    db.exec(BEFORE_STOPPED.join(";"));
    let error = "";
    try {
      db.prepare(sql).all();
    } catch (thrown) {
      error = (thrown as Error).message;
    }
    const { id, n } = db.prepare(ASKED).get() ?? {};
    return [error, Number(id), Number(n)];
  });
}

describe.each([...STOPPED_INSERTS, REFUSED_BY_COMMIT])(
  "inserts that a foreign key refuses: $name",
  (known) => {
    const { schema, inserts } = known;

    test("leave what they leave without capture, in a session", async () => {
      await using fixture = new ShardFixture({ capture: CAPTURE_ON });
      const [session, other] = [fixture.database.session(), fixture.database.session()];
      for (const sql of schema) await session.execute(sql, []);
      const told: Told[] = [];
      for (const sql of inserts) {
        for (const before of BEFORE_STOPPED) await session.execute(before, []);
        let error = "";
        try {
          await session.execute(sql, []);
        } catch (thrown) {
          error = (thrown as Error).message;
        }
        const [row = []] = (await session.execute(ASKED, [])).rows;
        told.push([error, Number(row[0]), Number(row[1])]);
        expect((await other.execute(ASKED, [])).rows).toEqual([[0n, 0n]]);
      }
      expect(told).toEqual(plain(schema, inserts));
    });

    test.each(["builtin", "native"])("and in a program: %s", async (binding) => {
      if (binding === "native" && !referenceState("better-sqlite3").ready) return;
      const library = new URL("../../compat-tests/better-sqlite3/package.json", import.meta.url);
      const folder = mkdtempSync(path.join(tmpdir(), "dosql-stopped-"));
      const file = path.join(folder, "app.db");
      await open(file, { capture: "on" }).close();
      const db = new Database(file, {
        binding: binding === "native" ? createRequire(library)("better-sqlite3") : "builtin",
      });
      for (const sql of schema) db.exec(sql);
      const told = inserts.map((sql): Told => {
        db.exec(BEFORE_STOPPED.join(";"));
        let error = "";
        try {
          const statement = db.prepare(sql);
          if (statement.reader) statement.all();
          else statement.run();
        } catch (thrown) {
          error = (thrown as Error).message;
        }
        const [id, n] = db.prepare(ASKED).raw().get() as number[];
        return [error, Number(id), Number(n)];
      });
      db.close();
      rmSync(folder, { recursive: true });
      expect(told).toEqual(plain(schema, inserts));
    });
  },
);

test("a table of an attached file is not the captured one of its name", async () => {
  const schema = [
    "CREATE TABLE p (id INTEGER PRIMARY KEY)",
    "CREATE TABLE c (p REFERENCES p)",
    "ATTACH ':memory:' AS other",
    "CREATE TABLE other.p (id INTEGER PRIMARY KEY)",
    "CREATE TABLE other.c (p REFERENCES p)",
    "CREATE TRIGGER other.r AFTER INSERT ON c BEGIN SELECT 1; END",
    "INSERT INTO p VALUES (1000)",
  ];
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-stopped-"));
  const file = path.join(folder, "app.db");
  await open(file, { capture: "on" }).close();
  const db = new Database(file, { binding: "builtin" });
  const plainDb = new DatabaseSync(":memory:");
  for (const sql of schema) db.exec(sql);
  for (const sql of schema) plainDb.exec(sql);
  for (const sql of ["INSERT INTO main.c VALUES (9)", "INSERT INTO other.c VALUES (9)"]) {
    expect(() => db.exec(sql)).toThrow("FOREIGN KEY constraint failed");
    expect(() => plainDb.exec(sql)).toThrow("FOREIGN KEY constraint failed");
    expect(db.prepare(ASKED).get()).toEqual({ ...plainDb.prepare(ASKED).get() });
  }
  db.close();
  rmSync(folder, { recursive: true });
});

test("some of them move the rowid and some do not", () => {
  const ids = STOPPED_INSERTS.flatMap(({ schema, inserts }) => plain(schema, inserts));
  const stayed = ids.filter(([error, id]) => error !== "" && id === 1000).length;
  expect(stayed).toBeGreaterThan(10);
  expect(ids.length - stayed).toBeGreaterThan(10);
});
