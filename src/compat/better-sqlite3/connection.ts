import type { SyncDatabase, SyncStatement } from "../../engine/session/sync-database.ts";
import type { TableDefinition } from "../../engine/virtual-table.ts";
import { translated } from "./errors.ts";
import type { FacadeHome } from "./home.ts";
import type { TransactionHost } from "./transaction.ts";

/** What `table()` keeps; it is its own affair. */
export interface RowSource {
  add(name: string, definition: TableDefinition): number;
}

const BUSY = "This database connection is busy executing a query";

/**
 * What all statements of one `Database` share. The states, in the order in which they are
 * checked: closed, busy (inside a user function nothing else may run), iterating (what changes
 * the database must wait, unless `unsafeMode`).
 */
export class Connection implements TransactionHost {
  readonly home: FacadeHome;
  readonly database: SyncDatabase;
  /** Told every statement before it runs. */
  readonly log: ((sql: string) => void) | null;
  open = true;
  busy = false;
  /** How often something was executed. */
  executions = 0;
  /** Where the rows of virtual tables come from; null while there are none. */
  tables: RowSource | null = null;
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

  get nested(): boolean {
    return this.open && this.database.inTransaction;
  }

  requireControls(): void {
    if (this.#controlsKnown) return;
    this.requireOpen();
    this.requireNotBusy();
    this.#controlsKnown = true;
  }

  /** Runs BEGIN, COMMIT and the like; each text is compiled once. */
  execute(sql: string): void {
    this.requireOpen();
    this.requireNotBusy();
    this.requireNoIterators();
    this.busy = true;
    try {
      this.log?.(sql);
      if (sql === "ROLLBACK" || sql.startsWith("ROLLBACK TO")) this.home.names.end();
      this.#control(sql).first([], "bigint");
    } catch (error) {
      throw translated(error);
    } finally {
      this.busy = false;
    }
  }

  get atomically(): (<T>(body: () => T) => T) | null {
    const { database } = this;
    if (database.atomically === undefined) return null;
    return (body) => {
      this.requireOpen();
      this.requireNotBusy();
      this.requireNoIterators();
      try {
        return database.atomically?.(body) as ReturnType<typeof body>;
      } catch (error) {
        // A deferred foreign key is looked at when the body is over.
        throw translated(error);
      }
    };
  }

  /** For what `unsafeMode` does not allow either. */
  requireIdle(): void {
    this.requireOpen();
    if (this.busy || this.iterators > 0) throw new TypeError(BUSY);
  }

  #control(sql: string): SyncStatement {
    let statement = this.#controls.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#controls.set(sql, statement);
    }
    return statement;
  }
}
