import { describe, expect, it } from "vitest";
import {
  errorOf,
  integer,
  name,
  names,
  objectName,
  option,
  string,
  treeOf,
} from "./postgres-command-tree.ts";

const WORDS = [option("format", name("csv")), option("header")];

function copy(rest: object): object {
  return {
    kind: "copy",
    source: objectName("t"),
    columns: [],
    direction: "FROM",
    program: false,
    file: null,
    options: [],
    where: null,
    ...rest,
  };
}

function list(...items: object[]): Record<string, unknown> {
  return { kind: "option-list", items };
}

describe("COPY", () => {
  it.each([
    ["COPY t FROM STDIN", {}],
    [
      "COPY s.t (a, b) TO STDOUT",
      { source: objectName("s.t"), columns: names("a", "b"), direction: "TO" },
    ],
    ["COPY t FROM '/f'", { file: string("/f") }],
    ["COPY t TO PROGRAM 'gzip' WITH", { direction: "TO", program: true, file: string("gzip") }],
    ["COPY BINARY t FROM STDIN", { options: [option("format", name("binary"))] }],
    ["COPY t FROM STDIN CSV HEADER", { options: WORDS }],
    ["COPY t FROM STDIN WITH (FORMAT csv, HEADER)", { options: WORDS }],
    [
      "COPY t FROM STDIN USING DELIMITERS '|' NULL AS 'x' FREEZE",
      {
        options: [option("delimiter", string("|")), option("null", string("x")), option("freeze")],
      },
    ],
    [
      "COPY t FROM STDIN DELIMITER ',' QUOTE '\"' ESCAPE AS '\\' ENCODING 'x'",
      {
        options: [
          option("delimiter", string(",")),
          option("quote", string('"')),
          option("escape", string("\\")),
          option("encoding", string("x")),
        ],
      },
    ],
    [
      "COPY t TO STDOUT FORCE QUOTE a, b FORCE NOT NULL * FORCE NULL c",
      {
        direction: "TO",
        options: [
          option("force_quote", list(name("a"), name("b"))),
          option("force_not_null", { kind: "star", table: null }),
          option("force_null", list(name("c"))),
        ],
      },
    ],
    [
      "COPY t FROM STDIN (NULL 'x', a (b, 'c', true), d *, e -1, f DEFAULT)",
      {
        options: [
          option("null", string("x")),
          option("a", list(name("b"), string("c"), name("true"))),
          option("d", { kind: "star", table: null }),
          option("e", integer("-1")),
          option("f", name("default")),
        ],
      },
    ],
  ])("%s", (sql, rest) => {
    expect(treeOf(sql)).toEqual(copy(rest));
  });

  it.each([
    ["COPY (SELECT 1) TO STDOUT CSV", "query"],
    ["COPY (DELETE FROM t RETURNING *) TO STDOUT CSV", "delete"],
  ])("%s", (sql, kind) => {
    const source: unknown = expect.objectContaining({ kind });
    const options = [option("format", name("csv"))];
    expect(treeOf(sql)).toEqual(copy({ source, direction: "TO", options }));
  });

  it("has a condition", () => {
    const where: unknown = expect.objectContaining({ kind: "binary" });
    expect(treeOf("COPY t FROM STDIN WHERE a > 1")).toEqual(copy({ where }));
  });

  it.each([
    ["COPY t TO STDOUT WHERE true", "WHERE clause not allowed with COPY TO @17"],
    ["COPY (SELECT 1) FROM STDIN", 'syntax error at or near "FROM" @16'],
    ["COPY t FROM PROGRAM STDIN", "STDIN/STDOUT not allowed with PROGRAM @20"],
    ["COPY BINARY (SELECT 1) TO STDOUT", 'syntax error at or near "(" @12'],
    ["COPY t FROM STDIN ()", 'syntax error at or near ")" @19'],
    ["COPY t FROM STDIN (a (1))", 'syntax error at or near "1" @22'],
    ["COPY t FROM x", 'syntax error at or near "x" @12'],
  ])("refuses %s", (sql, error) => {
    expect(errorOf(sql)).toBe(error);
  });
});
