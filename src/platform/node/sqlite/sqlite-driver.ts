import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Row } from "../../../base/value.ts";
import type {
  ColumnInfo,
  DriverCaps,
  DriverStatement,
  IntegerMode,
  RunResult,
  SqlDriver,
} from "../../../ports/sql-driver.ts";
import { Authorizer } from "./authorizer.ts";
import type { ConnectionOptions } from "./connection-settings.ts";
import { configureConnection } from "./connection-settings.ts";
import { missingInNode } from "../embedded/embedded-errors.ts";
import { NestedTransaction } from "../embedded/nested-transaction.ts";
import { engineSqlite } from "./node-sqlite.ts";
import { sqliteError } from "./sqlite-error.ts";

/** SQLite's own default for SQLITE_MAX_VARIABLE_NUMBER, which Node keeps. */
const MAX_PARAMETERS = 32_766;

/** How a file is opened. */
export interface NodeDriverOptions extends ConnectionOptions {
  /** Accept `"text"` as a string where no such column exists, as D1 does. Default true. */
  readonly doubleQuotedStrings?: boolean;
  /**
   * Have SQLite ask about all that it compiles for users, where this Node can: a second wall behind
   * the parser. Compiling a statement takes longer by about a third. Default true.
   */
  readonly authorizer?: boolean;
}

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
  readonly caps: DriverCaps;
  readonly #database: DatabaseSync;
  readonly #lastRun: StatementSync;
  readonly #size: StatementSync;
  /** Undefined until a user's statement comes: it makes SQLite compile all others anew. */
  #authorizer: Authorizer | null | undefined;
  readonly #transactions = new NestedTransaction(this);

  constructor(path: string, options: NodeDriverOptions = {}) {
    const doubleQuotedStrings = options.doubleQuotedStrings ?? true;
    this.caps = {
      transactionStatements: true,
      maxParameters: MAX_PARAMETERS,
      doubleQuotedStrings,
      hiddenPrefix: "_cf_dosql_",
    };
    const { DatabaseSync: Connection } = engineSqlite();
    try {
      this.#database = new Connection(path, {
        readOnly: options.readonly ?? false,
        enableForeignKeyConstraints: true,
        enableDoubleQuotedStringLiterals: doubleQuotedStrings,
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
    this.#authorizer = (options.authorizer ?? true) ? undefined : null;
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

  prepareUser(sql: string): DriverStatement {
    if (this.#authorizer === undefined) {
      this.#authorizer = Authorizer.on(this.#database, this.caps.hiddenPrefix);
    }
    if (this.#authorizer === null) return this.prepare(sql);
    return this.#authorizer.prepare(sql, () => this.prepare(sql));
  }

  exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw sqliteError(error);
    }
  }

  atomically<T>(body: () => T): T {
    return this.#transactions.run(body);
  }

  lastRun(): RunResult {
    const [changes, rowid] = this.#lastRun.get() as unknown as [bigint, bigint];
    return { changes: Number(changes), lastRowid: rowid };
  }

  sizeBytes(): number {
    const [size] = this.#size.get() as unknown as [number];
    return size;
  }

  /** @throws DosqlError `runtime` when this Node is too old */
  serialize(): Uint8Array {
    const database: DatabaseSync & { readonly serialize?: () => Uint8Array } = this.#database;
    if (database.serialize === undefined) throw missingInNode("serialize() in a transaction");
    return database.serialize();
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #configure(path: string, options: NodeDriverOptions): void {
    const database = this.#database;
    configureConnection(
      {
        exec: (sql) => database.exec(sql),
        value: (sql) => Object.values(database.prepare(sql).get() ?? {})[0],
      },
      path,
      options,
    );
  }
}
