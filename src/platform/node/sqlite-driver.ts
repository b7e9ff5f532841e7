import type { DatabaseSync, StatementSync } from "node:sqlite";
import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type {
  ColumnInfo,
  DriverCaps,
  DriverStatement,
  IntegerMode,
  RunResult,
  SqlDriver,
} from "../../ports/sql-driver.ts";
import { nodeSqlite } from "./node-sqlite.ts";
import { sqliteError } from "./sqlite-error.ts";

/** SQLite's own default for SQLITE_MAX_VARIABLE_NUMBER, which Node keeps. */
const MAX_PARAMETERS = 32_766;

/** How a file is opened. */
export interface NodeDriverOptions {
  readonly readonly?: boolean;
  /** `FULL` makes a commit survive power loss; the server uses it. Default `NORMAL`. */
  readonly synchronous?: "FULL" | "NORMAL";
  /** WAL for files, so that readers never wait for a writer. Default true. */
  readonly wal?: boolean;
  /** Accept `"text"` as a string where no such column exists, as D1 does. Default true. */
  readonly doubleQuotedStrings?: boolean;
}

/** Pages of cache per connection, negative = KiB: 16 MB, as better-sqlite3 builds it. */
const CACHE_KIB = -16_000;

/** node:sqlite hands bigints for INTEGER in one mode, doubles or an error in the other. */
class NodeStatement implements DriverStatement {
  readonly #statement: StatementSync;
  #integers: IntegerMode = "bigint";

  constructor(statement: StatementSync) {
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    this.#statement = statement;
  }

  columns(): readonly ColumnInfo[] {
    return this.#statement.columns().map((c) => ({
      name: c.name,
      table: c.table,
      column: c.column,
      declaredType: c.type,
    }));
  }

  all(params: Row, integers: IntegerMode): Row[] {
    this.#read("bigint");
    try {
      const rows = this.#statement.all(...params) as unknown as Row[];
      return integers === "number" ? rows.map(doublesInPlace) : rows;
    } catch (error) {
      throw sqliteError(error);
    }
  }

  *iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    this.#read("bigint");
    try {
      for (const row of this.#statement.iterate(...params) as Iterable<unknown>) {
        yield integers === "number" ? doublesInPlace(row as Row) : (row as Row);
      }
    } catch (error) {
      throw sqliteError(error);
    }
  }

  run(params: Row): RunResult {
    this.#read("bigint");
    try {
      const done = this.#statement.run(...params);
      return { changes: Number(done.changes), lastRowid: BigInt(done.lastInsertRowid) };
    } catch (error) {
      throw sqliteError(error);
    }
  }

  #read(mode: IntegerMode): void {
    if (this.#integers === mode) return;
    this.#statement.setReadBigInts(mode === "bigint");
    this.#integers = mode;
  }
}

function doublesInPlace(row: Row): Row {
  for (let i = 0; i < row.length; i++) {
    const value = row[i];
    if (typeof value === "bigint") row[i] = Number(value);
  }
  return row;
}

/** `SqlDriver` over Node's own SQLite. */
export class NodeSqlDriver implements SqlDriver {
  readonly caps: DriverCaps = {
    transactionStatements: true,
    maxParameters: MAX_PARAMETERS,
    hiddenPrefix: "_cf_dosql_",
  };
  readonly #database: DatabaseSync;
  readonly #lastRun: StatementSync;
  readonly #size: StatementSync;
  #depth = 0;

  constructor(path: string, options: NodeDriverOptions = {}) {
    try {
      this.#database = new (nodeSqlite().DatabaseSync)(path, {
        readOnly: options.readonly ?? false,
        enableForeignKeyConstraints: true,
        enableDoubleQuotedStringLiterals: options.doubleQuotedStrings ?? true,
        timeout: 0,
      });
      this.#configure(path, options);
    } catch (error) {
      throw sqliteError(error);
    }
    this.#lastRun = this.#database.prepare("SELECT changes(), last_insert_rowid()");
    this.#lastRun.setReturnArrays(true);
    this.#lastRun.setReadBigInts(true);
    this.#size = this.#database.prepare(
      "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    );
    this.#size.setReturnArrays(true);
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  prepare(sql: string): DriverStatement {
    try {
      return new NodeStatement(this.#database.prepare(sql));
    } catch (error) {
      throw sqliteError(error);
    }
  }

  exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw sqliteError(error);
    }
  }

  atomically<T>(body: () => T): T {
    const nested = this.inTransaction;
    const name = `_dosql_${++this.#depth}`;
    this.exec(nested ? `SAVEPOINT ${name}` : "BEGIN IMMEDIATE");
    try {
      const result = body();
      this.exec(nested ? `RELEASE ${name}` : "COMMIT");
      return result;
    } catch (error) {
      // OR ROLLBACK and a full disk end the transaction by themselves.
      if (this.inTransaction) {
        this.exec(nested ? `ROLLBACK TO ${name}; RELEASE ${name}` : "ROLLBACK");
      }
      throw error;
    } finally {
      this.#depth--;
    }
  }

  lastRun(): RunResult {
    const [changes, rowid] = this.#lastRun.get() as unknown as [bigint, bigint];
    return { changes: Number(changes), lastRowid: rowid };
  }

  sizeBytes(): number {
    const [size] = this.#size.get() as unknown as [number];
    return size;
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #configure(path: string, options: NodeDriverOptions): void {
    const exec = (sql: string): void => this.#database.exec(sql);
    exec(`PRAGMA cache_size = ${CACHE_KIB}`);
    if (options.readonly === true) return;
    if ((options.wal ?? true) && path !== ":memory:" && path !== "") {
      exec("PRAGMA journal_mode = WAL");
      const [mode] = Object.values(this.#database.prepare("PRAGMA journal_mode").get() ?? {});
      if (mode !== "wal") {
        throw new DosqlError(
          "io",
          `cannot switch ${path} to WAL: the journal mode is ${String(mode)}`,
        );
      }
    }
    exec(`PRAGMA synchronous = ${options.synchronous ?? "NORMAL"}`);
  }
}
