import type { Socket } from "node:net";
import { DosqlError } from "../../../base/errors.ts";

const HEADER_BYTES = 5;
const READY_FOR_QUERY = 0x5a;
const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);

/** One request that waits for its answer. */
interface Question {
  readonly answered: (bytes: Uint8Array) => void;
  readonly failed: (error: DosqlError) => void;
}

/** A socket that is logged in: requests go out, and answers are cut at each ReadyForQuery. */
export class BridgeLink {
  readonly #socket: Socket;
  readonly #chunks: Uint8Array[] = [];
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #bodyLeft = 0;
  #question: Question | null = null;
  #reason = "the server closed the connection";
  ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", (error) => (this.#reason = error.message));
    socket.on("end", () => this.#end());
    socket.on("close", () => this.#end());
  }

  send(bytes: Uint8Array, answered: Question["answered"], failed: Question["failed"]): void {
    this.#question = { answered, failed };
    this.#socket.write(bytes);
  }

  close(): void {
    this.#question = null;
    if (this.ended) return;
    this.#socket.end(TERMINATE);
    this.#end();
  }

  #end(): void {
    if (this.ended) return;
    this.ended = true;
    const question = this.#question;
    this.#question = null;
    question?.failed(
      new DosqlError("connection", `the connection was lost: ${this.#farewell() ?? this.#reason}`, {
        hint: "whether the statement was run is unknown",
      }),
    );
  }

  #receive(chunk: Buffer): void {
    const ready = this.#scan(chunk);
    this.#chunks.push(chunk);
    if (!ready) return;
    const [first = chunk] = this.#chunks;
    const bytes = this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#chunks.length = 0;
    const question = this.#question;
    this.#question = null;
    question?.answered(bytes);
  }

  /** Whether the chunk ends with a ReadyForQuery. */
  #scan(chunk: Buffer): boolean {
    let ready = false;
    for (let at = 0; at < chunk.length;) {
      if (this.#bodyLeft > 0) {
        const step = Math.min(this.#bodyLeft, chunk.length - at);
        this.#bodyLeft -= step;
        at += step;
      } else if (this.#headerBytes === 0 && chunk.length - at >= HEADER_BYTES) {
        this.#header[0] = chunk[at] ?? 0;
        this.#bodyLeft = chunk.readInt32BE(at + 1) - 4;
        at += HEADER_BYTES;
      } else {
        this.#header[this.#headerBytes++] = chunk[at++] ?? 0;
        if (this.#headerBytes < HEADER_BYTES) continue;
        this.#headerBytes = 0;
        this.#bodyLeft = this.#header.readInt32BE(1) - 4;
      }
      ready = this.#bodyLeft === 0 && this.#header[0] === READY_FOR_QUERY;
    }
    return ready;
  }

  /** The message of the error that a server says before it goes. */
  #farewell(): string | null {
    const text = Buffer.concat(this.#chunks).toString("utf8");
    return /SFATAL\0.*?\0M([^\0]*)\0/s.exec(text)?.[1] ?? null;
  }
}
