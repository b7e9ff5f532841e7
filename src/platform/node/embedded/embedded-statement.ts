import type { StatementSync } from "node:sqlite";
import type { Row, SqlValue } from "../../../base/value.ts";
import type {
  EmbeddedColumn,
  EmbeddedRunResult,
  EmbeddedStatement,
} from "../../../ports/embedded-driver.ts";
import type { IntegerMode } from "../../../ports/sql-driver.ts";
import type { Callbacks } from "./embedded-callbacks.ts";
import { NodeCursor } from "./embedded-cursor.ts";

/** What a statement asks its connection. */
export interface ConnectionFacts {
  /** Whether `?5` binds by position, as in newer versions of node:sqlite, or by its name. */
  bindsNumberedByPosition(): boolean;
  /** What the last statement did, by SQLite's own functions, with a rounded rowid. */
  lastRun(): EmbeddedRunResult;
}

/**
 * `EmbeddedStatement` over node:sqlite, which reads INTEGERs as bigint or as number. The second
 * is faster, and throws at an INTEGER that does not fit a double, when the statement has already
 * begun its work: so it is tried only for what may run twice.
 */
export class NodeEmbeddedStatement implements EmbeddedStatement {
  readonly text: string;
  readonly #statement: StatementSync;
  readonly #callbacks: Callbacks;
  readonly #connection: ConnectionFacts;
  /** Names by index; null while every value binds by its position. */
  #names: readonly (string | null)[] | null = null;
  #bigints = true;
  #arrays = true;
  /** It has returned an INTEGER that fits no double. */
  #large = false;

  constructor(statement: StatementSync, callbacks: Callbacks, connection: ConnectionFacts) {
    this.text = statement.sourceSQL;
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    this.#statement = statement;
    this.#callbacks = callbacks;
    this.#connection = connection;
  }

  bindNames(names: readonly (string | null)[]): void {
    const byPosition = names.some(isNumbered) && this.#connection.bindsNumberedByPosition();
    const known = byPosition ? names.map((name) => (isNumbered(name) ? null : name)) : names;
    if (known.every((name) => name === null)) return;
    this.#statement.setAllowBareNamedParameters(false);
    this.#names = known;
  }

  columns(): readonly EmbeddedColumn[] {
    try {
      return this.#statement.columns().map((column) => ({
        name: column.name,
        column: column.column,
        table: column.table,
        database: column.database,
        declaredType: column.type,
      }));
    } catch (error) {
      throw this.#callbacks.failure(error);
    }
  }

  all(params: Row, integers: IntegerMode): Row[] {
    if (integers === "number" && !this.#large) {
      this.#begin(true, false);
      try {
        return rowsOf(this.#statement.all(...this.#arranged(params)));
      } catch (error) {
        this.#noticeLarge(error);
      }
    }
    this.#begin(true, true);
    try {
      return rowsOf(this.#statement.all(...this.#arranged(params)));
    } catch (error) {
      throw this.#callbacks.failure(error);
    }
  }

  first(params: Row, integers: IntegerMode): Row | undefined {
    if (integers === "number" && !this.#large) {
      this.#begin(true, false);
      try {
        return rowOf(this.#statement.get(...this.#arranged(params)));
      } catch (error) {
        this.#noticeLarge(error);
      }
    }
    this.#begin(true, true);
    try {
      return rowOf(this.#statement.get(...this.#arranged(params)));
    } catch (error) {
      throw this.#callbacks.failure(error);
    }
  }

  firstRecord(params: Row): Readonly<Record<string, SqlValue>> | undefined {
    this.#begin(false, true);
    try {
      return this.#statement.get(...this.#arranged(params));
    } catch (error) {
      throw this.#callbacks.failure(error);
    }
  }

  iterate(params: Row): IterableIterator<Row> {
    this.#begin(true, true);
    try {
      const rows: unknown = this.#statement.iterate(...this.#arranged(params));
      return new NodeCursor(rows as Iterator<Row>, this.#callbacks);
    } catch (error) {
      throw this.#callbacks.failure(error);
    }
  }

  run(params: Row, integers: IntegerMode): EmbeddedRunResult {
    const bigints = integers === "bigint";
    if (this.#bigints !== bigints) this.#setBigints(bigints);
    this.#callbacks.begin();
    try {
      const done = this.#statement.run(...this.#arranged(params));
      return { changes: Number(done.changes), lastRowid: done.lastInsertRowid };
    } catch (error) {
      // Node 26 throws when the rowid does not fit a double: the statement itself has run.
      if (!bigints && this.#callbacks.isRangeError(error)) return this.#connection.lastRun();
      throw this.#callbacks.failure(error);
    }
  }

  expanded(params: Row): string {
    // Binds the values, and steps nothing until somebody asks for a row.
    this.iterate(params);
    return this.#statement.expandedSQL;
  }

  #begin(arrays: boolean, bigints: boolean): void {
    this.#callbacks.begin();
    if (this.#bigints !== bigints) this.#setBigints(bigints);
    if (this.#arrays === arrays) return;
    this.#statement.setReturnArrays(arrays);
    this.#arrays = arrays;
  }

  #setBigints(bigints: boolean): void {
    this.#statement.setReadBigInts(bigints);
    this.#bigints = bigints;
  }

  /** Returns when the error asks for bigints, else throws it. */
  #noticeLarge(error: unknown): void {
    if (!this.#callbacks.isRangeError(error)) throw this.#callbacks.failure(error);
    this.#large = true;
  }

  /** The values as node:sqlite takes them: an object of those with names, then the others. */
  #arranged(params: Row): Row {
    const names = this.#names;
    if (names === null) return params;
    const named = Object.create(null) as Record<string, SqlValue>;
    const arranged: unknown[] = [named];
    for (let i = 0; i < params.length; i++) {
      const name = names[i];
      const value = params[i] as SqlValue;
      if (name === null || name === undefined) arranged.push(value);
      else named[name] = value;
    }
    return arranged as Row;
  }
}

function isNumbered(name: string | null): boolean {
  return name !== null && name.startsWith("?");
}

/** node:sqlite's types know rows as objects only. */
function rowsOf(value: unknown): Row[] {
  return value as Row[];
}

function rowOf(value: unknown): Row | undefined {
  return value as Row | undefined;
}
