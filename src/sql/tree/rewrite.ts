import type { Node } from "../ast/statement.ts";
import { isNode } from "./children.ts";

/**
 * A tree in which each node stands as `replace` answers for it: the node itself, or another that
 * may stand in its place. It is asked from the leaves up, so it sees a node with its new
 * children. What did not change is the same object as before, up to the root.
 *
 * @example
 * rewrite(statement, (node) => (node.kind === "integer" ? parameterFor(node) : node));
 */
export function rewrite<Root extends Node>(root: Root, replace: (node: Node) => Node): Root {
  return rewritten(root, replace) as Root;
}

function rewritten(node: Node, replace: (node: Node) => Node): Node {
  let result = node;
  for (const [key, value] of properties(node)) {
    const next = Array.isArray(value) ? rewrittenList(value, replace) : value;
    const found = isNode(next) ? rewritten(next, replace) : next;
    if (found !== value) result = { ...result, [key]: found };
  }
  return replace(result);
}

function properties(node: Node): readonly (readonly [key: string, value: unknown])[] {
  return Object.entries(node);
}

/** The list itself where no item changes. */
function rewrittenList(
  list: readonly unknown[],
  replace: (node: Node) => Node,
): readonly unknown[] {
  let result: unknown[] | null = null;
  for (const [at, item] of list.entries()) {
    const found = isNode(item) ? rewritten(item, replace) : item;
    if (found === item) continue;
    result ??= [...list];
    result[at] = found;
  }
  return result ?? list;
}
