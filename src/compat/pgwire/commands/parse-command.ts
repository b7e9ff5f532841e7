import { DosqlError } from "../../../base/errors.ts";
import type { Transaction } from "../../../sql/ast/control.ts";
import type { Statement } from "../../../sql/ast/statement.ts";
import { Lexer } from "../../../sql/lex/lexer.ts";
import { parsePostgres } from "../../../sql/parse/postgres.ts";
import { notSupported } from "../errors.ts";
import type { Command, SessionConstant } from "./command.ts";
import { readSetting, readTransactionSetting } from "./setting-commands.ts";
import { readTransaction } from "./transaction-commands.ts";

/** Words that begin a statement about the session or its transaction. */
const SESSION_WORDS: ReadonlySet<string> = new Set([
  "ABORT",
  "BEGIN",
  "COMMIT",
  "DEALLOCATE",
  "DISCARD",
  "END",
  "RELEASE",
  "RESET",
  "ROLLBACK",
  "SAVEPOINT",
  "SET",
  "SHOW",
  "START",
]);

/** Statements of Postgres that do not exist here; SQLite would call them syntax errors. */
const REFUSED: ReadonlySet<string> = new Set([
  "CALL",
  "CHECKPOINT",
  "CLOSE",
  "CLUSTER",
  "COMMENT",
  "COPY",
  "DECLARE",
  "DO",
  "EXECUTE",
  "FETCH",
  "GRANT",
  "IMPORT",
  "LISTEN",
  "LOAD",
  "LOCK",
  "MOVE",
  "NOTIFY",
  "PREPARE",
  "REASSIGN",
  "REFRESH",
  "REVOKE",
  "SECURITY",
  "TRUNCATE",
  "UNLISTEN",
]);

/** Whole statements, in lower case, that ask for what the session knows. */
const CONSTANTS: ReadonlyMap<string, SessionConstant> = new Map([
  ["select version()", "version"],
  ["select pg_catalog.version()", "version"],
  ["select current_database()", "current_database"],
  ["select current_catalog", "current_database"],
  ["select current_schema()", "current_schema"],
  ["select current_schema", "current_schema"],
  ["select current_user", "current_user"],
  ["select user", "current_user"],
  ["select session_user", "session_user"],
]);

/** No question of `CONSTANTS` is longer, with some blanks in it. */
const LONGEST_CONSTANT = 40;

/**
 * The command that a statement is, or null for SQL that goes to the database. Throws 0A000 for
 * what Postgres has and we do not.
 */
export function parseCommand(sql: string): Command | null {
  // Nearly every statement begins with SELECT, INSERT, UPDATE or DELETE: they pay for one look.
  switch (sql.charCodeAt(0) | 0x20) {
    case 0x69:
    case 0x75:
    case 0x64:
      if (/^(?:insert|update|delete)\b/i.test(sql)) return null;
      break;
    case 0x73:
      if (/^select\b/i.test(sql)) return parseConstant(sql);
      break;
    default:
  }
  const word = headWord(sql);
  if (word === "SELECT") return parseConstant(sql);
  if (SESSION_WORDS.has(word)) return readCommand(parseSession(sql), word);
  if (!REFUSED.has(word)) return null;
  // What is wrong is a syntax error here as there.
  parsePostgres(sql);
  throw notSupported(word);
}

/** The first word in upper case, whether or not it is a keyword; empty when there is none. */
function headWord(sql: string): string {
  const lexer = new Lexer(sql);
  lexer.next();
  return lexer.kind === "identifier" ? sql.slice(lexer.start, lexer.end).toUpperCase() : "";
}

/** SQLite's kinds of BEGIN, which may stand before Postgres' modes. */
const LOCKING_BEGIN = /^(\s*begin\s+)(deferred|immediate|exclusive)\b/i;

/** A statement about the session in Postgres' grammar, BEGIN also with SQLite's kinds. */
function parseSession(sql: string): Statement {
  const lock = LOCKING_BEGIN.exec(sql);
  if (lock === null) return parseStatement(sql);
  const [all, before = "", kind = ""] = lock;
  // Blanks in its place keep the places of errors.
  const plain = before + " ".repeat(kind.length) + sql.slice(all.length);
  const statement = parseStatement(plain);
  if (statement.kind !== "transaction") return statement;
  return { ...statement, lock: kind.toUpperCase() as Transaction["lock"] };
}

function parseStatement(sql: string): Statement {
  const { statement } = parsePostgres(sql);
  if (statement === null) throw new DosqlError("bug", "a word, but no statement");
  return statement;
}

function readCommand(statement: Statement, word: string): Command {
  switch (statement.kind) {
    case "transaction":
      return readTransaction(statement, word);
    case "set-transaction":
      return readTransactionSetting(statement);
    case "setting":
      return readSetting(statement);
    case "set-constraints":
      throw notSupported("SET CONSTRAINTS");
    case "discard":
      if (statement.what !== "ALL") throw notSupported(`DISCARD ${statement.what}`);
      return { kind: "discard-all" };
    case "deallocate":
      return { kind: "deallocate", name: statement.name?.text ?? null };
    default:
      throw notSupported(word);
  }
}

function parseConstant(sql: string): Command | null {
  if (sql.length > LONGEST_CONSTANT) return null;
  const plain = sql
    .replace(/\s*;\s*$/, "")
    .trim()
    .replaceAll(/\s+/g, " ")
    .replace(/ ?\( ?\)$/, "()");
  const constant = CONSTANTS.get(plain.toLowerCase());
  return constant === undefined ? null : { kind: "constant", constant };
}
