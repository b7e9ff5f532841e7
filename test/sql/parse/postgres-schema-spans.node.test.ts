import path from "node:path";
import { describe, expect, it } from "vitest";
import { readCorpusFolder } from "../../../compat-tests/sql/corpus-file.ts";
import type { Node } from "../../../src/sql/ast/statement.ts";
import { parsePostgres } from "../../../src/sql/parse/postgres.ts";
import { at, sourceOf, visitAll, withoutOffsets } from "./sqlite-tree.ts";

const CORPUS = path.join(import.meta.dirname, "../../../compat-tests/sql/postgres/corpus");

/** A statement with a text in it, and where in its tree that text stands. */
type Frame = readonly [before: string, after: string, path: string];

const ACTION: Frame = ["ALTER TABLE t ", "", "actions.0"];
const OF_TYPE: Frame = ["ALTER TYPE t ", "", "actions.0"];
const OF_DOMAIN: Frame = ["ALTER DOMAIN t ", "", "actions.0"];
const OF_EXTENSION: Frame = ["ALTER EXTENSION t ", "", "actions.0"];
const OF_COLUMN: Frame = ["CREATE TABLE t (a int ", ")", "elements.0.constraints.0"];
const OF_TABLE: Frame = ["CREATE TABLE t (", ")", "elements.0"];
const STATEMENT: Frame = ["", "", ""];

/** In which statement the text of a node parses to the node again. */
const FRAMES: Partial<Record<Node["kind"], Frame>> = {
  "add-column": ACTION,
  "drop-column": ACTION,
  "rename-column": ACTION,
  "rename-constraint": ACTION,
  "add-constraint": ACTION,
  "drop-constraint": ACTION,
  "alter-null": ACTION,
  "alter-default": ACTION,
  "alter-type": ACTION,
  "add-identity": ACTION,
  "alter-identity": ACTION,
  "drop-generated": ACTION,
  "alter-column": ACTION,
  "alter-options": ACTION,
  "alter-constraint": ACTION,
  "attach-partition": ACTION,
  "detach-partition": ACTION,
  "rename-table": ACTION,
  "add-attribute": OF_TYPE,
  "add-value": OF_TYPE,
  "rename-value": OF_TYPE,
  "extension-member": OF_EXTENSION,
  "column-definition": OF_TABLE,
  "like-table": OF_TABLE,
  "like-option": ["CREATE TABLE t (LIKE u ", ")", "elements.0.options.0"],
  exclude: OF_TABLE,
  "exclude-element": ["CREATE TABLE t (EXCLUDE (", "))", "elements.0.elements.0"],
  default: OF_COLUMN,
  "column-collation": OF_COLUMN,
  generated: OF_COLUMN,
  identity: OF_COLUMN,
  "typed-name": ["CREATE TYPE t AS (", ")", "attributes.0"],
  "sequence-option": ["CREATE SEQUENCE t ", "", "options.0"],
  "partition-of": ["CREATE TABLE t ", "", "partitionOf"],
  "partition-by": ["CREATE TABLE t () ", "", "partitionBy"],
  "partition-bound": ["CREATE TABLE t PARTITION OF p ", "", "partitionOf.bound"],
  order: ["CREATE INDEX ON t (", ")", "terms.0"],
  "operator-class": ["CREATE INDEX ON t (a ", ")", "terms.0.opclass"],
  execute: ["CREATE TABLE t AS ", "", "query"],
  "create-table": STATEMENT,
  "create-index": STATEMENT,
  "create-view": STATEMENT,
  "create-sequence": STATEMENT,
  "create-type": STATEMENT,
  "create-domain": STATEMENT,
  "create-schema": STATEMENT,
  "create-extension": STATEMENT,
  "create-role": STATEMENT,
  "create-database": STATEMENT,
  "alter-table": STATEMENT,
  "alter-sequence": STATEMENT,
  "alter-role": STATEMENT,
  "alter-setting": STATEMENT,
  "alter-object": STATEMENT,
  "refresh-view": STATEMENT,
  "comment-on": STATEMENT,
  truncate: STATEMENT,
  drop: STATEMENT,
  "drop-object": STATEMENT,
  "drop-role": STATEMENT,
};

/** Constraints that a column and a table have; the marks of the latter are of the table alone. */
const CONSTRAINTS: ReadonlySet<string> = new Set([
  "null-constraint",
  "key",
  "check",
  "foreign-key",
]);

function frameOf(node: Node, above: Node | null): Frame | undefined {
  const within = above?.kind ?? "";
  const inObject = above?.kind === "alter-object" ? above.object.object : "";
  if (CONSTRAINTS.has(node.kind)) {
    if (inObject === "DOMAIN" || within === "create-domain") return undefined;
    if (within === "add-constraint") {
      const ofDomain = node.kind === "null-constraint" && node.column === null;
      return ofDomain ? undefined : ["ALTER TABLE t ADD ", "", "actions.0.constraint"];
    }
    return within === "column-definition" ? OF_COLUMN : OF_TABLE;
  }
  if (node.kind === "order") {
    return within === "create-index" || within === "exclude-element" ? FRAMES.order : undefined;
  }
  if (node.kind === "column-definition" && node.type === null) {
    return ["CREATE TABLE t OF c (", ")", "elements.0"];
  }
  if (node.kind === "object") {
    if (within !== "comment-on" && within !== "drop-object") return undefined;
    const kind = node.object === "DOMAIN CONSTRAINT" ? "CONSTRAINT" : node.object;
    return [`COMMENT ON ${kind} `, " IS NULL", "object"];
  }
  if (node.kind === "alter-property") {
    if (above?.kind !== "alter-table") return undefined;
    return [`ALTER ${above.object} t `, "", "actions.0"];
  }
  if (node.kind === "clause") {
    if (within === "create-extension") return ["CREATE EXTENSION e ", "", "clauses.0"];
    if (above?.kind === "alter-role" && above.object === "GROUP") {
      return ["ALTER GROUP g ", "", "clauses.0"];
    }
    return within === "alter-object" ? undefined : ["CREATE ROLE r ", "", "clauses.0"];
  }
  if (node.kind === "attach-partition" && node.bound === null) {
    return ["ALTER INDEX t ", "", "actions.0"];
  }
  if (node.kind === "alter-column" && node.column.kind !== "name") {
    return ["ALTER INDEX t ", "", "actions.0"];
  }
  if (node.kind === "sequence-option" && within === "alter-identity") return undefined;
  if (node.kind === "execute" && above === null) return undefined;
  if (inObject === "TYPE") return OF_TYPE;
  if (inObject === "DOMAIN") return OF_DOMAIN;
  return FRAMES[node.kind];
}

const DEFINES = /^(CREATE|ALTER|DROP|COMMENT|TRUNCATE|REFRESH)\b/i;

/** The statements of the corpus that define something, but those that are refused by name. */
function definitions(): { sql: string; statement: Node; where: string }[] {
  return readCorpusFolder(CORPUS).flatMap(({ sql, file, line }) => {
    if (!DEFINES.test(sql)) return [];
    try {
      const { statement } = parsePostgres(sql);
      return statement === null ? [] : [{ sql, statement, where: `${file}:${line}` }];
    } catch {
      return [];
    }
  });
}

const framed = new Set<string>();

/** What a text is in a frame. */
function reparsed([before, after, place]: Frame, source: string): string {
  try {
    const { statement } = parsePostgres(`${before}${source}\n${after}`);
    if (statement === null) return "nothing";
    return JSON.stringify(withoutOffsets(at(statement, place)));
  } catch (error) {
    return String(error);
  }
}

/** What is wrong with the offsets in a tree. */
function flaws(sql: string, root: Node): string[] {
  const found: string[] = [];
  visitAll(root, (node, above) => {
    const source = sourceOf(sql, node);
    const flaw = (what: string): number => found.push(`${node.kind} «${source}»: ${what}`);
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

describe("where the nodes of definitions stand", () => {
  const all = definitions();

  it("is such that their text alone parses to them again", { timeout: 60_000 }, () => {
    for (const { sql, statement, where } of all) {
      expect(flaws(sql, statement), where).toEqual([]);
    }
    expect(Object.keys(FRAMES).filter((kind) => !framed.has(kind))).toEqual([]);
  });

  it("leaves all nodes of a kind with the same properties in the same order", () => {
    const orders = new Map<string, Set<string>>();
    for (const { statement } of all) {
      visitAll(statement, (node) => {
        const keys = Object.keys(node).join();
        expect(keys).toMatch(/^kind,start,end\b/);
        orders.set(node.kind, (orders.get(node.kind) ?? new Set()).add(keys));
      });
    }
    expect([...orders].filter(([, keys]) => keys.size > 1)).toEqual([]);
  });
});
