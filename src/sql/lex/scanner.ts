/** What a dialect's scan function reads from a lexer and sets in it. */
export interface Scanner {
  readonly sql: string;
  /** Where the text ends: its first NUL, else its length. */
  readonly stop: number;
  /** Offset of the token's first unit, set already. */
  readonly start: number;
  end: number;
  kind:
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
  word: string;
}

/** What the first character of a token says about the token. The lexer knows them by number. */
export const CHARACTER = {
  /** NUL: here the text ends, whatever follows. */
  end: 0,
  space: 1,
  /** SQLite's vertical tab: space behind other space, else no token. */
  laterSpace: 2,
  /** Starts an identifier or keyword. */
  name: 3,
  /** As `name`, but a quote (or `&`) directly behind it makes it something else. */
  prefix: 4,
  digit: 5,
  dot: 6,
  punctuation: 7,
  /** Whatever the dialect's own scan function reads. */
  special: 8,
  /** A token alone unless another such character follows. */
  operator: 9,
} as const;

/** Tables by character hold the ASCII codes and one entry for all that is beyond. */
export const BEYOND_ASCII = 128;

/** A table that holds what `mark` says of each character. */
export function characterTable(mark: (code: number, character: string) => number): Uint8Array {
  return Uint8Array.from({ length: BEYOND_ASCII + 1 }, (_, code) =>
    mark(code, String.fromCharCode(code)),
  );
}

/** The table of a dialect's first characters: letters and digits, and `marks` for all others. */
export function startTable(marks: Readonly<Record<string, number>>): Uint8Array {
  const starts = characterTable((code) => {
    if (code === 0) return CHARACTER.end;
    if (isDigit(code)) return CHARACTER.digit;
    return isNameStart(code) ? CHARACTER.name : CHARACTER.special;
  });
  for (const [characters, mark] of Object.entries(marks)) {
    for (const character of characters) starts[character.charCodeAt(0)] = mark;
  }
  return starts;
}

/** In `NAME_CODES`, and or-ed together: a character that no keyword holds. */
const NO_LETTER = 32;

/**
 * For the characters that continue an identifier, in both dialects: the number of the letter,
 * 1 to 26, in any case, 31 for `_`, `NO_LETTER` for digits, `$` and all beyond ASCII. 0 for others.
 */
export const NAME_CODES: Uint8Array = characterTable((code) => {
  if (isDigit(code) || code === 36 || code === BEYOND_ASCII) return NO_LETTER;
  return isNameStart(code) ? code & 31 : 0;
});

/** The code at an offset, 0 behind the end. */
export function codeAt(sql: string, at: number): number {
  return at < sql.length ? sql.charCodeAt(at) : 0;
}

/** Whether a character is a decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a character is a hexadecimal digit, in either case. */
export function isHexDigit(code: number): boolean {
  return isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
}

/** Whether a character begins an identifier: a letter, `_`, all beyond ASCII. */
export function isNameStart(code: number): boolean {
  return code > 127 || code === 95 || ((code | 32) >= 97 && (code | 32) <= 122);
}

/** The end of the characters at an offset that continue an identifier. */
export function nameEnd(sql: string, at: number): number {
  let end = at;
  while (NAME_CODES[Math.min(codeAt(sql, end), BEYOND_ASCII)] !== 0) end++;
  return end;
}

/** The end of the decimal digits at an offset. */
export function digitsEnd(sql: string, at: number): number {
  let end = at;
  while (isDigit(codeAt(sql, end))) end++;
  return end;
}

/** The end of what is quoted from `at` on, the quote doubled inside; -1 when it is not closed. */
export function quotedEnd(scanner: Scanner, at: number): number {
  const { sql } = scanner;
  const quote = sql.charAt(at);
  let end = sql.indexOf(quote, at + 1);
  while (end >= 0 && sql.charAt(end + 1) === quote) end = sql.indexOf(quote, end + 2);
  return end >= scanner.stop ? -1 : end + 1 || -1;
}

/** Makes the text from `start` to `end` the current token. */
export function take(scanner: Scanner, kind: Scanner["kind"], end: number, word: string): void {
  scanner.kind = kind;
  scanner.end = end;
  scanner.word = word;
}
