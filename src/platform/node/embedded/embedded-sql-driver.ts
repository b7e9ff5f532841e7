import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { EmbeddedDriver, EmbeddedStatement } from "../../../ports/embedded-driver.ts";
import type {
  ColumnInfo,
  DriverCaps,
  DriverStatement,
  IntegerMode,
  RunResult,
  SqlDriver,
} from "../../../ports/sql-driver.ts";
import { NestedTransaction } from "./nested-transaction.ts";

/** SQLite's own default for SQLITE_MAX_VARIABLE_NUMBER, which Node keeps. */
const MAX_PARAMETERS = 32_766;

/** Texts that each transaction needs: compiled once. */
const CONTROLS: ReadonlySet<string> = new Set(["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"]);

/** An embedding program's connection as the engine sees its own: for the change log. */
export class EmbeddedSqlDriver implements SqlDriver {
  readonly caps: DriverCaps = {
    transactionStatements: true,
    maxParameters: MAX_PARAMETERS,
    doubleQuotedStrings: false,
    hiddenPrefix: "_cf_dosql_",
  };
  readonly #driver: EmbeddedDriver;
  readonly #transactions = new NestedTransaction(this);
  readonly #controls = new Map<string, EmbeddedStatement>();

  constructor(driver: EmbeddedDriver) {
    this.#driver = driver;
  }

  get inTransaction(): boolean {
    return this.#driver.inTransaction;
  }

  prepare(sql: string): DriverStatement {
    return new EngineStatement(this.#compile(sql));
  }

  exec(sql: string): void {
    if (!CONTROLS.has(sql)) return this.#driver.exec(sql);
    let statement = this.#controls.get(sql);
    if (statement === undefined) {
      statement = this.#compile(sql);
      this.#controls.set(sql, statement);
    }
    statement.run([], "number");
  }

  atomically<T>(body: () => T): T {
    return this.#transactions.run(body);
  }

  lastRun(): RunResult {
    const [changes, rowid] = this.#first("SELECT changes(), last_insert_rowid()");
    return { changes: Number(changes), lastRowid: rowid as bigint };
  }

  sizeBytes(): number {
    return Number(
      this.#first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[0],
    );
  }

  close(): void {
    this.#driver.close();
  }

  #first(sql: string): Row {
    return this.#compile(sql).first([], "bigint") ?? [];
  }

  #compile(sql: string): EmbeddedStatement {
    const statement = this.#driver.prepare(sql);
    if (statement === null) throw new DosqlError("bug", "the engine prepared an empty text");
    return statement;
  }
}

class EngineStatement implements DriverStatement {
  readonly #statement: EmbeddedStatement;

  constructor(statement: EmbeddedStatement) {
    this.#statement = statement;
  }

  columns(): readonly ColumnInfo[] {
    return this.#statement.columns();
  }

  all(params: Row, integers: IntegerMode): Row[] {
    const rows = this.#statement.all(params, "bigint");
    return integers === "number" ? rows.map(inDoubles) : rows;
  }

  *iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    for (const row of this.#statement.iterate(params)) {
      yield integers === "number" ? inDoubles(row) : row;
    }
  }

  run(params: Row): RunResult {
    const { changes, lastRowid } = this.#statement.run(params, "bigint");
    return { changes, lastRowid: BigInt(lastRowid) };
  }
}

function inDoubles(row: Row): Row {
  return row.map((value) => (typeof value === "bigint" ? Number(value) : value));
}
