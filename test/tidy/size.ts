import type { Rule, SourceFile } from "./source.ts";
import { isFunction, walk } from "./syntax.ts";

/** Past this a file holds more than one subject; aim at 150. */
const MAX_FILE_LINES = 500;
/** What fits on a screen and in a reader's head. Tests group their cases in longer ones. */
const MAX_FUNCTION_LINES = 70;
/** Two files side by side; also the formatter's width, which breaks no comment or text. */
const MAX_COLUMNS = 100;
/** Elsewhere a text may pass the edge: cases are read as tables, and SQL is copied whole. */
const STRICT_COLUMNS = /^(src|bin|scripts)\//;

/** Files, functions and lines stay short. */
export const size: Rule = function* (tree) {
  for (const file of tree.values()) {
    const count = file.text.endsWith("\n") ? file.lines.length - 1 : file.lines.length;
    if (count > MAX_FILE_LINES) {
      const message = `${count} lines; at most ${MAX_FILE_LINES}`;
      yield { rule: "size", path: file.path, line: 1, message };
    }
    const exempt = STRICT_COLUMNS.test(file.path) ? new Set() : linesWithLongTexts(file);
    for (const [index, text] of file.lines.entries()) {
      const columns = Array.from(text).length;
      if (columns <= MAX_COLUMNS || exempt.has(index + 1)) continue;
      const message = `${columns} columns; at most ${MAX_COLUMNS}`;
      yield { rule: "size", path: file.path, line: index + 1, message };
    }
    if (!file.path.startsWith("src/")) continue;
    const long: { line: number; message: string }[] = [];
    walk(file.program, (node) => {
      if (!isFunction(node)) return;
      const line = file.lineAt(node.start);
      const lines = file.lineAt(node.end) - line + 1;
      const message = `a function of ${lines} lines; at most ${MAX_FUNCTION_LINES}`;
      if (lines > MAX_FUNCTION_LINES) long.push({ line, message });
    });
    for (const found of long) yield { rule: "size", path: file.path, ...found };
  }
};

/** Lines on which a quoted text begins before the edge and ends behind it. */
function linesWithLongTexts(file: SourceFile): Set<number> {
  const found = new Set<number>();
  walk(file.program, (node) => {
    if (node.type !== "Literal" && node.type !== "TemplateLiteral") return;
    const line = file.lineAt(node.start);
    const lineStart = file.text.lastIndexOf("\n", node.start) + 1;
    if (node.start - lineStart < MAX_COLUMNS && node.end - lineStart > MAX_COLUMNS) found.add(line);
  });
  return found;
}
