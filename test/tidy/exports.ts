import type { Rule } from "./source.ts";

/** Files whose users demand a default export: a library's shape, a Worker's module. */
const DEFAULT_EXPORTS = new Set([
  "src/entry/better-sqlite3-durable.workers.ts",
  "src/entry/better-sqlite3.ts",
  "src/entry/worker.ts",
]);

/** What `src` exports, it declares; only `src/entry` passes on, by name. */
export const exports: Rule = function* (tree) {
  for (const file of tree.values()) {
    if (!file.path.startsWith("src/")) continue;
    for (const entry of file.module.staticExports.flatMap(({ entries }) => entries)) {
      const line = file.lineAt(entry.start);
      const source = file.text.slice(entry.start, entry.end);
      if (String(entry.importName.kind).startsWith("All")) {
        yield {
          rule: "exports",
          path: file.path,
          line,
          message: "`export *` hides what is exported",
        };
      } else if (entry.moduleRequest !== null && !file.path.startsWith("src/entry/")) {
        const message = `re-export of ${source}: only src/entry passes on`;
        yield { rule: "exports", path: file.path, line, message };
      }
      const isDefault =
        String(entry.exportName.kind) === "Default" || entry.exportName.name === "default";
      if (isDefault && !DEFAULT_EXPORTS.has(file.path)) {
        yield { rule: "exports", path: file.path, line, message: "default export: give it a name" };
      }
    }
  }
};
