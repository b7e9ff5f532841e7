import type { Node } from "../ast/statement.ts";
import { addChildren } from "./children.ts";

/**
 * Visits a node and all nodes below it, each before those below it. Where `visit` answers false,
 * what is below is left out. Needs no stack, however deep the tree is.
 *
 * @example
 * walk(statement, (node) => {
 *   if (node.kind === "table") tables.push(node.name);
 * });
 */
export function walk(root: Node, visit: (node: Node) => boolean | void): void {
  const waiting = [root];
  const below: Node[] = [];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visit(node) === false) continue;
    addChildren(node, below);
    // The first one is visited first.
    for (let next = below.pop(); next !== undefined; next = below.pop()) waiting.push(next);
  }
}
