import type { Row } from "../../base/value.ts";
import type {
  ColumnInfo,
  DriverCaps,
  DriverStatement,
  IntegerMode,
  RunResult,
  SqlDriver,
} from "../../ports/sql-driver.ts";
import { betterSqlite3Error } from "./better-sqlite3-error.ts";
import type { BetterDatabase, BetterStatement } from "./better-sqlite3-library.ts";
import { BetterSqlite3Statement, MAX_PARAMETERS } from "./better-sqlite3-statement.ts";
import type { BetterConnection } from "./better-sqlite3-statement.ts";
import { NestedTransaction } from "./nested-transaction.ts";

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
  readonly #kept = new Map<string, BetterStatement>();

  /** @param quiet what runs a piece of work of the engine's, which no log of the program shows */
  constructor(database: BetterDatabase, quiet: Quiet) {
    this.#database = database;
    this.#quiet = quiet;
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
