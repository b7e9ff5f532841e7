import path from "node:path";
import { describe, expect, it } from "vitest";
import { readCorpusFolder } from "../../../compat-tests/sql/corpus-file.ts";
import type { Node } from "../../../src/sql/ast/statement.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { at, sourceOf, statementOf, visitAll, withoutOffsets } from "./sqlite-tree.ts";

const CORPUS = path.join(import.meta.dirname, "../../../compat-tests/sql/sqlite/corpus");

/** A statement with a text in it, and where in its tree that text stands. */
type Frame = readonly [before: string, after: string, path: string];

const EXPRESSION: Frame = ["SELECT ", "", "body.columns.0.value"];
const FROM: Frame = ["SELECT 1 FROM ", "", "body.from"];
const BODY: Frame = ["", "", "body"];
const STATEMENT: Frame = ["", "", ""];
const ACTION: Frame = ["ALTER TABLE t ", "", "actions.0"];

/** In which statement the text of a node parses to the node again. */
const FRAMES: Partial<Record<Node["kind"], Frame>> = {
  null: EXPRESSION,
  integer: EXPRESSION,
  float: EXPRESSION,
  string: EXPRESSION,
  blob: EXPRESSION,
  parameter: EXPRESSION,
  column: EXPRESSION,
  star: EXPRESSION,
  "keyword-value": EXPRESSION,
  unary: EXPRESSION,
  binary: EXPRESSION,
  logical: EXPRESSION,
  not: EXPRESSION,
  is: EXPRESSION,
  test: EXPRESSION,
  like: EXPRESSION,
  between: EXPRESSION,
  in: EXPRESSION,
  subquery: EXPRESSION,
  exists: EXPRESSION,
  row: EXPRESSION,
  case: EXPRESSION,
  cast: EXPRESSION,
  collate: EXPRESSION,
  call: EXPRESSION,
  raise: EXPRESSION,
  when: ["SELECT CASE ", " END", "body.columns.0.value.whens.0"],
  type: ["SELECT CAST(1 AS ", ")", "body.columns.0.value.type"],
  order: ["SELECT 1 ORDER BY ", "", "orderBy.0"],
  frame: ["SELECT f() OVER (", ")", "body.columns.0.value.over.frame"],
  result: ["SELECT ", "", "body.columns.0"],
  alias: ["SELECT 1 FROM t ", "", "body.from.alias"],
  "as-of": ["SELECT 1 FROM t ", "", "body.from.asOf"],
  "object-name": ["SELECT 1 FROM ", "", "body.from.name"],
  table: FROM,
  "table-function": FROM,
  "function-source": ["SELECT 1 FROM ", "", "body.from.sources.0"],
  derived: FROM,
  nested: FROM,
  join: FROM,
  select: BODY,
  values: BODY,
  compound: BODY,
  with: ["", " SELECT 1", "with"],
  "common-table": ["WITH a AS (SELECT 1), ", " SELECT 1", "with.tables.1"],
  assignment: ["UPDATE t SET ", "", "assignments.0"],
  upsert: ["INSERT INTO t VALUES (1) ON CONFLICT ", "", "upserts.0"],
  returning: ["DELETE FROM t ", "", "returning"],
  "column-definition": ["CREATE TABLE t(", ")", "elements.0"],
  "rename-table": ACTION,
  "rename-column": ACTION,
  "add-column": ACTION,
  "drop-column": ACTION,
  "add-constraint": ACTION,
  "drop-constraint": ACTION,
  "alter-null": ACTION,
  query: STATEMENT,
  insert: STATEMENT,
  update: STATEMENT,
  delete: STATEMENT,
  "create-table": STATEMENT,
  "create-index": STATEMENT,
  "create-view": STATEMENT,
  "create-trigger": STATEMENT,
  "create-virtual-table": STATEMENT,
  "alter-table": STATEMENT,
  drop: STATEMENT,
  transaction: STATEMENT,
  pragma: STATEMENT,
  attach: STATEMENT,
  detach: STATEMENT,
  maintain: STATEMENT,
  explain: STATEMENT,
};

const CONSTRAINTS: ReadonlySet<string> = new Set([
  "null-constraint",
  "key",
  "check",
  "default",
  "column-collation",
  "foreign-key",
  "generated",
  "empty-constraint",
]);

function frameOf(node: Node, above: Node | null): Frame | undefined {
  const within = above?.kind ?? "";
  if (CONSTRAINTS.has(node.kind)) {
    const ofColumn = within === "column-definition";
    return ofColumn
      ? ["CREATE TABLE t(a ", ")", "elements.0.constraints.0"]
      : ["CREATE TABLE t(a, ", ")", "elements.1"];
  }
  if (node.kind === "window") {
    return node.name === null
      ? ["SELECT f() OVER ", "", "body.columns.0.value.over"]
      : ["SELECT 1 WINDOW ", "", "body.windows.0"];
  }
  const ofTable = within === "function-source" || (above?.kind === "in" && above.source === node);
  if (ofTable && node.kind === "call") return ["SELECT 1 IN ", "", "body.columns.0.value.source"];
  const isTarget = above?.kind === "assignment" && above.targets.some((target) => target === node);
  if (isTarget || (within === "insert" && node.kind === "column")) {
    return ["INSERT INTO t(", ") VALUES (1)", "columns.0"];
  }
  // A list of one value is no row elsewhere, and neither is a name in quotes a column.
  if (node.kind === "row" && node.items.length < 2) return undefined;
  if (node.kind === "column" && node.table === null && node.name.quote === "'") return undefined;
  // A type and a pragma hold a number with its sign, and the words of a type are its name.
  if (within === "pragma" || within === "type") return undefined;
  return FRAMES[node.kind];
}

const seen = new Set<string>();
const framed = new Set<string>();

/** What a text is in a frame. */
function reparsed([before, after, place]: Frame, source: string): string {
  try {
    return JSON.stringify(withoutOffsets(at(statementOf(`${before}${source}\n${after}`), place)));
  } catch (error) {
    return String(error);
  }
}

/** What is wrong with the offsets in a tree. */
function flaws(sql: string, root: Node): string[] {
  const found: string[] = [];
  visitAll(root, (node, above) => {
    seen.add(node.kind);
    const source = sourceOf(sql, node);
    const flaw = (what: string): number => found.push(`${node.kind} «${source}»: ${what}`);
    if (Object.keys(node).slice(0, 3).join() !== "kind,start,end") flaw("its first properties");
    if (node.start > node.end || node.start < 0) flaw("ends before it starts");
    if (source !== source.trim()) flaw("begins or ends with space");
    if (above !== null && (node.start < above.start || node.end > above.end)) {
      flaw(`stands outside of ${above.kind} «${sourceOf(sql, above)}»`);
    }
    const frame = frameOf(node, above);
    if (frame === undefined) return;
    const again = reparsed(frame, source);
    if (again === JSON.stringify(withoutOffsets(node))) framed.add(node.kind);
    else flaw(`its text is something else: ${again}`);
  });
  return found;
}

describe("where nodes stand", () => {
  it("is such that their text alone parses to them again", { timeout: 60_000 }, () => {
    for (const { sql, file, line } of readCorpusFolder(CORPUS)) {
      const { statement } = parseSqlite(sql);
      if (statement === null) continue;
      expect(flaws(sql, statement), `${file}:${line}`).toEqual([]);
    }
  });

  it("was looked at for every kind of node", () => {
    const unframed = [...seen].filter((kind) => !framed.has(kind));
    expect(unframed.sort()).toEqual(["module-argument", "name"]);
    const unseen = Object.keys(FRAMES).filter((kind) => !seen.has(kind));
    expect(unseen).toEqual(["as-of"]);
  });
});
