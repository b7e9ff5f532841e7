import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { classify } from "../../src/sql/read/classify.ts";
import { DEFINITIONS, OTHERS, PRAGMAS, READS, SCHEMA, TRANSACTIONS, WRITES } from "./statements.ts";

const REFERENCE = path.join(import.meta.dirname, "../../compat-tests/better-sqlite3");
const installed = existsSync(path.join(REFERENCE, "node_modules/better-sqlite3"));
const absent = installed ? "" : " (skipped: compat-tests/better-sqlite3 is not installed)";

interface Reference {
  exec(sql: string): void;
  prepare(sql: string): { readonly readonly: boolean; all(): { name: string }[] };
}

function openReference(): Reference {
  const require = createRequire(path.join(REFERENCE, "package.json"));
  const Database = require("better-sqlite3") as new (location: string) => Reference;
  const database = new Database(":memory:");
  database.exec(SCHEMA);
  return database;
}

const ASKED = [...READS, ...WRITES, ...DEFINITIONS, ...TRANSACTIONS, ...PRAGMAS, ...OTHERS];

describe(`readonly, asked of the real better-sqlite3${absent}`, () => {
  for (const [sql] of ASKED) {
    it.skipIf(absent)(sql, () => {
      const database = openReference();
      const { readonly, explain } = classify(sql);
      // Of EXPLAIN it says what the statement behind it is.
      const asked = explain ? sql.replace(/^EXPLAIN( QUERY PLAN)?/, "") : sql;
      expect(database.prepare(asked).readonly).toBe(classify(asked).readonly);
      if (explain) expect(readonly).toBe(true);
    });
  }

  it.skipIf(absent)("knows every pragma that writes when it has a value", () => {
    const database = openReference();
    const pragmas = database.prepare("SELECT name FROM pragma_pragma_list").all();
    expect(pragmas.length).toBeGreaterThan(50);
    for (const { name } of pragmas) {
      // These two are told apart on purpose; the third depends on the file.
      if (["optimize", "encoding", "auto_vacuum"].includes(name)) continue;
      for (const sql of [`PRAGMA ${name}`, `PRAGMA ${name} = 1`, `PRAGMA ${name}(1)`]) {
        let readonly: boolean;
        try {
          readonly = database.prepare(sql).readonly;
        } catch {
          continue;
        }
        expect(classify(sql).readonly, sql).toBe(readonly);
      }
    }
  });
});
