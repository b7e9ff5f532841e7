import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { IntegerMode } from "../../../ports/sql-driver.ts";
import type { RemoteHost } from "./remote-host.ts";
import type { Exchange, Foreseen } from "./remote-connection.ts";
import type { Reply } from "./remote-reply.ts";
import type { RemoteText } from "./remote-text.ts";

/** Rows of the first part: a loop that stops soon has not fetched much. */
const FIRST_ROWS = 64;
/** Parts grow up to this: the wait for one is then little beside the work on its rows. */
const MOST_ROWS = 4_096;
/** A part should have so many bytes at most, as far as the last one tells how long rows are. */
const PART_BYTES = 1024 * 1024;

/** What is run. */
export interface RemoteExecution {
  readonly params: Row;
  readonly integers: IntegerMode;
  /** It changes nothing. */
  readonly repeatable: boolean;
}

/**
 * The rows of a portal, fetched in parts that grow. While the program is at one part the server
 * is at the next.
 */
export class RemoteRows implements IterableIterator<Row>, Foreseen {
  readonly #host: RemoteHost;
  readonly #text: RemoteText;
  readonly #execution: RemoteExecution;
  #portal: string | null = null;
  #generation = 0;
  #rows: Row[] = [];
  #place = 0;
  #count = FIRST_ROWS;
  #more = true;
  /** A part was asked for that is not here yet. */
  #waits = false;
  #next: Reply | null = null;
  #error: { readonly error: unknown } | null = null;

  constructor(host: RemoteHost, text: RemoteText, execution: RemoteExecution) {
    this.#host = host;
    this.#text = text;
    this.#execution = execution;
  }

  next(): IteratorResult<Row> {
    if (this.#place >= this.#rows.length && this.#more) this.#fetch();
    const row = this.#rows[this.#place++];
    return row === undefined ? { done: true, value: undefined } : { done: false, value: row };
  }

  return(): IteratorResult<Row> {
    const { connection } = this.#host;
    // Without a wait for what is on its way: the server is told with what is asked next.
    const portal = this.#portal;
    const held = this.#more && portal !== null && connection.generation === this.#generation;
    if (held) connection.later((writer) => writer.closePortal(portal));
    this.#more = false;
    this.#rows = [];
    this.#next = null;
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  get exchange(): Exchange {
    const portal = this.#portal ?? "";
    const { integers } = this.#execution;
    return {
      integers,
      repeatable: false,
      write: (writer) => {
        // Known only now: the connection may have been made anew for this very request.
        if (this.#host.connection.generation !== this.#generation) {
          throw new DosqlError(
            "connection",
            "the rows are gone with the connection they came from",
          );
        }
        writer.execute(portal, this.#count);
        writer.sync();
      },
    };
  }

  arrived(reply: Reply): void {
    this.#waits = false;
    this.#next = reply;
  }

  lost(error: unknown): void {
    this.#waits = false;
    this.#error = { error };
  }

  #fetch(): void {
    // Whatever fails, there are no more.
    this.#more = false;
    const reply = this.#portal === null ? this.#begin() : this.#goOn();
    this.#text.heard(reply);
    this.#host.lastRowid = reply.lastRowid ?? this.#host.lastRowid;
    this.#rows = reply.rows;
    this.#place = 0;
    this.#more = reply.suspended;
    if (!this.#more) return;
    const fitting = Math.ceil((PART_BYTES * reply.rows.length) / reply.size);
    this.#count = Math.max(1, Math.min(this.#count * 4, MOST_ROWS, fitting));
    this.#waits = true;
    this.#host.connection.foresee(this);
  }

  #begin(): Reply {
    const portal = this.#host.portalName();
    const { repeatable, integers } = this.#execution;
    const reply = this.#host.connection.ask({
      integers,
      repeatable,
      write: (writer) => {
        const name = this.#text.name(writer);
        writer.bind(portal, name, this.#execution.params);
        writer.execute(portal, this.#count);
        writer.sync();
      },
    });
    this.#portal = portal;
    this.#generation = this.#host.connection.generation;
    return reply;
  }

  #goOn(): Reply {
    const { connection } = this.#host;
    if (this.#waits) connection.settle();
    const failed = this.#error;
    this.#error = null;
    if (failed !== null) throw failed.error;
    const reply = this.#next ?? connection.ask(this.exchange);
    this.#next = null;
    return reply;
  }
}
