/** What a transaction function needs of its connection. */
export interface TransactionHost {
  /** A transaction is open. */
  readonly nested: boolean;
  /** For the first `transaction()`, when better-sqlite3 compiles its BEGIN, COMMIT and the like. */
  requireControls(): void;
  execute(sql: string): void;
  /** All of `body` or nothing of it; absent where that takes statements. */
  readonly atomically?: (<T>(body: () => T) => T) | null;
}

/** A function that runs inside a transaction, with a variant per way to begin one. */
export interface TransactionFunction {
  (this: unknown, ...args: unknown[]): unknown;
  readonly default: TransactionFunction;
  readonly deferred: TransactionFunction;
  readonly immediate: TransactionFunction;
  readonly exclusive: TransactionFunction;
  readonly database: object;
}

/** better-sqlite3's name for it, which its log shows. */
const SAVEPOINT = "`\t_bs3.\t`";

/** How each variant begins. */
const BEGIN = {
  default: "BEGIN",
  deferred: "BEGIN DEFERRED",
  immediate: "BEGIN IMMEDIATE",
  exclusive: "BEGIN EXCLUSIVE",
} as const;

/** Wraps a function so that it commits when it returns and rolls back when it throws. */
export function transactionOf(
  host: TransactionHost,
  database: object,
  body: unknown,
): TransactionFunction {
  if (typeof body !== "function") throw new TypeError("Expected first argument to be a function");
  host.requireControls();
  const run = body as (...args: unknown[]) => unknown;
  const members: PropertyDescriptorMap = {};
  for (const [name, begin] of Object.entries(BEGIN)) {
    members[name] = { value: variant(host, run, begin) };
  }
  members["database"] = { value: database, enumerable: true };
  for (const name of Object.keys(BEGIN)) {
    Object.defineProperties(members[name]?.value, members);
  }
  return members["default"]?.value as TransactionFunction;
}

function variant(
  host: TransactionHost,
  body: (...args: unknown[]) => unknown,
  begin: string,
): (...args: unknown[]) => unknown {
  return function sqliteTransaction(this: unknown, ...args: unknown[]): unknown {
    const { nested, atomically } = host;
    const call = (): unknown => {
      const result = Reflect.apply(body, this, args);
      if (!isThenable(result)) return result;
      throw new TypeError("Transaction function cannot return a promise");
    };
    if (atomically !== undefined && atomically !== null) return atomically(call);
    host.execute(nested ? `SAVEPOINT ${SAVEPOINT}` : begin);
    try {
      const result = call();
      host.execute(nested ? `RELEASE ${SAVEPOINT}` : "COMMIT");
      return result;
    } catch (error) {
      // SQLite ends a transaction by itself at some errors; then there is nothing to undo.
      if (host.nested) undo(host, nested);
      throw error;
    }
  };
}

function undo(host: TransactionHost, nested: boolean): void {
  if (nested) {
    host.execute(`ROLLBACK TO ${SAVEPOINT}`);
    host.execute(`RELEASE ${SAVEPOINT}`);
  } else {
    host.execute("ROLLBACK");
  }
}

function isThenable(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return typeof (value as { then?: unknown }).then === "function";
}
