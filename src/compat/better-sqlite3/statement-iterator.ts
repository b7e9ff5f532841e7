import type { Row } from "../../base/value.ts";
import type { Connection } from "./connection.ts";
import { translated } from "./errors.ts";

/** What an iterator walks over. */
interface Walk {
  readonly connection: Connection;
  readonly rows: IterableIterator<Row>;
  /** What the log is told when the first row is asked for; null without a log. */
  readonly text: string | null;
  readonly show: (row: Row) => unknown;
  /** Frees the statement. */
  readonly unlock: () => void;
}

/** The rows of a running statement. While it is open, the connection counts it. */
export class RowCursor {
  readonly #walk: Walk;
  #started = false;
  #open = true;

  constructor(walk: Walk) {
    this.#walk = walk;
    walk.connection.iterators += 1;
  }

  next(): IteratorResult<unknown, undefined> {
    if (!this.#open) return { value: undefined, done: true };
    const { connection, rows, show } = this.#walk;
    connection.requireNotBusy();
    connection.busy = true;
    try {
      this.#announce();
      const step = rows.next();
      if (step.done !== true) return { value: show(step.value), done: false };
    } catch (error) {
      this.#end();
      throw translated(error);
    } finally {
      connection.busy = false;
    }
    this.#end();
    return { value: undefined, done: true };
  }

  close(): void {
    if (!this.#open) return;
    this.#walk.connection.requireNotBusy();
    try {
      this.#end();
    } catch (error) {
      throw translated(error);
    }
  }

  #announce(): void {
    const { connection, text } = this.#walk;
    if (!this.#started && text !== null) connection.log?.(text);
    this.#started = true;
  }

  #end(): void {
    this.#open = false;
    this.#walk.connection.iterators -= 1;
    this.#walk.unlock();
    this.#walk.rows.return?.();
  }
}

/** What `statement.iterate()` returns. */
export class StatementIterator implements IterableIterator<unknown, undefined> {
  readonly statement: object;
  readonly #cursor: RowCursor;

  constructor(statement: object, cursor: RowCursor) {
    this.statement = statement;
    this.#cursor = cursor;
  }

  next(): IteratorResult<unknown, undefined> {
    return this.#cursor.next();
  }

  return(): IteratorResult<unknown, undefined> {
    this.#cursor.close();
    return { value: undefined, done: true };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
