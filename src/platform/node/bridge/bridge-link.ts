import type { Socket } from "node:net";
import { DosqlError } from "../../../base/errors.ts";
import { AnswerScan, farewell, FRESH_MS, SYNC, TERMINATE, UNKNOWN } from "./answer-scan.ts";

/** One request that waits for its answer. */
interface Question {
  readonly answered: (bytes: Uint8Array) => void;
  readonly failed: (error: DosqlError) => void;
}

/** One that is sent when the other side has shown that it listens. */
interface HeardQuestion extends Question {
  /** The connection ended before it was sent. */
  readonly ended: () => void;
}

/** A socket that is logged in: requests go out, and answers are cut at each ReadyForQuery. */
export class BridgeLink {
  readonly #socket: Socket;
  readonly #chunks: Uint8Array[] = [];
  readonly #scan = new AnswerScan();
  #question: Question | null = null;
  #reason = "the server closed the connection";
  /** A Sync is out, to hear whether anybody listens. */
  #knocking = false;
  /** Told when that is answered, or the connection ends. */
  #heard: ((ended: boolean) => void) | null = null;
  #patience: NodeJS.Timeout | undefined;
  #answeredMs = 0;
  ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", (error) => (this.#reason = error.message));
    socket.on("end", () => this.#end());
    socket.on("close", () => this.#end());
  }

  send(bytes: Uint8Array, question: Question): void {
    this.#question = question;
    this.#socket.write(bytes);
  }

  /** The same, but nothing is sent while the other side is too busy to listen. */
  sendHeard(bytes: Uint8Array, patienceMs: number, question: HeardQuestion): void {
    if (!this.#knocking && performance.now() - this.#answeredMs < FRESH_MS) {
      this.send(bytes, question);
      return;
    }
    if (!this.#knocking) this.#socket.write(SYNC);
    this.#knocking = true;
    this.#patience = setTimeout(() => {
      this.#heard = null;
      question.failed(new DosqlError("busy", `no answer within ${patienceMs} ms`));
    }, patienceMs);
    this.#heard = (ended) => {
      clearTimeout(this.#patience);
      if (ended) question.ended();
      else this.send(bytes, question);
    };
  }

  close(): void {
    this.#question = null;
    this.#heard = null;
    clearTimeout(this.#patience);
    if (this.ended) return;
    this.#socket.end(TERMINATE);
    this.#end();
  }

  #end(): void {
    if (this.ended) return;
    this.ended = true;
    const question = this.#question;
    this.#question = null;
    this.#tell(true);
    question?.failed(
      new DosqlError(
        "connection",
        `the connection was lost: ${farewell(this.#chunks) ?? this.#reason}`,
        {
          hint: UNKNOWN,
        },
      ),
    );
  }

  #receive(chunk: Buffer): void {
    const end = this.#scan.readyEnd(chunk);
    const own = end < 0 ? chunk : chunk.subarray(0, end);
    this.#chunks.push(own);
    if (end < 0) {
      // Who says goodbye while nothing was asked hears nothing more.
      if (this.#question !== null || farewell(this.#chunks) === null) return;
      this.#socket.destroy();
      this.#end();
      return;
    }
    const [first = own] = this.#chunks;
    const bytes = this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#chunks.length = 0;
    this.#answeredMs = performance.now();
    if (this.#knocking) {
      this.#knocking = false;
      this.#tell(false);
    } else {
      const question = this.#question;
      this.#question = null;
      question?.answered(bytes);
    }
    // A notice, or why the connection is about to end.
    if (end < chunk.length) this.#receive(chunk.subarray(end));
  }

  #tell(ended: boolean): void {
    const heard = this.#heard;
    this.#heard = null;
    heard?.(ended);
  }
}
