import { notSupported } from "../errors.ts";
import { CommandText } from "./command-text.ts";
import type { Command, SessionConstant } from "./command.ts";
import { parseReset, parseSet, parseShow } from "./setting-commands.ts";
import {
  parseBegin,
  parseCommit,
  parseRelease,
  parseRollback,
  parseSavepoint,
} from "./transaction-commands.ts";

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
  const text = new CommandText(sql);
  return parseWord(text, text.word, sql);
}

function parseWord(text: CommandText, word: string, sql: string): Command | null {
  switch (word) {
    case "SELECT":
      return parseConstant(sql);
    case "BEGIN":
    case "START":
      return parseBegin(text);
    case "COMMIT":
    case "END":
      return parseCommit(text);
    case "ROLLBACK":
    case "ABORT":
      return parseRollback(text);
    case "SAVEPOINT":
      return parseSavepoint(text);
    case "RELEASE":
      return parseRelease(text);
    case "SET":
      return parseSet(text);
    case "SHOW":
      return parseShow(text);
    case "RESET":
      return parseReset(text);
    case "DISCARD":
      return parseDiscard(text);
    case "DEALLOCATE":
      return parseDeallocate(text);
    default:
      if (REFUSED.has(word)) throw notSupported(word);
      return null;
  }
}

function parseDiscard(text: CommandText): Command {
  text.next();
  const part = text.acceptOne("PLANS", "SEQUENCES", "TEMP", "TEMPORARY");
  if (part !== null) throw notSupported(`DISCARD ${part}`);
  text.expect("ALL");
  text.finish();
  return { kind: "discard-all" };
}

function parseDeallocate(text: CommandText): Command {
  text.next();
  text.accept("PREPARE");
  const name = text.accept("ALL") ? null : text.name();
  text.finish();
  return { kind: "deallocate", name };
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
