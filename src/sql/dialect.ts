import { type KeywordTable, SQLITE_KEYWORDS } from "./keywords.ts";

/** What the first character of a token says about the token. */
export const CHARACTER = {
  illegal: 0,
  space: 1,
  /** Starts an identifier or keyword. */
  name: 2,
  digit: 3,
  /** `'`: a string. */
  text: 4,
  /** A quoted identifier that ends with the same character, doubled inside. */
  quotedName: 5,
  /** `[`: a quoted identifier that ends at the first `]`. */
  bracket: 6,
  /** `x`: an identifier, or a blob when `'` follows. */
  blob: 7,
  /** `?`: a numbered parameter. */
  numbered: 8,
  /** A named parameter. */
  sigil: 9,
  minus: 10,
  slash: 11,
  dot: 12,
  /** `(`, `)`, `,`, `;`. */
  punctuation: 13,
  /** An operator of one character that may begin a longer one. */
  compound: 14,
  /** An operator of one character. */
  single: 15,
} as const;

/**
 * What differs between SQL dialects for the lexer: a table, not a copy of the code. A dialect
 * with other tokens (dollar quotes, escape strings) adds characters above and their branch in
 * the lexer; the branches that its table never names are not reached.
 */
export interface Dialect {
  readonly name: "sqlite";
  /** `CHARACTER` of each ASCII code. Everything beyond ASCII is `name`. */
  readonly starts: Uint8Array;
  /** 1 for the ASCII codes that continue an identifier. Everything beyond ASCII does. */
  readonly continues: Uint8Array;
  readonly keywords: KeywordTable;
  /** Operators of two or three characters, the longest first for each beginning. */
  readonly operators: readonly string[];
}

const ASCII = 128;
const DIGITS = "0123456789";
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function table(marks: Readonly<Record<string, number>>): Uint8Array {
  const codes = new Uint8Array(ASCII);
  for (const [characters, mark] of Object.entries(marks)) {
    for (const character of characters) codes[character.charCodeAt(0)] = mark;
  }
  return codes;
}

/** SQLite's tokens, as its own tokenizer reads them. */
export const SQLITE: Dialect = {
  name: "sqlite",
  starts: table({
    [`${LETTERS}_`]: CHARACTER.name,
    xX: CHARACTER.blob,
    // A vertical tab is space only after other space: SQLite's own oddity.
    " \t\n\f\r": CHARACTER.space,
    [DIGITS]: CHARACTER.digit,
    "'": CHARACTER.text,
    '"`': CHARACTER.quotedName,
    "[": CHARACTER.bracket,
    "?": CHARACTER.numbered,
    "$@#:": CHARACTER.sigil,
    "-": CHARACTER.minus,
    "/": CHARACTER.slash,
    ".": CHARACTER.dot,
    "(),;": CHARACTER.punctuation,
    "<>=!|": CHARACTER.compound,
    "+*%&~": CHARACTER.single,
  }),
  continues: table({ [`${LETTERS}${DIGITS}_$`]: 1 }),
  keywords: SQLITE_KEYWORDS,
  operators: ["<=", "<>", "<<", ">=", ">>", "==", "!=", "||"],
};
