import type { Connection } from "./connection.ts";
import { translated } from "./errors.ts";

/** A function that runs inside a transaction, with a variant per way to begin one. */
export interface TransactionFunction {
  (this: unknown, ...args: unknown[]): unknown;
  readonly default: TransactionFunction;
  readonly deferred: TransactionFunction;
  readonly immediate: TransactionFunction;
  readonly exclusive: TransactionFunction;
  readonly database: object;
}

/** A name that no user would give a savepoint. */
const SAVEPOINT = "`\t_dosql.\t`";

/** How each variant begins. */
const BEGIN = {
  default: "BEGIN",
  deferred: "BEGIN DEFERRED",
  immediate: "BEGIN IMMEDIATE",
  exclusive: "BEGIN EXCLUSIVE",
} as const;

/** Wraps a function so that it commits when it returns and rolls back when it throws. */
export function transactionOf(
  connection: Connection,
  database: object,
  body: unknown,
): TransactionFunction {
  if (typeof body !== "function") throw new TypeError("Expected first argument to be a function");
  connection.requireControls();
  const run = body as (...args: unknown[]) => unknown;
  const members: PropertyDescriptorMap = {};
  for (const [name, begin] of Object.entries(BEGIN)) {
    members[name] = { value: variant(connection, run, begin) };
  }
  members["database"] = { value: database, enumerable: true };
  for (const name of Object.keys(BEGIN)) {
    Object.defineProperties(members[name]?.value, members);
  }
  return members["default"]?.value as TransactionFunction;
}

function variant(
  connection: Connection,
  body: (...args: unknown[]) => unknown,
  begin: string,
): (...args: unknown[]) => unknown {
  return function sqliteTransaction(this: unknown, ...args: unknown[]): unknown {
    const nested = connection.open && connection.database.inTransaction;
    execute(connection, nested ? `SAVEPOINT ${SAVEPOINT}` : begin);
    try {
      const result = Reflect.apply(body, this, args);
      if (isThenable(result)) {
        throw new TypeError("Transaction function cannot return a promise");
      }
      execute(connection, nested ? `RELEASE ${SAVEPOINT}` : "COMMIT");
      return result;
    } catch (error) {
      // SQLite ends a transaction by itself at some errors; then there is nothing to undo.
      if (connection.open && connection.database.inTransaction) undo(connection, nested);
      throw error;
    }
  };
}

function undo(connection: Connection, nested: boolean): void {
  if (nested) {
    execute(connection, `ROLLBACK TO ${SAVEPOINT}`);
    execute(connection, `RELEASE ${SAVEPOINT}`);
  } else {
    execute(connection, "ROLLBACK");
  }
}

function execute(connection: Connection, sql: string): void {
  connection.requireOpen();
  connection.requireNotBusy();
  connection.requireNoIterators();
  connection.busy = true;
  try {
    connection.log?.(sql);
    connection.control(sql);
  } catch (error) {
    throw translated(error);
  } finally {
    connection.busy = false;
  }
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
