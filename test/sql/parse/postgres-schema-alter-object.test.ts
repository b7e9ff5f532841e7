import { describe, expect, it } from "vitest";
import {
  builtinType,
  integer,
  name,
  objectName,
  option,
  string,
  type Tree,
  treeOf,
} from "./postgres-command-tree.ts";
import {
  check,
  clause,
  column,
  notNull,
  object,
  property,
  routine,
} from "./postgres-schema-tree.ts";

const INT = builtinType("int4");

describe("ALTER of what is no relation", () => {
  const alter = (own: Tree, ...actions: Tree[]): Tree => ({
    kind: "alter-object",
    object: own,
    ifExists: false,
    actions,
  });
  const type = object("TYPE", objectName("s.x"));
  const domain = object("DOMAIN", objectName("s.x"));
  const rename = { kind: "rename-table", to: name("y") };

  it.each<[string, Tree]>([
    ["TYPE s.x RENAME TO y", alter(type, rename)],
    ["TYPE s.x OWNER TO bob", alter(type, property("OWNER TO", name("bob")))],
    ["DOMAIN s.x SET SCHEMA y", alter(domain, property("SET SCHEMA", objectName("y")))],
    ["USER bob RENAME TO y", alter(object("USER", objectName("bob")), rename)],
    ["SCHEMA x RENAME TO y", alter(object("SCHEMA", objectName("x")), rename)],
    [
      "FUNCTION f DEPENDS ON EXTENSION y",
      alter(
        object("FUNCTION", routine("f", false)),
        property("DEPENDS ON EXTENSION", objectName("y")),
      ),
    ],
    [
      "POLICY x ON t RENAME TO y",
      alter(object("POLICY", objectName("x"), { of: objectName("t") }), rename),
    ],
    [
      "POLICY IF EXISTS x ON t RENAME TO y",
      {
        ...alter(object("POLICY", objectName("x"), { of: objectName("t") }), rename),
        ifExists: true,
      },
    ],
    [
      "COLLATION s.x REFRESH VERSION",
      alter(object("COLLATION", objectName("s.x")), property("REFRESH VERSION")),
    ],
    [
      "DATABASE d REFRESH COLLATION VERSION",
      alter(object("DATABASE", objectName("d")), property("REFRESH COLLATION VERSION")),
    ],
    [
      "DATABASE d SET TABLESPACE y",
      alter(object("DATABASE", objectName("d")), property("SET TABLESPACE", objectName("y"))),
    ],
    [
      "DATABASE d WITH is_template = off",
      alter(object("DATABASE", objectName("d")), option("is_template", name("off"))),
    ],
    ["DATABASE d", alter(object("DATABASE", objectName("d")))],
    [
      "TABLESPACE x SET (a = 1)",
      alter(object("TABLESPACE", objectName("x")), {
        kind: "alter-options",
        reset: false,
        column: null,
        options: [option("a", integer("1"))],
      }),
    ],
  ])("ALTER %s", (text, tree) => {
    expect(treeOf(`ALTER ${text}`)).toEqual(tree);
  });

  it.each<[string, Tree[]]>([
    [
      "ADD VALUE 'a'",
      [{ kind: "add-value", ifNotExists: false, label: string("a"), place: "", neighbor: null }],
    ],
    [
      "ADD VALUE IF NOT EXISTS 'a' BEFORE 'b'",
      [
        {
          kind: "add-value",
          ifNotExists: true,
          label: string("a"),
          place: "BEFORE",
          neighbor: string("b"),
        },
      ],
    ],
    ["RENAME VALUE 'a' TO 'b'", [{ kind: "rename-value", label: string("a"), to: string("b") }]],
    [
      "RENAME ATTRIBUTE a TO b CASCADE",
      [{ kind: "rename-column", column: name("a"), to: name("b"), behavior: "CASCADE" }],
    ],
    [
      `ADD ATTRIBUTE a int COLLATE c RESTRICT, DROP ATTRIBUTE IF EXISTS b CASCADE,
        ALTER ATTRIBUTE d SET DATA TYPE int COLLATE c CASCADE`,
      [
        {
          kind: "add-attribute",
          attribute: {
            kind: "typed-name",
            name: name("a"),
            type: INT,
            collation: objectName("c"),
          },
          behavior: "RESTRICT",
        },
        { kind: "drop-column", ifExists: true, column: name("b"), behavior: "CASCADE" },
        {
          kind: "alter-type",
          column: name("d"),
          type: INT,
          collation: objectName("c"),
          using: null,
          behavior: "CASCADE",
        },
      ],
    ],
  ])("ALTER TYPE s.x %s", (action, actions) => {
    expect(treeOf(`ALTER TYPE s.x ${action}`)).toEqual(alter(type, ...actions));
  });

  it.each<[string, Tree]>([
    ["SET DEFAULT 1", { kind: "alter-default", column: null, value: integer("1") }],
    ["DROP DEFAULT", { kind: "alter-default", column: null, value: null }],
    ["SET NOT NULL", { kind: "alter-null", column: null, not: true, onConflict: "" }],
    ["DROP NOT NULL", { kind: "alter-null", column: null, not: false, onConflict: "" }],
    ["ADD CHECK (a)", { kind: "add-constraint", constraint: check(column("a")) }],
    [
      "ADD CONSTRAINT c NOT NULL",
      { kind: "add-constraint", constraint: notNull({ name: name("c") }) },
    ],
    [
      "DROP CONSTRAINT IF EXISTS c",
      { kind: "drop-constraint", ifExists: true, constraint: name("c"), behavior: "" },
    ],
    ["VALIDATE CONSTRAINT c", property("VALIDATE CONSTRAINT", objectName("c"))],
    [
      "RENAME CONSTRAINT c TO d",
      { kind: "rename-constraint", constraint: name("c"), to: name("d") },
    ],
  ])("ALTER DOMAIN s.x %s", (action, tree) => {
    expect(treeOf(`ALTER DOMAIN s.x ${action}`)).toEqual(alter(domain, tree));
  });

  it.each<[string, Tree[]]>([
    ["UPDATE", [clause("UPDATE")]],
    [
      "UPDATE TO '2' TO two",
      [clause("UPDATE"), clause("TO", string("2")), clause("TO", name("two"))],
    ],
    ["SET SCHEMA s", [property("SET SCHEMA", objectName("s"))]],
    [
      "ADD TABLE t",
      [{ kind: "extension-member", drop: false, object: object("TABLE", objectName("t")) }],
    ],
    ["DROP TYPE int", [{ kind: "extension-member", drop: true, object: object("TYPE", INT) }]],
  ])("ALTER EXTENSION x %s", (action, actions) => {
    expect(treeOf(`ALTER EXTENSION x ${action}`)).toEqual(
      alter(object("EXTENSION", objectName("x")), ...actions),
    );
  });
});
