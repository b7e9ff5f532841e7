import { isPortable } from "./import-table.ts";
import type { Rule } from "./source.ts";
import { walk, type Node } from "./syntax.ts";

/** What the core must take from a port, and which one has it. */
const BANNED = new Map([
  ["Date.now", "Clock"],
  ["new Date()", "Clock"],
  ["performance.now", "Clock"],
  ["setTimeout", "Clock"],
  ["setInterval", "Clock"],
  ["setImmediate", "Clock"],
  ["Math.random", "Entropy"],
  ["crypto", "Crypto or Entropy"],
  ["fetch", "Transport"],
  ["WebSocket", "Transport"],
  ["process", "the entry, which passes it in"],
  ["Buffer", "Uint8Array"],
  ["console", "the entry, which passes it in"],
  ["require", "import"],
  ["globalThis", "a port"],
]);

/** Portable code asks its ports for time, randomness, the network and the process. */
export const ports: Rule = function* (tree) {
  for (const file of tree.values()) {
    if (!isPortable(file.path)) continue;
    const own = new Set<string>();
    const used: { name: string; at: number }[] = [];
    walk(file.program, (node, parents) => {
      const parent = parents.at(-1);
      if (
        node.type === "NewExpression" &&
        node.arguments.length === 0 &&
        isNamed(node.callee, "Date")
      ) {
        used.push({ name: "new Date()", at: node.start });
      }
      if (node.type !== "Identifier" || parent === undefined) return;
      if (isBinding(node, parent, parents.at(-2))) own.add(node.name);
      else if (isReference(node, parent)) used.push({ name: usage(node, parent), at: node.start });
    });
    for (const { name, at } of used) {
      const port = BANNED.get(name);
      if (port === undefined || own.has(name)) continue;
      const message = `${name} in portable code: use ${port}`;
      yield { rule: "ports", path: file.path, line: file.lineAt(at), message };
    }
  }
};

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

/** `Date.now` for the `Date` in `Date.now`, else the name alone. */
function usage(node: Node & { type: "Identifier" }, parent: Node): string {
  if (parent.type !== "MemberExpression" || parent.object !== node) return node.name;
  const { property } = parent;
  const member =
    property.type === "Identifier" && !parent.computed
      ? property.name
      : property.type === "Literal"
        ? String(property.value)
        : "";
  const name = `${node.name}.${member}`;
  return BANNED.has(name) ? name : node.name;
}

/** A name that this file declares is its own: a parameter `crypto` is the port itself. */
function isBinding(node: Node, parent: Node, grandparent: Node | undefined): boolean {
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.id === node;
    case "FunctionDeclaration":
    case "FunctionExpression":
      return parent.id === node || parent.params.some((one) => one === node);
    case "ArrowFunctionExpression":
      return parent.params.some((one) => one === node);
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return parent.local === node;
    case "Property":
      return parent.value === node && grandparent?.type === "ObjectPattern";
    case "ArrayPattern":
    case "RestElement":
      return true;
    case "AssignmentPattern":
      return parent.left === node;
    default:
      return false;
  }
}

/** Whether the identifier stands for a value, and is no key, member or type. */
function isReference(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
    case "PropertyDefinition":
      return parent.value === node || parent.computed;
    case "MethodDefinition":
    case "AccessorProperty":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ImportSpecifier":
    case "ExportSpecifier":
      return false;
    default:
      return !parent.type.startsWith("TS") || parent.type === "TSAsExpression";
  }
}
