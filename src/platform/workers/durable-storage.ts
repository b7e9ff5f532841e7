/**
 * What the driver needs of a Durable Object's `ctx.storage`: written down here, so that nothing
 * of ours depends on the runtime's own type package.
 */
export interface DurableStorage {
  readonly sql: DurableSql;
  /** Nests; an exception rolls back. */
  transactionSync<T>(body: () => T): T;
  /** Nests too; until it ends, no other event of the object is delivered. */
  transaction<T>(body: () => Promise<T>): Promise<T>;
  /** Values by key, in the same SQLite and its transactions; older runtimes have none. */
  readonly kv?: DurableKeys;
}

/** `ctx.storage.kv`. */
export interface DurableKeys {
  get(key: string): unknown;
  put(key: string, value: unknown): void;
}

/** `ctx.storage.sql`. */
export interface DurableSql {
  exec(sql: string, ...bindings: unknown[]): DurableCursor;
  /** Pages in use times their size. */
  readonly databaseSize: number;
}

/** What `exec` returns: rows are read as they are asked for. */
export interface DurableCursor {
  readonly columnNames: string[];
  readonly rowsRead: number;
  readonly rowsWritten: number;
  raw(): Iterable<unknown[]>;
}
