import type { SqlValue } from "../base/value.ts";
import { END, identifierName, type Token } from "./lexer.ts";
import { LiftCondition } from "./lift-condition.ts";
import { LiftCursor } from "./lift-cursor.ts";
import { endsSelectList, isAlias, isCompound } from "./select-item.ts";

/** What to lift and how to number it. */
export interface LiftOptions {
  /**
   * Whether comparisons with a column must keep their literals. Asked with the column's name as
   * written, unquoted, without its table. Must answer true, in any case of the name, for columns
   * that the WHERE of a partial index names, that an index on an expression or a generated
   * column's expression names, and for all columns of views over such tables: SQLite proves such
   * an index usable from the literal itself.
   */
  readonly exclude: (column: string) => boolean;
  /** The number of the first parameter. Default 1. */
  readonly firstNumber?: number;
  /** Also lift the literal of `SET a = b + 1` and `SET a = b - 1`. Default false. */
  readonly arithmeticInSet?: boolean;
}

/** A statement whose literals became parameters, and their values in the order of numbers. */
export interface LiftedStatement {
  readonly text: string;
  readonly values: SqlValue[];
}

/**
 * Turns literals into parameters `?1`, `?2`, … so that statements that differ only in values
 * share one plan. Lifts only what cannot change the plan or the answer: a literal compared
 * directly (`=`, `<>`, `<`, BETWEEN, IN, …) with a plain column in the WHERE or ON of the
 * outermost SELECT, INSERT … SELECT, UPDATE or DELETE; a value of VALUES; a value of SET; OFFSET.
 * Everything else stays byte for byte. Equal literals compared with one column share a parameter.
 *
 * Not lifted, because SQLite plans by the value: LIMIT (with a parameter there SQLite compiles the
 * statement again at each run), and `= -1`, `= 0`, `= 1` (it takes columns compared with those for
 * flags, and guesses that they select less).
 *
 * Answers null when nothing is lifted or when there is doubt: the statement has parameters,
 * begins with WITH, reads from a subquery, names an index, holds something illegal. A statement
 * that SQLite refuses is refused lifted too, but the offset of the error is that of `text`.
 *
 * @example
 * liftLiterals("SELECT * FROM t WHERE id = 42", { exclude: () => false });
 * // { text: "SELECT * FROM t WHERE id = ?1", values: [42n] }
 */
export function liftLiterals(sql: string, options: LiftOptions): LiftedStatement | null {
  return new Lifter(sql, options).lift();
}

class Lifter {
  private readonly sql: string;
  private readonly options: LiftOptions;
  private readonly cursor: LiftCursor;
  /** Names that select lists give to expressions, in lower case. */
  private readonly aliases = new Set<string>();

  constructor(sql: string, options: LiftOptions) {
    this.sql = sql;
    this.options = options;
    this.cursor = new LiftCursor(sql, options.firstNumber ?? 1);
  }

  lift(): LiftedStatement | null {
    const { cursor } = this;
    this.statement();
    while (!cursor.atEnd()) cursor.advance();
    if (cursor.failed || cursor.values.length === 0) return null;
    return { text: cursor.result(), values: cursor.values };
  }

  private statement(): void {
    const { cursor } = this;
    cursor.advance();
    const head = cursor.word();
    cursor.advance();
    switch (head) {
      case "SELECT":
        return this.query();
      case "INSERT":
      case "REPLACE":
        return this.insert();
      case "UPDATE":
        return this.update();
      case "DELETE":
        return this.clauses();
      default:
        return cursor.fail();
    }
  }

  private readonly allows = (column: string): boolean => {
    if (this.options.exclude(column)) return false;
    return this.aliases.size === 0 || !this.aliases.has(column.toLowerCase());
  };

  /** From behind SELECT to the end of the statement. */
  private query(): void {
    do {
      this.selectList();
      this.clauses();
    } while (this.nextArm());
  }

  /** After UNION and its like: passes the SELECT of the next arm. */
  private nextArm(): boolean {
    const { cursor } = this;
    if (!isCompound(cursor.word())) return false;
    cursor.advance();
    if (cursor.is("ALL")) cursor.advance();
    if (!cursor.is("SELECT")) {
      cursor.fail();
      return false;
    }
    cursor.advance();
    return true;
  }

  /** Passes a select list and remembers its aliases. */
  private selectList(): void {
    const { cursor } = this;
    const { lexer } = cursor;
    // The last two tokens of an item say whether it ends in an alias.
    let before: Token = END;
    let last: Token = END;
    while (!cursor.atEnd() && !endsSelectList(cursor.word())) {
      if (cursor.is(",")) {
        this.noteAlias(before, last);
        [before, last] = [END, END];
        cursor.advance();
        continue;
      }
      before = last;
      last = { kind: lexer.kind, start: lexer.start, end: lexer.end, word: lexer.word };
      if (cursor.is("(")) cursor.skipGroup();
      else cursor.advance();
    }
    this.noteAlias(before, last);
  }

  private noteAlias(before: Token, last: Token): void {
    if (!isAlias(before, last)) return;
    this.aliases.add(identifierName(this.sql, last).toLowerCase());
  }

  /** FROM and all that follows it, up to the next arm of a compound or the end. */
  private clauses(): void {
    const { cursor } = this;
    const { lexer } = cursor;
    let inFrom = false;
    while (!cursor.atEnd()) {
      const { word } = lexer;
      switch (word) {
        case "(":
          cursor.skipGroup();
          break;
        case "FROM":
        case "JOIN":
        case ",":
          cursor.advance();
          inFrom ||= word === "FROM";
          // Columns of a subquery may be others under new names: not to be judged by name.
          if (inFrom && cursor.is("(")) return cursor.fail();
          break;
        case "ON":
          cursor.advance();
          if (cursor.is("CONFLICT")) return;
          new LiftCondition(cursor, this.allows, true).run();
          break;
        case "WHERE":
          inFrom = false;
          cursor.advance();
          new LiftCondition(cursor, this.allows, false).run();
          break;
        case "INDEXED":
        case ")":
          return cursor.fail();
        case "RETURNING":
          return;
        case "LIMIT":
          return this.limit();
        case "GROUP":
        case "ORDER":
        case "HAVING":
        case "WINDOW":
          inFrom = false;
          cursor.advance();
          break;
        default:
          if (isCompound(word)) return;
          cursor.advance();
      }
    }
  }

  /** Lifts OFFSET; LIMIT itself stays. */
  private limit(): void {
    const { cursor } = this;
    cursor.advance();
    if (!cursor.atInteger()) return;
    cursor.holdLiteral();
    if (cursor.is(",")) {
      // LIMIT offset, count
      cursor.advance();
      if (!cursor.atInteger()) return cursor.drop();
      cursor.advance();
    } else {
      cursor.drop();
      if (!cursor.is("OFFSET")) return;
      cursor.advance();
      if (!cursor.atInteger()) return;
      cursor.holdLiteral();
    }
    if (cursor.atEnd()) cursor.keep(null);
    else cursor.drop();
  }

  private insert(): void {
    const { cursor } = this;
    while (!cursor.atEnd()) {
      switch (cursor.word()) {
        case "(":
          cursor.skipGroup();
          break;
        case "VALUES":
          cursor.advance();
          return this.rows();
        case "SELECT":
          cursor.advance();
          return this.query();
        case "WITH":
          return cursor.fail();
        default:
          cursor.advance();
      }
    }
  }

  /** Lifts the values that are literals from `(…), (…)`. */
  private rows(): void {
    const { cursor } = this;
    while (cursor.is("(")) {
      cursor.advance();
      while (!cursor.atEnd() && !cursor.is(")")) {
        if (cursor.holdLiteral() && (cursor.is(",") || cursor.is(")"))) cursor.keep(null);
        else cursor.drop();
        this.skipTo(",", ")");
        if (cursor.is(",")) cursor.advance();
      }
      cursor.advance();
      if (cursor.is(",")) cursor.advance();
    }
  }

  /** Passes tokens up to one of two, outside of further parentheses. */
  private skipTo(one: string, other: string): void {
    const { cursor } = this;
    while (!cursor.atEnd() && !cursor.is(one) && !cursor.is(other)) {
      if (cursor.is("(")) cursor.skipGroup();
      else cursor.advance();
    }
  }

  private update(): void {
    const { cursor } = this;
    while (!cursor.atEnd() && !cursor.is("SET")) {
      if (cursor.is("INDEXED")) return cursor.fail();
      cursor.advance();
    }
    do {
      cursor.advance();
      if (this.assignment()) cursor.keep(null);
      else cursor.drop();
      while (!cursor.atEnd() && !cursor.is(",") && !endsSet(cursor.word())) {
        if (cursor.is("(")) cursor.skipGroup();
        else cursor.advance();
      }
    } while (cursor.is(","));
    this.clauses();
  }

  /** Passes `column = literal`, holds the literal, and says whether it may be lifted. */
  private assignment(): boolean {
    const { cursor } = this;
    const column = cursor.column();
    if (column === null || !cursor.is("=")) return false;
    cursor.advance();
    if (!cursor.holdLiteral() && !this.arithmetic()) return false;
    const whole = cursor.atEnd() || cursor.is(",") || endsSet(cursor.word());
    return whole && !this.options.exclude(column);
  }

  /** Passes `column + literal` or `column - literal`. */
  private arithmetic(): boolean {
    const { cursor } = this;
    if (this.options.arithmeticInSet !== true || cursor.column() === null) return false;
    if (!cursor.is("+") && !cursor.is("-")) return false;
    cursor.advance();
    return cursor.holdLiteral();
  }
}

/** Words that end a SET outside of parentheses. */
function endsSet(word: string): boolean {
  switch (word) {
    case "FROM":
    case "WHERE":
    case "RETURNING":
    case "ORDER":
    case "LIMIT":
      return true;
    default:
      return false;
  }
}
