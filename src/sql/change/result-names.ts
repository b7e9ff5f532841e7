import type { ResultColumn } from "../ast/query.ts";
import { Lexer } from "../lex/lexer.ts";
import { quoteIdentifier } from "../quote.ts";
import { byStart, type Edit } from "./edit.ts";

/** Keeps the names of result columns that SQLite would else name by their changed text. */
export class ResultNames {
  private readonly sql: string;
  /** Those that have no name of their own. */
  private readonly nameless: ResultColumn[] = [];

  constructor(sql: string) {
    this.sql = sql;
  }

  /** To be told of every result column of the statement, in any order. */
  note(column: ResultColumn): void {
    const { kind } = column.value;
    if (column.alias === null && kind !== "column" && kind !== "star") this.nameless.push(column);
  }

  /**
   * What else to change, so that names stay.
   *
   * @param edits by their start
   */
  edits(edits: readonly Edit[]): Edit[] {
    const aliases: Edit[] = [];
    let at = 0;
    let done = 0;
    for (const { start, end } of this.nameless.sort(byStart)) {
      // What is inside of another one names nothing that shows.
      if (start < done) continue;
      while ((edits[at]?.start ?? start) < start) at++;
      const edit = edits[at];
      if (edit === undefined) break;
      if (edit.end > end) continue;
      done = end;
      aliases.push({ start: end, end, text: ` AS ${quoteIdentifier(this.name(start, end))}` });
    }
    return aliases;
  }

  /** To SQLite a comment behind an expression is a part of its name. */
  private name(start: number, end: number): string {
    const lexer = new Lexer(this.sql);
    lexer.end = end;
    lexer.next();
    return this.sql.slice(start, lexer.start).replace(/[\t\n\v\f\r ]+$/, "");
  }
}
