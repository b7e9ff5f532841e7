import { describe, expect, it } from "vitest";
import {
  builtinType,
  errorOf,
  integer,
  keyword,
  name,
  names,
  objectName,
  option,
  type Tree,
  treeOf,
} from "./postgres-command-tree.ts";

function privilege(text: string | null, ...columns: string[]): Tree {
  const own = text === null ? null : name(text);
  return { kind: "privilege", name: own, columns: names(...columns) };
}

function grant(rest: Tree): Tree {
  return {
    kind: "grant",
    revoke: false,
    grantOption: false,
    privileges: [privilege("select")],
    target: "TABLE",
    objects: [objectName("t")],
    roles: [name("bob")],
    grantedBy: null,
    behavior: "",
    ...rest,
  };
}

function routine(text: string, ...items: Tree[]): Tree {
  return { kind: "routine", name: objectName(text), arguments: items, parenthesised: true };
}

function argument(mode: string, own: Tree | null, type: string): Tree {
  return { kind: "routine-argument", mode, name: own, type: builtinType(type) };
}

describe("privileges on objects", () => {
  it.each([
    ["GRANT SELECT ON t TO bob", {}],
    ["GRANT SELECT ON TABLE s.t, u TO bob", { objects: ["s.t", "u"].map(objectName) }],
    [
      "GRANT SELECT (a, b), references (c), x ON t TO bob",
      {
        privileges: [privilege("select", "a", "b"), privilege("references", "c"), privilege("x")],
      },
    ],
    ["GRANT ALL ON t TO bob", { privileges: [privilege(null)] }],
    ["GRANT ALL PRIVILEGES (a) ON t TO bob", { privileges: [privilege(null, "a")] }],
    [
      "GRANT SELECT ON t TO PUBLIC, GROUP bob, CURRENT_USER WITH GRANT OPTION GRANTED BY c",
      {
        roles: [name("public"), name("bob"), keyword("CURRENT_USER")],
        grantOption: true,
        grantedBy: name("c"),
      },
    ],
    ["REVOKE SELECT ON t FROM bob CASCADE", { revoke: true, behavior: "CASCADE" }],
    [
      "REVOKE GRANT OPTION FOR SELECT ON t FROM bob GRANTED BY SESSION_USER RESTRICT",
      { revoke: true, grantOption: true, grantedBy: keyword("SESSION_USER"), behavior: "RESTRICT" },
    ],
    ["GRANT SELECT ON sequence TO bob", { objects: [objectName("sequence")] }],
    ["GRANT SELECT ON schema.t TO bob", { objects: [objectName("schema.t")] }],
    ["GRANT SELECT ON SEQUENCE s.q TO bob", { target: "SEQUENCE", objects: [objectName("s.q")] }],
    [
      "GRANT SELECT ON SCHEMA t, u TO bob",
      { target: "SCHEMA", objects: ["t", "u"].map(objectName) },
    ],
    ["GRANT SELECT ON DATABASE t TO bob", { target: "DATABASE" }],
    ["GRANT SELECT ON TYPE t TO bob", { target: "TYPE" }],
    ["GRANT SELECT ON DOMAIN t TO bob", { target: "DOMAIN" }],
    ["GRANT SELECT ON LANGUAGE t TO bob", { target: "LANGUAGE" }],
    ["GRANT SELECT ON TABLESPACE t TO bob", { target: "TABLESPACE" }],
    ["GRANT SELECT ON FOREIGN SERVER t TO bob", { target: "FOREIGN SERVER" }],
    ["GRANT SELECT ON FOREIGN DATA WRAPPER t TO bob", { target: "FOREIGN DATA WRAPPER" }],
    ["GRANT SELECT ON ALL TABLES IN SCHEMA t TO bob", { target: "ALL TABLES" }],
    ["GRANT SELECT ON ALL ROUTINES IN SCHEMA t TO bob", { target: "ALL ROUTINES" }],
    [
      "GRANT SELECT ON LARGE OBJECT 1, 2 TO bob",
      { target: "LARGE OBJECT", objects: [integer("1"), integer("2")] },
    ],
    [
      "GRANT ALTER SYSTEM ON PARAMETER a.b TO bob",
      {
        privileges: [privilege("alter system")],
        target: "PARAMETER",
        objects: [{ ...objectName("a"), name: name("a.b") }],
      },
    ],
    [
      "GRANT SELECT ON FUNCTION f(), g(int, a float, OUT b int, c VARIADIC int) TO bob",
      {
        target: "FUNCTION",
        objects: [
          routine("f"),
          routine(
            "g",
            argument("", null, "int4"),
            argument("", name("a"), "float8"),
            argument("OUT", name("b"), "int4"),
            argument("VARIADIC", name("c"), "int4"),
          ),
        ],
      },
    ],
    [
      "GRANT SELECT ON ROUTINE s.f, left(IN OUT double precision) TO bob",
      {
        target: "ROUTINE",
        objects: [
          { kind: "routine", name: objectName("s.f"), arguments: [], parenthesised: false },
          routine("left", argument("INOUT", null, "float8")),
        ],
      },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual(grant(rest));
  });

  it.each([
    ["GRANT ALL TO bob", 'syntax error at or near "TO" @10'],
    ["GRANT SELECT ON t TO none", 'role name "none" is reserved @21'],
    ["GRANT SELECT ON t TO bob CASCADE", 'syntax error at or near "CASCADE" @25'],
    ["REVOKE SELECT ON t FROM bob WITH GRANT OPTION", 'syntax error at or near "WITH" @28'],
    ["REVOKE GRANT OPTION FOR a FROM b", 'syntax error at or near "FROM" @26'],
    ["REVOKE x OPTION FOR SELECT ON t FROM b", 'syntax error at or near "ON" @27'],
    ["GRANT EXECUTE ON FUNCTION f(int DEFAULT 1) TO x", 'syntax error at or near "DEFAULT" @32'],
    ["GRANT SELECT ON ALL TYPES IN SCHEMA s TO x", 'syntax error at or near "TYPES" @20'],
  ])("refuses %s", (sql, error) => {
    expect(errorOf(sql)).toBe(error);
  });
});

describe("membership in roles", () => {
  const plain = { revoke: false, options: [], grantedBy: null, behavior: "" };
  const no = { kind: "boolean", value: false };
  const yes = { kind: "boolean", value: true };

  it.each([
    ["GRANT a, b TO bob", {}],
    ["GRANT a, b TO bob WITH ADMIN OPTION", { options: [option("admin", yes)] }],
    [
      "GRANT a, b TO bob WITH INHERIT TRUE, SET FALSE GRANTED BY CURRENT_ROLE",
      {
        options: [option("inherit", yes), option("set", no)],
        grantedBy: keyword("CURRENT_ROLE"),
      },
    ],
    ["REVOKE a, b FROM bob CASCADE", { revoke: true, behavior: "CASCADE" }],
    ["REVOKE ADMIN OPTION FOR a, b FROM bob", { revoke: true, options: [option("admin", no)] }],
  ])("%s", (sql, rest) => {
    const fixed = { kind: "grant-role", granted: names("a", "b"), roles: [name("bob")] };
    expect(treeOf(sql)).toEqual({ ...fixed, ...plain, ...rest });
  });

  it.each([
    ["GRANT a (b) TO c", "column names cannot be included in GRANT/REVOKE ROLE @9"],
    ["GRANT a TO GROUP b", 'syntax error at or near "GROUP" @11'],
    ["GRANT a TO b WITH ADMIN", "syntax error at end of input @23"],
  ])("refuses %s", (sql, error) => {
    expect(errorOf(sql)).toBe(error);
  });
});

describe("ALTER DEFAULT PRIVILEGES", () => {
  it.each([
    ["GRANT SELECT ON TABLES TO bob", [], [], { target: "TABLES" }],
    [
      "IN SCHEMA s, r FOR ROLE a, CURRENT_USER GRANT ALL ON LARGE OBJECTS TO bob WITH GRANT OPTION",
      names("s", "r"),
      [name("a"), keyword("CURRENT_USER")],
      { target: "LARGE OBJECTS", privileges: [privilege(null)], grantOption: true },
    ],
    [
      "FOR USER a REVOKE GRANT OPTION FOR x ON SCHEMAS FROM bob RESTRICT",
      [],
      names("a"),
      {
        revoke: true,
        grantOption: true,
        privileges: [privilege("x")],
        target: "SCHEMAS",
        behavior: "RESTRICT",
      },
    ],
  ])("%s", (sql, schemas, roles, rest) => {
    expect(treeOf(`ALTER DEFAULT PRIVILEGES ${sql}`)).toEqual({
      kind: "alter-default-privileges",
      roles,
      schemas,
      grant: grant({ objects: [], ...rest }),
    });
  });
});

describe("owners", () => {
  it.each([
    ["REASSIGN OWNED BY a, b TO CURRENT_USER", names("a", "b"), keyword("CURRENT_USER"), ""],
    ["DROP OWNED BY SESSION_USER CASCADE", [keyword("SESSION_USER")], null, "CASCADE"],
  ])("%s", (sql, roles, to, behavior) => {
    expect(treeOf(sql)).toEqual({ kind: "owned", roles, to, behavior });
  });
});
