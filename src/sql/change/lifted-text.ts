import type { SqlValue } from "../../base/value.ts";
import type { Expr } from "../ast/query.ts";
import { literalValue } from "./literal.ts";

/** Beyond this many literals a statement is a bulk load, whose text does not come again. */
const MAX_LIFTED = 200;

/** The literal of an expression that is one, with or without a minus; else null. */
export function literalOf(expression: Expr): Expr | null {
  switch (expression.kind) {
    case "integer":
    case "float":
    case "string":
    case "blob":
      return expression;
    case "unary": {
      if (expression.operator !== "-") return null;
      const { operand } = expression;
      return operand.kind === "integer" || operand.kind === "float" ? operand : null;
    }
    default:
      return null;
  }
}

/** The name of an expression that is a plain column; null for others. */
export function columnName(expression: Expr): string | null {
  if (expression.kind !== "column") return null;
  const { text, quote } = expression.name;
  // Two names that are values where no column has them.
  return quote === "" && /^(true|false)$/i.test(text) ? null : text;
}

/** A lifted literal: where it stood, and the number of its parameter. */
interface Lifted {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** The text that grows out of a statement while its literals are lifted. */
export class LiftedText {
  private readonly sql: string;
  private readonly firstNumber: number;
  private readonly sigil: string;
  private readonly values: SqlValue[] = [];
  /** The column that each value is compared with, in lower case; null where it is assigned. */
  private readonly columns: (string | null)[] = [];
  private readonly lifted: Lifted[] = [];

  constructor(sql: string, firstNumber: number, sigil: string) {
    this.sql = sql;
    this.firstNumber = firstNumber;
    this.sigil = sigil;
  }

  /** Whether the statement holds too many literals to come again. */
  get isFull(): boolean {
    return this.values.length > MAX_LIFTED;
  }

  /** The statement, or null when nothing was lifted or too much. */
  result(): { text: string; values: SqlValue[] } | null {
    if (this.values.length === 0 || this.isFull) return null;
    let text = "";
    let copied = 0;
    for (const { start, end, number } of this.lifted) {
      text += `${this.sql.slice(copied, start)}${this.sigil}${number}`;
      copied = end;
    }
    return { text: text + this.sql.slice(copied), values: this.values };
  }

  /** Whether a literal is -1, 0 or 1. */
  isFlag(literal: Expr): boolean {
    const value = this.valueOf(literal);
    return typeof value === "bigint" && value >= -1n && value <= 1n;
  }

  /** The value that a literal binds as; undefined where that is not certain to be the same. */
  private valueOf(literal: Expr): SqlValue | undefined {
    const value = literalOf(literal);
    if (value === null) return undefined;
    if (value.kind === "string") return value.value;
    const { kind, start, end } = value;
    if (kind !== "integer" && kind !== "float" && kind !== "blob") return undefined;
    return literalValue(kind, this.sql.slice(start, end), literal.kind === "unary");
  }

  /** Lifts all of some literals, or none of them. */
  liftAll(literals: readonly Expr[], column: string): void {
    if (literals.some((literal) => this.valueOf(literal) === undefined)) return;
    for (const literal of literals) this.lift(literal, column);
  }

  /**
   * Turns a literal into a parameter, unless it cannot be one. Literals come in the order of the
   * text.
   *
   * @param column The column that it is compared with, null when it is assigned. Equal literals
   *   compared with one column share a parameter, because SQLite takes `a = 5 OR 5 = a` for one
   *   term, and so it must see `a = ?1 OR ?1 = a`.
   */
  lift(literal: Expr, column: string | null): void {
    const value = this.valueOf(literal);
    if (value === undefined) return;
    const name = column === null ? null : column.toLowerCase();
    const known = name === null ? -1 : this.indexOf(name, value);
    const index = known < 0 ? this.values.length : known;
    const { start, end } = literal;
    this.lifted.push({ start, end, number: this.firstNumber + index });
    if (known >= 0) return;
    this.values.push(value);
    this.columns.push(name);
  }

  private indexOf(column: string, value: SqlValue): number {
    for (let i = 0; i < this.values.length; i++) {
      if (this.values[i] === value && this.columns[i] === column) return i;
    }
    return -1;
  }
}
