import type { LiftCursor } from "./lift-cursor.ts";

/** Each length of an IN list is a text, and so a plan, of its own: long ones do not come again. */
const MAX_LIST = 32;

/** What decides whether the comparisons of a column may be lifted. */
export type ColumnRule = (column: string) => boolean;

/** Words that end a condition outside of parentheses. */
function endsCondition(word: string, inFrom: boolean): boolean {
  switch (word) {
    case "WHERE":
    case "GROUP":
    case "HAVING":
    case "ORDER":
    case "LIMIT":
    case "WINDOW":
    case "UNION":
    case "EXCEPT":
    case "INTERSECT":
    case "RETURNING":
    case "ON":
      return true;
    case "JOIN":
    case "CROSS":
    case "INNER":
    case "LEFT":
    case "RIGHT":
    case "FULL":
    case "OUTER":
    case "NATURAL":
    case ",":
      return inFrom;
    default:
      return false;
  }
}

/**
 * Lifts in the condition of a WHERE or ON, from its first token up to the token that ends it. A
 * condition is terms joined by AND and OR, in parentheses or not. Only a term that is from its
 * first to its last token one of
 *
 *     column op literal      literal op column
 *     column [NOT] IN (literal, …)      column [NOT] BETWEEN literal AND literal
 *
 * is lifted; what is inside of other terms (functions, CASE, subqueries, arithmetic) is passed.
 * Nesting costs a counter, not a stack.
 */
export class LiftCondition {
  private readonly cursor: LiftCursor;
  private readonly allows: ColumnRule;
  private readonly inFrom: boolean;
  /** Parentheses around terms that are open. */
  private groups = 0;
  /** BETWEENs of the current term whose AND is to come. */
  private betweens = 0;
  /** CASEs of the current term whose END is to come. */
  private cases = 0;

  constructor(cursor: LiftCursor, allows: ColumnRule, inFrom: boolean) {
    this.cursor = cursor;
    this.allows = allows;
    this.inFrom = inFrom;
  }

  run(): void {
    do {
      this.openGroups();
      this.betweens = 0;
      this.cases = 0;
      const column = this.term();
      if (column !== null && this.isBoundary()) this.cursor.keep(column);
      else this.cursor.drop();
    } while (this.nextTerm());
  }

  private openGroups(): void {
    const { cursor } = this;
    while (cursor.is("(")) {
      cursor.advance();
      const word = cursor.word();
      this.groups++;
      if (word === "SELECT" || word === "VALUES" || word === "WITH") {
        this.skipToClose();
        return;
      }
    }
  }

  /** Passes the rest of a parenthesis that was opened. */
  private skipToClose(): void {
    const { cursor } = this;
    while (!cursor.is(")") && !cursor.atEnd()) {
      if (cursor.is("(")) cursor.skipGroup();
      else cursor.advance();
    }
  }

  /** Passes a term of a form that is lifted, holds its literals, and answers its column. */
  private term(): string | null {
    const { cursor } = this;
    const minus = cursor.is("-");
    if (cursor.holdLiteral()) return this.literalFirst();
    const column = minus ? null : cursor.column();
    if (column === null || !this.compared()) return null;
    return this.allows(column) ? column : null;
  }

  /** Passes what follows a column, and holds its literals. */
  private compared(): boolean {
    const { cursor } = this;
    switch (cursor.word()) {
      case "=":
      case "==":
        cursor.advance();
        return cursor.holdLiteral() && !cursor.holdsFlag();
      case "<>":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
        cursor.advance();
        return cursor.holdLiteral();
      case "NOT":
        cursor.advance();
        return this.range();
      default:
        return this.range();
    }
  }

  private literalFirst(): string | null {
    const { cursor } = this;
    switch (cursor.word()) {
      case "=":
      case "==":
        if (cursor.holdsFlag()) return null;
        break;
      case "<>":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
        break;
      default:
        return null;
    }
    cursor.advance();
    const column = cursor.column();
    return column !== null && this.allows(column) ? column : null;
  }

  private range(): boolean {
    const { cursor } = this;
    if (cursor.is("IN")) {
      cursor.advance();
      return this.list();
    }
    if (!cursor.is("BETWEEN")) return false;
    cursor.advance();
    this.betweens++;
    if (!cursor.holdLiteral() || !cursor.is("AND")) return false;
    this.betweens--;
    cursor.advance();
    return cursor.holdLiteral();
  }

  private list(): boolean {
    const { cursor } = this;
    if (!cursor.is("(")) return false;
    cursor.advance();
    let length = 0;
    while (length <= MAX_LIST && cursor.holdLiteral()) {
      length++;
      if (!cursor.is(",")) break;
      cursor.advance();
    }
    if (length === 0 || length > MAX_LIST || !cursor.is(")")) {
      this.skipToClose();
      cursor.advance();
      return false;
    }
    cursor.advance();
    // SQLite makes an equality of a list of one.
    return !(length === 1 && cursor.holdsFlag());
  }

  /** Whether the current token ends a term. */
  private isBoundary(): boolean {
    if (this.cursor.atEnd()) return this.groups === 0;
    const word = this.cursor.word();
    if (word === "AND" || word === "OR") return true;
    return this.groups > 0 ? word === ")" : endsCondition(word, this.inFrom);
  }

  /** Passes the rest of a term and the AND or OR behind it; false at the end of the condition. */
  private nextTerm(): boolean {
    const { cursor } = this;
    for (;;) {
      if (cursor.atEnd()) return false;
      const word = cursor.word();
      if (word === "(") {
        cursor.skipGroup();
        continue;
      }
      if (word === ")") {
        if (this.groups === 0) cursor.fail();
        this.groups--;
        this.betweens = 0;
        this.cases = 0;
      } else if (word === "BETWEEN") {
        this.betweens++;
      } else if (word === "CASE") {
        this.cases++;
      } else if (word === "END" && this.cases > 0) {
        this.cases--;
      } else if (word === "AND" && this.betweens > 0) {
        this.betweens--;
      } else if ((word === "AND" || word === "OR") && this.cases === 0) {
        cursor.advance();
        return true;
      } else if (this.groups === 0 && this.cases === 0 && endsCondition(word, this.inFrom)) {
        return false;
      }
      cursor.advance();
    }
  }
}
