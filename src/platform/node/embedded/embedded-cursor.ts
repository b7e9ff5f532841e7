import type { Row } from "../../../base/value.ts";
import type { Callbacks } from "./embedded-callbacks.ts";

/** Rows of node:sqlite one at a time, with errors translated. */
export class NodeCursor implements IterableIterator<Row> {
  readonly #rows: Iterator<Row>;
  readonly #callbacks: Callbacks;

  constructor(rows: Iterator<Row>, callbacks: Callbacks) {
    this.#rows = rows;
    this.#callbacks = callbacks;
  }

  next(): IteratorResult<Row> {
    this.#callbacks.begin();
    try {
      return this.#rows.next();
    } catch (error) {
      throw this.#callbacks.failure(error);
    }
  }

  return(): IteratorResult<Row> {
    this.#rows.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
