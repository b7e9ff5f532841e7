import type { Rule } from "./source.ts";
import { walk } from "./syntax.ts";

/** Layers whose code a synchronous driver runs: what waits there is a generator. */
const SYNCHRONOUS = ["src/base/", "src/sql/", "src/exec/", "src/engine/"];

/** Where promises are at home inside them: the log's way out, and the asynchronous driver. */
const EXEMPT = [
  "src/engine/archive/",
  "src/engine/feed/",
  "src/engine/session/local-database.ts",
  "src/engine/session/local-session.ts",
];

/** Parser and engine contain no `async`, so that both drivers can run them. */
export const waiting: Rule = function* (tree) {
  for (const file of tree.values()) {
    const starts = (folder: string): boolean => file.path.startsWith(folder);
    if (!SYNCHRONOUS.some(starts) || EXEMPT.some(starts)) continue;
    const lines: number[] = [];
    walk(file.program, (node) => {
      const isAsync = "async" in node && node.async === true;
      if (isAsync || node.type === "AwaitExpression") lines.push(file.lineAt(node.start));
    });
    for (const line of new Set(lines)) {
      const message = "async in synchronous code: yield the wait";
      yield { rule: "waiting", path: file.path, line, message };
    }
  }
};
