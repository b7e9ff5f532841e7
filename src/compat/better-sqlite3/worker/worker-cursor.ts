import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { Awaited, Lasting } from "./worker-connection.ts";
import type { WorkerHost } from "./worker-host.ts";
import type { WorkerExecution, WorkerPart, WorkerReply, WorkerRows } from "./worker-message.ts";

/** Rows of the first part: a loop that stops soon has not fetched much. */
const FIRST_ROWS = 32;
/** Parts grow up to this; the process ends them by their bytes, too. */
const MOST_ROWS = 2_048;

/** What a cursor needs of its statement. */
export interface CursorStatement {
  readonly lasting: Lasting;
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
    this.#rows = [];
    // Waited for: then nothing is locked any more, and what it wrote is committed.
    if (this.#foreseen) connection.settle();
    const held = this.#more && this.#generation === connection.generation;
    this.#more = false;
    this.#next = null;
    this.#error = null;
    if (held) connection.ask({ op: "leave", cursor: this.#cursor }, this.#statement.lasting);
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
    if (!this.#more || part.slow) return;
    this.#count = Math.min(this.#count * 4, MOST_ROWS);
    // Of what is written all rows are there, and no row may be lost with a process that is ahead.
    if (this.#host.watched || this.#statement.lasting !== "no") return;
    this.#foreseen = true;
    this.#host.connection.foresee(this.#goOn(), this);
  }

  #fetch(): WorkerPart {
    const { connection } = this.#host;
    const { lasting } = this.#statement;
    if (this.#generation !== 0) return connection.ask(this.#goOn(), lasting) as WorkerPart;
    this.#statement.require();
    this.#generation = connection.generation;
    const count = this.#size;
    const rows = { op: "rows", cursor: this.#cursor, count, ...this.#execution } as const;
    return connection.ask(rows, lasting) as WorkerPart;
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
