import { DosqlError } from "../../base/errors.ts";
import type { Node, Parsed, Statement } from "../ast/statement.ts";
import { attemptSqlite } from "../read/attempt.ts";
import { applyEdits } from "./edit.ts";
import { HiddenNames } from "./hidden-name.ts";
import { hidingEdits } from "./hiding-edits.ts";
import { identifierName, Lexer } from "../lex/lexer.ts";
import { parseStatements } from "../read/statements.ts";
import { isTellingText, TELLING_NAME } from "../read/telling-name.ts";
import { isTellingName } from "./telling-table.ts";
import { walk } from "../tree/walk.ts";

/** An identifier of the engine's own that user SQL names. */
export interface HiddenIdentifier {
  /** Unquoted, as written. */
  readonly name: string;
  /** UTF-16 offset of its token. */
  readonly at: number;
}

/**
 * Finds the first identifier that begins with the engine's prefix, in any quotes and any case, or
 * names an automatic index of such a table.
 * A string counts only where SQLite reads it as a name: `FROM 'x'`, `DROP TABLE 'x'`,
 * `PRAGMA table_info('x')`, and anywhere in a statement that asks a pragma by a table or function
 * (`pragma_table_info`). In a text that does not parse each string counts. A text that does not
 * hold the prefix costs one scan.
 *
 * @param prefix Such as `_cf_dosql_`; ASCII.
 * @param parsed What `attemptSqlite` made of the text, where that is known already.
 */
export function findHiddenIdentifier(
  sql: string,
  prefix: string,
  parsed?: Parsed | DosqlError,
): HiddenIdentifier | null {
  const names = new HiddenNames(prefix);
  if (!contains(sql, names.root)) return null;
  const finder = new HiddenFinder(sql, names);
  const { statements, failure, readUpTo } = parseStatements(sql, parsed);
  for (const statement of statements) {
    finder.statement(statement);
    if (finder.first !== null) return finder.first;
  }
  if (failure !== null) finder.tokens(readUpTo, sql.length);
  return finder.first;
}

function contains(sql: string, folded: string): boolean {
  const first = folded.charAt(0);
  // A first character without case, as in our prefixes, finds its places without a copy.
  if (first.toUpperCase() !== first) return sql.toLowerCase().includes(folded);
  for (let at = sql.indexOf(first); at >= 0; at = sql.indexOf(first, at + 1)) {
    if (sql.slice(at, at + folded.length).toLowerCase() === folded) return true;
  }
  return false;
}

class HiddenFinder {
  first: HiddenIdentifier | null = null;
  private readonly names: HiddenNames;
  private readonly sql: string;

  constructor(sql: string, names: HiddenNames) {
    this.sql = sql;
    this.names = names;
  }

  statement(statement: Statement): void {
    const strings: HiddenIdentifier[] = [];
    let stringsName = false;
    walk(statement, (node) => {
      stringsName ||= makesStringsNames(node);
      if (node.kind === "name") this.note(node.text, node.start);
      else if (node.kind === "module-argument") this.tokens(node.start, node.end);
      else if (node.kind === "string" && this.names.has(node.value)) {
        strings.push({ name: node.value, at: node.start });
      }
    });
    if (stringsName) for (const { name, at } of strings) this.note(name, at);
  }

  /** Takes each name and each string between two offsets for a name. */
  tokens(start: number, end: number): void {
    const lexer = new Lexer(this.sql);
    lexer.end = start;
    while (lexer.next() && lexer.start < end) {
      const { kind } = lexer;
      if (kind !== "identifier" && kind !== "quoted" && kind !== "string") continue;
      this.note(identifierName(this.sql, lexer), lexer.start);
    }
  }

  private note(name: string, at: number): void {
    if (this.first !== null && this.first.at < at) return;
    if (this.names.has(name)) this.first = { name, at };
  }
}

/** Whether strings in a statement with this node may name tables. */
function makesStringsNames(node: Node): boolean {
  switch (node.kind) {
    case "pragma":
      return true;
    case "table":
      // Its hidden columns are its arguments. Those of pragma_table_list do not show.
      return isPragma(node.name.name.text) && !isTellingName(node.name.name);
    case "call":
      return isPragma(node.name.name.text);
    default:
      return false;
  }
}

function isPragma(name: string): boolean {
  return /^pragma_/i.test(name);
}

/**
 * Makes the engine's objects invisible to what a statement reads, and out of reach for what it
 * changes, where it does not name them:
 *
 * - where a FROM names sqlite_master (sqlite_schema, their temp twins, sqlite_stat1, sqlite_stat4,
 *   pragma_table_list, dbstat), a subquery without the rows of those objects takes its place;
 * - an UPDATE or DELETE of statistics leaves those rows out;
 * - the argument of `pragma_table_info(x)` and its like finds nothing when it is such a name;
 * - changes of the schema tables, `load_extension` and raw views of the file are refused.
 *
 * Also in CREATE VIEW and CREATE TRIGGER, whose text in the schema is the changed one. Without
 * such names the same string comes back.
 *
 * `SELECT *`, aliases, joins, `rowid` and the names of result columns stay. What is lost: error
 * offsets are those of the changed text; without ORDER BY a join may give its rows in another
 * order; `pragma_table_list(x)` of a column that is NULL gives no rows.
 *
 * @param parsed What `attemptSqlite` made of the text, where that is known already.
 * @throws DosqlError `sqlite` or `unsupported` for what is refused, and for a text that does not
 *   parse and may ask such a table; `limit` for one that is too long or nested too deeply. A bulk
 *   INSERT of their names as strings is none.
 */
export function hideEngineObjects(
  sql: string,
  prefix: string,
  parsed?: Parsed | DosqlError,
): string {
  if (!TELLING_NAME.test(sql)) return sql;
  const { statements, failure } = parseStatements(sql, parsed ?? attemptSqlite(sql));
  // SQLite might understand what we do not, and tell.
  if (failure !== null && mayAskTellingTable(sql)) throw asSqlite(failure);
  const names = new HiddenNames(prefix);
  return applyEdits(
    sql,
    statements.flatMap((statement) => hidingEdits(sql, statement, names)),
  );
}

/** The parser's error has SQLite's words. */
function asSqlite(failure: DosqlError): DosqlError {
  if (failure.code !== "syntax") return failure;
  return new DosqlError("sqlite", failure.message, {
    sqlite: "SQLITE_ERROR",
    ...(failure.at === undefined ? {} : { at: failure.at }),
  });
}

/** No telling name is longer, quotes included. */
const LONGEST_TELLING = 40;

/** Words of an INSERT whose strings may be more than values. */
const READS: ReadonlySet<string> = new Set(["FROM", "JOIN", "IN", "SELECT", "WITH"]);

/**
 * By tokens alone: whether a text may name a telling table otherwise than as a value. Strings are
 * values only in an INSERT that reads nothing.
 */
function mayAskTellingTable(sql: string): boolean {
  const lexer = new Lexer(sql);
  let strings = false;
  let inserts = lexer.next() && (lexer.word === "INSERT" || lexer.word === "REPLACE");
  do {
    const { kind, word } = lexer;
    if (READS.has(word)) inserts = false;
    if (kind !== "identifier" && kind !== "quoted" && kind !== "string") continue;
    const length = lexer.end - lexer.start;
    if (length > LONGEST_TELLING || !isTellingText(identifierName(sql, lexer))) continue;
    if (kind !== "string") return true;
    strings = true;
  } while (lexer.next());
  return strings && !inserts;
}
