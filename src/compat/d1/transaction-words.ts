import { splitQuery } from "./split.ts";

/** START and ABORT are no words of SQLite's, but the engine knows them. */
const WORD = /^(?:begin|commit|end|rollback|savepoint|release|start|abort)$/i;

/** What comes before a statement's first word, and that word. */
const HEAD = /^(?:[\s;]|--.*|\/\*[^]*?(?:\*\/|$))*(\w*)/;

/** Whether a text holds a statement that begins or ends a transaction. */
export function holdsTransactionWord(query: string): boolean {
  try {
    return splitQuery(query, []).some(({ sql }) => WORD.test(HEAD.exec(sql)?.[1] ?? ""));
  } catch {
    // It holds no statement at all, which whoever runs it says.
    return false;
  }
}
