import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { RemoteHost } from "./remote-host.ts";
import type { Reply } from "./remote-reply.ts";
import type { RequestWriter } from "./remote-request.ts";
import type { RemoteText } from "./remote-text.ts";

/** Rows of the first part: a loop that stops soon has not fetched much. */
const FIRST_ROWS = 64;
/** Parts grow up to this: the wait for one is then little beside the work on its rows. */
const MOST_ROWS = 4_096;

/** What is run. */
export interface RemoteExecution {
  readonly params: Row;
  readonly integers: IntegerMode;
  /** It changes nothing. */
  readonly repeatable: boolean;
}

/** The rows of a portal, fetched in parts that grow. */
export class RemoteRows implements IterableIterator<Row> {
  readonly #host: RemoteHost;
  readonly #text: RemoteText;
  readonly #execution: RemoteExecution;
  #portal: string | null = null;
  #generation = 0;
  #rows: Row[] = [];
  #place = 0;
  #count = FIRST_ROWS;
  #more = true;

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
    const portal = this.#portal;
    const held = this.#more && portal !== null && connection.generation === this.#generation;
    if (held) connection.later((writer) => writer.closePortal(portal));
    this.#more = false;
    this.#rows = [];
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  #fetch(): void {
    // Whatever fails, there are no more.
    this.#more = false;
    const reply = this.#portal === null ? this.#begin() : this.#goOn(this.#portal);
    this.#text.heard(reply);
    this.#host.lastRowid = reply.lastRowid ?? this.#host.lastRowid;
    this.#rows = reply.rows;
    this.#place = 0;
    this.#more = reply.suspended;
    this.#count = Math.min(this.#count * 4, MOST_ROWS);
  }

  #begin(): Reply {
    const portal = this.#host.portalName();
    const reply = this.#ask(this.#execution.repeatable, (writer) => {
      const name = this.#text.name(writer);
      writer.bind(portal, name, this.#execution.params);
      writer.execute(portal, this.#count);
      writer.sync();
    });
    this.#portal = portal;
    this.#generation = this.#host.connection.generation;
    return reply;
  }

  #goOn(portal: string): Reply {
    return this.#ask(false, (writer) => {
      // Known only now: the connection may have been made anew for this very request.
      if (this.#host.connection.generation !== this.#generation) {
        throw new DosqlError("connection", "the rows are gone with the connection they came from");
      }
      writer.execute(portal, this.#count);
      writer.sync();
    });
  }

  #ask(repeatable: boolean, write: (writer: RequestWriter) => void): Reply {
    return this.#host.connection.ask({ integers: this.#execution.integers, repeatable, write });
  }
}
