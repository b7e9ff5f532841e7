import type { Row } from "../../base/value.ts";
import type { SyncStatement } from "../../engine/session/sync-database.ts";
import { bindArguments, layoutOf } from "./binding.ts";
import type { ParameterLayout } from "./binding.ts";
import type { Connection } from "./connection.ts";
import { SqliteError, translated } from "./errors.ts";
import { expandedText } from "./expanded-text.ts";
import { toggleArgument } from "./options.ts";
import { ownValue, RowShaper, styleOf } from "./row-shaper.ts";
import type { RowMode } from "./row-shaper.ts";
import { RowCursor, StatementIterator } from "./statement-iterator.ts";
import { mayRename } from "./settled-names.ts";
import type { ResultColumn, RunInfo } from "./surface.ts";

/** What a statement is made of; only `prepare` has it. */
export class StatementParts {
  readonly connection: Connection;
  readonly database: object;
  readonly source: string;
  readonly compiled: SyncStatement;

  constructor(connection: Connection, database: object, source: string, compiled: SyncStatement) {
    this.connection = connection;
    this.database = database;
    this.source = source;
    this.compiled = compiled;
  }
}

/** A prepared statement. */
export class Statement {
  readonly reader: boolean;
  readonly readonly: boolean;
  readonly source: string;
  readonly database: object;
  declare readonly busy: boolean;
  readonly #connection: Connection;
  readonly #compiled: SyncStatement;
  readonly #layout: ParameterLayout;
  readonly #shaper: RowShaper;
  /** An iterator over it is open. */
  #locked = false;
  /** It may change the names of columns. */
  readonly #renames: boolean;
  /** Values bound for good. */
  #bound: Row | null = null;

  constructor(parts: StatementParts) {
    if (!(parts instanceof StatementParts)) {
      throw new TypeError("Statements can only be constructed by the db.prepare() method");
    }
    const { connection, compiled } = parts;
    this.reader = compiled.reader;
    this.readonly = compiled.readonly;
    this.source = parts.source;
    this.database = parts.database;
    Object.defineProperty(this, "busy", BUSY);
    this.#connection = connection;
    this.#compiled = compiled;
    this.#layout = layoutOf(compiled.parameters);
    const style = styleOf(connection, connection.safeIntegers);
    this.#shaper = new RowShaper(compiled, style, connection.home.names);
    this.#renames = mayRename(parts.source);
  }

  static isLocked(statement: Statement): boolean {
    return statement.#locked;
  }

  /** All rows with NULL for every parameter: what EXPLAIN needs. */
  static allUnbound(statement: Statement): unknown[] {
    statement.#bound = Array.from({ length: statement.#layout.count }, () => null);
    return statement.all();
  }

  run(...args: unknown[]): RunInfo {
    const connection = this.#connection;
    this.#requireReady();
    connection.requireNoIterators();
    const params = this.#bind(args);
    connection.busy = true;
    connection.executions += 1;
    if (this.#renames) connection.home.names.end();
    try {
      if (connection.log !== null) connection.log(expandedText(this.#compiled, params));
      const { changes, lastRowid } = this.#compiled.run(params, this.#shaper.style.integers);
      return { changes, lastInsertRowid: lastRowid };
    } catch (error) {
      throw translated(error);
    } finally {
      connection.busy = false;
    }
  }

  get(...args: unknown[]): unknown {
    const connection = this.#connection;
    this.#requireReader();
    this.#requireReady();
    const params = this.#bind(args);
    connection.busy = true;
    connection.executions += 1;
    if (this.#renames) connection.home.names.end();
    try {
      if (connection.log !== null) connection.log(expandedText(this.#compiled, params));
      return this.#shaper.first(params);
    } catch (error) {
      throw translated(error);
    } finally {
      connection.busy = false;
    }
  }

  all(...args: unknown[]): unknown[] {
    const connection = this.#connection;
    this.#requireReader();
    this.#requireReady();
    const params = this.#bind(args);
    connection.busy = true;
    connection.executions += 1;
    if (this.#renames) connection.home.names.end();
    try {
      if (connection.log !== null) connection.log(expandedText(this.#compiled, params));
      return this.#shaper.all(this.#compiled.all(params, this.#shaper.style.integers));
    } catch (error) {
      throw translated(error);
    } finally {
      connection.busy = false;
    }
  }

  iterate(...args: unknown[]): StatementIterator {
    const connection = this.#connection;
    this.#requireReader();
    this.#requireReady();
    // Whoever iterates may change the bytes before the first row is asked for.
    const params = this.#bind(args).map(ownValue);
    try {
      // Asked first: expanding binds the statement, which would end the rows.
      const text = connection.log === null ? null : expandedText(this.#compiled, params);
      const rows = this.#compiled.iterate(params, this.#shaper.style.integers);
      this.#locked = true;
      connection.executions += 1;
      if (this.#renames) connection.home.names.end();
      this.#shaper.begin();
      const show = (row: Row): unknown => this.#shaper.one(row);
      const unlock = (): void => {
        this.#locked = false;
      };
      return new StatementIterator(this, new RowCursor({ connection, rows, text, show, unlock }));
    } catch (error) {
      throw translated(error);
    }
  }

  bind(...args: unknown[]): this {
    if (this.#bound !== null) {
      throw new TypeError("The bind() method can only be invoked once per statement object");
    }
    this.#requireReady();
    this.#bound = bindArguments(args, this.#layout).map(ownValue);
    return this;
  }

  pluck(...args: unknown[]): this {
    return this.#toggle("pluck", args);
  }

  expand(...args: unknown[]): this {
    if (this.#compiled.origins === false) {
      throw new SqliteError("expand() is not supported here", "DOSQL_UNSUPPORTED");
    }
    return this.#toggle("expand", args);
  }

  raw(...args: unknown[]): this {
    return this.#toggle("raw", args);
  }

  safeIntegers(...args: unknown[]): this {
    this.#connection.requireNotBusy();
    this.#requireUnlocked();
    this.#shaper.style = styleOf(this.#connection, toggleArgument(args));
    return this;
  }

  columns(): ResultColumn[] {
    this.#requireReader("The columns() method is only for statements that return data");
    this.#connection.requireOpen();
    this.#connection.requireNotBusy();
    try {
      return this.#compiled.columns().map((column) => ({
        name: column.name,
        column: column.column,
        table: column.table,
        database: column.database,
        type: column.declaredType,
      }));
    } catch (error) {
      throw translated(error);
    }
  }

  toString(): string {
    if (this.#bound === null || !this.#connection.open) return this.source;
    try {
      // Expanding binds the statement anew, which would end an open iterator.
      const { database } = this.#connection;
      const compiled = this.#locked ? database.prepare(this.source) : this.#compiled;
      return expandedText(compiled, this.#bound);
    } catch (error) {
      throw translated(error);
    }
  }

  #bind(args: unknown[]): Row {
    if (this.#bound === null) return bindArguments(args, this.#layout);
    if (args.length > 0) throw new TypeError("This statement already has bound parameters");
    return this.#bound;
  }

  #requireReader(complaint = "This statement does not return data. Use run() instead"): void {
    if (!this.reader) throw new TypeError(complaint);
  }

  #requireReady(): void {
    this.#connection.requireOpen();
    this.#connection.requireNotBusy();
    this.#requireUnlocked();
  }

  #requireUnlocked(): void {
    if (this.#locked) throw new TypeError("This statement is busy executing a query");
  }

  #toggle(mode: RowMode, args: readonly unknown[]): this {
    this.#requireReader(`The ${mode}() method is only for statements that return data`);
    this.#connection.requireNotBusy();
    this.#requireUnlocked();
    if (toggleArgument(args)) this.#shaper.mode = mode;
    else if (this.#shaper.mode === mode) this.#shaper.mode = "object";
    return this;
  }
}

const BUSY: PropertyDescriptor = {
  get(this: Statement): boolean {
    return Statement.isLocked(this);
  },
  enumerable: true,
};
