import type { SqlValue } from "../base/value.ts";
import { SQLITE_KEYWORDS } from "./keywords.ts";
import { identifierName, Lexer } from "./lexer.ts";
import { literalValue } from "./literal.ts";

/** Beyond this many literals a statement is a bulk load, whose text does not come again. */
const MAX_LIFTED = 200;

/**
 * Walks a statement for the lifter and builds the lifted text. Literals are held until the token
 * behind them is known, and then kept (they become parameters) or dropped (they stay).
 */
export class LiftCursor {
  /** At the current token. */
  readonly lexer: Lexer;
  /** The values of the parameters so far. */
  readonly values: SqlValue[] = [];
  /** The column that each of them is compared with, null for those that are assigned. */
  private readonly columns: (string | null)[] = [];
  /** The statement must be left alone; the lexer is at its end. */
  failed = false;
  private readonly sql: string;
  private readonly firstNumber: number;
  private text = "";
  /** Up to where `text` holds the statement. */
  private copied = 0;
  /** The literals held: how many, and start, end and value of each. */
  private held = 0;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly heldValues: SqlValue[] = [];
  /** One of the literals held cannot be a parameter. */
  private spoiled = false;

  constructor(sql: string, firstNumber: number) {
    this.sql = sql;
    this.firstNumber = firstNumber;
    this.lexer = new Lexer(sql);
  }

  /** The keyword, operator or punctuation of the current token. */
  word(): string {
    return this.lexer.word;
  }

  is(word: string): boolean {
    return this.lexer.word === word;
  }

  atEnd(): boolean {
    return this.lexer.kind === "end";
  }

  atInteger(): boolean {
    return this.lexer.kind === "integer";
  }

  /** The lifted statement. */
  result(): string {
    return this.text + this.sql.slice(this.copied);
  }

  fail(): void {
    this.failed = true;
    this.lexer.exhaust();
  }

  /** Moves to the next token. A final `;` is the end; anything behind it fails. */
  advance(): void {
    const { lexer } = this;
    if (!lexer.next()) return;
    if (lexer.kind === "parameter" || lexer.kind === "illegal") this.fail();
    else if (lexer.word === ";" && lexer.next()) this.fail();
  }

  /** Moves past a parenthesis and all inside; the current token is `(`. */
  skipGroup(): void {
    let depth = 0;
    do {
      if (this.lexer.word === "(") depth++;
      else if (this.lexer.word === ")") depth--;
      this.advance();
    } while (depth > 0 && this.lexer.kind !== "end");
  }

  /**
   * Moves past a literal, with its minus, and holds it. False when there is none; then nothing
   * is passed but a minus.
   */
  holdLiteral(): boolean {
    const { lexer } = this;
    const { start } = lexer;
    const negative = lexer.word === "-";
    if (negative) this.advance();
    switch (lexer.kind) {
      case "string":
      case "blob":
        if (negative) return false;
        break;
      case "integer":
      case "float":
        break;
      default:
        return false;
    }
    const value = literalValue(lexer.kind, this.sql.slice(lexer.start, lexer.end), negative);
    if (value === undefined) this.spoiled = true;
    else this.hold(start, lexer.end, value);
    this.advance();
    return true;
  }

  private hold(start: number, end: number, value: SqlValue): void {
    this.starts[this.held] = start;
    this.ends[this.held] = end;
    this.heldValues[this.held] = value;
    this.held++;
  }

  /** Whether the one literal held is -1, 0 or 1. */
  holdsFlag(): boolean {
    const value = this.heldValues[0];
    return this.held === 1 && typeof value === "bigint" && value >= -1n && value <= 1n;
  }

  /**
   * Turns what is held into parameters, unless one of them cannot be.
   *
   * @param column The column that the literals are compared with, null when they are assigned.
   *   Equal literals compared with one column share a parameter, because SQLite takes
   *   `a = 5 OR 5 = a` for one term, and so it must see `a = ?1 OR ?1 = a`.
   */
  keep(column: string | null): void {
    for (let i = 0; i < this.held && !this.spoiled; i++) {
      const value = this.heldValues[i] ?? null;
      const known = column === null ? 0 : this.numberOf(column, value);
      const number = known || this.firstNumber + this.values.length;
      this.text += `${this.sql.slice(this.copied, this.starts[i])}?${number}`;
      this.copied = this.ends[i] ?? this.copied;
      if (known === 0) {
        this.values.push(value);
        this.columns.push(column);
      }
    }
    this.drop();
    if (this.values.length > MAX_LIFTED) this.fail();
  }

  /** The number of the parameter that a column was compared with and that has a value, else 0. */
  private numberOf(column: string, value: SqlValue): number {
    for (let i = 0; i < this.values.length; i++) {
      if (this.values[i] !== value) continue;
      if (this.columns[i]?.toLowerCase() === column.toLowerCase()) return this.firstNumber + i;
    }
    return 0;
  }

  /** Leaves what is held as it is. */
  drop(): void {
    this.spoiled = false;
    this.held = 0;
  }

  /**
   * Moves past `name`, `table.name` or `schema.table.name` and answers the last name, unquoted.
   * Null, and nothing or a part of it passed, when it is not a plain column.
   */
  column(): string | null {
    const { lexer, sql } = this;
    for (;;) {
      if (!isName(lexer)) return null;
      const { kind, start, end } = lexer;
      this.advance();
      if (lexer.word === ".") {
        this.advance();
        continue;
      }
      const name = identifierName(sql, { kind, start, end });
      // Two names that are values where no column has them.
      const constant = kind === "identifier" && /^(true|false)$/i.test(name);
      return constant ? null : name;
    }
  }
}

/** Whether the current token can be the name of a column and nothing else. */
function isName(lexer: Lexer): boolean {
  if (lexer.kind === "quoted") return true;
  if (lexer.kind !== "identifier") return false;
  if (lexer.word === "") return true;
  return SQLITE_KEYWORDS.uses.get(lexer.word) === "free" && !lexer.word.startsWith("CURRENT_");
}
