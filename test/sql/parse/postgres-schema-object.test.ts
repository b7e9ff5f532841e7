import { describe, expect, it } from "vitest";
import {
  builtinType,
  integer,
  keyword,
  name,
  names,
  objectName,
  option,
  string,
  table,
  type Tree,
  treeOf,
} from "./postgres-command-tree.ts";
import {
  argument,
  check,
  clause,
  column,
  constraint,
  createTable,
  definition,
  namedType,
  notNull,
  object,
  routine,
} from "./postgres-schema-tree.ts";

const INT = builtinType("int4");
const TEXT = namedType("text");

/** Ways to refer to an object, and what they refer to. */
const REFERENCES: readonly [string, Tree][] = [
  ...[
    "TABLE",
    "SEQUENCE",
    "VIEW",
    "MATERIALIZED VIEW",
    "INDEX",
    "FOREIGN TABLE",
    "COLLATION",
    "CONVERSION",
    "STATISTICS",
    "TEXT SEARCH PARSER",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH TEMPLATE",
    "TEXT SEARCH CONFIGURATION",
  ].map((kind): [string, Tree] => [`${kind} s.x`, object(kind, objectName("s.x"))]),
  ...[
    "ACCESS METHOD",
    "EVENT TRIGGER",
    "EXTENSION",
    "FOREIGN DATA WRAPPER",
    "LANGUAGE",
    "PUBLICATION",
    "SCHEMA",
    "SERVER",
    "DATABASE",
    "ROLE",
    "SUBSCRIPTION",
    "TABLESPACE",
  ].map((kind): [string, Tree] => [`${kind} x`, object(kind, objectName("x"))]),
  ["PROCEDURAL LANGUAGE x", object("LANGUAGE", objectName("x"))],
  ...["POLICY", "RULE", "TRIGGER", "CONSTRAINT"].map((kind): [string, Tree] => [
    `${kind} x ON s.t`,
    object(kind, objectName("x"), { of: objectName("s.t") }),
  ]),
  [
    "CONSTRAINT x ON DOMAIN d",
    object("DOMAIN CONSTRAINT", objectName("x"), { of: objectName("d") }),
  ],
  ["CONSTRAINT x ON domain", object("CONSTRAINT", objectName("x"), { of: objectName("domain") })],
  ["COLUMN a", object("COLUMN", objectName("a"))],
  ["COLUMN s.t.a", object("COLUMN", objectName("a"), { of: objectName("s.t") })],
  ["TYPE int", object("TYPE", INT)],
  ["DOMAIN s.d", object("DOMAIN", namedType("s.d"))],
  ["FUNCTION f", object("FUNCTION", routine("f", false))],
  [
    "PROCEDURE s.f(a int, OUT text)",
    object(
      "PROCEDURE",
      routine("s.f", true, argument(INT, { name: name("a") }), argument(TEXT, { mode: "OUT" })),
    ),
  ],
  ["ROUTINE f()", object("ROUTINE", routine("f", true))],
  ["AGGREGATE f(*)", object("AGGREGATE", routine("f", true))],
  [
    "AGGREGATE f(int ORDER BY text)",
    object("AGGREGATE", routine("f", true, argument(INT)), { ordered: [argument(TEXT)] }),
  ],
  [
    "AGGREGATE f(ORDER BY int)",
    object("AGGREGATE", routine("f", true), { ordered: [argument(INT)] }),
  ],
  [
    "OPERATOR s.+ (NONE, int)",
    object("OPERATOR", operator(name("s"), "+"), { left: null, right: INT }),
  ],
  ["OPERATOR @@ (int, text)", object("OPERATOR", operator(null, "@@"), { left: INT, right: TEXT })],
  [
    "OPERATOR CLASS s.x USING gin",
    object("OPERATOR CLASS", objectName("s.x"), { of: objectName("gin") }),
  ],
  [
    "OPERATOR FAMILY x USING gin",
    object("OPERATOR FAMILY", objectName("x"), { of: objectName("gin") }),
  ],
  ["CAST (int AS text)", object("CAST", INT, { of: TEXT })],
  ["TRANSFORM FOR int LANGUAGE l", object("TRANSFORM", INT, { of: objectName("l") })],
  ["LARGE OBJECT 5", object("LARGE OBJECT", integer("5"))],
];

function operator(schema: Tree | null, symbol: string): Tree {
  return { kind: "qualified-operator", catalog: null, schema, symbol };
}

describe("COMMENT ON", () => {
  it.each(REFERENCES)("%s", (text, own) => {
    expect(treeOf(`COMMENT ON ${text} IS 'x'`)).toEqual({
      kind: "comment-on",
      object: own,
      text: string("x"),
    });
    expect(treeOf(`COMMENT ON ${text} IS NULL`)["text"]).toBeNull();
  });
});

describe("DROP", () => {
  const drop = (kind: string, texts: string[], rest: Tree = {}): Tree => ({
    kind: "drop",
    object: kind,
    ifExists: false,
    names: texts.map(objectName),
    concurrently: false,
    behavior: "",
    force: false,
    ...rest,
  });

  it.each<[string, Tree]>([
    ["DROP TABLE t", drop("TABLE", ["t"])],
    [
      "DROP VIEW IF EXISTS a, s.b CASCADE",
      drop("VIEW", ["a", "s.b"], { ifExists: true, behavior: "CASCADE" }),
    ],
    ["DROP INDEX CONCURRENTLY i", drop("INDEX", ["i"], { concurrently: true })],
    ["DROP PROCEDURAL LANGUAGE l RESTRICT", drop("LANGUAGE", ["l"], { behavior: "RESTRICT" })],
    ["DROP TABLESPACE x", drop("TABLESPACE", ["x"])],
    ["DROP SUBSCRIPTION x CASCADE", drop("SUBSCRIPTION", ["x"], { behavior: "CASCADE" })],
    ["DROP DATABASE d", drop("DATABASE", ["d"])],
    [
      "DROP DATABASE IF EXISTS d WITH (FORCE)",
      drop("DATABASE", ["d"], { ifExists: true, force: true }),
    ],
  ])("%s", (sql, tree) => {
    expect(treeOf(sql)).toEqual(tree);
  });

  it.each<[string, Tree]>([
    ["TYPE s.a, int CASCADE", { objects: [object("TYPE", namedType("s.a")), object("TYPE", INT)] }],
    [
      "FUNCTION f, g(int) CASCADE",
      {
        objects: [
          object("FUNCTION", routine("f", false)),
          object("FUNCTION", routine("g", true, argument(INT))),
        ],
      },
    ],
    [
      "TRIGGER x ON t CASCADE",
      { objects: [object("TRIGGER", objectName("x"), { of: objectName("t") })] },
    ],
    ["CAST (int AS text) CASCADE", { objects: [object("CAST", INT, { of: TEXT })] }],
  ])("DROP %s", (text, rest) => {
    const [kind = "", ...others] = text.split(" ");
    const tree = { kind: "drop-object", ifExists: false, behavior: "CASCADE", ...rest };
    expect(treeOf(`DROP ${text}`)).toEqual(tree);
    expect(treeOf(`DROP ${kind} IF EXISTS ${others.join(" ")}`)).toEqual({
      ...tree,
      ifExists: true,
    });
  });

  it.each(["ROLE", "USER", "GROUP"])("DROP %s", (kind) => {
    expect(treeOf(`DROP ${kind} IF EXISTS bob, CURRENT_USER`)).toEqual({
      kind: "drop-role",
      object: kind,
      ifExists: true,
      roles: [name("bob"), keyword("CURRENT_USER")],
    });
  });
});

describe("CREATE of what is no relation", () => {
  it.each<[string, Tree]>([
    [
      "CREATE TYPE s.e AS ENUM ('a', 'b')",
      { name: objectName("s.e"), form: "ENUM", labels: [string("a"), string("b")], attributes: [] },
    ],
    [
      "CREATE TYPE c AS (a int, b text COLLATE d)",
      {
        name: objectName("c"),
        form: "COMPOSITE",
        labels: [],
        attributes: [
          { kind: "typed-name", name: name("a"), type: INT, collation: null },
          { kind: "typed-name", name: name("b"), type: TEXT, collation: objectName("d") },
        ],
      },
    ],
    ["CREATE TYPE x", { name: objectName("x"), form: "SHELL", labels: [], attributes: [] }],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual({ kind: "create-type", ...rest });
  });

  it("reads CREATE DOMAIN", () => {
    const tree = {
      kind: "create-domain",
      name: objectName("s.d"),
      type: INT,
      constraints: [
        constraint("column-collation", { collation: objectName("c") }),
        notNull(),
        check(column("value"), { name: name("x") }),
      ],
    };
    const rest = "int COLLATE c NOT NULL CONSTRAINT x CHECK (value)";
    expect(treeOf(`CREATE DOMAIN s.d AS ${rest}`)).toEqual(tree);
    expect(treeOf(`CREATE DOMAIN s.d ${rest}`)).toEqual(tree);
  });

  it.each<[string, Tree]>([
    ["CREATE SCHEMA s", { name: name("s") }],
    ["CREATE SCHEMA IF NOT EXISTS s", { ifNotExists: true, name: name("s") }],
    ["CREATE SCHEMA AUTHORIZATION bob", { owner: name("bob") }],
    [
      "CREATE SCHEMA s AUTHORIZATION SESSION_USER CREATE TABLE t (a int) GRANT SELECT ON t TO bob",
      {
        name: name("s"),
        owner: keyword("SESSION_USER"),
        elements: [
          createTable({ elements: [definition("a")] }),
          expect.objectContaining({ kind: "grant" }) as unknown,
        ],
      },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual({
      kind: "create-schema",
      ifNotExists: false,
      name: null,
      owner: null,
      elements: [],
      ...rest,
    });
  });

  it("reads CREATE EXTENSION", () => {
    const sql = "CREATE EXTENSION IF NOT EXISTS e WITH SCHEMA s VERSION '1' VERSION one CASCADE";
    expect(treeOf(sql)).toEqual({
      kind: "create-extension",
      ifNotExists: true,
      name: name("e"),
      clauses: [
        clause("SCHEMA", name("s")),
        clause("VERSION", string("1")),
        clause("VERSION", name("one")),
        clause("CASCADE"),
      ],
    });
  });

  it("reads CREATE DATABASE", () => {
    const sql =
      "CREATE DATABASE d WITH OWNER bob is_template = true CONNECTION LIMIT -1 TEMPLATE DEFAULT";
    expect(treeOf(sql)).toEqual({
      kind: "create-database",
      name: name("d"),
      options: [
        option("owner", name("bob")),
        option("is_template", name("true")),
        option("connection_limit", integer("-1")),
        option("template"),
      ],
    });
  });
});

describe("roles", () => {
  const words = ["SUPERUSER", "CREATEDB", "CREATEROLE", "LOGIN", "REPLICATION", "BYPASSRLS"];
  const flags = ["INHERIT", ...words].flatMap((word) => [word, `NO${word}`]);
  const common = [
    ...flags.map((word) => clause(word)),
    clause("PASSWORD", { kind: "null" }),
    clause("ENCRYPTED PASSWORD", string("x")),
    clause("CONNECTION LIMIT", integer("-1")),
    clause("VALID UNTIL", string("y")),
    clause("USER", null, [name("a"), keyword("CURRENT_ROLE")]),
  ];
  const text = `${flags.join(" ")} PASSWORD NULL ENCRYPTED PASSWORD 'x' CONNECTION LIMIT -1
    VALID UNTIL 'y' USER a, CURRENT_ROLE`;

  it.each(["ROLE", "USER", "GROUP"])("CREATE %s", (kind) => {
    const own = "SYSID 5 ADMIN a ROLE b IN ROLE c IN GROUP d, e";
    expect(treeOf(`CREATE ${kind} bob WITH ${text} ${own}`)).toEqual({
      kind: "create-role",
      object: kind,
      name: name("bob"),
      clauses: [
        ...common,
        clause("SYSID", integer("5")),
        clause("ADMIN", null, names("a")),
        clause("ROLE", null, names("b")),
        clause("IN ROLE", null, names("c")),
        clause("IN GROUP", null, names("d", "e")),
      ],
    });
  });

  it.each<[string, Tree]>([
    [`ALTER ROLE bob ${text}`, { object: "ROLE", role: name("bob"), clauses: common }],
    [
      "ALTER USER CURRENT_USER WITH",
      { object: "USER", role: keyword("CURRENT_USER"), clauses: [] },
    ],
    [
      "ALTER GROUP g ADD USER a, b",
      { object: "GROUP", role: name("g"), clauses: [clause("ADD USER", null, names("a", "b"))] },
    ],
    [
      "ALTER GROUP g DROP USER a",
      { object: "GROUP", role: name("g"), clauses: [clause("DROP USER", null, names("a"))] },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual({ kind: "alter-role", ...rest });
  });

  it.each<[string, Tree]>([
    ["ALTER ROLE bob SET a = 1", { object: "ROLE", name: name("bob"), database: null }],
    ["ALTER USER ALL IN DATABASE d RESET ALL", { object: "USER", name: null, database: name("d") }],
    [
      "ALTER DATABASE d SET tablespace TO x",
      { object: "DATABASE", name: name("d"), database: null },
    ],
  ])("%s", (sql, rest) => {
    const setting: unknown = expect.objectContaining({ kind: "setting" });
    expect(treeOf(sql)).toEqual({ kind: "alter-setting", ...rest, setting });
  });
});

describe("TRUNCATE", () => {
  it.each<[string, Tree]>([
    ["TRUNCATE t", { tables: [table("t")], identity: "", behavior: "" }],
    [
      "TRUNCATE TABLE t, ONLY s.u RESTART IDENTITY CASCADE",
      { tables: [table("t"), table("s.u", true)], identity: "RESTART", behavior: "CASCADE" },
    ],
    [
      "TRUNCATE t * CONTINUE IDENTITY",
      { tables: [table("t")], identity: "CONTINUE", behavior: "" },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual({ kind: "truncate", ...rest });
  });
});
