import type { Row } from "../../../base/value.ts";
import type {
  ColumnInfo,
  DriverCaps,
  DriverStatement,
  IntegerMode,
  RunResult,
  SqlDriver,
} from "../../../ports/sql-driver.ts";
import { betterSqlite3Error } from "./error.ts";
import type { BetterDatabase, BetterStatement } from "./library.ts";
import { BetterSqlite3Statement, MAX_PARAMETERS } from "./statement.ts";
import type { BetterConnection } from "./statement.ts";
import { NestedTransaction } from "../embedded/nested-transaction.ts";

/**
 * A program's own connection of better-sqlite3 as the engine sees its own: for the change log.
 * Its settings stay the program's, and it is not the engine's to close.
 */
export class BetterSqlite3Connection implements SqlDriver, BetterConnection {
  readonly caps: DriverCaps = {
    transactionStatements: true,
    maxParameters: MAX_PARAMETERS,
    doubleQuotedStrings: false,
    hiddenPrefix: "_cf_dosql_",
  };
  readonly #database: BetterDatabase;
  readonly #quiet: Quiet;
  readonly #transactions = new NestedTransaction(this);
  #beside = false;
  readonly #kept = new Map<string, BetterStatement>();

  /** @param quiet what runs a piece of work of the engine's, which no log of the program shows */
  constructor(database: BetterDatabase, quiet: Quiet) {
    this.#database = database;
    this.#quiet = (work) => {
      if (!this.#beside) return quiet(work);
      try {
        return quiet(work);
      } catch (error) {
        const { code, message } = betterSqlite3Error(error);
        if (code !== "misuse" || !message.endsWith(" busy executing a query")) throw error;
        return this.#unsafely(() => quiet(work));
      }
    };
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  prepare(sql: string): DriverStatement {
    try {
      const statement = new BetterSqlite3Statement(this.#database, sql, this);
      return new QuietStatement(statement, this.#quiet);
    } catch (error) {
      throw betterSqlite3Error(error);
    }
  }

  exec(sql: string): void {
    try {
      this.#quiet(() => {
        if (CONTROLS.has(sql)) this.#keep(sql).run();
        else this.#database.exec(sql);
      });
    } catch (error) {
      throw betterSqlite3Error(error);
    }
  }

  atomically<T>(body: () => T): T {
    return this.#transactions.run(body);
  }

  lastRun(): RunResult {
    const row = this.#quiet(() => this.#keep("SELECT changes(), last_insert_rowid()").get());
    const [changes, rowid] = row as [bigint, bigint];
    return { changes: Number(changes), lastRowid: rowid };
  }

  sizeBytes(): number {
    const sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    const [size] = this.#quiet(() => this.#keep(sql).get()) as [bigint];
    return Number(size);
  }

  opened(): void {}

  ended(): void {}

  close(): void {}

  /**
   * Runs a statement that the library lets a program run while it iterates, an INSERT … RETURNING
   * by `all()`, though not what the log needs beside it.
   */
  besideIterators<T>(body: () => T): T {
    const before = this.#beside;
    this.#beside = true;
    try {
      return body();
    } finally {
      this.#beside = before;
    }
  }

  /**
   * What the library refused before it did anything. It refuses nothing in `unsafeMode`, so that
   * is off, unless a function of the program's runs, when it cannot be turned on either.
   */
  #unsafely<T>(work: () => T): T {
    this.#database.unsafeMode(true);
    try {
      return work();
    } finally {
      this.#database.unsafeMode(false);
    }
  }

  #keep(sql: string): BetterStatement {
    let statement = this.#kept.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      if (statement.reader) statement.raw(true);
      statement.safeIntegers(true);
      this.#kept.set(sql, statement);
    }
    return statement;
  }
}

/** Texts that each transaction needs: compiled once. */
const CONTROLS: ReadonlySet<string> = new Set(["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"]);

type Quiet = <T>(work: () => T) => T;

class QuietStatement implements DriverStatement {
  readonly #statement: BetterSqlite3Statement;
  readonly #quiet: Quiet;

  constructor(statement: BetterSqlite3Statement, quiet: Quiet) {
    this.#statement = statement;
    this.#quiet = quiet;
  }

  columns(): readonly ColumnInfo[] {
    return this.#statement.columns();
  }

  all(params: Row, integers: IntegerMode): Row[] {
    return this.#quiet(() => this.#statement.all(params, integers));
  }

  /** Read at once: an open cursor would keep the program from writing. */
  iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    return this.all(params, integers).values();
  }

  run(params: Row): RunResult {
    return this.#quiet(() => this.#statement.run(params));
  }
}
