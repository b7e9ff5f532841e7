import type { SqlValue } from "../../base/value.ts";
import type {
  Assignment,
  Between,
  Binary,
  Expr,
  FromItem,
  In,
  Insert,
  Query,
  QueryBody,
  Select,
  Update,
} from "../ast/query.ts";
import type { Parsed, Statement } from "../ast/statement.ts";
import { columnName, literalOf, LiftedText } from "./lifted-text.ts";

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
  /** How parameters are written: `?1` for SQLite (default), `$1` for Postgres. */
  readonly sigil?: "?" | "$";
  /** Also lift the literal of `SET a = b + 1` and `SET a = b - 1`. Default false. */
  readonly arithmeticInSet?: boolean;
}

/** A statement whose literals became parameters, and their values in the order of numbers. */
export interface LiftedStatement {
  readonly text: string;
  readonly values: SqlValue[];
}

/** Each length of an IN list is a text, and so a plan, of its own: long ones do not come again. */
const MAX_LIST = 32;

/**
 * Turns literals into parameters `?1`, `?2`, … so that statements that differ only in values
 * share one plan: the text is the key of a plan cache. Lifts only what cannot change the plan or
 * the answer: a literal compared directly (`=`, `<>`, `<`, BETWEEN, IN, …) with a plain column in
 * the WHERE or ON of the outermost SELECT, INSERT … SELECT, UPDATE or DELETE; a value of VALUES; a
 * value of SET; OFFSET. Everything else stays byte for byte. Equal literals compared with one
 * column share a parameter.
 *
 * Not lifted, because SQLite plans by the value: LIMIT (with a parameter there SQLite compiles the
 * statement again at each run), and `= -1`, `= 0`, `= 1` (it takes columns compared with those for
 * flags, and guesses that they select less).
 *
 * Answers null when nothing is lifted or when there is doubt: the statement has parameters,
 * begins with WITH, reads from a subquery, names an index, is not alone. The offset of an error
 * that SQLite finds is that of `text`.
 *
 * @param parsed What `parseSqlite` made of `sql`, or `parsePostgres` when `sigil` is `$`.
 * @example
 * const sql = "SELECT * FROM t WHERE id = 42";
 * liftLiterals(sql, parseSqlite(sql), { exclude: () => false });
 * // { text: "SELECT * FROM t WHERE id = ?1", values: [42n] }
 */
export function liftLiterals(
  sql: string,
  parsed: Parsed,
  options: LiftOptions,
): LiftedStatement | null {
  const { statement, parameters, more } = parsed;
  if (statement === null || parameters.length > 0 || more) return null;
  return new Lifter(sql, options).lift(statement);
}

class Lifter {
  private readonly options: LiftOptions;
  private readonly text: LiftedText;
  /** Names that select lists give to expressions, in lower case. */
  private readonly aliases = new Set<string>();

  constructor(sql: string, options: LiftOptions) {
    this.options = options;
    this.text = new LiftedText(sql, options.firstNumber ?? 1, options.sigil ?? "?");
  }

  lift(statement: Statement): LiftedStatement | null {
    const fine = this.statement(statement);
    return fine ? this.text.result() : null;
  }

  /** False when the statement must be left alone. */
  private statement(statement: Statement): boolean {
    switch (statement.kind) {
      case "query":
        return statement.body.kind !== "values" && this.query(statement);
      case "insert":
        return statement.with === null && this.insert(statement);
      case "update":
        return statement.with === null && this.update(statement);
      case "delete":
        if (statement.with !== null || !this.from(statement.table)) return false;
        this.condition(statement.where);
        return true;
      default:
        return false;
    }
  }

  private allows(column: string): boolean {
    if (this.options.exclude(column)) return false;
    return this.aliases.size === 0 || !this.aliases.has(column.toLowerCase());
  }

  private query(query: Query): boolean {
    if (query.with !== null || !this.body(query.body)) return false;
    this.offset(query);
    return true;
  }

  private body(body: QueryBody): boolean {
    if (body.kind === "compound") return this.body(body.left) && this.body(body.right);
    return body.kind === "select" && this.select(body);
  }

  private select(select: Select): boolean {
    for (const { alias } of select.columns) {
      if (alias !== null) this.aliases.add(alias.text.toLowerCase());
    }
    if (select.from !== null && !this.from(select.from)) return false;
    this.condition(select.where);
    return true;
  }

  /** Lifts OFFSET; LIMIT itself stays. */
  private offset({ limit, offset }: Query): void {
    if (limit?.kind === "integer" && offset?.kind === "integer") this.text.lift(offset, null);
  }

  /** False where columns of a subquery may be others under new names: not to be judged by name. */
  private from(item: FromItem): boolean {
    switch (item.kind) {
      case "table":
        return item.indexedBy === null && !item.notIndexed;
      case "table-function":
        return true;
      case "join":
        if (!this.from(item.left) || !this.from(item.right)) return false;
        this.condition(item.on);
        return true;
      case "derived":
      case "nested":
        return false;
    }
  }

  private insert(insert: Insert): boolean {
    const { source } = insert;
    if (source === null || source.with !== null) return false;
    if (source.body.kind !== "values") return this.query(source);
    for (const { items } of source.body.rows) {
      for (const item of items) {
        if (literalOf(item) !== null) this.text.lift(item, null);
        if (this.text.isFull) return false;
      }
    }
    return true;
  }

  private update(update: Update): boolean {
    if (!this.from(update.table)) return false;
    for (const assignment of update.assignments) this.assignment(assignment);
    if (update.from !== null && !this.from(update.from)) return false;
    this.condition(update.where);
    return true;
  }

  /** `column = literal`, and where it is allowed `column = column + literal`. */
  private assignment({ targets, value }: Assignment): void {
    const [target] = targets;
    if (target === undefined || targets.length > 1) return;
    const literal = this.assigned(value);
    const column = columnName(target);
    if (literal === null || column === null || this.options.exclude(column)) return;
    this.text.lift(literal, null);
  }

  private assigned(value: Expr): Expr | null {
    if (literalOf(value) !== null) return value;
    if (value.kind !== "binary" || this.options.arithmeticInSet !== true) return null;
    const sum = value.operator === "+" || value.operator === "-";
    return sum && columnName(value.left) !== null && literalOf(value.right) !== null
      ? value.right
      : null;
  }

  /** Terms joined by AND and OR, in parentheses or not; what is inside of other terms stays. */
  private condition(condition: Expr | null): void {
    if (condition === null || this.text.isFull) return;
    switch (condition.kind) {
      case "logical":
        for (const operand of condition.operands) this.condition(operand);
        return;
      case "binary":
        return this.comparison(condition);
      case "in":
        return this.list(condition);
      case "between":
        return this.range(condition);
      default:
    }
  }

  private comparison({ operator, left, right }: Binary): void {
    if (!isComparison(operator)) return;
    const flipped = literalOf(left) !== null;
    const column = columnName(flipped ? right : left);
    const literal = flipped ? left : right;
    if (column === null || literalOf(literal) === null) return;
    if (operator === "=" && this.text.isFlag(literal)) return;
    if (this.allows(column)) this.text.lift(literal, column);
  }

  private range({ operand, low, high }: Between): void {
    const column = columnName(operand);
    if (column === null || literalOf(low) === null || literalOf(high) === null) return;
    if (this.allows(column)) this.text.liftAll([low, high], column);
  }

  private list({ operand, source }: In): void {
    const column = columnName(operand);
    if (column === null || source.kind !== "row") return;
    const { items } = source;
    if (items.length === 0 || items.length > MAX_LIST) return;
    if (items.some((item) => literalOf(item) === null)) return;
    const [first] = items;
    // SQLite makes an equality of a list of one.
    if (items.length === 1 && first !== undefined && this.text.isFlag(first)) return;
    if (this.allows(column)) this.text.liftAll(items, column);
  }
}

function isComparison(operator: Binary["operator"]): boolean {
  switch (operator) {
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return true;
    default:
      return false;
  }
}
