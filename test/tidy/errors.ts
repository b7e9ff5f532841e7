import { isCore } from "./import-table.ts";
import type { Rule } from "./source.ts";
import { walk, type Node } from "./syntax.ts";

const HOME_OF_THE_CLASS = "src/base/errors.ts";

/**
 * The core knows one error class. It is thrown as `new DosqlError(…)`, by way of a function that
 * makes one, or passed on as it was caught. A face that has error classes of its own declares
 * them in its one `errors.ts`.
 */
export const errors: Rule = function* (tree) {
  for (const file of tree.values()) {
    if (!file.path.startsWith("src/") || file.path === HOME_OF_THE_CLASS) continue;
    const found: { at: number; message: string }[] = [];
    walk(file.program, (node) => {
      const message = isCore(file.path) ? foreignError(node) : errorClass(node);
      const exempt = message !== null && file.path.endsWith("/errors.ts") && !isCore(file.path);
      if (message !== null && !exempt) found.push({ at: node.start, message });
    });
    for (const { at, message } of found) {
      yield { rule: "errors", path: file.path, line: file.lineAt(at), message };
    }
  }
};

function foreignError(node: Node): string | null {
  if (node.type === "ThrowStatement" && isValue(node.argument)) return "throw a DosqlError";
  const made = constructed(node);
  if (made !== null && /^([A-Z]\w*)?(Error|Exception)$/.test(made) && made !== "DosqlError") {
    return `${made} in core code: make a DosqlError`;
  }
  return errorClass(node);
}

/** Whether the thrown expression can be no error at all. */
function isValue({ type }: Node): boolean {
  return type === "Literal" || type === "TemplateLiteral" || type === "ObjectExpression";
}

function constructed(node: Node): string | null {
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return null;
  return node.callee.type === "Identifier" ? node.callee.name : null;
}

function errorClass(node: Node): string | null {
  const isClass = node.type === "ClassDeclaration" || node.type === "ClassExpression";
  if (!isClass || node.superClass?.type !== "Identifier") return null;
  const base = node.superClass.name;
  return base.endsWith("Error") ? `an error class outside of errors.ts (extends ${base})` : null;
}
