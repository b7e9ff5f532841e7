import { resolve } from "node:path";
import { DosqlError } from "../../../base/errors.ts";
import type {
  DriverCaps,
  DriverStatement,
  RunResult,
  SqlDriver,
} from "../../../ports/sql-driver.ts";
import { betterSqlite3Error, betterSqlite3OpenError } from "./error.ts";
import { betterSqlite3Class } from "./library.ts";
import type { BetterDatabase, BetterSqlite3Library, BetterStatement } from "./library.ts";
import { BetterSqlite3Statement, MAX_PARAMETERS } from "./statement.ts";
import type { BetterConnection } from "./statement.ts";
import type { ConnectionOptions } from "../sqlite/connection-settings.ts";
import { configureConnection, isMemory } from "../sqlite/connection-settings.ts";
import { NestedTransaction } from "../embedded/nested-transaction.ts";

/**
 * `SqlDriver` over the user's own better-sqlite3, set up as `NodeSqlDriver` is. What stays
 * different is how the library was compiled: `"text"` is never a string, only a name (DQS=0).
 *
 * Its defensive mode, which refuses writes to `sqlite_schema` and to shadow tables, is on, but
 * not while an `iterate` is open: the library allows writes beside that only without the mode.
 *
 * @example
 * import Database from "better-sqlite3";
 * const driver = new BetterSqlite3Driver(Database, "shard.sqlite", { synchronous: "FULL" });
 */
export class BetterSqlite3Driver implements SqlDriver, BetterConnection {
  readonly caps: DriverCaps = {
    transactionStatements: true,
    maxParameters: MAX_PARAMETERS,
    doubleQuotedStrings: false,
    hiddenPrefix: "_cf_dosql_",
  };
  readonly #database: BetterDatabase;
  readonly #lastRun: BetterStatement;
  readonly #size: BetterStatement;
  readonly #transactions = new NestedTransaction(this);
  readonly #cursors = new Set<Iterator<unknown>>();

  /**
   * @throws DosqlError `invalid-argument` for what is not better-sqlite3, or no path for it;
   *   `runtime` when its native part does not load; `sqlite` when SQLite cannot open the file
   */
  constructor(library: BetterSqlite3Library, path: string, options: ConnectionOptions = {}) {
    const Database = betterSqlite3Class(library);
    const file = fileName(path);
    try {
      this.#database = new Database(file, { readonly: options.readonly ?? false, timeout: 0 });
    } catch (error) {
      throw betterSqlite3OpenError(error);
    }
    try {
      this.#configure(file, options);
      this.#lastRun = this.#prepareRaw("SELECT changes(), last_insert_rowid()", true);
      this.#size = this.#prepareRaw(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        false,
      );
    } catch (error) {
      this.#database.close();
      throw betterSqlite3Error(error);
    }
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  prepare(sql: string): DriverStatement {
    try {
      return new BetterSqlite3Statement(this.#database, sql, this);
    } catch (error) {
      throw betterSqlite3Error(error);
    }
  }

  exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw betterSqlite3Error(error);
    }
  }

  atomically<T>(body: () => T): T {
    return this.#transactions.run(body);
  }

  lastRun(): RunResult {
    const [changes, rowid] = this.#lastRun.get() as [bigint, bigint];
    return { changes: Number(changes), lastRowid: rowid };
  }

  sizeBytes(): number {
    const [size] = this.#size.get() as [number];
    return size;
  }

  serialize(): Uint8Array {
    return this.#database.serialize();
  }

  opened(cursor: Iterator<unknown>): void {
    if (this.#cursors.size === 0) this.#database.unsafeMode(true);
    this.#cursors.add(cursor);
  }

  ended(cursor: Iterator<unknown>): void {
    if (!this.#cursors.delete(cursor)) return;
    if (this.#cursors.size === 0 && this.#database.open) this.#database.unsafeMode(false);
  }

  close(): void {
    for (const cursor of this.#cursors) cursor.return?.();
    this.#cursors.clear();
    this.#database.close();
  }

  #prepareRaw(sql: string, safeIntegers: boolean): BetterStatement {
    const statement = this.#database.prepare(sql);
    statement.raw(true);
    statement.safeIntegers(safeIntegers);
    return statement;
  }

  #configure(path: string, options: ConnectionOptions): void {
    const database = this.#database;
    configureConnection(
      {
        exec: (sql) => database.exec(sql),
        value: (sql) => (this.#prepareRaw(sql, false).get() as unknown[] | undefined)?.[0],
      },
      path,
      options,
    );
  }
}

/** A name that better-sqlite3, which trims it, takes for the same file as everybody else. */
function fileName(path: string): string {
  if (isMemory(path)) return path;
  const file = resolve(path);
  if (file !== file.trim() || file.includes("\0")) {
    throw new DosqlError("invalid-argument", `better-sqlite3 cannot open ${JSON.stringify(path)}`, {
      hint: "its name ends with a space or holds a NUL character",
    });
  }
  return file;
}
