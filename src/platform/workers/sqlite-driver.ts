import type { Row } from "../../base/value.ts";
import type {
  ColumnInfo,
  DriverCaps,
  DriverStatement,
  IntegerMode,
  RunResult,
  SqlDriver,
  StatementCounts,
} from "../../ports/sql-driver.ts";
import type { TransactionScope } from "../../ports/transaction-scope.ts";
import { DurableConnection } from "./durable-connection.ts";
import type { DurableCursor, DurableStorage } from "./durable-storage.ts";
import { ExactText, countPlaceholders, exactOrRefuse, untag, wrapQuery } from "./exact-integers.ts";

/** What a Durable Object's SQLite accepts (measured: `?101` is refused). */
const MAX_PARAMETERS = 100;

/** What precedes a statement's first word, and that word. */
const HEAD = /^(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$))*([a-z]*)/i;

/** Kinds of statement that need different ways to know columns and exact integers. */
type Head = "query" | "change" | "with" | "integers" | "other";

function headOf(sql: string): Head {
  switch (HEAD.exec(sql)?.[1]?.toLowerCase()) {
    case "select":
    case "values":
      return "query";
    case "insert":
    case "update":
    case "delete":
    case "replace":
      return "change";
    case "with":
      return "with";
    case "pragma":
    case "explain":
      return "integers";
    default:
      return "other";
  }
}

/** A query as it hands INTEGERs out exactly. */
interface Wrapped {
  readonly sql: string;
  /** Of its columns, at that mark of the connection's: a `*` may be others later. */
  readonly names: readonly string[];
  readonly schemaMark: number;
}

/**
 * A statement text. `ctx.storage.sql` compiles only by running, so a mistake in the text shows
 * when its columns are asked for or when it runs.
 */
class WorkersStatement implements DriverStatement {
  counts: StatementCounts = { rowsRead: 0, rowsWritten: 0 };
  readonly #connection: DurableConnection;
  readonly #sql: string;
  readonly #head: Head;
  readonly #exact = new ExactText();
  #wrapped: Wrapped | null = null;
  /** One array for good, brought up to date by every run: see `columns`. */
  readonly #columns: ColumnInfo[] = [];
  #columnsKnown = false;

  constructor(connection: DurableConnection, sql: string) {
    this.#connection = connection;
    this.#sql = sql;
    this.#head = headOf(sql);
  }

  /**
   * The columns of RETURNING cannot be known before the statement ran: until then there is one
   * without a name. The array is always the same one, so whoever asked early has the names
   * as soon as there are rows.
   */
  columns(): readonly ColumnInfo[] {
    if (!this.#columnsKnown) this.#noteColumns(this.#probe());
    return this.#columns;
  }

  all(params: Row, integers: IntegerMode): Row[] {
    if (this.#head === "query") {
      return integers === "number" ? this.#allRounded(params) : this.#allWrapped(params);
    }
    this.#connection.uncounted();
    return this.#connection.guarded(() =>
      integers === "number" ? this.#allRounded(params) : this.#allExact(params),
    );
  }

  *iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    if (!this.#isQuery()) {
      yield* this.all(params, integers);
      return;
    }
    const { sql, names } = integers === "bigint" ? this.#wrap() : { sql: this.#sql, names: null };
    const cursor = this.#start(sql, params);
    if (names === null) this.#noteColumns(cursor.columnNames);
    const rows = this.#connection.rows(cursor, sql);
    try {
      // Not `yield*`, which would end the rows with itself.
      for (let row = rows.next(); row.done !== true; row = rows.next()) {
        yield names === null ? row.value : row.value.map(untag);
      }
    } finally {
      // The runtime has no way to end a statement early, and one that is not at its end locks
      // the tables it reads.
      for (const _row of rows);
      this.counts = countsOf(cursor);
      this.#noteColumns(names ?? cursor.columnNames);
    }
  }

  run(params: Row, also?: string): RunResult {
    const { sql, params: values } = this.#exact.bind(this.#sql, params);
    const counts = this.#head === "change";
    return this.#connection.guarded(() => {
      const { cursor, done } = this.#connection.runCounted(sql, values, counts, also);
      this.#finish(cursor);
      return done;
    });
  }

  runQuietly(params: Row): void {
    this.#connection.uncounted();
    const { sql, params: values } = this.#exact.bind(this.#sql, params);
    this.#connection.guarded(() => this.#finish(this.#connection.drain(sql, values, this.#plain)));
  }

  /** Whether the text reads or changes rows by its first word. */
  get #plain(): boolean {
    return this.#head === "query" || this.#head === "change";
  }

  #start(text: string, values: Row): DurableCursor {
    const { sql, params } = this.#exact.bind(text, values);
    return this.#connection.start(sql, params, this.#plain);
  }

  #finish(cursor: DurableCursor): void {
    this.counts = countsOf(cursor);
    this.#noteColumns(cursor.columnNames);
  }

  #noteColumns(names: readonly string[]): void {
    this.#columnsKnown = true;
    const columns = this.#columns;
    if (names.length === columns.length && names.every((n, i) => columns[i]?.name === n)) return;
    columns.splice(
      0,
      columns.length,
      ...names.map((name) => ({ name, table: null, column: null, declaredType: null })),
    );
  }

  #allRounded(params: Row): Row[] {
    const cursor = this.#start(this.#sql, params);
    const rows = this.#connection.allRows(cursor, this.#sql);
    this.#finish(cursor);
    return rows;
  }

  #allExact(params: Row): Row[] {
    if (this.#isQuery()) return this.#allWrapped(params);
    const onlyIntegers = this.#head === "integers";
    return this.#connection.asStatement(() =>
      this.#allRounded(params).map((row) => row.map((v) => exactOrRefuse(v, onlyIntegers))),
    );
  }

  #allWrapped(params: Row): Row[] {
    const known = this.#wrapped;
    if (known === null || known.schemaMark !== this.#connection.schemaMark) {
      return this.#readWrapped(this.#wrap(), params);
    }
    try {
      return this.#readWrapped(known, params);
    } catch {
      // It may have other columns by now.
      return this.#readWrapped(this.#wrap(), params);
    }
  }

  #wrap(): Wrapped {
    const { schemaMark } = this.#connection;
    const names = this.#probe();
    return (this.#wrapped = { sql: wrapQuery(this.#sql, names.length), names, schemaMark });
  }

  #readWrapped({ sql, names }: Wrapped, params: Row): Row[] {
    const cursor = this.#start(sql, params);
    const rows = this.#connection.allRows(cursor, sql).map((row) => row.map(untag));
    this.counts = countsOf(cursor);
    this.#noteColumns(names);
    return rows;
  }

  /** Whether the text can stand inside another query. EXPLAIN compiles it and runs nothing. */
  #isQuery(): boolean {
    if (this.#head !== "with") return this.#head === "query";
    try {
      this.#connection.drain(`EXPLAIN SELECT 1 FROM (${this.#sql}\n)`, this.#nulls());
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Column names before the statement ran. A query is compiled without looking for a row, as a
   * part of another one; there SQLite numbers columns of the same name (`a`, `a:1`).
   */
  #probe(): readonly string[] {
    if (this.#head === "integers") {
      return this.#connection.drain(this.#sql, this.#nulls()).columnNames;
    }
    if (!this.#isQuery()) return /\breturning\b/i.test(this.#sql) ? [""] : [];
    try {
      const sql = `SELECT * FROM (${this.#sql}\n) LIMIT 0`;
      const { columnNames } = this.#connection.drain(sql, this.#nulls());
      return columnNames.map((name) => {
        const base = name.replace(/:\d+$/, "");
        return columnNames.includes(base) ? base : name;
      });
    } catch {
      // Alone, the text says in SQLite's words what is wrong with it.
      return this.#connection.drain(this.#sql, this.#nulls()).columnNames;
    }
  }

  #nulls(): null[] {
    return new Array<null>(countPlaceholders(this.#sql)).fill(null);
  }
}

function countsOf(cursor: DurableCursor): StatementCounts {
  return { rowsRead: cursor.rowsRead, rowsWritten: cursor.rowsWritten };
}

/** `SqlDriver` over the SQLite of a Durable Object. */
export class WorkersSqlDriver implements SqlDriver, TransactionScope {
  readonly caps: DriverCaps = {
    transactionStatements: false,
    narrow: true,
    maxParameters: MAX_PARAMETERS,
    doubleQuotedStrings: true,
    hiddenPrefix: "_dosql_",
  };
  readonly #connection: DurableConnection;

  constructor(storage: DurableStorage) {
    this.#connection = new DurableConnection(storage);
  }

  get inTransaction(): boolean {
    return this.#connection.inTransaction;
  }

  get changeMark(): number {
    return this.#connection.changeMark;
  }

  get ownChanges(): number {
    return this.#connection.ownChanges;
  }

  prepare(sql: string): DriverStatement {
    return new WorkersStatement(this.#connection, sql);
  }

  exec(sql: string): void {
    this.#connection.uncounted();
    // The runtime looks for a statement after the last semicolon, and complains of finding none.
    const text = sql.replace(/[\s;]+$/, "");
    this.#connection.guarded(() => this.#connection.drain(text, []));
  }

  atomically<T>(body: () => T): T {
    return this.#connection.atomically(body);
  }

  scoped<T>(body: () => Promise<T>): Promise<T> {
    return this.#connection.scoped(body);
  }

  get isIntact(): boolean {
    return this.#connection.isIntact;
  }

  lastRun(also?: string): RunResult {
    return this.#connection.lastRun(also);
  }

  sizeBytes(): number {
    return this.#connection.sizeBytes;
  }

  /** The object's storage lives as long as the object. */
  close(): void {}
}
