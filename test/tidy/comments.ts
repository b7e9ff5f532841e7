import type { Rule } from "./source.ts";

/** Comments say why; what is left to do has an issue; a part that needs a banner is a file. */
export const comments: Rule = function* (tree) {
  for (const file of tree.values()) {
    for (const { value, line } of file.comments) {
      if (/\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d)/.test(value)) {
        const message = "a to-do without an issue number";
        yield { rule: "comments", path: file.path, line, message };
      }
      if (/[-=*#~─]{8,}/.test(value)) {
        yield { rule: "comments", path: file.path, line, message: "a banner: make it a file" };
      }
    }
  }
};
