import type { Row, SqlValue } from "../../../base/value.ts";
import { mapPlaceholders } from "../../../ports/placeholders.ts";
import type {
  ColumnInfo,
  DriverStatement,
  IntegerMode,
  RunResult,
} from "../../../ports/sql-driver.ts";
import { betterSqlite3Error } from "./error.ts";
import type { BetterDatabase, BetterStatement } from "./library.ts";

/** SQLite's own default for SQLITE_MAX_VARIABLE_NUMBER, which better-sqlite3 keeps. */
export const MAX_PARAMETERS = 32_766;

/** What a statement asks its connection. */
export interface BetterConnection {
  lastRun(): RunResult;
  /** Rows are being read from now on; writes beside that are fine. */
  opened(cursor: Iterator<unknown>): void;
  ended(cursor: Iterator<unknown>): void;
}

/** `DriverStatement` over better-sqlite3. */
export class BetterSqlite3Statement implements DriverStatement {
  readonly #statement: BetterStatement;
  readonly #connection: BetterConnection;
  /** One for each value that it binds: its name, null where it binds by its position. */
  readonly #names: readonly (string | null)[];
  readonly #named: boolean;
  #integers: IntegerMode = "bigint";

  constructor(database: BetterDatabase, sql: string, connection: BetterConnection) {
    const { names, inOrder } = readParameters(sql);
    const compiled = database.prepare(sql);
    const named = names.some((name) => name !== null);
    // Positions bind faster than names; but a result column is named by its text.
    const positional = named && inOrder && !compiled.reader;
    const statement = positional ? database.prepare(mapPlaceholders(sql, () => "?")) : compiled;
    statement.safeIntegers(true);
    if (statement.reader) statement.raw(true);
    this.#statement = statement;
    this.#names = names;
    this.#named = named && !positional;
    this.#connection = connection;
  }

  columns(): readonly ColumnInfo[] {
    if (!this.#statement.reader) return [];
    return this.#statement.columns().map(({ name, table, column, type }) => ({
      name,
      table,
      column,
      declaredType: type,
    }));
  }

  all(params: Row, integers: IntegerMode): Row[] {
    if (!this.#statement.reader) {
      this.run(params);
      return [];
    }
    try {
      this.#read(integers);
      const rows = this.#statement.all(...this.#arranged(params)) as Row[];
      for (const row of rows) plainBlobs(row);
      return rows;
    } catch (error) {
      throw betterSqlite3Error(error);
    }
  }

  *iterate(params: Row, integers: IntegerMode): IterableIterator<Row> {
    if (!this.#statement.reader) {
      this.run(params);
      return;
    }
    try {
      this.#read(integers);
      const cursor = this.#statement.iterate(...this.#arranged(params));
      this.#connection.opened(cursor);
      try {
        for (const row of cursor) yield plainBlobs(row as Row);
      } finally {
        this.#connection.ended(cursor);
      }
    } catch (error) {
      throw betterSqlite3Error(error);
    }
  }

  run(params: Row): RunResult {
    try {
      this.#read("bigint");
      if (this.#statement.reader) return this.#drain(params);
      const { changes, lastInsertRowid } = this.#statement.run(...this.#arranged(params));
      return { changes, lastRowid: BigInt(lastInsertRowid) };
    } catch (error) {
      throw betterSqlite3Error(error);
    }
  }

  /** The library's own `run` stops at the first row. */
  #drain(params: Row): RunResult {
    const cursor = this.#statement.iterate(...this.#arranged(params));
    while (cursor.next().done !== true);
    const done = this.#connection.lastRun();
    return this.#statement.readonly ? { ...done, changes: 0 } : done;
  }

  #read(mode: IntegerMode): void {
    if (this.#integers === mode) return;
    this.#statement.safeIntegers(mode === "bigint");
    this.#integers = mode;
  }

  /**
   * The values as better-sqlite3 takes them: an object of those with names, then the others. It
   * wants all of them, where SQLite takes what is missing for NULL.
   */
  #arranged(params: Row): readonly unknown[] {
    const names = this.#names;
    const missing = Math.max(0, names.length - params.length);
    const values = missing === 0 ? params : [...params, ...new Array<null>(missing).fill(null)];
    if (!this.#named) return values;
    const named: Record<string, SqlValue> = {};
    const arranged: unknown[] = [named];
    for (const [at, value] of values.entries()) {
      const name = names[at];
      if (name === null || name === undefined) arranged.push(value);
      else named[name] = value;
    }
    return arranged;
  }
}

/** The parameters of a text. */
interface Parameters {
  /** What better-sqlite3 calls them, by index: to it `?5` is one that is named 5. Null for `?`. */
  readonly names: readonly (string | null)[];
  /** Each stands once, and in the order of the numbers: they could all be `?`. */
  readonly inOrder: boolean;
}

function readParameters(sql: string): Parameters {
  const names: (string | null)[] = [];
  let count = 0;
  let inOrder = true;
  if (!sql.includes("?")) return { names, inOrder };
  mapPlaceholders(sql, (number, text) => {
    // What is beyond SQLite's limit it refuses itself.
    if (number > MAX_PARAMETERS) return text;
    inOrder &&= number === ++count;
    while (names.length < number) names.push(null);
    if (text.length > 1) names[number - 1] ??= text.slice(1);
    return text;
  });
  return { names, inOrder };
}

/** Blobs come as Buffers, which are Uint8Arrays with other habits. */
function plainBlobs(row: Row): Row {
  for (let i = 0; i < row.length; i++) {
    const value = row[i];
    if (typeof value !== "object" || value === null) continue;
    row[i] = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  return row;
}
