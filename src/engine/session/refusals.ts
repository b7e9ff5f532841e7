import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { KnownText } from "../text/known-text.ts";

/** A Durable Object's own words. */
const NO_TRANSACTIONS =
  "To execute a transaction, please use the state.storage.transaction() or " +
  "state.storage.transactionSync() APIs instead of the SQL BEGIN TRANSACTION or SAVEPOINT " +
  "statements. The JavaScript API is safer because it will automatically roll back on " +
  "exceptions, and because it interacts correctly with Durable Objects' automatic atomic write " +
  "coalescing.";

/** BEGIN and its like, where they are no statements. */
export function noTransactions(): DosqlError {
  return new DosqlError("sqlite", NO_TRANSACTIONS);
}

/** A feature that does not exist here, by its name. */
export function unsupported(what: string): DosqlError {
  return new DosqlError("unsupported", `${what} is not supported here`);
}

/** What cannot be read in parts. */
export function notIterable(what: string): DosqlError {
  return new DosqlError("unsupported", `iterate() of ${what} is not supported`, {
    hint: "it takes a SELECT outside of transactions; ask for all rows at once instead",
  });
}

/** A transaction statement that does not fit the session's state. */
export function stateError(message: string): DosqlError {
  return new DosqlError("transaction-state", message);
}

export function readOnlyTransaction(command: string): DosqlError {
  return new DosqlError("read-only", `cannot execute ${command} in a read-only transaction`);
}

/** In SQLite's words: `PRAGMA query_only` is on. */
export function queryOnly(): DosqlError {
  return new DosqlError("sqlite", "attempt to write a readonly database", {
    sqlite: "SQLITE_READONLY",
  });
}

/** A transaction of a session that reads only, which would keep others from writing. */
export function wouldHold(): DosqlError {
  return new DosqlError("read-only", "a read-only session cannot keep others from writing", {
    hint: "begin it as READ COMMITTED; a batch, and a session as of a time, read one moment",
  });
}

/** SQLite would bind NULL for what is missing; nothing is filled in silently here. */
export function requireBindings(text: KnownText, values: Row, driver: SqlDriver): void {
  if (values.length === text.parameterCount) return;
  // What SQLite cannot compile has a mistake before this one.
  if (text.class.kind === "read" || text.class.kind === "write") {
    compile(text, driver);
  }
  throw new DosqlError("invalid-argument", "Wrong number of parameter bindings for SQL query.", {
    hint: `the statement has ${text.parameterCount} parameters, and ${values.length} were given`,
  });
}

/** Throws SQLite's own error. */
function compile({ sql, class: { explain }, parameterCount }: KnownText, driver: SqlDriver): void {
  const head = explain ? "" : "EXPLAIN ";
  const nulls = Array.from({ length: parameterCount }, () => null);
  try {
    driver.prepare(head + sql).all(nulls, "number");
  } catch (error) {
    if (!(error instanceof DosqlError) || error.at === undefined) throw error;
    const { code, message, sqlite, cause } = error;
    const at = Math.max(0, error.at - head.length);
    throw new DosqlError(code, message, { at, cause, ...(sqlite === undefined ? {} : { sqlite }) });
  }
}

const ACTING_TABLES = /\bpragma_(?:optimize|wal_checkpoint|incremental_vacuum)\b/i;

/** What no session may do on a connection that all of them share. */
export function refuseShared(text: KnownText): void {
  const { kind, temp, command, explain, pragma } = text.class;
  if (temp) throw unsupported(`${command} of temporary objects`);
  if (kind === "attach") throw unsupported(command);
  // Most pragmas act when they are compiled, EXPLAIN or not.
  if (explain && pragma !== undefined) throw unsupported("EXPLAIN PRAGMA");
  // A query is taken for one that changes nothing, and these change the file.
  const [acting] = kind === "read" ? (ACTING_TABLES.exec(text.sql) ?? []) : [];
  if (acting !== undefined) throw unsupported(`${acting} as a table`);
  // It would write a file of the server's.
  if (kind === "maintenance" && /\binto\b/i.test(text.sql)) throw unsupported(`${command} INTO`);
}
