import { DosqlError } from "../base/errors.ts";
import type { Row } from "../base/value.ts";
import type { KnownText } from "./known-text.ts";

/** A feature that does not exist here, by its name. */
export function unsupported(what: string): DosqlError {
  return new DosqlError("unsupported", `${what} is not supported here`);
}

/** A transaction statement that does not fit the session's state. */
export function stateError(message: string): DosqlError {
  return new DosqlError("transaction-state", message);
}

export function readOnlyTransaction(command: string): DosqlError {
  return new DosqlError("read-only", `cannot execute ${command} in a read-only transaction`);
}

/** SQLite would bind NULL for what is missing; nothing is filled in silently here. */
export function requireBindings(text: KnownText, values: Row): void {
  if (values.length === text.parameterCount) return;
  throw new DosqlError("invalid-argument", "Wrong number of parameter bindings for SQL query.", {
    hint: `the statement has ${text.parameterCount} parameters, and ${values.length} were given`,
  });
}

/** What no session may do on a connection that all of them share. */
export function refuseShared(text: KnownText): void {
  const { kind, temp, command, explain, pragma } = text.class;
  if (temp) throw unsupported(`${command} of temporary objects`);
  if (kind === "attach") throw unsupported(command);
  // Most pragmas act when they are compiled, EXPLAIN or not.
  if (explain && pragma !== undefined) throw unsupported("EXPLAIN PRAGMA");
  // It would write a file of the server's.
  if (kind === "maintenance" && /\binto\b/i.test(text.sql)) throw unsupported(`${command} INTO`);
}
