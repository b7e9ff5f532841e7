import { type KeywordTable, SQLITE_KEYWORDS } from "./keywords.ts";
import { scanSqlite, sqliteName } from "./scan-sqlite.ts";
import { CHARACTER, type Scanner, startTable } from "./scanner.ts";

/**
 * What differs between SQL dialects for the lexer. Only who names a dialect's object has its code
 * in the bundle.
 */
export interface Dialect {
  readonly name: "sqlite" | "postgres";
  /** `CHARACTER` of each ASCII code, and of all beyond. */
  readonly starts: Uint8Array;
  readonly keywords: KeywordTable;
  /** Whether a byte order mark where a token could begin is space. */
  readonly skipsByteOrderMark: boolean;
  /**
   * Reads one token, which begins with the character `code`: what the lexer does not read itself,
   * that is names without a quote behind, plain integers, punctuation, operators of one character.
   */
  readonly scan: (scanner: Scanner, code: number) => void;
  /** The name that an identifier token stands for. */
  readonly nameOf: (sql: string, token: Pick<Scanner, "kind" | "start" | "end">) => string;
}

/** SQLite's tokens, as its own tokenizer reads them. */
export const SQLITE: Dialect = {
  name: "sqlite",
  starts: startTable({
    xX: CHARACTER.prefix,
    " \t\n\f\r": CHARACTER.space,
    "\v": CHARACTER.laterSpace,
    ".": CHARACTER.dot,
    "(),;": CHARACTER.punctuation,
    "<>=|+-*/%&~": CHARACTER.operator,
  }),
  keywords: SQLITE_KEYWORDS,
  skipsByteOrderMark: true,
  scan: scanSqlite,
  nameOf: sqliteName,
};
