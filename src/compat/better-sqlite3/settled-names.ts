/**
 * Column names of a statement with `*` can become others whenever a connection alters the table.
 * Those of this process say so; one of another process is taken to have done it between two turns
 * of the event loop: within a turn the names that were seen hold.
 */
export class NameTurns {
  #turn = 0;
  #ends = false;

  /** The number of this turn; another one after `end`. */
  current(): number {
    if (!this.#ends) {
      this.#ends = true;
      void Promise.resolve().then(() => this.end());
    }
    return this.#turn;
  }

  end(): void {
    this.#turn += 1;
    this.#ends = false;
  }
}

/** Whether a statement can change the names of columns, as far as its first word says. */
export function mayRename(sql: string): boolean {
  return !HARMLESS.test(sql) || /\brollback\b/i.test(sql);
}

const HARMLESS =
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|VALUES|WITH|BEGIN|COMMIT|END|SAVEPOINT|RELEASE)\b/i;
