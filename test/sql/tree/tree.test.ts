import { describe, expect, it } from "vitest";
import type { Node, Statement } from "../../../src/sql/ast/statement.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { children, isNode } from "../../../src/sql/tree/children.ts";
import { equal } from "../../../src/sql/tree/equal.ts";
import { rewrite } from "../../../src/sql/tree/rewrite.ts";
import { walk } from "../../../src/sql/tree/walk.ts";

function parse(sql: string): Statement {
  const { statement } = parseSqlite(sql);
  if (statement === null) throw new RangeError("an empty statement");
  return statement;
}

function kinds(root: Node, visit: (node: Node) => boolean | void = () => {}): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    found.push(node.kind);
    return visit(node);
  });
  return found;
}

const SQL = "SELECT a + 1 FROM t WHERE b IN (2, 3) ORDER BY c";

describe("children", () => {
  it("are the nodes and the lists of nodes of a node", () => {
    const [, select] = [parse(SQL), parse("SELECT a, b FROM t")];
    expect(children(select).map(({ kind }) => kind)).toEqual(["select"]);
    const [body] = children(select);
    expect(body && children(body).map(({ kind }) => kind)).toEqual(["result", "result", "table"]);
  });

  it("are no primitives", () => {
    expect([null, 1, "a", true, undefined, {}, []].map(isNode)).toEqual(Array(7).fill(false));
    expect(isNode(parse(SQL))).toBe(true);
  });

  it("may be very many", () => {
    const rows = Array.from({ length: 120_000 }, () => "(1)").join(",");
    expect(kinds(parse(`VALUES ${rows}`))).toHaveLength(240_002);
  });
});

describe("walk", () => {
  it("visits a node before those below it", () => {
    expect(kinds(parse("SELECT a + 1"))).toEqual([
      ...["query", "select", "result", "binary", "column", "name", "integer"],
    ]);
  });

  it("leaves out what is below a node where the visit says so", () => {
    const found = kinds(parse("SELECT a + 1, 2"), ({ kind }) => kind !== "binary");
    expect(found).toEqual(["query", "select", "result", "binary", "result", "integer"]);
  });

  it("needs no stack", () => {
    let deep: Node = { kind: "integer", start: -1, end: -1, text: "1" };
    for (let i = 0; i < 200_000; i++) deep = { kind: "not", start: -1, end: -1, operand: deep };
    let count = 0;
    walk(deep, () => void count++);
    expect(count).toBe(200_001);
    expect(equal(deep, deep)).toBe(true);
  });
});

describe("rewrite", () => {
  it("answers the same tree where nothing changes", () => {
    const tree = parse(SQL);
    expect(rewrite(tree, (node) => node)).toBe(tree);
  });

  it("shares what does not change", () => {
    const tree = parse("SELECT a + 1, b + 2 FROM t");
    const [before] = children(tree);
    const changed = rewrite(tree, (node) =>
      node.kind === "integer" && node.text === "2" ? { ...node, text: "3" } : node,
    );
    const [after] = children(changed);
    if (before?.kind !== "select" || after?.kind !== "select") throw new RangeError("no select");
    expect(changed).not.toBe(tree);
    expect(after.columns).not.toBe(before.columns);
    expect(after.columns[0]).toBe(before.columns[0]);
    expect(after.columns[1]).not.toBe(before.columns[1]);
    expect(after.from).toBe(before.from);
    expect(equal(changed, parse("SELECT a + 1, b + 3 FROM t"))).toBe(true);
    expect(equal(tree, parse("SELECT a + 1, b + 2 FROM t"))).toBe(true);
  });

  it("changes any number of a list", () => {
    const changed = rewrite(parse("SELECT 1, a, 2, 3"), (node) =>
      node.kind === "integer" ? { ...node, text: `${node.text}0` } : node,
    );
    expect(equal(changed, parse("SELECT 10, a, 20, 30"))).toBe(true);
  });

  it("shows a node with its new children", () => {
    const seen: string[] = [];
    rewrite(parse("SELECT 1 + 2"), (node) => {
      if (node.kind === "integer") return { ...node, text: "9" };
      if (node.kind !== "binary" || node.left.kind !== "integer") return node;
      seen.push(node.left.text);
      return node.right;
    });
    expect(seen).toEqual(["9"]);
  });

  it("puts another kind of node in the place of one", () => {
    const changed = rewrite(parse("SELECT x'00'"), (node) =>
      node.kind === "blob" ? { kind: "null", start: -1, end: -1 } : node,
    );
    expect(equal(changed, parse("SELECT NULL"))).toBe(true);
  });
});

describe("equal", () => {
  it.each([
    ["SELECT a", "select    a -- and a comment"],
    ["SELECT a FROM t", 'SELECT "a" FROM [t]'],
    ["SELECT `a`", "SELECT [a]"],
    ["SELECT (((a)))", "SELECT a"],
    ["SELECT a == b", "SELECT a = b"],
    ["SELECT a LIMIT 1 OFFSET 2", "select a limit 1 offset (2)"],
  ])("holds for %s and %s", (one, other) => {
    expect(equal(parse(one), parse(other))).toBe(true);
  });

  it.each([
    ["SELECT a", "SELECT A"],
    ["SELECT a", "SELECT 'a'"],
    ["SELECT a, b", "SELECT b, a"],
    ["SELECT a", "SELECT a, a"],
    ["SELECT a AND b AND c", "SELECT (a AND b) AND c"],
    ["SELECT 1", "SELECT 01"],
    ["SELECT a FROM t", "SELECT a FROM (t)"],
    ["SELECT a", "SELECT DISTINCT a"],
  ])("does not hold for %s and %s", (one, other) => {
    expect(equal(parse(one), parse(other))).toBe(false);
    expect(equal(parse(other), parse(one))).toBe(false);
  });

  it("tells a node from none", () => {
    expect(equal(null, null)).toBe(true);
    expect(equal(parse("SELECT 1"), null)).toBe(false);
    expect(equal(null, parse("SELECT 1"))).toBe(false);
  });

  it("compares lists of different lengths", () => {
    expect(equal(parse("VALUES (1), (2)"), parse("VALUES (1)"))).toBe(false);
  });
});
