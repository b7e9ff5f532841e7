/** What a transaction needs of its connection. */
interface Transactional {
  readonly inTransaction: boolean;
  exec(sql: string): void;
}

/** Runs work as a whole: a transaction of its own, or a savepoint inside of one. */
export class NestedTransaction {
  readonly #connection: Transactional;
  #depth = 0;

  constructor(connection: Transactional) {
    this.#connection = connection;
  }

  run<T>(body: () => T): T {
    const connection = this.#connection;
    const nested = connection.inTransaction;
    const name = `_dosql_${this.#depth + 1}`;
    connection.exec(nested ? `SAVEPOINT ${name}` : "BEGIN IMMEDIATE");
    this.#depth++;
    try {
      const result = body();
      connection.exec(nested ? `RELEASE ${name}` : "COMMIT");
      return result;
    } catch (error) {
      // OR ROLLBACK and a full disk end the transaction by themselves.
      if (connection.inTransaction) {
        connection.exec(nested ? `ROLLBACK TO ${name}; RELEASE ${name}` : "ROLLBACK");
      }
      throw error;
    } finally {
      this.#depth--;
    }
  }
}
