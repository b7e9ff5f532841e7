import { identifierName, Lexer } from "../lex/lexer.ts";
import type { StatementClass, StatementKind } from "./statement-class.ts";
import { TELLING_NAME } from "./telling-name.ts";
import { readTransaction } from "./transaction.ts";

/** No command is longer; what is unknown may be anything, such as a text without an end. */
const MAX_COMMAND_UNITS = 64;

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

const ROWID_STATE = /\b(?:changes|last_insert_rowid|total_changes)\b/i;
const RETURNING = /\breturning\b/i;

/**
 * Classifies a text by its first words: one that is no statement of SQLite's grammar, for SQLite
 * to say where it is wrong, and transaction statements, which may be in Postgres' words.
 */
export function classifyUnparsed(sql: string): StatementClass {
  const lexer = new Lexer(sql);
  do lexer.next();
  while (lexer.word === ";");
  const explain = lexer.word === "EXPLAIN";
  const head = explain ? headClass("EXPLAIN", "read", true) : readHead(lexer);
  const returning = head.kind === "write" && RETURNING.test(sql);
  const temp = namesTemp(sql);
  return { ...head, explain, returning, temp, mentions: { ...head.mentions, ...guess(sql) } };
}

/** What might be named in a text that nobody understands: rather too much. */
function guess(sql: string): Pick<StatementClass["mentions"], "rowidState" | "schemaTable"> {
  return { rowidState: ROWID_STATE.test(sql), schemaTable: TELLING_NAME.test(sql) };
}

function headClass(command: string, kind: StatementKind, readonly: boolean): StatementClass {
  return {
    command,
    kind,
    readonly,
    returning: false,
    explain: false,
    temp: false,
    mentions: { rowidState: false, schemaTable: false, volatile: false },
    tables: [],
  };
}

/** The word at hand in upper case, whether or not it is a keyword. */
function upperWord(lexer: Lexer): string {
  const end = Math.min(lexer.end, lexer.start + MAX_COMMAND_UNITS);
  return lexer.sql.slice(lexer.start, end).toUpperCase();
}

function readHead(lexer: Lexer): StatementClass {
  const { word } = lexer;
  if (lexer.kind === "end") return headClass("", "empty", true);
  switch (word) {
    case "SELECT":
    case "VALUES":
      return headClass("SELECT", "read", true);
    case "INSERT":
    case "UPDATE":
    case "DELETE":
      return headClass(word, "write", false);
    case "REPLACE":
      return headClass("INSERT", "write", false);
    case "WITH":
      return readWith(lexer);
    case "CREATE":
    case "DROP":
    case "ALTER":
      return readDefinition(word, lexer);
    case "PRAGMA":
      return headClass("PRAGMA", "pragma", false);
    case "ATTACH":
    case "DETACH":
      return headClass(word, "attach", true);
    case "VACUUM":
    case "ANALYZE":
    case "REINDEX":
      return headClass(word, "maintenance", false);
    default:
      return readOther(lexer);
  }
}

/** Finds the verb behind common table expressions. */
function readWith(lexer: Lexer): StatementClass {
  let depth = 0;
  let name = true;
  while (lexer.next()) {
    const { word } = lexer;
    if (word === "(") depth++;
    else if (word === ")") depth--;
    else if (depth === 0 && !name && VERBS.has(word)) return readHead(lexer);
    // A table's own name may be a word such as REPLACE.
    name = depth === 0 && (word === "," || (name && word === "RECURSIVE"));
  }
  return headClass("WITH", "unknown", false);
}

const VERBS: ReadonlySet<string> = new Set("SELECT VALUES INSERT REPLACE UPDATE DELETE".split(" "));

/** Whether `temp.` stands in a text: rather a column of an alias than a table missed. */
function namesTemp(sql: string): boolean {
  if (!/temp/i.test(sql)) return false;
  const lexer = new Lexer(sql);
  let temp = false;
  while (lexer.next()) {
    if (temp && lexer.word === ".") return true;
    const { kind } = lexer;
    const named = kind === "identifier" || kind === "quoted" || kind === "string";
    const text = named && lexer.end - lexer.start < 24 ? identifierName(sql, lexer) : "";
    if (kind !== "string" && /^sqlite_temp_(?:master|schema)$/i.test(text)) return true;
    temp = text.toLowerCase() === "temp";
  }
  return false;
}

/** CREATE, DROP and ALTER with the object behind them, where a word tells it. */
function readDefinition(verb: string, lexer: Lexer): StatementClass {
  lexer.next();
  const command = lexer.kind === "identifier" ? `${verb} ${upperWord(lexer)}` : verb;
  return headClass(command, "ddl", false);
}

/** Transaction statements, and what is none of SQLite's. */
function readOther(lexer: Lexer): StatementClass {
  const head = upperWord(lexer);
  const command = TRANSACTION_COMMANDS.get(head);
  if (command === undefined) return headClass(head, "unknown", false);
  const transaction = readTransaction(lexer.sql.slice(lexer.start));
  // SQLite takes the write lock at once: not read-only.
  const locks = transaction?.mode === "immediate" || transaction?.mode === "exclusive";
  const found = headClass(command, "transaction", !locks);
  return transaction === null ? found : { ...found, transaction };
}
