import { DosqlError } from "../../../base/errors.ts";
import { applyEdits } from "../../../sql/change/edit.ts";
import type { Edit } from "../../../sql/change/edit.ts";
import { attemptSqlite } from "../../../sql/read/attempt.ts";
import { walk } from "../../../sql/tree/walk.ts";

/** A text that says the same, but that `"x"` stands for a name in it and never for a string. */
export interface NamedText {
  readonly sql: string;
  /** Refuses what SQLite refuses of it, in the words it has for the text as it was given. */
  refusal(error: unknown): DosqlError | null;
}

const MISSING = /^no such column: (.*)$/s;

/**
 * better-sqlite3's SQLite takes `"x"` for a name only, where a stock build takes it for a string
 * when there is no such column. Both never do so with a name in backticks.
 *
 * @returns null for a text in which it makes no difference
 */
export function namedText(sql: string): NamedText | null {
  if (!sql.includes('"')) return null;
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement === null) return null;
  const edits: Edit[] = [];
  const names = new Set<string>();
  walk(parsed.statement, (node) => {
    if (node.kind !== "column" || node.table !== null || node.name.quote !== '"') return;
    const { start, end, text } = node.name;
    names.add(text);
    edits.push({ start, end, text: `\`${text.replaceAll("`", "``")}\`` });
  });
  if (edits.length === 0) return null;
  return {
    sql: applyEdits(sql, edits),
    refusal(error) {
      if (!(error instanceof DosqlError) || error.code !== "sqlite") return null;
      const [, name] = MISSING.exec(error.message) ?? [];
      if (name === undefined || !names.has(name)) return null;
      const doubt = "should this be a string literal in single-quotes?";
      const message = `no such column: "${name}" - ${doubt}`;
      return new DosqlError("sqlite", message, { sqlite: "SQLITE_ERROR" });
    },
  };
}
