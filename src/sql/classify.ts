import { equalsFolded } from "./keywords.ts";
import { Lexer } from "./lexer.ts";
import { isPragmaReadonly, type PragmaStatement, readPragma } from "./pragma.ts";
import { readTransaction, type TransactionStatement } from "./transaction.ts";

/** What a statement is for. */
export type StatementKind =
  | "read"
  | "write"
  | "ddl"
  | "transaction"
  | "pragma"
  | "maintenance"
  | "attach"
  | "unknown"
  | "empty";

/** What a statement names that needs more than passing it to SQLite. */
export interface StatementMentions {
  /** Calls changes(), total_changes() or last_insert_rowid(). */
  readonly rowidState: boolean;
  /**
   * Names a table of SQLite that tells of the engine's objects, as a name or as a string:
   * sqlite_master, sqlite_schema, their temp twins, sqlite_stat1, sqlite_stat4, pragma_table_list.
   */
  readonly schemaTable: boolean;
  /** Calls random(), a date function or the like: may answer differently when asked again. */
  readonly volatile: boolean;
}

/** What can be said of a statement from its tokens alone. */
export interface StatementClass {
  /**
   * The head of the statement as in a Postgres command tag: `SELECT` (also for VALUES), `INSERT`
   * (also for REPLACE), `CREATE TABLE`, `COMMIT` (also for END), …; for an unknown word that word
   * in upper case; empty for an empty text.
   */
  readonly command: string;
  readonly kind: StatementKind;
  /**
   * Nothing in the database file changes by running it: what sqlite3_stmt_readonly() says, with
   * three differences: EXPLAIN is always readonly, REINDEX and PRAGMA optimize never.
   */
  readonly readonly: boolean;
  /** An INSERT, UPDATE or DELETE with RETURNING. */
  readonly returning: boolean;
  /** Behind EXPLAIN or EXPLAIN QUERY PLAN. */
  readonly explain: boolean;
  /** Names the temp schema: CREATE TEMP, `temp.x`, sqlite_temp_master. */
  readonly temp: boolean;
  /** Present for transaction statements whose form is right. */
  readonly transaction?: TransactionStatement;
  /** Present for PRAGMA with a name, also behind EXPLAIN: most act when they are compiled. */
  readonly pragma?: PragmaStatement;
  readonly mentions: StatementMentions;
}

/**
 * Classifies one statement in one pass over its tokens. Never throws; says nothing about whether
 * the statement is valid.
 *
 * @example
 * classify("WITH x AS (SELECT 1) DELETE FROM t").command; // "DELETE"
 */
export function classify(sql: string): StatementClass {
  return new Classifier(sql).run();
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

class Classifier {
  private readonly lexer: Lexer;
  private readonly mentions: Writable<StatementMentions> = {
    rowidState: false,
    schemaTable: false,
    volatile: false,
  };
  private readonly result: Writable<StatementClass> = {
    command: "",
    kind: "empty",
    readonly: true,
    returning: false,
    explain: false,
    temp: false,
    mentions: this.mentions,
  };
  /** What the name before the current token would be as a function, and whether it is `temp`. */
  private call: "rowidState" | "volatile" | "" = "";
  /** Whether a table's name comes next, or the current token is the word TEMP in that place. */
  private temp: "no" | "next" | "table" = "no";

  constructor(sql: string) {
    this.lexer = new Lexer(sql);
  }

  run(): StatementClass {
    const { lexer, result } = this;
    do lexer.next();
    while (lexer.word === ";");
    if (lexer.word === "EXPLAIN") this.explain();
    if (lexer.kind !== "end") this.head();
    while (lexer.next()) this.note();
    if (result.explain) {
      result.command = "EXPLAIN";
      result.returning = false;
      result.readonly ||= result.kind !== "pragma";
      if (result.kind !== "pragma") result.kind = "read";
    }
    return result;
  }

  private explain(): void {
    const { lexer } = this;
    this.result.explain = true;
    lexer.next();
    // QUERY begins no statement, so what follows it is PLAN.
    if (lexer.word !== "QUERY") return;
    lexer.next();
    lexer.next();
  }

  private set(command: string, kind: StatementKind, readonly: boolean): void {
    this.result.command = command;
    this.result.kind = kind;
    this.result.readonly = readonly;
  }

  private head(): void {
    const { lexer } = this;
    const { word } = lexer;
    switch (word) {
      case "SELECT":
      case "VALUES":
        return this.set("SELECT", "read", true);
      case "INSERT":
      case "UPDATE":
      case "DELETE":
        this.temp = "next";
        return this.set(word, "write", false);
      case "REPLACE":
        return this.set("INSERT", "write", false);
      case "WITH":
        return this.with();
      case "CREATE":
      case "DROP":
      case "ALTER":
        return this.definition(word);
      case "PRAGMA":
        return this.pragma();
      case "ATTACH":
      case "DETACH":
        return this.set(word, "attach", true);
      case "VACUUM":
      case "ANALYZE":
      case "REINDEX":
        return this.set(word, "maintenance", false);
      default:
        return this.other();
    }
  }

  /** Transaction statements, and what is none of SQLite's. */
  private other(): void {
    const { lexer } = this;
    const end = Math.min(lexer.end, lexer.start + MAX_COMMAND_UNITS);
    const head = lexer.sql.slice(lexer.start, end).toUpperCase();
    const command = TRANSACTION_COMMANDS.get(head);
    if (command === undefined) return this.set(head, "unknown", false);
    const transaction = readTransaction(lexer.sql.slice(lexer.start));
    if (transaction !== null) this.result.transaction = transaction;
    // SQLite takes the write lock at once: not read-only.
    const { mode } = transaction ?? {};
    this.set(command, "transaction", mode !== "immediate" && mode !== "exclusive");
  }

  /** Finds the verb behind common table expressions. */
  private with(): void {
    const { lexer } = this;
    this.set("WITH", "unknown", false);
    let depth = 0;
    let name = true;
    while (lexer.next()) {
      const { word } = lexer;
      if (word === "(") depth++;
      else if (word === ")") depth--;
      else if (depth === 0 && !name && isVerb(word)) return this.head();
      this.note();
      // A table's own name may be a word such as REPLACE.
      name = depth === 0 && (word === "," || (name && word === "RECURSIVE"));
    }
  }

  /** CREATE, DROP and ALTER: the kind of object is the first word that is not a modifier. */
  private definition(verb: string): void {
    const { lexer } = this;
    this.set(verb, "ddl", false);
    let modifiers = "";
    while (lexer.next()) {
      const { word } = lexer;
      if (word === "TEMP" || word === "TEMPORARY") this.result.temp = true;
      else if (word === "VIRTUAL") modifiers = " VIRTUAL";
      else if (word !== "UNIQUE") break;
    }
    if (lexer.kind !== "identifier") return;
    const end = Math.min(lexer.end, lexer.start + MAX_COMMAND_UNITS);
    const object = lexer.sql.slice(lexer.start, end).toUpperCase();
    this.result.command = `${verb}${modifiers} ${object}`;
    this.temp = "next";
  }

  private pragma(): void {
    this.set("PRAGMA", "pragma", false);
    const pragma = readPragma(this.lexer);
    if (pragma === null) return;
    this.result.pragma = pragma;
    this.result.readonly = isPragmaReadonly(pragma);
    if (pragma.schema?.toLowerCase() === "temp") this.result.temp = true;
  }

  /** Notes what the current token says, whatever the statement is. */
  private note(): void {
    const { lexer, result } = this;
    const { word } = lexer;
    if (word === "") return this.noteName();
    if (word === "(" && this.call !== "") this.mentions[this.call] = true;
    else if (word === "." && this.temp === "table") result.temp = true;
    else if (word === "RETURNING" && result.kind === "write") result.returning = true;
    else if (word.startsWith("CURRENT_")) this.mentions.volatile = true;
    this.call = "";
    // Elsewhere `temp.x` is a column of something named temp.
    if (word !== "TEMP") this.temp = NAMES_TABLE.has(word) ? "next" : "no";
    else this.temp = this.temp === "next" ? "table" : "no";
  }

  private noteName(): void {
    const { lexer, result } = this;
    const comes = this.temp === "next";
    this.call = "";
    this.temp = "no";
    const bare = lexer.kind === "identifier";
    if (!bare && lexer.kind !== "quoted" && lexer.kind !== "string") return;
    const start = bare ? lexer.start : lexer.start + 1;
    const length = lexer.end - start - (bare ? 0 : 1);
    const is = (name: string): boolean =>
      name.length === length && equalsFolded(lexer.sql, start, name);
    switch (length) {
      case 4:
        if (is("TEMP")) this.temp = comes ? "table" : "no";
        else if (is("DATE") || is("TIME")) this.call = "volatile";
        break;
      case 6:
        if (is("RANDOM")) this.call = "volatile";
        break;
      case 7:
        if (is("CHANGES")) this.call = "rowidState";
        break;
      case 8:
        if (is("DATETIME") || is("STRFTIME")) this.call = "volatile";
        break;
      case 9:
        if (is("JULIANDAY") || is("UNIXEPOCH")) this.call = "volatile";
        break;
      case 10:
        if (is("RANDOMBLOB")) this.call = "volatile";
        break;
      case 12:
        if (is("SQLITE_STAT1") || is("SQLITE_STAT4")) this.mentions.schemaTable = true;
        break;
      case 13:
        if (is("TOTAL_CHANGES")) this.call = "rowidState";
        else if (is("SQLITE_MASTER") || is("SQLITE_SCHEMA")) this.mentions.schemaTable = true;
        break;
      case 17:
        if (is("LAST_INSERT_ROWID")) this.call = "rowidState";
        else if (is("PRAGMA_TABLE_LIST")) this.mentions.schemaTable = true;
        break;
      case 18:
        if (!is("SQLITE_TEMP_MASTER") && !is("SQLITE_TEMP_SCHEMA")) break;
        this.mentions.schemaTable = true;
        result.temp = true;
        break;
      default:
        break;
    }
  }
}

/** No command is longer; what is unknown may be anything, such as a text without an end. */
const MAX_COMMAND_UNITS = 64;

/** Words behind which a table, or its schema, is named. */
const NAMES_TABLE: ReadonlySet<string> = new Set(
  "FROM JOIN INTO UPDATE TABLE VIEW INDEX TRIGGER EXISTS ON".split(" "),
);

/** Words that begin a transaction statement, in SQLite or in Postgres, and their command tags. */
const TRANSACTION_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["BEGIN", "BEGIN"],
  ["START", "START TRANSACTION"],
  ["COMMIT", "COMMIT"],
  ["END", "COMMIT"],
  ["ROLLBACK", "ROLLBACK"],
  ["ABORT", "ROLLBACK"],
  ["SAVEPOINT", "SAVEPOINT"],
  ["RELEASE", "RELEASE"],
]);

function isVerb(word: string): boolean {
  switch (word) {
    case "SELECT":
    case "VALUES":
    case "INSERT":
    case "REPLACE":
    case "UPDATE":
    case "DELETE":
      return true;
    default:
      return false;
  }
}
