import { describe, expect, it } from "vitest";
import {
  builtinType,
  integer,
  name,
  names,
  objectName,
  option,
  string,
  type Tree,
  treeOf,
} from "./postgres-command-tree.ts";
import {
  bound,
  check,
  column,
  constraint,
  createTable,
  definition,
  foreignKey,
  key,
  mark,
  namedType,
  notNull,
  sequenceOption,
  term,
  terms,
} from "./postgres-schema-tree.ts";

const QUERY: unknown = expect.objectContaining({ kind: "query" });

/** The constraints of the column `a int …`. */
function constraintsOf(text: string): unknown {
  const { elements } = treeOf(`CREATE TABLE t (a int ${text})`);
  return (elements as Tree[])[0]?.["constraints"];
}

describe("CREATE TABLE", () => {
  it.each<[string, Tree]>([
    ["CREATE TABLE t ()", {}],
    ["CREATE TABLE IF NOT EXISTS s.t ()", { ifNotExists: true, name: objectName("s.t") }],
    ["CREATE TEMP TABLE t ()", { persistence: "TEMP" }],
    ["CREATE LOCAL TEMPORARY TABLE t ()", { persistence: "TEMP" }],
    ["CREATE GLOBAL TEMP TABLE t ()", { persistence: "TEMP" }],
    ["CREATE UNLOGGED TABLE if ()", { persistence: "UNLOGGED", name: objectName("if") }],
    ["CREATE TABLE t (a int, b int)", { elements: [definition("a"), definition("b")] }],
    [
      "CREATE TABLE t (a int STORAGE plain COMPRESSION DEFAULT, exclude int)",
      {
        elements: [
          definition("a", { storage: name("plain"), compression: name("default") }),
          definition("exclude"),
        ],
      },
    ],
    [
      "CREATE TABLE t () INHERITS (p, s.q) USING heap WITH (a = 1, x.b) ON COMMIT DROP TABLESPACE ts",
      {
        inherits: [objectName("p"), objectName("s.q")],
        method: name("heap"),
        options: [option("a", integer("1")), { ...option("b"), namespace: name("x") }],
        onCommit: "DROP",
        tablespace: name("ts"),
      },
    ],
    ["CREATE TABLE t () WITHOUT OIDS ON COMMIT DELETE ROWS", { onCommit: "DELETE ROWS" }],
    ["CREATE TABLE t () ON COMMIT PRESERVE ROWS", { onCommit: "PRESERVE ROWS" }],
    ["CREATE TABLE t AS SELECT 1", { query: QUERY }],
    [
      "CREATE TABLE t (a, b) AS TABLE u WITH DATA",
      { columns: names("a", "b"), query: QUERY, data: "DATA" },
    ],
    [
      "CREATE TABLE t USING m AS EXECUTE p (1) WITH NO DATA",
      {
        method: name("m"),
        query: { kind: "execute", name: name("p"), arguments: [integer("1")] },
        data: "NO DATA",
      },
    ],
    ["CREATE TABLE t OF s.c", { ofType: objectName("s.c") }],
    [
      "CREATE TABLE t OF c (a WITH OPTIONS NOT NULL, CHECK (b))",
      {
        ofType: objectName("c"),
        elements: [definition("a", { type: null, constraints: [notNull()] }), check(column("b"))],
      },
    ],
    [
      "CREATE TABLE t (LIKE s.u INCLUDING ALL EXCLUDING INDEXES)",
      {
        elements: [
          {
            kind: "like-table",
            table: objectName("s.u"),
            options: [
              { kind: "like-option", including: true, what: "ALL" },
              { kind: "like-option", including: false, what: "INDEXES" },
            ],
          },
        ],
      },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual(createTable(rest));
  });
});

describe("partitions", () => {
  it("reads PARTITION BY", () => {
    const sql = 'CREATE TABLE t () PARTITION BY Range (a, lower(b) COLLATE "C" ops, (c))';
    const call: unknown = expect.objectContaining({ kind: "call" });
    const collation = { ...objectName("C"), name: name("C", '"') };
    const collated = { kind: "collate", operand: call, collation };
    const own = term(collated, { opclass: objectName("ops") });
    expect(treeOf(sql)).toEqual(
      createTable({
        partitionBy: {
          kind: "partition-by",
          strategy: name("range"),
          terms: [...terms("a"), own, ...terms("c")],
        },
      }),
    );
  });

  it.each<[string, Tree]>([
    ["DEFAULT", bound("DEFAULT")],
    ["FOR VALUES IN (1, NULL)", bound("IN", [integer("1"), { kind: "null" }])],
    ["FOR VALUES FROM (minvalue) TO (2)", bound("RANGE", [column("minvalue")], [integer("2")])],
    ["FOR VALUES WITH (REMAINDER 1, modulus 4)", bound("HASH", [integer("4")], [integer("1")])],
  ])("%s", (text, own) => {
    expect(treeOf(`CREATE TABLE t PARTITION OF p (a DEFAULT 1) ${text}`)).toEqual(
      createTable({
        partitionOf: { kind: "partition-of", parent: objectName("p"), bound: own },
        elements: [
          definition("a", {
            type: null,
            constraints: [constraint("default", { value: integer("1"), parenthesised: false })],
          }),
        ],
      }),
    );
  });
});

describe("constraints of a column", () => {
  it.each<[string, Tree[]]>([
    ["", []],
    ["NOT NULL NULL", [notNull(), notNull({ not: false })]],
    [
      "CONSTRAINT c NOT NULL NO INHERIT",
      [notNull({ name: name("c"), marks: [mark("NO INHERIT")] })],
    ],
    ["CHECK (b) NO INHERIT", [check(column("b"), { marks: [mark("NO INHERIT")] })]],
    ["CHECK (b) NOT ENFORCED", [check(column("b"), { marks: [mark("NOT ENFORCED")] })]],
    ["UNIQUE", [key({})]],
    [
      "UNIQUE NULLS NOT DISTINCT WITH (x = 1) USING INDEX TABLESPACE ts",
      [
        key({
          nullsNotDistinct: true,
          options: [option("x", integer("1"))],
          tablespace: name("ts"),
        }),
      ],
    ],
    ["UNIQUE NULLS DISTINCT", [key({})]],
    [
      "PRIMARY KEY DEFERRABLE INITIALLY DEFERRED",
      [key({ primary: true, deferrable: "DEFERRABLE", initially: "DEFERRED" })],
    ],
    [
      "DEFAULT 1 COLLATE c",
      [
        constraint("default", { value: integer("1"), parenthesised: false }),
        constraint("column-collation", { collation: objectName("c") }),
      ],
    ],
    ["DEFERRABLE", [constraint("empty-constraint", { deferrable: "DEFERRABLE" })]],
    [
      "UNIQUE ENFORCED NOT DEFERRABLE DEFERRABLE",
      [
        key({ deferrable: "NOT DEFERRABLE", marks: [mark("ENFORCED")] }),
        constraint("empty-constraint", { deferrable: "DEFERRABLE" }),
      ],
    ],
    ["REFERENCES u", [foreignKey("u", {})]],
    [
      "REFERENCES s.u (b) MATCH FULL ON UPDATE NO ACTION ON DELETE SET NULL (a)",
      [
        foreignKey("s.u", {
          parents: names("b"),
          match: name("full"),
          onUpdate: "NO ACTION",
          onDelete: "SET NULL",
          deleteColumns: names("a"),
        }),
      ],
    ],
    [
      "GENERATED ALWAYS AS (b) STORED",
      [constraint("generated", { value: column("b"), storage: "STORED", long: true })],
    ],
    [
      "GENERATED ALWAYS AS (b)",
      [constraint("generated", { value: column("b"), storage: "", long: true })],
    ],
    [
      "GENERATED BY DEFAULT AS IDENTITY",
      [constraint("identity", { when: "BY DEFAULT", options: [] })],
    ],
  ])("%s", (text, own) => {
    expect(constraintsOf(text)).toEqual(own);
  });

  it("reads every option of an identity", () => {
    const text = `START WITH 1 START -2 INCREMENT BY 3 INCREMENT 4 MINVALUE 5 NO MINVALUE
      MAXVALUE 1.5 NO MAXVALUE CACHE 6 CYCLE NO CYCLE OWNED BY t.a OWNED BY NONE
      SEQUENCE NAME s.q RESTART RESTART WITH 7 RESTART 8 LOGGED UNLOGGED AS int`;
    const options = [
      sequenceOption("START", integer("1")),
      sequenceOption("START", integer("-2")),
      sequenceOption("INCREMENT", integer("3")),
      sequenceOption("INCREMENT", integer("4")),
      sequenceOption("MINVALUE", integer("5")),
      sequenceOption("NO MINVALUE"),
      sequenceOption("MAXVALUE", { kind: "float", text: "1.5" }),
      sequenceOption("NO MAXVALUE"),
      sequenceOption("CACHE", integer("6")),
      sequenceOption("CYCLE"),
      sequenceOption("NO CYCLE"),
      sequenceOption("OWNED BY", objectName("t.a")),
      sequenceOption("OWNED BY", objectName("none")),
      sequenceOption("SEQUENCE NAME", objectName("s.q")),
      sequenceOption("RESTART"),
      sequenceOption("RESTART", integer("7")),
      sequenceOption("RESTART", integer("8")),
      sequenceOption("LOGGED"),
      sequenceOption("UNLOGGED"),
      sequenceOption("AS", builtinType("int4")),
    ];
    const identity = constraint("identity", { when: "ALWAYS", options });
    expect(constraintsOf(`GENERATED ALWAYS AS IDENTITY (${text})`)).toEqual([identity]);
    expect(treeOf(`ALTER SEQUENCE s ${text}`)).toEqual({
      kind: "alter-sequence",
      ifExists: false,
      name: objectName("s"),
      options,
    });
    expect(treeOf(`CREATE TEMP SEQUENCE IF NOT EXISTS s ${text}`)).toEqual({
      kind: "create-sequence",
      persistence: "TEMP",
      ifNotExists: true,
      name: objectName("s"),
      options,
    });
  });
});

describe("constraints of a table", () => {
  const element = (expression: Tree, operator: unknown): Tree => ({
    kind: "exclude-element",
    term: expression,
    operator,
  });
  const exclude = (rest: Tree): Tree =>
    constraint("exclude", {
      method: null,
      elements: [element(term(column("a")), "=")],
      include: [],
      options: [],
      tablespace: null,
      where: null,
      ...rest,
    });
  const qualified = (schema: string | null, symbol: string): Tree => ({
    kind: "qualified-operator",
    catalog: null,
    schema: schema === null ? null : name(schema),
    symbol,
  });

  it.each<[string, Tree]>([
    [
      "CONSTRAINT c CHECK (a) NOT VALID",
      check(column("a"), { name: name("c"), marks: [mark("NOT VALID")] }),
    ],
    ["NOT NULL a", notNull({ column: name("a") })],
    ["UNIQUE (a, b)", key({ columns: terms("a", "b") })],
    [
      "PRIMARY KEY (a, b WITHOUT OVERLAPS) INCLUDE (c) DEFERRABLE",
      key({
        primary: true,
        columns: terms("a", "b"),
        withoutOverlaps: true,
        include: names("c"),
        deferrable: "DEFERRABLE",
      }),
    ],
    ["UNIQUE USING INDEX i", key({ usingIndex: name("i") })],
    [
      "FOREIGN KEY (a, PERIOD b) REFERENCES u (c, PERIOD d) NOT ENFORCED INITIALLY IMMEDIATE",
      foreignKey("u", {
        columns: names("a", "b"),
        parents: names("c", "d"),
        period: true,
        parentPeriod: true,
        marks: [mark("NOT ENFORCED")],
        initially: "IMMEDIATE",
      }),
    ],
    ["FOREIGN KEY (period) REFERENCES u", foreignKey("u", { columns: names("period") })],
    ["EXCLUDE (a WITH =)", exclude({})],
    [
      "EXCLUDE USING gist (a WITH s.&&, (b) DESC WITH OPERATOR(=)) WITH (x) WHERE (c)",
      exclude({
        method: name("gist"),
        elements: [
          element(term(column("a")), qualified("s", "&&")),
          element(term(column("b"), { direction: "DESC" }), qualified(null, "=")),
        ],
        options: [option("x")],
        where: column("c"),
      }),
    ],
  ])("%s", (text, own) => {
    expect(treeOf(`CREATE TABLE t (${text})`)).toEqual(createTable({ elements: [own] }));
  });
});

describe("CREATE INDEX", () => {
  const index = (rest: Tree): Tree => ({
    kind: "create-index",
    unique: false,
    ifNotExists: false,
    name: objectName("i"),
    table: objectName("t"),
    terms: terms("a"),
    where: null,
    concurrently: false,
    only: false,
    method: null,
    include: [],
    nullsNotDistinct: false,
    options: [],
    tablespace: null,
    ...rest,
  });
  const operatorClass = (text: string, ...options: Tree[]): Tree => ({
    kind: "operator-class",
    name: objectName(text),
    options,
  });

  it.each<[string, Tree]>([
    ["CREATE INDEX i ON t (a)", {}],
    ["CREATE INDEX ON t (a)", { name: null }],
    [
      "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t (a)",
      { unique: true, concurrently: true, ifNotExists: true, only: true },
    ],
    [
      `CREATE INDEX i ON t USING gin (a s.ops DESC NULLS LAST) INCLUDE (b) NULLS NOT DISTINCT
        WITH (x = off) TABLESPACE ts WHERE c`,
      {
        method: name("gin"),
        terms: [
          term(column("a"), { opclass: objectName("s.ops"), direction: "DESC", nulls: "LAST" }),
        ],
        include: terms("b"),
        nullsNotDistinct: true,
        options: [option("x", name("off"))],
        tablespace: name("ts"),
        where: column("c"),
      },
    ],
    [
      "CREATE INDEX i ON t (a ops (siglen = 32, y = 'z') ASC)",
      {
        terms: [
          term(column("a"), {
            opclass: operatorClass(
              "ops",
              option("siglen", integer("32")),
              option("y", string("z")),
            ),
            direction: "ASC",
          }),
        ],
      },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual(index(rest));
  });

  it("reads every kind of option", () => {
    const text =
      "a, b = 1.5, c = -2, d = 'x', e = on, f = none, g = +, h = int[], j = operator(s.=)";
    const values = [
      option("a"),
      option("b", { kind: "float", text: "1.5" }),
      option("c", integer("-2")),
      option("d", string("x")),
      option("e", name("on")),
      option("f", name("none")),
      option("g", { kind: "qualified-operator", catalog: null, schema: null, symbol: "+" }),
      option("h", { ...builtinType("int4"), dimensions: 1 }),
      option("j", { kind: "qualified-operator", catalog: null, schema: name("s"), symbol: "=" }),
    ];
    expect(treeOf(`CREATE INDEX i ON t (a) WITH (${text})`)).toEqual(index({ options: values }));
    expect(treeOf("CREATE INDEX i ON t (a) WITH (k = s.x)")).toEqual(
      index({ options: [option("k", namedType("s.x"))] }),
    );
  });
});

describe("views", () => {
  const view = (rest: Tree): Tree => ({
    kind: "create-view",
    persistence: "",
    ifNotExists: false,
    name: objectName("v"),
    columns: [],
    query: QUERY,
    orReplace: false,
    recursive: false,
    materialized: false,
    method: null,
    options: [],
    tablespace: null,
    check: "",
    data: "",
    ...rest,
  });

  it.each<[string, Tree]>([
    ["CREATE VIEW v AS SELECT 1", {}],
    [
      "CREATE OR REPLACE TEMP RECURSIVE VIEW v (a, b) WITH (x) AS VALUES (1)",
      {
        orReplace: true,
        persistence: "TEMP",
        recursive: true,
        columns: names("a", "b"),
        options: [option("x")],
      },
    ],
    ["CREATE VIEW v AS TABLE t WITH CHECK OPTION", { check: "CASCADED" }],
    ["CREATE VIEW v AS TABLE t WITH LOCAL CHECK OPTION", { check: "LOCAL" }],
    [
      `CREATE UNLOGGED MATERIALIZED VIEW IF NOT EXISTS v (a) USING m WITH (x) TABLESPACE ts
        AS (SELECT 1) WITH NO DATA`,
      {
        persistence: "UNLOGGED",
        materialized: true,
        ifNotExists: true,
        columns: names("a"),
        method: name("m"),
        options: [option("x")],
        tablespace: name("ts"),
        data: "NO DATA",
      },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual(view(rest));
  });

  it.each<[string, Tree]>([
    ["REFRESH MATERIALIZED VIEW v", { concurrently: false, data: "" }],
    [
      "REFRESH MATERIALIZED VIEW CONCURRENTLY v WITH NO DATA",
      { concurrently: true, data: "NO DATA" },
    ],
    ["REFRESH MATERIALIZED VIEW v WITH DATA", { concurrently: false, data: "DATA" }],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual({ kind: "refresh-view", name: objectName("v"), ...rest });
  });
});
