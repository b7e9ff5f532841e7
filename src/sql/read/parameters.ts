import { Lexer, type Token } from "../lex/lexer.ts";

/** One place where a parameter stands in a statement. */
export interface SqlParameter {
  /** The 1-based number by which it binds. */
  readonly number: number;
  /** The name with its sigil (`:a`, `@a`, `$a`, `$1`), null for `?` and `?1`. */
  readonly name: string | null;
  /** UTF-16 offsets of its token. */
  readonly start: number;
  readonly end: number;
}

/**
 * Numbers parameters as SQLite does, one after the other: `?` takes the number behind the largest
 * so far, `?7` is number 7, a name takes the next number when it is new and its old one when not.
 * `$1` is a name like any other: its number is its turn, not 1 (see `bindByNumber`).
 */
export class ParameterNumbers {
  private readonly names = new Map<string, number>();
  private largest = 0;

  /** The number of the next parameter token, given its text. */
  next(text: string): number {
    if (text === "?") return ++this.largest;
    if (text.startsWith("?")) {
      const number = Number(text.slice(1));
      this.largest = Math.max(this.largest, number);
      return number;
    }
    const known = this.names.get(text);
    if (known !== undefined) return known;
    this.names.set(text, ++this.largest);
    return this.largest;
  }
}

/**
 * All parameters of a statement in the order of the text; one that stands twice is listed twice.
 * The statement binds as many values as the largest number.
 *
 * @example
 * listParameters("SELECT ?, :a, ?").map((p) => p.number); // [1, 2, 3]
 */
export function listParameters(sql: string): SqlParameter[] {
  const found: SqlParameter[] = [];
  if (!/[?:@$#]/.test(sql)) return found;
  const numbers = new ParameterNumbers();
  const lexer = new Lexer(sql);
  while (lexer.next()) {
    if (lexer.kind === "parameter") found.push(parameterOf(sql, lexer, numbers));
  }
  return found;
}

function parameterOf(sql: string, token: Token, numbers: ParameterNumbers): SqlParameter {
  const { start, end } = token;
  const text = sql.slice(start, end);
  return { number: numbers.next(text), name: text.startsWith("?") ? null : text, start, end };
}

/**
 * Makes Postgres' `$1` bind by its number: each parameter that is `$` and digits becomes `?` and
 * the same digits. Nothing else changes, not even a length; without such parameters the very same
 * string comes back.
 *
 * To SQLite `$2::int` is one long name, which would bind by its turn, silently. It becomes
 * `?2::int`, which SQLite refuses.
 */
export function bindByNumber(sql: string): string {
  if (!sql.includes("$")) return sql;
  const lexer = new Lexer(sql);
  let text = "";
  let copied = 0;
  while (lexer.next()) {
    if (lexer.kind !== "parameter" || !isNumbered(sql, lexer)) continue;
    text += `${sql.slice(copied, lexer.start)}?`;
    copied = lexer.start + 1;
  }
  return copied === 0 ? sql : text + sql.slice(copied);
}

function isNumbered(sql: string, token: Token): boolean {
  return /^\$\d+(?:$|[:(])/.test(sql.slice(token.start, token.end));
}
