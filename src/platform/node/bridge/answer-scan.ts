const HEADER_BYTES = 5;
const READY_FOR_QUERY = 0x5a;

/** Messages that need no more than their head. */
export const TERMINATE: Uint8Array = Buffer.from([0x58, 0, 0, 0, 4]);
export const SYNC: Uint8Array = Buffer.from([0x53, 0, 0, 0, 4]);

/** Whoever answered so lately is there. */
export const FRESH_MS = 2;

/** The hint of a connection that is lost between a question and its answer. */
export const UNKNOWN = "whether the statement was run is unknown";

/** Follows the bytes of a server, wherever they are cut, to the end of each answer. */
export class AnswerScan {
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #bodyLeft = 0;

  /**
   * Where in these bytes, which follow those before them, the answer ends with a ReadyForQuery; -1
   * when it goes on. What comes behind is to be shown again: it is of the next answer.
   */
  readyEnd(chunk: Buffer): number {
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
      if (this.#bodyLeft === 0 && this.#header[0] === READY_FOR_QUERY) return at;
    }
    return -1;
  }
}

/** The message of the error that a server says before it goes. */
export function farewell(chunks: readonly Uint8Array[]): string | null {
  const text = Buffer.concat(chunks).toString("utf8");
  return /SFATAL\0.*?\0M([^\0]*)\0/s.exec(text)?.[1] ?? null;
}
