import type { Rule } from "./source.ts";

/** Every file of `src` is imported by another one of `src`, or is an entry. */
export const orphans: Rule = function* (tree) {
  const files = [...tree.values()].filter(({ path }) => path.startsWith("src/"));
  const wanted = new Set(files.flatMap(({ mentions }) => mentions.map(({ target }) => target)));
  for (const { path } of files) {
    if (wanted.has(path) || /^src\/entry\/[^/]+$/.test(path)) continue;
    yield { rule: "orphans", path, line: 1, message: "nothing in src imports this file" };
  }
};
