import type { SyncDatabase, SyncStatement } from "../../engine/sync-database.ts";
import type { FacadeHome } from "./home.ts";

const BUSY = "This database connection is busy executing a query";

/**
 * What all statements of one `Database` share. The states, in the order in which they are
 * checked: closed, busy (inside a user function nothing else may run), iterating (what changes
 * the database must wait, unless `unsafeMode`).
 */
export class Connection {
  readonly home: FacadeHome;
  readonly database: SyncDatabase;
  /** Told every statement before it runs. */
  readonly log: ((sql: string) => void) | null;
  open = true;
  busy = false;
  /** Iterators that are neither exhausted nor closed. */
  iterators = 0;
  unsafe = false;
  /** Whether new statements return INTEGERs as bigint. */
  safeIntegers = false;
  #controlsKnown = false;
  readonly #controls = new Map<string, SyncStatement>();

  constructor(home: FacadeHome, database: SyncDatabase, log: ((sql: string) => void) | null) {
    this.home = home;
    this.database = database;
    this.log = log;
  }

  requireOpen(): void {
    if (!this.open) throw new TypeError("The database connection is not open");
  }

  /** For what only reads. */
  requireNotBusy(): void {
    if (this.busy) throw new TypeError(BUSY);
  }

  /** For what may change the database. */
  requireNoIterators(): void {
    if (this.iterators > 0 && !this.unsafe) throw new TypeError(BUSY);
  }

  /** For the first `transaction()`, when better-sqlite3 compiles its BEGIN, COMMIT and the like. */
  requireControls(): void {
    if (this.#controlsKnown) return;
    this.requireOpen();
    this.requireNotBusy();
    this.#controlsKnown = true;
  }

  /** Runs BEGIN, COMMIT and the like; each text is compiled once. */
  control(sql: string): void {
    let statement = this.#controls.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#controls.set(sql, statement);
    }
    statement.first([], "bigint");
  }

  /** For what `unsafeMode` does not allow either. */
  requireIdle(): void {
    this.requireOpen();
    if (this.busy || this.iterators > 0) throw new TypeError(BUSY);
  }
}
