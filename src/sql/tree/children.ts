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
  addChildren(node, found);
  return found;
}

/** Adds the nodes right below a node to a list, in the order of its properties. */
export function addChildren(node: Node, found: Node[]): void {
  switch (node.kind) {
    case "name":
    case "integer":
    case "string":
    case "parameter":
      return;
    default:
  }
  const properties = node as unknown as Readonly<Record<string, Node | readonly Node[] | string>>;
  // Four times as fast as Object.values, which makes a list for each node.
  for (const key in properties) {
    const value = properties[key];
    if (typeof value !== "object" || value === null) continue;
    if ("kind" in value) found.push(value);
    else for (const item of value) found.push(item);
  }
}
