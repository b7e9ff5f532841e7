import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { AnyClass, AnyDatabase } from "./contract.ts";
import { encode } from "./encode.ts";
import { ourDatabase, realDatabase, reference } from "./libraries.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const CHINOOK = path.join(ROOT, "../shared/data/chinook/Chinook_Sqlite.sql");
const EXAMPLES = path.join(ROOT, "examples");

const folder = mkdtempSync(path.join(tmpdir(), "dosql-chinook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Real input; where the large one is absent, our own examples take its place. */
const scripts = existsSync(CHINOOK)
  ? [CHINOOK]
  : readdirSync(EXAMPLES)
      .filter((name) => name.endsWith(".sql"))
      .map((name) => path.join(EXAMPLES, name));

const notes = [
  ...(existsSync(CHINOOK) ? [] : ["Chinook is absent: examples/*.sql instead"]),
  ...(reference.ready ? [] : [`skipped: ${reference.reason}`]),
];
const title = notes.length === 0 ? "" : ` (${notes.join("; ")})`;

function imported(Database: AnyClass, side: string, script: string): AnyDatabase {
  const db = new Database(path.join(folder, `${side}-${path.basename(script)}.db`));
  // Durability is not what is compared, and the script commits row by row.
  db.pragma("synchronous = OFF");
  db.exec(readFileSync(script, "utf8"));
  return db;
}

function tablesOf(db: AnyDatabase): string[] {
  return db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
}

describe.skipIf(!reference.ready)(`the same script in both libraries${title}`, () => {
  it.each(scripts.map((script) => [path.basename(script), script]))("%s", (_name, script) => {
    const real = imported(realDatabase(), "real", script);
    const ours = imported(ourDatabase, "ours", script);
    const tables = tablesOf(real);
    expect(tables.length).toBeGreaterThan(0);
    expect(tablesOf(ours)).toEqual(tables);
    const schema = "SELECT * FROM sqlite_schema ORDER BY rowid";
    expect(ours.prepare(schema).all()).toEqual(real.prepare(schema).all());
    let rows = 0;
    for (const table of tables) {
      const sql = `SELECT * FROM "${table}"`;
      expect(ours.prepare(sql).columns(), table).toEqual(real.prepare(sql).columns());
      const expected = real.prepare(sql).all();
      rows += expected.length;
      expect(encode(ours.prepare(sql).all()), table).toEqual(encode(expected));
      expect(encode([...ours.prepare(sql).raw().iterate()]), table).toEqual(
        encode([...real.prepare(sql).raw().iterate()]),
      );
    }
    expect(rows).toBeGreaterThan(tables.length);
    for (const db of [real, ours]) db.close();
  });

  it.each(scripts.map((script) => [path.basename(script), script]))(
    "%s: each library reads the other's file",
    (_name, script) => {
      const file = (side: string): string =>
        path.join(folder, `${side}-${path.basename(script)}.db`);
      const one = new ourDatabase(file("real"), { readonly: true });
      const other = new (realDatabase())(file("ours"), { readonly: true });
      for (const table of tablesOf(one)) {
        const sql = `SELECT * FROM "${table}"`;
        expect(encode(one.prepare(sql).all()), table).toEqual(encode(other.prepare(sql).all()));
      }
      for (const db of [one, other]) db.close();
    },
  );
});
