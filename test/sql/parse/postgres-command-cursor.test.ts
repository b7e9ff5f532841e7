import { describe, expect, it } from "vitest";
import {
  builtinType,
  errorOf,
  integer,
  name,
  objectName,
  treeOf,
} from "./postgres-command-tree.ts";

const QUERY: unknown = expect.objectContaining({ kind: "query" });

describe("prepared statements", () => {
  it.each([
    ["PREPARE p AS SELECT 1", [], "query"],
    ["PREPARE p (int, interval) AS INSERT INTO t VALUES ($1)", ["int4", "interval"], "insert"],
    ["PREPARE p AS WITH w AS (SELECT 1) DELETE FROM t", [], "delete"],
  ])("%s", (sql, types, kind) => {
    expect(treeOf(sql)).toEqual({
      kind: "prepare",
      name: name("p"),
      types: types.map(builtinType),
      statement: expect.objectContaining({ kind }) as unknown,
    });
  });

  it("reads TRANSACTION as a name where no string follows", () => {
    expect(treeOf("PREPARE transaction AS SELECT 1")).toMatchObject({ name: name("transaction") });
  });

  it.each([
    ["EXECUTE p", []],
    ["EXECUTE p (1, 2)", [integer("1"), integer("2")]],
  ])("%s", (sql, values) => {
    expect(treeOf(sql)).toEqual({ kind: "execute", name: name("p"), arguments: values });
  });

  it.each([
    ["DEALLOCATE p", name("p")],
    ["DEALLOCATE PREPARE p", name("p")],
    ["DEALLOCATE prepare", name("prepare")],
    ["DEALLOCATE PREPARE ALL", null],
  ])("%s", (sql, which) => {
    expect(treeOf(sql)).toEqual({ kind: "deallocate", name: which });
  });
});

describe("cursors", () => {
  const plain = { binary: false, sensitivity: "", scroll: "", hold: false };

  it.each([
    ["DECLARE c CURSOR FOR SELECT 1", {}],
    ["DECLARE c CURSOR WITHOUT HOLD FOR VALUES (1)", {}],
    ["DECLARE c BINARY SCROLL CURSOR FOR SELECT 1", { binary: true, scroll: "SCROLL" }],
    [
      "DECLARE c INSENSITIVE NO SCROLL CURSOR WITH HOLD FOR TABLE t",
      { sensitivity: "INSENSITIVE", scroll: "NO SCROLL", hold: true },
    ],
    ["DECLARE c ASENSITIVE CURSOR FOR SELECT 1", { sensitivity: "ASENSITIVE" }],
  ])("%s", (sql, rest) => {
    const tree = { kind: "declare-cursor", name: name("c"), ...plain, ...rest, query: QUERY };
    expect(treeOf(sql)).toEqual(tree);
  });

  it.each([
    ["c", "FORWARD", 1],
    ["IN c", "FORWARD", 1],
    ["NEXT FROM c", "FORWARD", 1],
    ["PRIOR c", "BACKWARD", 1],
    ["FIRST c", "ABSOLUTE", 1],
    ["LAST c", "ABSOLUTE", -1],
    ["ABSOLUTE -3 c", "ABSOLUTE", -3],
    ["RELATIVE 0 IN c", "RELATIVE", 0],
    ["+4 c", "FORWARD", 4],
    ["0x10 c", "FORWARD", 16],
    ["ALL c", "FORWARD", null],
    ["FORWARD c", "FORWARD", 1],
    ["FORWARD ALL IN c", "FORWARD", null],
    ["BACKWARD 5 FROM c", "BACKWARD", 5],
    ["BACKWARD ALL c", "BACKWARD", null],
  ])("FETCH %s", (rest, direction, count) => {
    const tree = { kind: "fetch", move: false, direction, count, cursor: name("c") };
    expect(treeOf(`FETCH ${rest}`)).toEqual(tree);
    expect(treeOf(`MOVE ${rest}`)).toEqual({ ...tree, move: true });
  });

  it("reads a direction as the cursor where nothing follows", () => {
    expect(treeOf("FETCH next;")).toMatchObject({ direction: "FORWARD", cursor: name("next") });
    expect(treeOf("FETCH NEXT next")).toMatchObject({ cursor: name("next") });
  });

  it.each([
    ["CLOSE c", name("c")],
    ["CLOSE ALL", null],
  ])("%s", (sql, which) => {
    expect(treeOf(sql)).toEqual({ kind: "close-cursor", name: which });
  });

  it.each([
    ["FETCH 3000000000 c", 'syntax error at or near "3000000000" @6'],
    ["FETCH 1.5 c", 'syntax error at or near "1.5" @6'],
    ["FETCH ABSOLUTE ALL c", 'syntax error at or near "ALL" @15'],
    ["DECLARE c CURSOR FOR INSERT INTO t VALUES (1)", 'syntax error at or near "INSERT" @21'],
    ["DECLARE c NO CURSOR FOR SELECT 1", 'syntax error at or near "CURSOR" @13'],
    ["DECLARE c SCROLL NO SCROLL CURSOR FOR SELECT 1", expect.stringContaining("cannot specify")],
    ["CLOSE", "syntax error at end of input @5"],
  ])("refuses %s", (sql, error) => {
    expect(errorOf(sql)).toEqual(error);
  });
});

describe("CALL", () => {
  it("is a call", () => {
    const call = {
      kind: "call",
      name: objectName("s.f"),
      quantifier: "",
      arguments: [integer("1")],
      orderBy: [],
      withinGroup: false,
      nulls: "",
      filter: null,
      over: null,
    };
    expect(treeOf("CALL s.f(1)")).toEqual({ kind: "call-procedure", call });
  });

  it.each(["CALL f", "CALL f() OVER ()", "CALL f() + 1"])("refuses %s", (sql) => {
    expect(errorOf(sql)).toContain("syntax error at");
  });
});
