import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { Awaited } from "./worker-connection.ts";
import type { WorkerHost } from "./worker-host.ts";
import type { WorkerExecution, WorkerPart, WorkerReply, WorkerRows } from "./worker-message.ts";

/** Rows of the first part: a loop that stops soon has not fetched much. */
const FIRST_ROWS = 32;
/** Parts grow up to this; the process ends them by their bytes, too. */
const MOST_ROWS = 2_048;

/** What a cursor needs of its statement. */
export interface CursorStatement {
  require(): void;
  heard<Told extends WorkerRows>(told: Told): Told;
}

/**
 * The rows of a statement in another process, in parts that grow. While the program is at one
 * part the process is at the next, unless something of the program's can see that.
 */
export class WorkerCursor implements IterableIterator<Row>, Awaited {
  readonly #host: WorkerHost;
  readonly #statement: CursorStatement;
  readonly #execution: WorkerExecution;
  readonly #cursor: number;
  #generation = 0;
  #rows: Row[] = [];
  #place = 0;
  #count = FIRST_ROWS;
  #more = true;
  /** What comes behind the rows that are here. */
  #next: WorkerPart | null = null;
  #error: { readonly error: unknown } | null = null;
  #foreseen = false;

  constructor(host: WorkerHost, statement: CursorStatement, execution: WorkerExecution) {
    this.#host = host;
    this.#statement = statement;
    this.#execution = execution;
    this.#cursor = host.nextId();
  }

  next(): IteratorResult<Row> {
    if (this.#place >= this.#rows.length) this.#go();
    const row = this.#rows[this.#place++];
    return row === undefined ? { done: true, value: undefined } : { done: false, value: row };
  }

  return(): IteratorResult<Row> {
    const { connection } = this.#host;
    // Without a wait for what is on its way: the process is told with what is asked next.
    const held = this.#more && this.#generation === connection.generation;
    this.#more = false;
    this.#next = null;
    this.#error = null;
    this.#rows = [];
    if (held) connection.later({ op: "leave", cursor: this.#cursor });
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  arrived(reply: WorkerReply): void {
    this.#foreseen = false;
    if (reply.kind === "done") this.#next = reply.value as WorkerPart;
    else if (reply.kind === "failed") {
      this.lost(this.#host.connection.failureOf(reply.failure));
    }
  }

  lost(error: unknown): void {
    this.#foreseen = false;
    this.#error = { error };
    this.#more = false;
  }

  /** Goes on to the next part. */
  #go(): void {
    this.#rows = [];
    this.#place = 0;
    if (this.#foreseen) this.#settle();
    const failed = this.#error;
    this.#error = null;
    if (failed !== null) throw failed.error;
    if (!this.#more) return;
    const part = this.#next ?? this.#fetch();
    this.#next = null;
    this.#take(part);
    if (this.#rows.length === 0 && this.#error !== null) this.#go();
  }

  #settle(): void {
    try {
      this.#host.connection.settle();
    } catch (error) {
      // It was for these rows, and is thrown below.
      this.#error ??= { error };
    }
  }

  #take(part: WorkerPart): void {
    this.#statement.heard(part);
    this.#rows = part.rows;
    this.#more = part.more;
    if (part.failure !== null) {
      this.#error = { error: this.#host.connection.failureOf(part.failure) };
    }
    this.#count = Math.min(this.#count * 4, MOST_ROWS);
    if (!this.#more || this.#host.watched) return;
    this.#foreseen = true;
    this.#host.connection.foresee(this.#goOn(), this);
  }

  #fetch(): WorkerPart {
    const { connection } = this.#host;
    if (this.#generation !== 0) return connection.ask(this.#goOn()) as WorkerPart;
    this.#statement.require();
    this.#generation = connection.generation;
    return connection.ask({
      op: "rows",
      cursor: this.#cursor,
      count: this.#size,
      ...this.#execution,
    }) as WorkerPart;
  }

  #goOn(): { readonly op: "more"; readonly cursor: number; readonly count: number } {
    if (this.#host.connection.generation !== this.#generation) {
      this.#more = false;
      throw new DosqlError("connection", "the rows are gone with the process they came from");
    }
    return { op: "more", cursor: this.#cursor, count: this.#size };
  }

  get #size(): number {
    return this.#host.watched ? 1 : this.#count;
  }
}
