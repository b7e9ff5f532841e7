import { describe, expect, it } from "vitest";
import { readSchemaEffects } from "../../src/engine/text/schema-effects.ts";
import type { SchemaEffects } from "../../src/engine/text/schema-effects.ts";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";

function effects(...schema: string[]): SchemaEffects {
  const driver = new NodeSqlDriver(":memory:");
  driver.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE TABLE u (a)");
  for (const sql of schema) driver.exec(sql);
  try {
    return readSchemaEffects(driver);
  } finally {
    driver.close();
  }
}

describe("changes that spread", () => {
  it.each([
    "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; END",
    "CREATE VIRTUAL TABLE f USING fts5 (a)",
    "CREATE TABLE c (p REFERENCES t ON DELETE CASCADE)",
    "CREATE TABLE c (p REFERENCES t ON UPDATE SET NULL)",
    "CREATE TABLE c (p DEFAULT 1 references t ON/**/DELETE SET DEFAULT)",
  ])("by %s", (sql) => {
    expect(effects(sql).spread).toBe(true);
  });

  it.each([
    "CREATE TABLE c (p REFERENCES t)",
    "CREATE TABLE c (p REFERENCES t ON DELETE RESTRICT ON UPDATE NO ACTION)",
    "CREATE TRIGGER _cf_dosql_x AFTER INSERT ON t BEGIN DELETE FROM u; END",
    "CREATE VIEW v AS SELECT changes()",
    "CREATE TABLE later (a); DROP TABLE later",
  ])("not by %s", (sql) => {
    expect(effects(sql).spread).toBe(false);
  });
});

describe("objects that ask", () => {
  it("are views that call, themselves or by another view", () => {
    const { rowid, counts } = effects(
      "CREATE VIEW Plain AS SELECT 'changes', id FROM t",
      "CREATE VIEW Direct AS SELECT changes () AS c",
      "CREATE VIEW named AS SELECT total_changes/**/() AS c",
      'CREATE VIEW quoted AS SELECT "last_insert_rowid"() AS c',
      "CREATE VIEW second AS SELECT * FROM [DIRECT]",
      "CREATE VIEW third AS SELECT 1 FROM t WHERE id IN second",
      "CREATE VIEW fourth AS SELECT 1 FROM t, quoted",
      "CREATE VIEW other AS SELECT * FROM plain",
    );
    expect([...counts.views].sort()).toEqual(["direct", "named", "second", "third"]);
    expect([...rowid.views].sort()).toEqual(["fourth", "quoted"]);
    expect([counts.triggers, rowid.triggers]).toEqual([false, false]);
  });

  it.each([
    ["INSERT INTO u VALUES (changes())", false, true],
    ["INSERT INTO u SELECT c FROM v", true, false],
    ["INSERT INTO u VALUES (NEW.a)", false, false],
  ])("are triggers that do: %s", (body, asksRowid, asksCounts) => {
    const view = "CREATE VIEW v AS SELECT last_insert_rowid() AS c";
    const trigger = `CREATE TRIGGER r AFTER INSERT ON t BEGIN ${body}; END`;
    const { rowid, counts } = effects(view, trigger);
    expect([rowid.triggers, counts.triggers]).toEqual([asksRowid, asksCounts]);
  });

  it("are none of the engine's", () => {
    const found = effects(
      "CREATE VIEW _cf_dosql_v AS SELECT changes() AS c",
      "CREATE TRIGGER _cf_dosql_r AFTER INSERT ON t " +
        "BEGIN INSERT INTO u VALUES (last_insert_rowid()); END",
    );
    const none = { views: new Set(), triggers: false };
    const children = new Set();
    expect(found).toEqual({ spread: false, children, asked: false, rowid: none, counts: none });
  });
});
