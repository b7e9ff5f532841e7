import { describe, expect, test } from "vitest";
import type { MigrationLayout } from "../../../src/server/migrations/migration.ts";
import { readScript } from "../../../src/server/migrations/migration-script.ts";

function read(sql: string, layout: MigrationLayout = "plain"): ReturnType<typeof readScript> {
  const migration = { name: "m", path: "m", sql, checksum: "", sameChecksums: [], whenMs: null };
  return readScript(migration, layout);
}

/** Places and statements, and what becomes of foreign keys; or why not. */
function outline(sql: string, layout: MigrationLayout = "plain"): unknown {
  const script = read(sql, layout);
  if ("error" in script) {
    const { error, statement } = script;
    const at = statement === null ? "" : `${statement.place.line}:${statement.place.column} `;
    return `${at}${error.message}; ${error.hint}`;
  }
  const { statements, foreignKeys } = script;
  const lines = statements.map(({ text, place }) => `${place.line}:${place.column} ${text}`);
  return foreignKeys === null ? lines : [...lines, `foreign keys ${foreignKeys ? "on" : "off"}`];
}

const TRIGGER = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END";

describe("statements", () => {
  test("with their places, trigger bodies whole, comments left out", () => {
    expect(outline(`-- one;\nCREATE TABLE a (x ';');\n\n  ${TRIGGER};;\n/* ; */ SELECT 1`)).toEqual(
      ["2:1 CREATE TABLE a (x ';')", `4:3 ${TRIGGER}`, "5:9 SELECT 1"],
    );
  });

  test("drizzle cuts at its breakpoints, with or without a semicolon", () => {
    const sql = "SELECT 1;--> statement-breakpoint\nSELECT 2\n--> statement-breakpoint\nSELECT 3";
    const parts = ["1:1 SELECT 1", "2:1 SELECT 2", "4:1 SELECT 3"];
    expect(outline(sql, "drizzle-journal")).toEqual(parts);
    expect(outline(sql, "drizzle-folders")).toEqual(parts);
    // To everybody else it is a comment.
    expect(outline(sql)).toEqual([parts[0], "2:1 SELECT 2\n--> statement-breakpoint\nSELECT 3"]);
  });

  test("none: only wrangler takes that for a migration", () => {
    expect(outline("-- nothing yet\n", "wrangler")).toEqual([]);
    for (const layout of ["plain", "drizzle-journal", "drizzle-folders"] as const) {
      expect(outline("-- nothing yet\n", layout)).toMatch(/^the migration holds no statement; /);
    }
  });
});

describe("transaction statements", () => {
  test("a frame gives way to ours, savepoints stay", () => {
    const sql = "PRAGMA user_version = 1; BEGIN; SELECT 1; COMMIT; BEGIN IMMEDIATE; SELECT 2; END";
    expect(outline(sql)).toEqual(["1:1 PRAGMA user_version = 1", "1:33 SELECT 1", "1:68 SELECT 2"]);
    const nested = "SAVEPOINT a; SELECT 1; ROLLBACK TO a; RELEASE a";
    expect(outline(nested)).toEqual([
      "1:1 SAVEPOINT a",
      "1:14 SELECT 1",
      "1:24 ROLLBACK TO a",
      "1:39 RELEASE a",
    ]);
  });

  test.each([
    ["SELECT 1; ROLLBACK", /^1:11 ROLLBACK cannot be part of a migration; /],
    ["BEGIN; ABORT", /^1:8 ROLLBACK cannot be/],
    ["COMMIT", /^1:1 COMMIT without BEGIN cannot be/],
    ["BEGIN; BEGIN; END", /^1:8 BEGIN inside of BEGIN cannot be/],
    ["BEGIN; SELECT 1", /^1:1 the migration begins a transaction it never ends; leave BEGIN out/],
    ["SELECT 1;\nVACUUM", /^2:1 VACUUM cannot be .*use dosql sql$/],
  ])("%s is refused by name", (sql, message) => {
    expect(outline(sql)).toMatch(message);
  });
});

describe("PRAGMA foreign_keys", () => {
  test("is moved in front of the transaction", () => {
    for (const off of ["foreign_keys=OFF", "main.foreign_keys = 0", 'foreign_keys("no")']) {
      const sql = `CREATE TABLE a (x);\nPRAGMA ${off};\nDROP TABLE b;\nPRAGMA foreign_keys = ON`;
      expect(outline(sql)).toEqual([
        "1:1 CREATE TABLE a (x)",
        "3:1 DROP TABLE b",
        "foreign keys off",
      ]);
    }
    expect(outline("PRAGMA foreign_keys = on; SELECT 1")).toEqual([
      "1:27 SELECT 1",
      "foreign keys on",
    ]);
    expect(outline("PRAGMA foreign_keys; PRAGMA defer_foreign_keys = true")).toEqual([
      "1:1 PRAGMA foreign_keys",
      "1:22 PRAGMA defer_foreign_keys = true",
    ]);
  });

  test("inside of the script's own transaction means nothing, as in SQLite", () => {
    expect(outline("BEGIN; PRAGMA foreign_keys = OFF; SELECT 1; COMMIT")).toEqual([
      "1:35 SELECT 1",
    ]);
  });

  test("beside changes that count on it is refused", () => {
    const off = "PRAGMA foreign_keys = OFF; UPDATE a SET x = 1; PRAGMA foreign_keys = ON";
    expect(outline(`INSERT INTO a VALUES (1); ${off}; INSERT INTO a VALUES (2)`)).toHaveLength(4);
    expect(outline(`DELETE FROM a; ${off}`)).toMatch(/^1:16 DELETE with foreign keys on, beside/);
    expect(outline(`${off};\nUPDATE a SET x = 1`)).toMatch(/^2:1 UPDATE with foreign keys on, /);
    for (const sql of ["REPLACE INTO a VALUES (1)", "INSERT OR REPLACE INTO a VALUES (1)"]) {
      expect(outline(`${off};\n${sql}`)).toMatch(
        /^2:1 INSERT with foreign keys on, .* two migrations/,
      );
    }
    expect(outline("DELETE FROM a; PRAGMA foreign_keys = ON")).toHaveLength(2);
  });
});
