import { CHARACTER, type Dialect, SQLITE } from "./dialect.ts";
import { keywordAt } from "./keywords.ts";

/**
 * What a token is. `identifier` is bare (a keyword too: then `word` says which), `quoted` stands
 * in `"x"`, `[x]` or `` `x` `` (which one, its first character says). `illegal` is what SQLite
 * calls an unrecognized token: a stray character, an unterminated quote, `12ab`. Where the text
 * holds a NUL, it ends for SQLite: the NUL and all that follows is one `illegal` token.
 * `end` stands behind the last token and is empty.
 */
export type TokenKind =
  | "identifier"
  | "quoted"
  | "string"
  | "blob"
  | "integer"
  | "float"
  | "parameter"
  | "operator"
  | "punctuation"
  | "comment"
  | "illegal"
  | "end";

/** One token. It holds no text: `sql.slice(start, end)` is it. */
export interface Token {
  readonly kind: TokenKind;
  /** UTF-16 offset of its first unit. */
  readonly start: number;
  /** UTF-16 offset behind its last unit. */
  readonly end: number;
  /**
   * The keyword in upper case, the operator or the punctuation itself, else empty. Always the
   * same string object for the same word, so that comparing is cheap.
   */
  readonly word: string;
}

/** How a text is read. */
export interface LexerOptions {
  readonly dialect?: Dialect;
  /** Report comments as tokens too. Default false: they are skipped like space. */
  readonly comments?: boolean;
}

const NUL = "\0";
const BYTE_ORDER_MARK = 0xfeff;
const ASCII = 128;
const QUOTE = 39;
const DASH = 45;
const DOT = 46;
const COLON = 58;

/** Space inside a run of space: tab, line feed, vertical tab, form feed, return, blank. */
function continuesSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
}

/**
 * A cursor over the tokens of a text: `next()` moves it, its fields are the current token.
 * Never throws, allocates nothing per token, and is linear in the length of the text.
 *
 * @example
 * const lexer = new Lexer("SELECT 1");
 * while (lexer.next()) console.log(lexer.kind, lexer.start, lexer.end, lexer.word);
 */
export class Lexer implements Token {
  kind: TokenKind = "end";
  start = 0;
  end = 0;
  word = "";
  readonly sql: string;
  private readonly starts: Uint8Array;
  private readonly continues: Uint8Array;
  private readonly dialect: Dialect;
  private readonly comments: boolean;
  /** Where SQLite stops reading: the first NUL, else the length of the text. */
  private readonly stop: number;

  constructor(sql: string, options?: LexerOptions) {
    this.sql = sql;
    this.dialect = options?.dialect ?? SQLITE;
    this.starts = this.dialect.starts;
    this.continues = this.dialect.continues;
    this.comments = options?.comments ?? false;
    const nul = sql.indexOf(NUL);
    this.stop = nul < 0 ? sql.length : nul;
  }

  /** Moves to the next token; false, with kind `end`, when there is none. */
  next(): boolean {
    do {
      this.start = this.skipSpace();
      this.word = "";
      if (this.start >= this.stop) return this.finish();
      this.scan(this.start);
    } while (this.kind === "comment" && !this.comments);
    return true;
  }

  /** Moves behind the last token: `next()` answers false from now on. */
  exhaust(): void {
    this.kind = "end";
    this.word = "";
    this.start = this.sql.length;
    this.end = this.sql.length;
  }

  private skipSpace(): number {
    const { sql, stop, starts } = this;
    let at = this.end;
    while (at < stop) {
      const code = sql.charCodeAt(at);
      const space = code < ASCII ? starts[code] === CHARACTER.space : code === BYTE_ORDER_MARK;
      if (!space) break;
      at++;
      if (code === BYTE_ORDER_MARK) continue;
      while (at < stop && continuesSpace(sql.charCodeAt(at))) at++;
    }
    return at;
  }

  private finish(): boolean {
    this.kind = "end";
    this.end = this.sql.length;
    if (this.start >= this.sql.length) return false;
    this.kind = "illegal";
    return true;
  }

  private scan(at: number): void {
    const code = this.sql.charCodeAt(at);
    switch (code < ASCII ? this.starts[code] : CHARACTER.name) {
      case CHARACTER.name:
        return this.scanName(at);
      case CHARACTER.punctuation:
        return this.take("punctuation", at + 1);
      case CHARACTER.single:
        return this.take("operator", at + 1);
      case CHARACTER.digit:
        return this.scanNumber(at);
      case CHARACTER.text:
        return this.scanQuoted("string", at);
      case CHARACTER.quotedName:
        return this.scanQuoted("quoted", at);
      case CHARACTER.compound:
        return this.scanOperator(at);
      case CHARACTER.dot:
        if (isDigit(this.codeAt(at + 1))) return this.scanNumber(at);
        return this.take("punctuation", at + 1);
      case CHARACTER.minus:
        return this.scanMinus(at);
      case CHARACTER.slash:
        return this.scanSlash(at);
      case CHARACTER.bracket:
        return this.scanBracket(at);
      case CHARACTER.blob:
        if (this.codeAt(at + 1) === QUOTE) return this.scanBlob(at);
        return this.scanName(at);
      case CHARACTER.numbered:
        return this.set("parameter", this.skipDigits(at + 1));
      case CHARACTER.sigil:
        return this.scanParameter(at);
      default:
        return this.set("illegal", at + 1);
    }
  }

  private set(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  /** As `set`, for tokens whose text is their word. */
  private take(kind: TokenKind, end: number): void {
    this.set(kind, end);
    this.word = end === this.start + 1 ? this.sql.charAt(this.start) : "";
  }

  /** The code at an offset, 0 behind the end. */
  private codeAt(at: number): number {
    return at < this.stop ? this.sql.charCodeAt(at) : 0;
  }

  private continuesName(at: number): boolean {
    if (at >= this.stop) return false;
    const code = this.sql.charCodeAt(at);
    return code >= ASCII || this.continues[code] === 1;
  }

  private scanName(at: number): void {
    const { sql, stop, continues } = this;
    let end = at + 1;
    while (end < stop) {
      const code = sql.charCodeAt(end);
      if (code < ASCII && continues[code] !== 1) break;
      end++;
    }
    this.set("identifier", end);
    this.word = keywordAt(this.dialect.keywords, sql, at, end);
  }

  private scanQuoted(kind: "string" | "quoted", at: number): void {
    const { sql, stop } = this;
    const quote = sql.charAt(at);
    let end = sql.indexOf(quote, at + 1);
    while (end >= 0 && end < stop && sql.charAt(end + 1) === quote) {
      end = sql.indexOf(quote, end + 2);
    }
    if (end < 0 || end >= stop) return this.set("illegal", stop);
    this.set(kind, end + 1);
  }

  private scanBracket(at: number): void {
    const end = this.sql.indexOf("]", at + 1);
    if (end < 0 || end >= this.stop) return this.set("illegal", this.stop);
    this.set("quoted", end + 1);
  }

  private scanBlob(at: number): void {
    let end = at + 2;
    while (isHexDigit(this.codeAt(end))) end++;
    const whole = this.codeAt(end) === QUOTE && (end - at) % 2 === 0;
    if (whole) return this.set("blob", end + 1);
    while (end < this.stop && this.codeAt(end) !== QUOTE) end++;
    this.set("illegal", Math.min(end + 1, this.stop));
  }

  private scanMinus(at: number): void {
    const next = this.codeAt(at + 1);
    if (next === DASH) {
      const end = this.sql.indexOf("\n", at + 2);
      return this.set("comment", end < 0 || end > this.stop ? this.stop : end);
    }
    if (next !== 62) return this.take("operator", at + 1);
    const long = this.codeAt(at + 2) === 62;
    this.set("operator", at + (long ? 3 : 2));
    this.word = long ? "->>" : "->";
  }

  private scanSlash(at: number): void {
    // A comment needs a character behind its opening, or SQLite sees two operators.
    if (this.codeAt(at + 1) !== 42 || at + 2 >= this.stop) return this.take("operator", at + 1);
    const end = this.sql.indexOf("*/", at + 2);
    this.set("comment", end < 0 || end + 2 > this.stop ? this.stop : end + 2);
  }

  private scanOperator(at: number): void {
    const next = at + 1 < this.stop ? this.sql.charAt(at + 1) : "";
    if (next === "=" || next === ">" || next === "<" || next === "|") {
      const first = this.sql.charAt(at);
      for (const operator of this.dialect.operators) {
        if (operator.charAt(0) !== first || operator.charAt(1) !== next) continue;
        this.set("operator", at + 2);
        this.word = operator;
        return;
      }
    }
    if (this.sql.charAt(at) === "!") return this.set("illegal", at + 1);
    this.take("operator", at + 1);
  }

  private skipDigits(at: number): number {
    let end = at;
    while (isDigit(this.codeAt(end))) end++;
    return end;
  }

  private scanNumber(at: number): void {
    const end = this.skipDigits(at);
    const plain = end > at && this.codeAt(end) !== DOT && !this.continuesName(end);
    if (plain) return this.set("integer", end);
    const hex = this.codeAt(at) === 48 && (this.codeAt(at + 1) | 32) === 120;
    if (hex && isHexDigit(this.codeAt(at + 2))) return this.scanHex(at);
    this.scanReal(at);
  }

  /** Digits, a point and an exponent, any of them with separators. */
  private scanReal(at: number): void {
    let kind: TokenKind = "integer";
    let fine = true;
    let end = this.skipSeparated(at, isDigit);
    if (end < 0) [fine, end] = [false, ~end];
    if (this.codeAt(end) === DOT) {
      kind = "float";
      end = this.skipSeparated(end + 1, isDigit);
      if (end < 0) [fine, end] = [false, ~end];
    }
    if ((this.codeAt(end) | 32) === 101) {
      const sign = this.codeAt(end + 1);
      const first = sign === 43 || sign === DASH ? end + 2 : end + 1;
      if (isDigit(this.codeAt(first))) {
        kind = "float";
        end = this.skipSeparated(first, isDigit);
        if (end < 0) [fine, end] = [false, ~end];
      }
    }
    this.finishNumber(fine ? kind : "illegal", end);
  }

  private scanHex(at: number): void {
    const end = this.skipSeparated(at + 2, isHexDigit);
    this.finishNumber(end < 0 ? "illegal" : "integer", end < 0 ? ~end : end);
  }

  /** `12ab` is one illegal token, not a number and a name. */
  private finishNumber(kind: TokenKind, end: number): void {
    if (!this.continuesName(end)) return this.set(kind, end);
    let last = end;
    while (this.continuesName(last)) last++;
    this.set("illegal", last);
  }

  /**
   * Skips digits and `_` between them. Returns the end, or its complement when a `_` does not
   * stand between two digits.
   */
  private skipSeparated(from: number, accepts: (code: number) => boolean): number {
    let fine = true;
    let end = from;
    for (;;) {
      const code = this.codeAt(end);
      if (code === 95) {
        if (!accepts(this.codeAt(end - 1)) || !accepts(this.codeAt(end + 1))) fine = false;
      } else if (!accepts(code)) {
        return fine ? end : ~end;
      }
      end++;
    }
  }

  /** `:a`, `@a`, `#a` and `$a`, with Tcl's `$a::b(c)`. */
  private scanParameter(at: number): void {
    let end = at + 1;
    let named = false;
    for (;;) {
      if (this.continuesName(end)) {
        named = true;
        end++;
      } else if (this.codeAt(end) === COLON && this.codeAt(end + 1) === COLON) {
        end += 2;
      } else {
        break;
      }
    }
    if (named && this.codeAt(end) === 40) this.scanSubscript(end);
    else this.set(named ? "parameter" : "illegal", end);
    // `#1` is a register, which only SQLite itself may name.
    if (this.codeAt(at) === 35 && isDigit(this.codeAt(at + 1))) this.kind = "illegal";
  }

  private scanSubscript(open: number): void {
    let end = open + 1;
    while (end < this.stop) {
      const code = this.codeAt(end);
      if (code === 41) return this.set("parameter", end + 1);
      if (continuesSpace(code)) break;
      end++;
    }
    this.set("illegal", end);
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
export const END: Token = { kind: "end", start: -1, end: -1, word: "" };

/** The token at an index, `END` outside the list. */
export function tokenAt(tokens: readonly Token[], index: number): Token {
  return tokens[index] ?? END;
}

/**
 * The name that an identifier token stands for, without its quotes. A string token is unquoted
 * too, since SQLite accepts a string where a name must stand.
 */
export function identifierName(sql: string, token: Pick<Token, "kind" | "start" | "end">): string {
  if (token.kind !== "quoted" && token.kind !== "string") return sql.slice(token.start, token.end);
  const inner = sql.slice(token.start + 1, token.end - 1);
  const quote = sql.charAt(token.start);
  return quote !== "[" && inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
}
