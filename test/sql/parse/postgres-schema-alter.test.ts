import { describe, expect, it } from "vitest";
import {
  builtinType,
  integer,
  keyword,
  name,
  names,
  objectName,
  option,
  type Tree,
  treeOf,
} from "./postgres-command-tree.ts";
import {
  bound,
  check,
  column,
  definition,
  key,
  mark,
  property,
  sequenceOption,
} from "./postgres-schema-tree.ts";

function alterTable(actions: Tree[], rest: Tree = {}): Tree {
  return {
    kind: "alter-table",
    object: "TABLE",
    ifExists: false,
    only: false,
    name: objectName("t"),
    actions,
    ...rest,
  };
}

const ADD_A: Tree = { kind: "add-column", ifNotExists: false, column: definition("a") };

describe("ALTER of relations", () => {
  it.each<[string, Tree]>([
    ["ALTER TABLE t ADD a int", alterTable([ADD_A])],
    [
      "ALTER TABLE IF EXISTS ONLY s.t ADD COLUMN a int, ADD COLUMN IF NOT EXISTS a int",
      alterTable([ADD_A, { ...ADD_A, ifNotExists: true }], {
        ifExists: true,
        only: true,
        name: objectName("s.t"),
      }),
    ],
    [
      "ALTER INDEX t SET TABLESPACE x",
      alterTable([property("SET TABLESPACE", objectName("x"))], { object: "INDEX" }),
    ],
    [
      "ALTER VIEW t OWNER TO bob",
      alterTable([property("OWNER TO", name("bob"))], { object: "VIEW" }),
    ],
    [
      "ALTER MATERIALIZED VIEW IF EXISTS t SET SCHEMA s",
      alterTable([property("SET SCHEMA", objectName("s"))], {
        object: "MATERIALIZED VIEW",
        ifExists: true,
      }),
    ],
    [
      "ALTER SEQUENCE t OWNER TO CURRENT_USER",
      alterTable([property("OWNER TO", keyword("CURRENT_USER"))], { object: "SEQUENCE" }),
    ],
    [
      "ALTER FOREIGN TABLE ONLY (t) NO INHERIT s.p",
      alterTable([property("NO INHERIT", objectName("s.p"))], {
        object: "FOREIGN TABLE",
        only: true,
      }),
    ],
  ])("%s", (sql, tree) => {
    expect(treeOf(sql)).toEqual(tree);
  });

  const renamedColumn = {
    kind: "rename-column",
    column: name("a"),
    to: name("b"),
    behavior: "",
  };

  it.each<[string, Tree]>([
    ["RENAME TO b", { kind: "rename-table", to: name("b") }],
    ["RENAME a TO b", renamedColumn],
    ["RENAME COLUMN a TO b", renamedColumn],
    [
      "RENAME CONSTRAINT a TO b",
      { kind: "rename-constraint", constraint: name("a"), to: name("b") },
    ],
    [
      "DROP COLUMN IF EXISTS a CASCADE",
      { kind: "drop-column", ifExists: true, column: name("a"), behavior: "CASCADE" },
    ],
    ["DROP if", { kind: "drop-column", ifExists: false, column: name("if"), behavior: "" }],
    ["ADD CHECK (a)", { kind: "add-constraint", constraint: check(column("a")) }],
    [
      "ADD CONSTRAINT c PRIMARY KEY USING INDEX i",
      {
        kind: "add-constraint",
        constraint: key({ name: name("c"), primary: true, usingIndex: name("i") }),
      },
    ],
    [
      "DROP CONSTRAINT IF EXISTS c RESTRICT",
      { kind: "drop-constraint", ifExists: true, constraint: name("c"), behavior: "RESTRICT" },
    ],
    [
      "ALTER CONSTRAINT c DEFERRABLE INITIALLY DEFERRED NOT ENFORCED NO INHERIT",
      {
        kind: "alter-constraint",
        deferrable: "DEFERRABLE",
        initially: "DEFERRED",
        constraint: name("c"),
        marks: [mark("NOT ENFORCED"), mark("NO INHERIT")],
      },
    ],
    [
      "ALTER CONSTRAINT c INHERIT",
      {
        kind: "alter-constraint",
        deferrable: "",
        initially: "",
        constraint: name("c"),
        marks: [mark("INHERIT")],
      },
    ],
    [
      "SET (a = 1, x.b)",
      {
        kind: "alter-options",
        reset: false,
        column: null,
        options: [option("a", integer("1")), { ...option("b"), namespace: name("x") }],
      },
    ],
    ["RESET (a)", { kind: "alter-options", reset: true, column: null, options: [option("a")] }],
    [
      "ATTACH PARTITION s.p DEFAULT",
      { kind: "attach-partition", partition: objectName("s.p"), bound: bound("DEFAULT") },
    ],
    [
      "DETACH PARTITION p FINALIZE",
      { kind: "detach-partition", partition: objectName("p"), mode: "FINALIZE" },
    ],
    ["DETACH PARTITION p", { kind: "detach-partition", partition: objectName("p"), mode: "" }],
  ])("ALTER TABLE t %s", (action, tree) => {
    expect(treeOf(`ALTER TABLE t ${action}`)).toEqual(alterTable([tree]));
  });

  it("attaches the partition of an index without a bound", () => {
    expect(treeOf("ALTER INDEX t ATTACH PARTITION p")).toEqual(
      alterTable([{ kind: "attach-partition", partition: objectName("p"), bound: null }], {
        object: "INDEX",
      }),
    );
  });

  it.each([
    "NOT OF",
    "SET ACCESS METHOD DEFAULT",
    "SET WITHOUT CLUSTER",
    "SET WITHOUT OIDS",
    "SET LOGGED",
    "SET UNLOGGED",
    "ENABLE TRIGGER ALL",
    "ENABLE TRIGGER USER",
    "DISABLE TRIGGER ALL",
    "DISABLE TRIGGER USER",
    "ENABLE ROW LEVEL SECURITY",
    "DISABLE ROW LEVEL SECURITY",
    "FORCE ROW LEVEL SECURITY",
    "NO FORCE ROW LEVEL SECURITY",
    "REPLICA IDENTITY NOTHING",
    "REPLICA IDENTITY FULL",
    "REPLICA IDENTITY DEFAULT",
  ])("ALTER TABLE t %s", (words) => {
    expect(treeOf(`ALTER TABLE t ${words}`)).toEqual(alterTable([property(words)]));
  });

  it.each([
    "SET ACCESS METHOD",
    "CLUSTER ON",
    "VALIDATE CONSTRAINT",
    "REPLICA IDENTITY USING INDEX",
    "INHERIT",
    "OF",
    "ENABLE TRIGGER",
    "ENABLE ALWAYS TRIGGER",
    "ENABLE REPLICA TRIGGER",
    "DISABLE TRIGGER",
    "ENABLE RULE",
    "ENABLE ALWAYS RULE",
    "ENABLE REPLICA RULE",
    "DISABLE RULE",
  ])("ALTER TABLE t %s x", (words) => {
    expect(treeOf(`ALTER TABLE t ${words} x`)).toEqual(
      alterTable([property(words, objectName("x"))]),
    );
  });

  it.each(["DEPENDS ON EXTENSION", "NO DEPENDS ON EXTENSION"])("ALTER INDEX t %s x", (words) => {
    expect(treeOf(`ALTER INDEX t ${words} x`)).toEqual(
      alterTable([property(words, objectName("x"))], { object: "INDEX" }),
    );
  });
});

describe("ALTER COLUMN", () => {
  const own = { column: name("a") };

  it.each<[string, Tree]>([
    ["SET NOT NULL", { kind: "alter-null", ...own, not: true, onConflict: "" }],
    ["DROP NOT NULL", { kind: "alter-null", ...own, not: false, onConflict: "" }],
    ["SET DEFAULT 1", { kind: "alter-default", ...own, value: integer("1") }],
    ["DROP DEFAULT", { kind: "alter-default", ...own, value: null }],
    [
      "TYPE int",
      {
        kind: "alter-type",
        ...own,
        type: builtinType("int4"),
        collation: null,
        using: null,
        behavior: "",
      },
    ],
    [
      "SET DATA TYPE int COLLATE c USING b",
      {
        kind: "alter-type",
        ...own,
        type: builtinType("int4"),
        collation: objectName("c"),
        using: column("b"),
        behavior: "",
      },
    ],
    [
      "ADD GENERATED BY DEFAULT AS IDENTITY (CYCLE)",
      { kind: "add-identity", ...own, when: "BY DEFAULT", options: [sequenceOption("CYCLE")] },
    ],
    [
      "SET GENERATED ALWAYS RESTART SET GENERATED BY DEFAULT SET NO CYCLE RESTART WITH 3",
      {
        kind: "alter-identity",
        ...own,
        options: [
          sequenceOption("GENERATED ALWAYS"),
          sequenceOption("RESTART"),
          sequenceOption("GENERATED BY DEFAULT"),
          sequenceOption("NO CYCLE"),
          sequenceOption("RESTART", integer("3")),
        ],
      },
    ],
    ["DROP IDENTITY", { kind: "drop-generated", what: "IDENTITY", ...own, ifExists: false }],
    [
      "DROP EXPRESSION IF EXISTS",
      { kind: "drop-generated", what: "EXPRESSION", ...own, ifExists: true },
    ],
    [
      "SET EXPRESSION AS (b)",
      { kind: "alter-column", ...own, what: "EXPRESSION", value: column("b") },
    ],
    [
      "SET STATISTICS -1",
      { kind: "alter-column", ...own, what: "STATISTICS", value: integer("-1") },
    ],
    ["SET STATISTICS DEFAULT", { kind: "alter-column", ...own, what: "STATISTICS", value: null }],
    ["SET STORAGE main", { kind: "alter-column", ...own, what: "STORAGE", value: name("main") }],
    ["SET STORAGE DEFAULT", { kind: "alter-column", ...own, what: "STORAGE", value: null }],
    [
      'SET COMPRESSION "default"',
      { kind: "alter-column", ...own, what: "COMPRESSION", value: name("default", '"') },
    ],
    [
      "SET (n = 1)",
      { kind: "alter-options", reset: false, ...own, options: [option("n", integer("1"))] },
    ],
    ["RESET (n)", { kind: "alter-options", reset: true, ...own, options: [option("n")] }],
  ])("%s", (action, tree) => {
    expect(treeOf(`ALTER TABLE t ALTER COLUMN a ${action}`)).toEqual(alterTable([tree]));
    expect(treeOf(`ALTER TABLE t ALTER a ${action}, ADD a int`)).toEqual(alterTable([tree, ADD_A]));
  });

  it("takes the number of a column of an index", () => {
    expect(treeOf("ALTER INDEX t ALTER COLUMN 2 SET STATISTICS 10")).toEqual(
      alterTable(
        [{ kind: "alter-column", column: integer("2"), what: "STATISTICS", value: integer("10") }],
        { object: "INDEX" },
      ),
    );
  });
});

describe("words that are names, too", () => {
  it.each([
    ["ALTER TABLE t ALTER type TYPE int", "alter-type", "type"],
    ["ALTER TABLE t ALTER set SET DEFAULT 1", "alter-default", "set"],
    ["ALTER TABLE t ALTER restart RESTART", "alter-identity", "restart"],
  ])("%s", (sql, kind, text) => {
    expect(treeOf(sql)["actions"]).toMatchObject([{ kind, column: name(text) }]);
  });

  it("adds a column of the name of a constraint", () => {
    const added = ["exclude", "if", "value", "attribute"].map((text) => `ADD ${text} int`);
    expect(treeOf(`ALTER TABLE t ${added.join(", ")}`)).toEqual(
      alterTable(
        names("exclude", "if", "value", "attribute").map((each) => ({
          kind: "add-column",
          ifNotExists: false,
          column: { ...definition("a"), name: each },
        })),
      ),
    );
  });
});
