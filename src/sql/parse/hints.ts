import type { Dialect } from "../lex/dialect.ts";
import { type Hint, mayHoldHints, readHints } from "../lex/hint.ts";
import { Lexer } from "../lex/lexer.ts";

/** The hints in the comments of a text from one offset to another. */
export function hintsBetween(sql: string, dialect: Dialect, from: number, to: number): Hint[] {
  if (!mayHoldHints(sql.slice(from, to))) return [];
  const hints: Hint[] = [];
  const lexer = new Lexer(sql, { dialect, comments: true });
  lexer.end = from;
  while (lexer.next() && lexer.start < to) {
    if (lexer.kind === "comment") hints.push(...readHints(sql.slice(lexer.start, lexer.end)));
  }
  return hints;
}
