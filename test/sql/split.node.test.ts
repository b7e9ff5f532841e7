import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { MAX_STATEMENT_BYTES, ScriptSplitter, splitScript } from "../../src/sql/script/split.ts";

const CHINOOK = path.join(import.meta.dirname, "../../../shared/data/chinook/Chinook_Sqlite.sql");
const absent = existsSync(CHINOOK) ? "" : " (skipped: ../shared/data/chinook is not here)";

describe(`the Chinook script${absent}`, () => {
  it.skipIf(absent)("is the same run whole by SQLite and statement by statement", () => {
    const script = readFileSync(CHINOOK, "utf8").replace(/^\ufeff/, "");
    const whole = new DatabaseSync(":memory:");
    whole.exec(script);
    const single = new DatabaseSync(":memory:");
    let ran = 0;
    for (const { text } of splitScript(script)) {
      // prepare() refuses nothing behind the first statement: a `;` inside would lose it.
      single.prepare(text).run();
      ran++;
    }
    console.log(`Chinook: ${ran} statements`);
    expect(ran).toBeGreaterThan(50);
    const dump = (database: DatabaseSync): unknown[] => {
      const tables = database.prepare("SELECT name, sql FROM sqlite_schema").all();
      return tables.map((table) => {
        const name = `"${String(table["name"])}"`;
        if (!String(table["sql"]).startsWith("CREATE TABLE")) return table;
        return [table, database.prepare(`SELECT * FROM ${name}`).all()];
      });
    };
    expect(dump(single)).toEqual(dump(whole));
  });

  it.skipIf(absent)("is split the same in chunks of any size", () => {
    const script = readFileSync(CHINOOK, "utf8");
    const whole = splitScript(script);
    for (const size of [997, 4096, 65_536, 1_000_003]) {
      const splitter = new ScriptSplitter();
      const found = [];
      for (let at = 0; at < script.length; at += size) {
        found.push(...splitter.push(script.slice(at, at + size)));
      }
      found.push(...splitter.end());
      expect(found).toEqual(whole);
    }
  });
});

it("a statement is what SQLite compiles as one", () => {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE a(x, y); CREATE TABLE b(x)");
  const trigger = `CREATE TRIGGER t AFTER INSERT ON a BEGIN
    SELECT CASE WHEN new.x THEN 1 ELSE 2 END; INSERT INTO b VALUES (';'); END`;
  const script = `${trigger}; INSERT INTO a VALUES (1, 2); -- c;\n SELECT count(*) AS n FROM b;`;
  const rows = splitScript(script).map(({ text }) => database.prepare(text).all());
  expect(rows).toEqual([[], [], [{ n: 1 }]]);
});

it("a statement as long as the default limit is read, a longer one is refused", () => {
  const text = (length: number): string => `SELECT '${"x".repeat(length - 9)}'`;
  const splitter = new ScriptSplitter();
  const [statement] = splitter.push(`${text(MAX_STATEMENT_BYTES)};`);
  expect(statement?.end).toBe(MAX_STATEMENT_BYTES);
  expect(() => splitter.push(`${text(MAX_STATEMENT_BYTES + 1)};`)).toThrow(
    expect.objectContaining({ code: "limit" }),
  );
});
