import { DosqlError } from "../../../base/errors.ts";
import { Lexer, identifierName } from "../../../sql/lexer.ts";

/** A cursor over the words of one command. */
export class CommandText {
  readonly #lexer: Lexer;

  constructor(sql: string) {
    this.#lexer = new Lexer(sql);
    this.#lexer.next();
  }

  /** The current token as an upper-case word; empty when it is none. */
  get word(): string {
    const { kind, sql, start, end } = this.#lexer;
    return kind === "identifier" ? sql.slice(start, end).toUpperCase() : "";
  }

  /** Whether nothing but an ending semicolon is left. */
  get atEnd(): boolean {
    return this.#lexer.kind === "end" || this.#symbol === ";";
  }

  get #symbol(): string {
    const { kind, sql, start, end } = this.#lexer;
    return kind === "operator" || kind === "punctuation" ? sql.slice(start, end) : "";
  }

  next(): void {
    this.#lexer.next();
  }

  /** Skips a word or a symbol if it stands here. */
  accept(wanted: string): boolean {
    if (this.word !== wanted && this.#symbol !== wanted) return false;
    this.next();
    return true;
  }

  /** Skips the first of some words that stands here. */
  acceptOne(...words: readonly string[]): string | null {
    const found = words.find((word) => word === this.word);
    if (found === undefined) return null;
    this.next();
    return found;
  }

  expect(wanted: string): void {
    if (!this.accept(wanted)) throw this.unexpected();
  }

  /** Takes a name: bare ones fold to lower case, as in Postgres. */
  name(): string {
    const { kind, sql } = this.#lexer;
    if (kind !== "identifier" && kind !== "quoted") throw this.unexpected();
    const name = identifierName(sql, this.#lexer);
    this.next();
    return kind === "quoted" ? name : name.toLowerCase();
  }

  /** Takes a value of SET: a string, a number with its sign, or a word. */
  value(): string {
    const sign = this.accept("-") ? "-" : this.accept("+") ? "+" : "";
    const { kind, sql, start, end } = this.#lexer;
    if (kind === "integer" || kind === "float") {
      this.next();
      return sign + sql.slice(start, end);
    }
    if (sign !== "") throw this.unexpected();
    if (kind === "string") {
      this.next();
      return sql.slice(start + 1, end - 1).replaceAll("''", "'");
    }
    return this.name();
  }

  /** The command ends here. */
  finish(): void {
    if (!this.atEnd) throw this.unexpected();
  }

  /** SQLite's own words for a token that may not stand here. */
  unexpected(): DosqlError {
    const { kind, sql, start, end } = this.#lexer;
    if (kind === "end") {
      return new DosqlError("sqlite", "incomplete input", {
        sqlite: "SQLITE_ERROR",
        at: sql.length,
      });
    }
    return new DosqlError("sqlite", `near "${sql.slice(start, end)}": syntax error`, {
      sqlite: "SQLITE_ERROR",
      at: start,
    });
  }
}
