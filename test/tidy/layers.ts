import { layerOf } from "./import-table.ts";
import type { Rule } from "./source.ts";

/** Imports follow the table of layers, and every file of `src` stands in one. */
export const layers: Rule = function* (tree) {
  for (const file of tree.values()) {
    if (!file.path.startsWith("src/")) continue;
    const layer = layerOf(file.path);
    if (layer === null) {
      const message = "this folder is not in the import table (test/tidy/import-table.ts)";
      yield { rule: "layers", path: file.path, line: 1, message };
      continue;
    }
    for (const { specifier, target, line } of file.mentions) {
      const allowed =
        target === null
          ? layer.packages.some((name) => matches(specifier, name))
          : target.startsWith(layer.folder) || layer.imports.some((name) => matches(target, name));
      if (allowed) continue;
      const message = `${layer.folder} may not import ${target ?? specifier}`;
      yield { rule: "layers", path: file.path, line, message };
    }
  }
};

function matches(name: string, pattern: string): boolean {
  return /[:/]$/.test(pattern) ? name.startsWith(pattern) : name === pattern;
}
