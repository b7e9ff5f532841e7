/** SQLite stops reading at a NUL. */
export function beforeNul(sql: string): string {
  const nul = sql.indexOf("\0");
  return nul < 0 ? sql : sql.slice(0, nul);
}

/** What SQLite skips between a statement and the `;` that ends it. */
const TAIL = /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*;?/;

/** Where a statement ends as SQLite cuts it: behind its `;`. */
export function endBehind(sql: string, end: number): number {
  return end + (TAIL.exec(sql.slice(end))?.[0].length ?? 0);
}

const END = /^(?:\s|--.*\n|\/\*[^]*?\*\/)*(?:commit|end|release)\b/i;

/** Whether a statement may make a transaction's changes last. */
export function endsTransaction(sql: string): boolean {
  return END.test(sql);
}

const JOURNAL_MODE = /^\s*pragma\s+(?:\w+\s*\.\s*)?journal_mode\s*(?:=\s*wal\s*)?;?\s*$/i;

/**
 * Whether a readonly connection may run what SQLite counts among the statements that write: an
 * explanation, or a question for the journal's mode, which is WAL where there is one.
 */
export function onlyTells(sql: string, explained: string): boolean {
  return explained !== sql || JOURNAL_MODE.test(sql);
}
