import { Lexer } from "../../lex/lexer.ts";

/**
 * The text of an INSERT or UPDATE with OR ABORT in the place of OR ROLLBACK: where whoever runs
 * the statement rolls back what it was a part of.
 */
export function orAbort(sql: string): string {
  const lexer = new Lexer(sql);
  let before = "";
  let last = "";
  while (lexer.next()) {
    const word = sql.slice(lexer.start, lexer.end).toUpperCase();
    if (last === "OR" && word === "ROLLBACK" && /^(?:INSERT|UPDATE)$/.test(before)) {
      return `${sql.slice(0, lexer.start)}ABORT${sql.slice(lexer.end)}`;
    }
    before = last;
    last = word;
  }
  return sql;
}
