import type { Node, Statement } from "../../../src/sql/ast/statement.ts";
import { parseSqlite } from "../../../src/sql/parse/sqlite.ts";
import { children } from "../../../src/sql/tree/children.ts";

/** The first statement of a text. */
export function statementOf(sql: string): Statement {
  const { statement } = parseSqlite(sql);
  if (statement === null) throw new Error(`no statement in ${sql}`);
  return statement;
}

/** What stands at a path of properties and indexes below a node, as in `body.columns.0`. */
export function at(root: Node, path: string): any {
  let found: any = root;
  for (const key of path === "" ? [] : path.split(".")) found = found[key];
  return found;
}

/** The text of a node. */
export function sourceOf(sql: string, node: Node): string {
  return sql.slice(node.start, node.end);
}

/** A tree without its offsets, to be compared. */
export function withoutOffsets(node: Node): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => (key === "start" || key === "end" ? undefined : value)),
  );
}

/** Calls `visit` for a node and all below it, with the node above. */
export function visitAll(
  node: Node,
  visit: (node: Node, above: Node | null) => void,
  above: Node | null = null,
): void {
  visit(node, above);
  for (const child of children(node)) visitAll(child, visit, node);
}

/** A statement, a path in its tree, the text that stands there, and what the node says of it. */
export type Fact = readonly [sql: string, path: string, source: string, node: object];

/** How a fact is called in a report. */
export const FACT_TITLE = "%s · %s";
