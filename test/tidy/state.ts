import type { Rule } from "./source.ts";
import type { Node } from "./syntax.ts";

/** Collections that begin empty are there to be filled. */
const COLLECTIONS = new Set(["Map", "Set", "Array", "WeakMap", "WeakSet"]);

/** A module holds no state: two databases in one process share its code and nothing else. */
export const state: Rule = function* (tree) {
  for (const file of tree.values()) {
    if (!file.path.startsWith("src/")) continue;
    for (const statement of file.program.body) {
      const declaration =
        statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (declaration?.type !== "VariableDeclaration" || declaration.declare === true) continue;
      const line = file.lineAt(declaration.start);
      if (declaration.kind === "let" || declaration.kind === "var") {
        const message = `module-level ${declaration.kind}: keep state in an object`;
        yield { rule: "state", path: file.path, line, message };
      }
      for (const { init } of declaration.declarations) {
        if (init === null || !beginsEmpty(init)) continue;
        const message = "module-level collection that begins empty: keep state in an object";
        yield { rule: "state", path: file.path, line, message };
      }
    }
  }
};

function beginsEmpty(init: Node): boolean {
  if (init.type === "ArrayExpression") return init.elements.length === 0;
  if (init.type !== "NewExpression" || init.callee.type !== "Identifier") return false;
  return COLLECTIONS.has(init.callee.name) && init.arguments.length === 0;
}
