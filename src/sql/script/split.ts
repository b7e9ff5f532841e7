import { DosqlError } from "../../base/errors.ts";
import { type Dialect, SQLITE } from "../lex/dialect.ts";
import { mayHoldHints, readHints } from "../lex/hint.ts";
import { Lexer } from "../lex/lexer.ts";
import { type StatementEnd, statementEnd } from "./statement-end.ts";

/** One statement of a script. */
export interface ScriptStatement {
  /**
   * Without the space and comments around it and without the `;` that ends it; a comment that
   * holds a hint belongs to its statement.
   */
  readonly text: string;
  /** UTF-16 offsets of `text` in the script. */
  readonly start: number;
  readonly end: number;
}

/**
 * The longest statement that a script may hold, in UTF-16 units (which are never more than its
 * bytes): 64 MiB is far above what dump tools write into one INSERT, and a splitter that missed
 * a closing quote stops there instead of holding a whole file in memory.
 */
export const MAX_STATEMENT_BYTES: number = 64 * 1024 * 1024;

/**
 * The statements of a script, in order. Knows quotes, comments, the byte order mark and the
 * bodies of triggers and functions; a piece that is empty or only a comment is dropped. Never
 * throws: what is not closed (a quote, a trigger body) is part of the last statement, and SQLite
 * will say what is wrong.
 *
 * @example
 * splitScript("SELECT 1; -- one\nSELECT 2"); // texts "SELECT 1" and "SELECT 2"
 */
export function splitScript(sql: string, dialect: Dialect = SQLITE): ScriptStatement[] {
  const lexer = new Lexer(sql, { dialect, comments: mayHoldHints(sql) });
  const limit = statementEnd(dialect);
  const statements: ScriptStatement[] = [];
  let start = -1;
  let end = -1;
  let saysMore = false;
  const emit = (): void => {
    if (saysMore) statements.push({ text: sql.slice(start, end), start, end });
    start = -1;
    saysMore = false;
  };
  while (lexer.next()) {
    if (lexer.kind === "comment") {
      if (!isHint(sql, lexer)) continue;
    } else if (limit.accept(lexer.word)) {
      emit();
      continue;
    }
    saysMore ||= lexer.kind !== "comment";
    if (start < 0) start = lexer.start;
    end = lexer.end;
  }
  emit();
  return statements;
}

function isHint(sql: string, { start, end }: Lexer): boolean {
  return readHints(sql.slice(start, end)).length > 0;
}

/**
 * Whether a text ends in a complete statement: its last token is a `;` that ends one, and only
 * space and closed comments follow. What a prompt asks before it runs what was typed.
 *
 * @example
 * isComplete("SELECT 1"); // false
 * isComplete("SELECT 1; -- one"); // true
 */
export function isComplete(sql: string, dialect: Dialect = SQLITE): boolean {
  const lexer = new Lexer(sql, { comments: true, dialect });
  const limit = statementEnd(dialect);
  let complete = false;
  while (lexer.next()) {
    if (lexer.kind !== "comment") complete = limit.accept(lexer.word);
    else if (!isClosedComment(sql, lexer.start, lexer.end)) return false;
  }
  return complete;
}

function isClosedComment(sql: string, start: number, end: number): boolean {
  if (sql.charAt(start) === "-") return true;
  return end - start >= 4 && sql.startsWith("*/", end - 2);
}

/**
 * How many units behind a token its reading can depend on: `1e` is a whole (illegal) token unless
 * a sign and a digit follow.
 */
const LOOKAHEAD = 3;

/** A token shorter than this is read again with each chunk; a longer one when it has doubled. */
const REREAD_UNITS = 4096;

/** A character that no token grows into. */
function separates(character: string): boolean {
  return /[ \t\r\n;,)]/.test(character);
}

/**
 * Splits a script that arrives in chunks, cut anywhere. Holds one statement at a time and reads
 * every unit a bounded number of times: a long token that may go on in the next chunk is read
 * again only when its text has doubled.
 *
 * @example
 * const splitter = new ScriptSplitter();
 * for (const chunk of chunks) for (const { text } of splitter.push(chunk)) run(text);
 * for (const { text } of splitter.end()) run(text);
 */
export class ScriptSplitter {
  private readonly maxSizeBytes: number;
  private readonly dialect: Dialect;
  private readonly limit: StatementEnd;
  /** Text not yet read, and its place in the script. */
  private pending: string[] = [];
  private pendingSize = 0;
  private pendingStart = 0;
  /** No use reading `pending` before it is this long. */
  private readAtSize = 1;
  /** The statement begun: its text so far and its place; `start` is -1 outside of one. */
  private parts: string[] = [];
  private partsSize = 0;
  private start = -1;
  private stop = -1;
  /** It holds more than hints. */
  private saysMore = false;

  constructor(maxSizeBytes: number = MAX_STATEMENT_BYTES, dialect: Dialect = SQLITE) {
    this.maxSizeBytes = maxSizeBytes;
    this.dialect = dialect;
    this.limit = statementEnd(dialect);
  }

  /**
   * Takes the next chunk and returns the statements that are complete now.
   *
   * @throws DosqlError `limit` when one statement is longer than the limit.
   */
  push(chunk: string): ScriptStatement[] {
    this.pending.push(chunk);
    this.pendingSize += chunk.length;
    const full = this.partsSize + this.pendingSize > this.maxSizeBytes;
    if (this.pendingSize < this.readAtSize && !full) return [];
    const statements = this.read(false);
    this.check(this.partsSize + this.pendingSize);
    this.readAtSize = this.pendingSize < REREAD_UNITS ? 1 : this.pendingSize * 2;
    return statements;
  }

  /** Ends the script: what is left is its last statement. */
  end(): ScriptStatement[] {
    const statements = this.read(true);
    this.finish(statements, "", 0);
    return statements;
  }

  private read(last: boolean): ScriptStatement[] {
    const text = this.pending.join("");
    const lexer = new Lexer(text, { comments: true, dialect: this.dialect });
    const statements: ScriptStatement[] = [];
    const base = this.pendingStart;
    let read = 0;
    // Where the begun statement continues in `text`.
    let from = 0;
    while (lexer.next()) {
      if (!last && !isSettled(lexer, text)) break;
      read = lexer.end;
      if (lexer.kind === "comment") {
        if (!isHint(text, lexer)) continue;
      } else if (this.limit.accept(lexer.word)) {
        this.finish(statements, text, from);
        continue;
      }
      this.saysMore ||= lexer.kind !== "comment";
      if (this.start < 0) {
        this.start = base + lexer.start;
        from = lexer.start;
      }
      this.stop = base + lexer.end;
    }
    if (this.start >= 0 && read > from) {
      this.parts.push(text.slice(from, read));
      this.partsSize += read - from;
    }
    this.pending = [text.slice(read)];
    this.pendingSize = text.length - read;
    this.pendingStart = base + read;
    return statements;
  }

  /** Emits the statement begun, whose last part starts at `from` in `text`. */
  private finish(statements: ScriptStatement[], text: string, from: number): void {
    const { start, stop } = this;
    if (start < 0) return;
    this.check(stop - start);
    const tail = text.slice(from, Math.max(from, stop - this.pendingStart));
    const whole = this.parts.join("") + tail;
    if (this.saysMore) statements.push({ text: whole.slice(0, stop - start), start, end: stop });
    this.saysMore = false;
    this.parts = [];
    this.partsSize = 0;
    this.start = -1;
  }

  private check(sizeBytes: number): void {
    if (sizeBytes <= this.maxSizeBytes) return;
    throw new DosqlError("limit", `a statement is longer than ${this.maxSizeBytes} bytes`, {
      at: Math.max(this.start, 0),
      hint: "look for a quote or a comment that is not closed",
    });
  }
}

/** Whether a token would read the same however the text goes on. */
function isSettled(token: Lexer, text: string): boolean {
  if (token.word === ";" || token.end + LOOKAHEAD <= text.length) return true;
  return token.end < text.length && separates(text.charAt(token.end));
}
