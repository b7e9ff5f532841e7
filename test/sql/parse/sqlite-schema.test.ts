import { describe, expect, it } from "vitest";
import { at, type Fact, FACT_TITLE, sourceOf, statementOf } from "./sqlite-tree.ts";

const TABLE = `CREATE TEMP TABLE IF NOT EXISTS "main".[t a](
  id INTEGER PRIMARY KEY DESC ON CONFLICT FAIL AUTOINCREMENT,
  name VARCHAR (-10, +20) CONSTRAINT nn NOT NULL ON CONFLICT ABORT UNIQUE COLLATE 'nocase'
    CHECK (name > 1),
  untyped, n NULL CONSTRAINT lonely, d DEFAULT -1.5, e DEFAULT (1 + 1), f DEFAULT word,
  g UNSIGNED big INT GENERATED ALWAYS AS (id * 2) STORED, h AS (1), i INT ALWAYS GENERATED,
  p REFERENCES parent(x, y) ON DELETE SET NULL ON UPDATE NO ACTION MATCH full
    NOT DEFERRABLE INITIALLY IMMEDIATE DEFERRABLE,
  PRIMARY KEY (id COLLATE binary DESC, name AUTOINCREMENT) ON CONFLICT IGNORE
  CONSTRAINT u UNIQUE (name), CHECK (id) ON CONFLICT ROLLBACK,
  FOREIGN KEY (id, p) REFERENCES parent ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT last
) STRICT, WITHOUT rowid`;

const TABLE_FACTS: readonly Fact[] = [
  [
    TABLE,
    "",
    TABLE,
    {
      kind: "create-table",
      persistence: "TEMP",
      ifNotExists: true,
      withoutRowid: true,
      strict: true,
      query: null,
      columns: [],
    },
  ],
  [TABLE, "name", '"main".[t a]', { kind: "object-name", catalog: null }],
  [TABLE, "name.schema", '"main"', { kind: "name", text: "main", quote: '"' }],
  [TABLE, "name.name", "[t a]", { kind: "name", text: "t a", quote: "[" }],
  [
    TABLE,
    "elements.0",
    "id INTEGER PRIMARY KEY DESC ON CONFLICT FAIL AUTOINCREMENT",
    { kind: "column-definition", name: { text: "id", quote: "" }, storage: null },
  ],
  [
    TABLE,
    "elements.0.constraints.0",
    "PRIMARY KEY DESC ON CONFLICT FAIL AUTOINCREMENT",
    {
      kind: "key",
      name: null,
      primary: true,
      columns: [],
      direction: "DESC",
      autoincrement: true,
      onConflict: "FAIL",
    },
  ],
  [TABLE, "elements.1.type", "VARCHAR (-10, +20)", { kind: "type", builtin: false }],
  [TABLE, "elements.1.type.name.name", "VARCHAR", { text: "VARCHAR", quote: "" }],
  [TABLE, "elements.1.type.modifiers.0", "-10", { kind: "integer", text: "-10" }],
  [TABLE, "elements.1.type.modifiers.1", "+20", { kind: "integer", text: "+20" }],
  [
    TABLE,
    "elements.1.constraints.0",
    "CONSTRAINT nn NOT NULL ON CONFLICT ABORT",
    { kind: "null-constraint", not: true, name: { text: "nn" }, onConflict: "ABORT" },
  ],
  [
    TABLE,
    "elements.1.constraints.1",
    "UNIQUE",
    { kind: "key", primary: false, columns: [], direction: "", autoincrement: false },
  ],
  [
    TABLE,
    "elements.1.constraints.2",
    "COLLATE 'nocase'",
    { kind: "column-collation", collation: { name: { text: "nocase", quote: "'" } } },
  ],
  [
    TABLE,
    "elements.1.constraints.3",
    "CHECK (name > 1)",
    { kind: "check", condition: { kind: "binary" }, onConflict: "" },
  ],
  [TABLE, "elements.2", "untyped", { type: null, constraints: [] }],
  [TABLE, "elements.3.constraints.0", "NULL", { kind: "null-constraint", not: false }],
  [
    TABLE,
    "elements.3.constraints.1",
    "CONSTRAINT lonely",
    { kind: "empty-constraint", name: { text: "lonely" }, deferrable: "", initially: "" },
  ],
  [TABLE, "elements.4.constraints.0", "DEFAULT -1.5", { kind: "default", parenthesised: false }],
  [TABLE, "elements.4.constraints.0.value", "-1.5", { kind: "unary", operator: "-" }],
  [TABLE, "elements.5.constraints.0", "DEFAULT (1 + 1)", { parenthesised: true }],
  [TABLE, "elements.5.constraints.0.value", "1 + 1", { kind: "binary" }],
  [TABLE, "elements.6.constraints.0.value", "word", { kind: "column", table: null }],
  [TABLE, "elements.7.type", "UNSIGNED big INT", { name: { name: { text: "UNSIGNED big INT" } } }],
  [
    TABLE,
    "elements.7.constraints.0",
    "GENERATED ALWAYS AS (id * 2) STORED",
    { kind: "generated", value: { kind: "binary" }, storage: "STORED", long: true },
  ],
  [TABLE, "elements.8.constraints.0", "AS (1)", { storage: "", long: false }],
  [TABLE, "elements.9.type", "INT ALWAYS GENERATED", { modifiers: [], dimensions: 0 }],
  [
    TABLE,
    "elements.10.constraints.0",
    `REFERENCES parent(x, y) ON DELETE SET NULL ON UPDATE NO ACTION MATCH full
    NOT DEFERRABLE INITIALLY IMMEDIATE`,
    {
      kind: "foreign-key",
      columns: [],
      table: { schema: null, name: { text: "parent" } },
      parents: [{ text: "x" }, { text: "y" }],
      onDelete: "SET NULL",
      onUpdate: "NO ACTION",
      match: { text: "full" },
      deferrable: "NOT DEFERRABLE",
      initially: "IMMEDIATE",
    },
  ],
  [
    TABLE,
    "elements.10.constraints.1",
    "DEFERRABLE",
    { kind: "empty-constraint", name: null, deferrable: "DEFERRABLE", initially: "" },
  ],
  [
    TABLE,
    "elements.11",
    "PRIMARY KEY (id COLLATE binary DESC, name AUTOINCREMENT) ON CONFLICT IGNORE",
    { kind: "key", primary: true, direction: "", autoincrement: true, onConflict: "IGNORE" },
  ],
  [
    TABLE,
    "elements.11.columns.0",
    "id COLLATE binary DESC",
    { kind: "order", value: { kind: "collate" }, direction: "DESC", nulls: "", using: null },
  ],
  [TABLE, "elements.12", "CONSTRAINT u UNIQUE (name)", { kind: "key", name: { text: "u" } }],
  [TABLE, "elements.13", "CHECK (id) ON CONFLICT ROLLBACK", { onConflict: "ROLLBACK" }],
  [
    TABLE,
    "elements.14",
    "FOREIGN KEY (id, p) REFERENCES parent ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
    {
      kind: "foreign-key",
      columns: [{ text: "id" }, { text: "p" }],
      parents: [],
      onDelete: "CASCADE",
      onUpdate: "",
      match: null,
      deferrable: "DEFERRABLE",
      initially: "DEFERRED",
    },
  ],
  [TABLE, "elements.15", "CONSTRAINT last", { kind: "empty-constraint" }],
  [
    "CREATE TABLE t AS WITH c AS (SELECT 1) SELECT * FROM c",
    "query",
    "WITH c AS (SELECT 1) SELECT * FROM c",
    { kind: "query" },
  ],
  ["CREATE TABLE t AS VALUES (1)", "", "CREATE TABLE t AS VALUES (1)", { elements: [] }],
  ["CREATE TABLE t(a), STRICT", "", "CREATE TABLE t(a), STRICT", { strict: true }],
  ["CREATE TABLE t(a) WITHOUT ROWID;", "", "CREATE TABLE t(a) WITHOUT ROWID", { strict: false }],
  [
    "CREATE TABLE t(a INT(1) GENERATED ALWAYS AS (1) VIRTUAL)",
    "elements.0.constraints.0",
    "GENERATED ALWAYS AS (1) VIRTUAL",
    { storage: "VIRTUAL", long: true },
  ],
  [
    "CREATE TABLE t(a REFERENCES p ON DELETE CASCADE ON INSERT RESTRICT ON DELETE SET DEFAULT)",
    "elements.0.constraints.0",
    "REFERENCES p ON DELETE CASCADE ON INSERT RESTRICT ON DELETE SET DEFAULT",
    { onDelete: "SET DEFAULT", onUpdate: "" },
  ],
];

const INDEX =
  "CREATE UNIQUE INDEX IF NOT EXISTS aux.i ON 't' (a DESC, lower(b) COLLATE x) WHERE a > 1";
const VIEW = 'CREATE TEMPORARY VIEW IF NOT EXISTS v(a, "b c") AS SELECT 1, 2 ORDER BY 1';
const VIRTUAL =
  "CREATE VIRTUAL TABLE IF NOT EXISTS main.v USING fts5( title , tok = 'a (', x (a, (b)) -- c\n,,)";
const TRIGGER = `CREATE TEMP TRIGGER IF NOT EXISTS main.r INSTEAD OF UPDATE OF a, "b" ON v FOR EACH ROW
  WHEN new.a > 1 BEGIN
  INSERT INTO main.log AS l VALUES (new.a);
  WITH c AS (SELECT 1) SELECT raise(ABORT, 'no' || 'pe') FROM c;
  UPDATE OR FAIL t SET a = 1 FROM s WHERE t.x = s.x;
  DELETE FROM t WHERE a;
END`;

const OTHER_FACTS: readonly Fact[] = [
  [
    INDEX,
    "",
    INDEX,
    { kind: "create-index", unique: true, ifNotExists: true, concurrently: false },
  ],
  [INDEX, "name", "aux.i", { schema: { text: "aux" }, name: { text: "i" } }],
  [INDEX, "table", "'t'", { schema: null, name: { text: "t", quote: "'" } }],
  [INDEX, "terms.0", "a DESC", { kind: "order", direction: "DESC", opclass: null }],
  [INDEX, "terms.1", "lower(b) COLLATE x", { value: { kind: "collate" }, direction: "" }],
  [INDEX, "where", "a > 1", { kind: "binary" }],
  [VIEW, "", VIEW, { kind: "create-view", persistence: "TEMP", ifNotExists: true, check: "" }],
  [VIEW, "columns.1", '"b c"', { kind: "name", text: "b c" }],
  [VIEW, "query", "SELECT 1, 2 ORDER BY 1", { kind: "query" }],
  [VIRTUAL, "", VIRTUAL, { kind: "create-virtual-table", ifNotExists: true }],
  [VIRTUAL, "module", "fts5", { kind: "name", text: "fts5" }],
  [VIRTUAL, "arguments.0", "title", { kind: "module-argument", text: "title" }],
  [VIRTUAL, "arguments.1", "tok = 'a ('", { text: "tok = 'a ('" }],
  [VIRTUAL, "arguments.2", "x (a, (b))", { text: "x (a, (b))" }],
  ["CREATE VIRTUAL TABLE v USING m", "", "CREATE VIRTUAL TABLE v USING m", { arguments: [] }],
  [
    TRIGGER,
    "",
    TRIGGER,
    {
      kind: "create-trigger",
      persistence: "TEMP",
      ifNotExists: true,
      timing: "INSTEAD OF",
      event: "UPDATE",
      columns: [{ text: "a" }, { text: "b" }],
      forEachRow: true,
    },
  ],
  [TRIGGER, "table", "v", { kind: "object-name" }],
  [TRIGGER, "when", "new.a > 1", { kind: "binary" }],
  [TRIGGER, "body.0", "INSERT INTO main.log AS l VALUES (new.a)", { kind: "insert" }],
  [
    TRIGGER,
    "body.1.body.columns.0.value",
    "raise(ABORT, 'no' || 'pe')",
    { kind: "raise", action: "ABORT", message: { kind: "binary" } },
  ],
  [TRIGGER, "body.2", "UPDATE OR FAIL t SET a = 1 FROM s WHERE t.x = s.x", { or: "FAIL" }],
  [TRIGGER, "body.3", "DELETE FROM t WHERE a", { kind: "delete" }],
  [
    "CREATE TRIGGER r DELETE ON t BEGIN SELECT RAISE(IGNORE); END",
    "body.0.body.columns.0.value",
    "RAISE(IGNORE)",
    { kind: "raise", action: "IGNORE", message: null },
  ],
  [
    "CREATE TRIGGER r BEFORE INSERT ON main.t BEGIN SELECT 1; END;",
    "",
    "CREATE TRIGGER r BEFORE INSERT ON main.t BEGIN SELECT 1; END",
    { timing: "BEFORE", event: "INSERT", columns: [], forEachRow: false, when: null },
  ],
  [
    "DROP TABLE IF EXISTS main.t",
    "",
    "DROP TABLE IF EXISTS main.t",
    { kind: "drop", object: "TABLE", ifExists: true, concurrently: false, behavior: "" },
  ],
  ["DROP INDEX i", "names.0", "i", { kind: "object-name", schema: null }],
  ["DROP VIEW v", "", "DROP VIEW v", { object: "VIEW", ifExists: false }],
  ["DROP TRIGGER r", "", "DROP TRIGGER r", { object: "TRIGGER" }],
];

const ALTER_FACTS: readonly Fact[] = [
  [
    "ALTER TABLE main.t RENAME TO 'u'",
    "",
    "ALTER TABLE main.t RENAME TO 'u'",
    { kind: "alter-table", object: "TABLE", ifExists: false, only: false },
  ],
  ["ALTER TABLE main.t RENAME TO u", "name", "main.t", { kind: "object-name" }],
  [
    "ALTER TABLE t RENAME TO 'u'",
    "actions.0",
    "RENAME TO 'u'",
    { kind: "rename-table", to: { text: "u", quote: "'" } },
  ],
  [
    "ALTER TABLE t RENAME COLUMN a TO b",
    "actions.0",
    "RENAME COLUMN a TO b",
    { kind: "rename-column", column: { text: "a" }, to: { text: "b" } },
  ],
  ["ALTER TABLE t RENAME a TO b", "actions.0", "RENAME a TO b", { kind: "rename-column" }],
  [
    "ALTER TABLE t ADD COLUMN a INT NOT NULL DEFAULT 1 REFERENCES p",
    "actions.0.column",
    "a INT NOT NULL DEFAULT 1 REFERENCES p",
    { kind: "column-definition", type: { kind: "type" } },
  ],
  ["ALTER TABLE t ADD a", "actions.0", "ADD a", { kind: "add-column", ifNotExists: false }],
  [
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a) ON CONFLICT FAIL",
    "actions.0.constraint",
    "CONSTRAINT c CHECK (a) ON CONFLICT FAIL",
    { kind: "check", name: { text: "c" }, onConflict: "FAIL" },
  ],
  ["ALTER TABLE t ADD CHECK (a)", "actions.0", "ADD CHECK (a)", { kind: "add-constraint" }],
  [
    "ALTER TABLE t DROP COLUMN a",
    "actions.0",
    "DROP COLUMN a",
    { kind: "drop-column", ifExists: false, column: { text: "a" }, behavior: "" },
  ],
  [
    "ALTER TABLE t DROP CONSTRAINT c",
    "actions.0",
    "DROP CONSTRAINT c",
    { kind: "drop-constraint", ifExists: false, constraint: { text: "c" }, behavior: "" },
  ],
  [
    "ALTER TABLE t ALTER COLUMN a SET NOT NULL ON CONFLICT IGNORE",
    "actions.0",
    "ALTER COLUMN a SET NOT NULL ON CONFLICT IGNORE",
    { kind: "alter-null", column: { text: "a" }, not: true, onConflict: "IGNORE" },
  ],
  [
    "ALTER TABLE t ALTER a DROP NOT NULL",
    "actions.0",
    "ALTER a DROP NOT NULL",
    { kind: "alter-null", not: false, onConflict: "" },
  ],
];

describe.each([
  { title: "CREATE TABLE", facts: TABLE_FACTS },
  { title: "other definitions", facts: OTHER_FACTS },
  { title: "ALTER TABLE", facts: ALTER_FACTS },
])("the tree of $title", ({ facts }) => {
  it.each(facts)(FACT_TITLE, (sql, path, source, node) => {
    const found = at(statementOf(sql), path);
    expect(sourceOf(sql, found)).toBe(source);
    expect(found).toMatchObject(node);
  });
});

describe("lists", () => {
  it("of module arguments leave out empty ones", () => {
    expect(at(statementOf(VIRTUAL), "arguments")).toHaveLength(3);
    expect(at(statementOf("CREATE VIRTUAL TABLE v USING m( , )"), "arguments")).toEqual([]);
  });

  it("of table elements hold all of them", () => {
    expect(at(statementOf(TABLE), "elements")).toHaveLength(16);
    expect(at(statementOf(TABLE), "elements.1.constraints")).toHaveLength(4);
  });

  it("of a trigger's statements hold all of them", () => {
    expect(at(statementOf(TRIGGER), "body")).toHaveLength(4);
  });
});
