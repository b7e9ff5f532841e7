import type { Node } from "../ast/statement.ts";
import { children } from "./children.ts";

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
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visit(node) === false) continue;
    const below = children(node);
    for (let i = below.length - 1; i >= 0; i--) {
      const child = below[i];
      if (child !== undefined) waiting.push(child);
    }
  }
}
