import { SQLITE_KEYWORDS } from "../lex/keywords.ts";
import { identifierName, Lexer } from "../lex/lexer.ts";

/** What a transaction statement asks for. */
export interface TransactionStatement {
  readonly action: "begin" | "commit" | "rollback" | "savepoint" | "release" | "rollback-to";
  /** SQLite's BEGIN DEFERRED, IMMEDIATE, EXCLUSIVE. Absent where the statement does not say. */
  readonly mode?: "deferred" | "immediate" | "exclusive";
  /** Postgres' ISOLATION LEVEL. */
  readonly isolation?: "read uncommitted" | "read committed" | "repeatable read" | "serializable";
  /** Postgres' READ ONLY and READ WRITE. */
  readonly readOnly?: boolean;
  /** The savepoint's name, unquoted. Savepoint names ignore ASCII case. */
  readonly name?: string;
}

type Building = { -readonly [Key in keyof TransactionStatement]: TransactionStatement[Key] };

/**
 * Reads a transaction statement: SQLite's forms, and those of Postgres that mean the same
 * (START TRANSACTION, BEGIN WORK, ISOLATION LEVEL, READ ONLY, ABORT). Null when the text is not
 * exactly one of them; SQLite then says where it is wrong.
 *
 * @param text One statement.
 */
export function readTransaction(text: string): TransactionStatement | null {
  const words = new Words(text);
  const found = readAction(words);
  while (words.take(";"));
  return words.done ? found : null;
}

/** The words of a statement, in upper case, one at a time. */
class Words {
  private readonly lexer: Lexer;
  private word = "";

  constructor(text: string) {
    this.lexer = new Lexer(text);
    this.move();
  }

  get done(): boolean {
    return this.lexer.kind === "end";
  }

  /** Passes the word if it is next. */
  take(word: string): boolean {
    if (this.word !== word) return false;
    this.move();
    return true;
  }

  /** Passes a name and answers it, or null when there is none. */
  name(): string | null {
    const { lexer } = this;
    const named = lexer.kind === "identifier" || lexer.kind === "quoted";
    if (!named && lexer.kind !== "string") return null;
    if (SQLITE_KEYWORDS.uses.get(lexer.word) === "reserved") return null;
    const name = identifierName(lexer.sql, lexer);
    this.move();
    return name;
  }

  private move(): void {
    const { lexer } = this;
    lexer.next();
    const bare = lexer.kind === "identifier" && lexer.word === "";
    this.word = bare ? lexer.sql.slice(lexer.start, lexer.end).toUpperCase() : lexer.word;
  }
}

function readAction(words: Words): TransactionStatement | null {
  if (words.take("BEGIN")) return readBegin(words);
  if (words.take("START")) {
    if (!words.take("TRANSACTION")) return null;
    return readModes(words, { action: "begin" });
  }
  if (words.take("COMMIT") || words.take("END")) {
    passTransaction(words);
    return { action: "commit" };
  }
  if (words.take("ABORT")) {
    passTransaction(words);
    return { action: "rollback" };
  }
  if (words.take("ROLLBACK")) return readRollback(words);
  if (words.take("SAVEPOINT")) return named("savepoint", words);
  if (words.take("RELEASE")) {
    words.take("SAVEPOINT");
    return named("release", words);
  }
  return null;
}

/** Passes `TRANSACTION [name]` (SQLite reads a name and forgets it) or `WORK`. */
function passTransaction(words: Words): void {
  if (words.take("WORK") || !words.take("TRANSACTION")) return;
  if (!words.done && !words.take("TO")) words.name();
}

function named(
  action: "savepoint" | "release" | "rollback-to",
  words: Words,
): TransactionStatement | null {
  const name = words.name();
  return name === null ? null : { action, name };
}

function readRollback(words: Words): TransactionStatement | null {
  let to = words.take("TO");
  if (!to && !words.take("WORK") && words.take("TRANSACTION")) {
    to = words.take("TO");
    if (!to && !words.done) words.name();
  }
  if (!to && !words.take("TO")) return { action: "rollback" };
  words.take("SAVEPOINT");
  return named("rollback-to", words);
}

function readBegin(words: Words): TransactionStatement | null {
  const begin: Building = { action: "begin" };
  if (words.take("DEFERRED")) begin.mode = "deferred";
  else if (words.take("IMMEDIATE")) begin.mode = "immediate";
  else if (words.take("EXCLUSIVE")) begin.mode = "exclusive";
  if (words.take("WORK")) return readModes(words, begin);
  const transaction = words.take("TRANSACTION");
  const modes = readModes(words, begin);
  // SQLite's `BEGIN TRANSACTION name`: the name means nothing.
  const plain = begin.isolation === undefined && begin.readOnly === undefined;
  if (transaction && plain && modes !== null && !words.done) words.name();
  return modes;
}

/** Reads Postgres' transaction modes, with or without commas between them. */
function readModes(words: Words, begin: Building): TransactionStatement | null {
  for (let first = true; ; first = false) {
    const comma = !first && words.take(",");
    if (words.take("ISOLATION")) {
      const isolation = words.take("LEVEL") ? readIsolation(words) : null;
      if (isolation === null) return null;
      begin.isolation = isolation;
    } else if (words.take("READ")) {
      if (words.take("ONLY")) begin.readOnly = true;
      else if (words.take("WRITE")) begin.readOnly = false;
      else return null;
    } else if (words.take("NOT")) {
      if (!words.take("DEFERRABLE")) return null;
    } else if (!words.take("DEFERRABLE")) {
      return comma ? null : begin;
    }
  }
}

function readIsolation(words: Words): NonNullable<TransactionStatement["isolation"]> | null {
  if (words.take("SERIALIZABLE")) return "serializable";
  if (words.take("REPEATABLE")) return words.take("READ") ? "repeatable read" : null;
  if (!words.take("READ")) return null;
  if (words.take("COMMITTED")) return "read committed";
  return words.take("UNCOMMITTED") ? "read uncommitted" : null;
}
