import { DosqlError } from "../../base/errors.ts";
import type { Parameter } from "../ast/leaf.ts";
import type { Name, Quote } from "../ast/name.ts";
import type { Dialect } from "../lex/dialect.ts";
import { equalsFolded } from "../lex/keywords.ts";
import { Lexer } from "../lex/lexer.ts";

/**
 * Levels of a tree and of the calls that build it: SQLite allows as many in an expression. Rules
 * count by the calls between them and the next level, so that a text as deep as may be needs less
 * than half of V8's stack, whichever rules it nests.
 */
const MAX_DEPTH = 1000;

/**
 * Tokens of one statement: the tree of as many takes about 100 MB at worst, and a Worker has 128.
 * What is longer is a bulk load, which the engine runs by its first words.
 */
const MAX_TOKENS = 500_000;

/** UTF-16 units of one text, as `split.ts` limits its bytes. */
const MAX_TEXT_LENGTH: number = 64 * 1024 * 1024;

/** What a query counts for. */
export const QUERY_LEVELS = 5;

/**
 * The tokens of a text with what every rule of a grammar needs: consume a token or fail, look one
 * token ahead, read names, and count depth.
 *
 * A dialect says what a name is and how an error reads.
 */
export abstract class Cursor extends Lexer {
  /** Offset behind the last token consumed: where the node that it ends ends. */
  protected last: number;
  /** The parameters that were consumed. */
  protected readonly parameters: Parameter[] = [];
  private depth = 0;
  private tokens = 0;

  constructor(sql: string, dialect: Dialect, at: number) {
    super(sql, { dialect });
    this.end = at;
    this.last = at;
    if (sql.length > MAX_TEXT_LENGTH) this.exceed(`statement longer than ${MAX_TEXT_LENGTH}`);
    this.next();
  }

  /** Whether the token can be a name: of a column, a table, a function. */
  protected abstract isName(): boolean;

  /** Reads the token as a name, whatever it is. */
  protected abstract takeName(): Name;

  /** Throws the dialect's syntax error for the current token. */
  protected abstract fail(expected: string): never;

  /** Throws the dialect's error for a limit. */
  protected exceed(what: string): never {
    throw new DosqlError("limit", `statement too large: ${what}`, { at: this.start });
  }

  /** Throws an error that says more than where the text is wrong. */
  protected refuse(message: string, at: number = this.start): never {
    throw new DosqlError("syntax", message, { at });
  }

  /** Consumes the current token. */
  protected advance(): void {
    this.last = this.end;
    if (++this.tokens > MAX_TOKENS) this.exceed(`more than ${MAX_TOKENS} tokens`);
    this.next();
  }

  /** Whether the current token is `word`; unlike a comparison it narrows no type. */
  protected is(word: string): boolean {
    return this.word === word;
  }

  /** Whether no token is left. */
  protected atEnd(): boolean {
    return this.kind === "end";
  }

  /** Consumes the current token if it is `word`. */
  protected accept(word: string): boolean {
    if (this.word !== word) return false;
    this.advance();
    return true;
  }

  /** Consumes `word`, or fails. */
  protected expect(word: string): void {
    if (this.word !== word) this.fail(word);
    this.advance();
  }

  /** Consumes two words if both are there; else fails at the second when the first is. */
  protected acceptPair(first: string, second: string): boolean {
    if (!this.accept(first)) return false;
    this.expect(second);
    return true;
  }

  /** Consumes the current token, one of `words`, and returns it; empty when it is none. */
  protected acceptOneOf<Word extends string>(words: readonly Word[]): Word | "" {
    for (const word of words) {
      if (this.accept(word)) return word;
    }
    return "";
  }

  /** As `acceptOneOf`, but fails when the token is none of them. */
  protected expectOneOf<Word extends string>(words: readonly Word[]): Word {
    for (const word of words) {
      if (this.accept(word)) return word;
    }
    return this.fail(words.join(" or "));
  }

  /** The word of the token behind the current one; empty for a name or a value. */
  protected peek(): string {
    return this.behind(() => this.word);
  }

  /** What `read` finds from the token behind the current one on, which stays the current one. */
  protected behind<Found>(read: () => Found): Found {
    const { kind, start, end, word, last, tokens } = this;
    this.next();
    const found = read();
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.word = word;
    this.last = last;
    this.tokens = tokens;
    return found;
  }

  /** Whether the next two words are these. */
  protected isPair(first: string, second: string): boolean {
    return this.word === first && this.peek() === second;
  }

  /** Reads a name, or fails. */
  protected name(expected: string): Name {
    if (!this.isName()) this.fail(expected);
    return this.takeName();
  }

  /** The current token as a name with this text. */
  protected named(text: string, quote: Quote): Name {
    const { start, end } = this;
    this.advance();
    return { kind: "name", start, end, text, quote };
  }

  /** Whether the token is this word of no keyword table, in any case. */
  protected isWord(upper: string): boolean {
    const length = this.end - this.start;
    return length === upper.length && equalsFolded(this.sql, this.start, upper);
  }

  /** `(name, …)`, or nothing when there is no parenthesis. */
  protected nameList(expected: string): Name[] {
    return this.word === "(" ? this.parenthesised(() => this.name(expected)) : [];
  }

  /** One or more items between commas. */
  protected list<Item>(item: () => Item): Item[] {
    const items = [item()];
    while (this.word === ",") {
      this.advance();
      items.push(item());
    }
    return items;
  }

  /** One or more items between commas, in parentheses. */
  protected parenthesised<Item>(item: () => Item): Item[] {
    this.expect("(");
    const items = this.list(item);
    this.expect(")");
    return items;
  }

  /** Goes down; rules that lie many calls above the next level count for more than one. */
  protected enter(levels: number = 1): void {
    this.depth += levels;
    if (this.depth > MAX_DEPTH) this.exceed(`nested deeper than ${MAX_DEPTH}`);
  }

  protected leave(levels: number = 1): void {
    this.depth -= levels;
  }

  /** Fails when a chain of operators is deeper than a tree may be. */
  protected limitChain(length: number): void {
    if (this.depth + length > MAX_DEPTH) this.exceed(`nested deeper than ${MAX_DEPTH}`);
  }
}
