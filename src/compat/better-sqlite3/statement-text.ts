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
