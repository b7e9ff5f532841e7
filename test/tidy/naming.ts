import type { Rule } from "./source.ts";

/** Names that say nothing, so that everything ends up there. */
const BANNED = new Set(["utils", "util", "helpers", "helper", "common", "shared", "misc", "types"]);

/** Words joined by hyphens, then what the file is for: `d1.workers.ts`, `capture.node.test.ts`. */
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.([mc]?js|ts)$/;

/** Files and folders are named by what they hold; no `index.ts`. */
export const naming: Rule = function* (tree) {
  for (const { path } of tree.values()) {
    const parts = path.split("/");
    const file = parts.at(-1) ?? "";
    const found = [...parts.slice(0, -1), file.split(".")[0] ?? ""].find((part) =>
      BANNED.has(part),
    );
    if (found !== undefined) {
      yield { rule: "naming", path, line: 1, message: `"${found}" names no subject` };
    }
    if (/^index\.[mc]?[jt]s$/.test(file)) {
      yield { rule: "naming", path, line: 1, message: "no index files: import what you need" };
    }
    if (!FILE_NAME.test(file)) {
      yield { rule: "naming", path, line: 1, message: "file names are lower case with hyphens" };
    }
  }
};
