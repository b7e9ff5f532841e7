import type { Statement } from "../../ast/statement.ts";
import { quoteText } from "../../quote.ts";
import { walk } from "../../tree/walk.ts";
import { applyEdits, byStart, type Edit } from "../edit.ts";
import { ResultNames } from "../result-names.ts";

/** The statement with a text in the place of each `sqlite_version()`, for a home that denies it. */
export function knownVersion(sql: string, statement: Statement, version: string): string {
  const edits: Edit[] = [];
  const results = new ResultNames(sql);
  walk(statement, (node) => {
    if (node.kind === "result") results.note(node);
    if (node.kind !== "call" || node.arguments.length > 0 || node.over !== null) return;
    if (node.name.name.text.toLowerCase() !== "sqlite_version") return;
    edits.push({ start: node.start, end: node.end, text: quoteText(version) });
  });
  edits.sort(byStart);
  return applyEdits(sql, [...edits, ...results.edits(edits)]);
}
