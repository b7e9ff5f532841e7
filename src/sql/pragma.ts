import { identifierName, type Lexer } from "./lexer.ts";

/** A PRAGMA statement. */
export interface PragmaStatement {
  readonly schema?: string;
  /** In lower case, as SQLite compares it. */
  readonly name: string;
  /** What follows `=` or stands in parentheses, unquoted; a number with its sign. */
  readonly value?: string;
  readonly hasValue: boolean;
}

/** Pragmas that write whether or not they have a value. */
const WRITERS: ReadonlySet<string> = new Set([
  "incremental_vacuum",
  "journal_mode",
  "optimize",
  "wal_checkpoint",
]);

/** Pragmas that write to the file when they have a value. */
const SETTERS: ReadonlySet<string> = new Set([
  "application_id",
  "auto_vacuum",
  "default_cache_size",
  "encoding",
  "schema_version",
  "user_version",
]);

/**
 * Whether the pragma leaves the database file as it is. It may still change its connection: SQLite
 * calls `PRAGMA foreign_keys=ON` read-only.
 */
export function isPragmaReadonly(pragma: PragmaStatement): boolean {
  if (WRITERS.has(pragma.name)) return false;
  return !(pragma.hasValue && SETTERS.has(pragma.name));
}

/**
 * Reads a PRAGMA statement.
 *
 * @param lexer Behind the word PRAGMA. Left somewhere in the statement.
 */
export function readPragma(lexer: Lexer): PragmaStatement | null {
  lexer.next();
  const first = nameOf(lexer);
  if (first === null) return null;
  lexer.next();
  let name = first;
  let schema: string | undefined;
  if (lexer.word === ".") {
    lexer.next();
    const second = nameOf(lexer);
    if (second === null) return null;
    [schema, name] = [first, second];
    lexer.next();
  }
  const value = readValue(lexer);
  return {
    ...(schema === undefined ? null : { schema }),
    name: name.toLowerCase(),
    ...(value === null ? null : { value }),
    hasValue: value !== null,
  };
}

function nameOf(lexer: Lexer): string | null {
  const { kind } = lexer;
  const named = kind === "identifier" || kind === "quoted" || kind === "string";
  return named ? identifierName(lexer.sql, lexer) : null;
}

/** `= value` or `(value)`; the lexer is behind the name. */
function readValue(lexer: Lexer): string | null {
  if (lexer.word !== "=" && lexer.word !== "(") return null;
  lexer.next();
  const sign: string = lexer.word;
  const signed = sign === "-" || sign === "+";
  if (signed) lexer.next();
  return (sign === "-" ? "-" : "") + (nameOf(lexer) ?? lexer.sql.slice(lexer.start, lexer.end));
}
