/**
 * A home where a transaction is not two statements but the time that a body takes (a Durable
 * Object).
 */
export interface TransactionScope {
  /**
   * All that `body` does, however long it waits, or nothing of it when it rejects. Nests: an inner
   * one is a savepoint. Until the outermost ends, nothing else happens in the home.
   */
  scoped<T>(body: () => Promise<T>): Promise<T>;
  /**
   * Inside: whether it is still open. SQLite may have rolled it back by itself when a statement
   * failed; then `body` has to reject, and must not run anything more.
   */
  readonly isIntact: boolean;
}
