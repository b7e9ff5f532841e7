import type { Node } from "../ast/statement.ts";

/**
 * Whether a property of a node holds a node. By the tree's invariant it holds a primitive, null,
 * a node or a list of nodes.
 */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value;
}

/**
 * The nodes right below a node, in the order of its properties, which need not be that of the
 * text.
 *
 * @example
 * children(binary).map(({ kind }) => kind); // ["column", "integer"]
 */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (const value of properties(node)) {
    if (isNode(value)) found.push(value);
    else if (Array.isArray(value)) {
      // A spread would put each of a million rows on the stack.
      for (const item of value) if (isNode(item)) found.push(item);
    }
  }
  return found;
}

/** What the properties of a node hold. */
function properties(node: Node): readonly unknown[] {
  return Object.values(node);
}
