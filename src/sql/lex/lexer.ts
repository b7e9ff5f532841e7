import { type Dialect, SQLITE } from "./dialect.ts";
import { findKeyword, type KeywordTable } from "./keywords.ts";
import { NAME_CODES, type Scanner } from "./scanner.ts";

/**
 * What a token is. `identifier` is bare (a keyword too: then `word` says which). `quoted` is a
 * name in quotes and `string` a text in quotes, of any of the dialect's spellings: the first
 * characters say which. `blob` is SQLite's `x'00'` and Postgres' `B'0'` and `X'0'`.
 *
 * In Postgres `operator` is all that may stand as one; `::`, `:=`, `..` and `=>` are
 * `punctuation`.
 *
 * `illegal` is what the dialect's own tokenizer refuses, and any character that begins no token: a
 * stray `{`, an unterminated quote, `12ab`. Where the text holds a NUL, it ends: the NUL and all
 * that follows is one `illegal` token. `end` stands behind the last token and is empty.
 */
export type TokenKind = Scanner["kind"];

/** One token. It holds no text: `sql.slice(start, end)` is it. */
export interface Token {
  readonly kind: TokenKind;
  /** UTF-16 offset of its first unit. */
  readonly start: number;
  /** UTF-16 offset behind its last unit. */
  readonly end: number;
  /**
   * The keyword in upper case, the operator or the punctuation itself (Postgres' `!=` is `<>`),
   * else empty. Always the same string object for the same word, and one the engine knows by its
   * address, so that comparing with a literal is cheap; only operators that no built-in has are
   * strings of their own.
   */
  readonly word: string;
}

/** How a text is read. */
export interface LexerOptions {
  readonly dialect?: Dialect;
  /** Report comments as tokens too. Default false: they are skipped like space. */
  readonly comments?: boolean;
}

/** Space inside a run of space: tab, line feed, vertical tab, form feed, return, blank. */
function continuesSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isQuoteOrAnd(code: number): boolean {
  return code === 39 || code === 38;
}

function isDotOrDigit(code: number): boolean {
  return code === 46 || (code >= 48 && code <= 57);
}

/**
 * A cursor over the tokens of a text: `next()` moves it, its fields are the current token. It can
 * be moved to any place between two tokens by setting `end`. Never throws, allocates nothing per
 * token, and is linear in the length of the text.
 *
 * Its inner loops hold numbers where one would write `CHARACTER.space`: a constant of a module is
 * loaded where it is used, which made them a third slower.
 *
 * @example
 * const lexer = new Lexer("SELECT 1");
 * while (lexer.next()) console.log(lexer.kind, lexer.start, lexer.end, lexer.word);
 */
export class Lexer implements Token, Scanner {
  kind: TokenKind = "end";
  start = 0;
  end = 0;
  word = "";
  readonly sql: string;
  readonly dialect: Dialect;
  private readonly starts: Uint8Array;
  private readonly keywords: KeywordTable;
  private readonly comments: boolean;
  /** `stop` once it was asked for, else -1. */
  private stopAt = -1;

  constructor(sql: string, options?: LexerOptions) {
    const dialect = options?.dialect ?? SQLITE;
    this.sql = sql;
    this.dialect = dialect;
    this.starts = dialect.starts;
    this.keywords = dialect.keywords;
    this.comments = options?.comments ?? false;
  }

  /** Where the text ends: its first NUL, else its length. */
  get stop(): number {
    if (this.stopAt < 0) {
      const nul = this.sql.indexOf("\0");
      this.stopAt = nul < 0 ? this.sql.length : nul;
    }
    return this.stopAt;
  }

  /** Moves to the next token; false, with kind `end`, when there is none. */
  next(): boolean {
    const { sql, starts } = this;
    const { length } = sql;
    let at = this.end;
    for (;;) {
      if (at >= length) return this.finish(length);
      const code = sql.charCodeAt(at);
      switch (starts[Math.min(code, 128)]) {
        case 0: // end
          return this.finish(at);
        case 1: // space
          at++;
          continue;
        case 2: // laterSpace
          if (at === this.end || !continuesSpace(sql.charCodeAt(at - 1))) break;
          at++;
          continue;
        case 3: // name
          if (code === 0xfeff && this.dialect.skipsByteOrderMark) {
            at++;
            continue;
          }
          this.scanName(at);
          return true;
        case 4: // prefix
          if (at + 1 < length && isQuoteOrAnd(sql.charCodeAt(at + 1))) break;
          this.scanName(at);
          return true;
        case 5: // digit
          if (!this.scanDigits(at)) break;
          return true;
        case 6: // dot
          if (at + 1 < length && isDotOrDigit(sql.charCodeAt(at + 1))) break;
          this.kind = "punctuation";
          this.start = at;
          this.end = at + 1;
          this.word = ".";
          return true;
        case 7: // punctuation
          this.kind = "punctuation";
          this.start = at;
          this.end = at + 1;
          this.word = sql.charAt(at);
          return true;
        case 9: // operator
          if (at + 1 < length && starts[Math.min(sql.charCodeAt(at + 1), 128)] === 9) break;
          this.kind = "operator";
          this.start = at;
          this.end = at + 1;
          this.word = sql.charAt(at);
          return true;
        default: // special
          break;
      }
      this.start = at;
      this.dialect.scan(this, code);
      if (this.kind !== "comment" || this.comments) return true;
      at = this.end;
    }
  }

  private finish(at: number): boolean {
    this.kind = at < this.sql.length ? "illegal" : "end";
    this.word = "";
    this.start = at;
    this.end = this.sql.length;
    return this.kind === "illegal";
  }

  private scanName(at: number): void {
    const { sql } = this;
    const { length } = sql;
    let end = at;
    let seen = 0;
    // The word as `findKeyword` wants it.
    let last = 0;
    let before = 0;
    let first = 0;
    while (end < length) {
      const code = NAME_CODES[Math.min(sql.charCodeAt(end), 128)] ?? 0;
      if (code === 0) break;
      if (end === at + 6 || end === at + 12) {
        first = before;
        before = last;
        last = 0;
      }
      last = (last << 5) | code;
      seen |= code;
      end++;
    }
    this.kind = "identifier";
    this.start = at;
    this.end = end;
    const maybe = seen < 32 && end - at <= 18;
    this.word = maybe ? findKeyword(this.keywords, last, before, first) : "";
  }

  /** Reads an integer; false when it is more than decimal digits. */
  private scanDigits(at: number): boolean {
    const { sql } = this;
    const { length } = sql;
    let end = at + 1;
    while (end < length) {
      const code = sql.charCodeAt(end);
      if (code < 48 || code > 57) {
        if (code === 46 || NAME_CODES[Math.min(code, 128)] !== 0) return false;
        break;
      }
      end++;
    }
    this.kind = "integer";
    this.start = at;
    this.end = end;
    this.word = "";
    return true;
  }
}

/** All tokens of a text, in order, without the `end` token. */
export function tokenize(sql: string, options?: LexerOptions): Token[] {
  const lexer = new Lexer(sql, options);
  const tokens: Token[] = [];
  while (lexer.next()) {
    tokens.push({ kind: lexer.kind, start: lexer.start, end: lexer.end, word: lexer.word });
  }
  return tokens;
}

/** What stands behind the last token of a list. */
const END: Token = { kind: "end", start: -1, end: -1, word: "" };

/** The token at an index, `END` outside the list. */
export function tokenAt(tokens: readonly Token[], index: number): Token {
  return tokens[index] ?? END;
}

/**
 * The name that an identifier token stands for: without its quotes, in Postgres without them in
 * lower case. In SQLite a string token is unquoted too, since it accepts a string where a name must
 * stand.
 *
 * @throws DosqlError `syntax` for an escape in `U&"…"` that means nothing.
 */
export function identifierName(
  sql: string,
  token: Pick<Token, "kind" | "start" | "end">,
  dialect: Dialect = SQLITE,
): string {
  return dialect.nameOf(sql, token);
}
