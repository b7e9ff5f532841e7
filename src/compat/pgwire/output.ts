import { writeReport } from "./codec/backend.ts";
import { Writer } from "./codec/writer.ts";
import type { ErrorReport } from "./errors.ts";
import { OUTPUT_CHUNK_BYTES } from "./limits.ts";

/**
 * Where a connection's bytes go: a socket, a stream, a test. Its methods do not throw: a
 * transport that is gone says so by the connection's `closed`.
 */
export interface Sink {
  /**
   * Takes bytes, which are its own from now on. False: it is congested, and the connection
   * works on only after `drained`.
   */
  write(bytes: Uint8Array): boolean;
  /** No more bytes will come; what was written is still to be delivered. */
  end(): void;
  /** Asks not to deliver more input for now, so that a client cannot fill memory. */
  pauseInput?(): void;
  resumeInput?(): void;
}

/** Collects messages and hands them to the sink in few, large pieces. */
export class Output {
  readonly writer: Writer = new Writer();
  readonly #sink: Sink;
  /** Somebody waits for what was written: a Sync, a Flush, a question of the startup. */
  #wanted = false;
  congested = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Enough to send, whoever waits. */
  get full(): boolean {
    return this.writer.size >= OUTPUT_CHUNK_BYTES;
  }

  /** What is written so far goes out at the next wait. */
  want(): void {
    this.#wanted = true;
  }

  /** Sends what is wanted; called before every wait. */
  sendWanted(): void {
    if (this.#wanted) this.send();
  }

  /** Sends all of it; false when the sink has no room for more. */
  send(): boolean {
    this.#wanted = false;
    if (this.writer.size > 0 && !this.#sink.write(this.writer.take())) this.congested = true;
    return !this.congested;
  }

  /** An error or a notice: the client gets it at once, as from Postgres, Sync or not. */
  report(report: ErrorReport): void {
    writeReport(this.writer, report);
    this.want();
  }

  end(): void {
    this.send();
    this.#sink.end();
  }
}
