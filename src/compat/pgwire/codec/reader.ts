import { DosqlError } from "../../../base/errors.ts";
import { FieldReader } from "./fields.ts";
import { FrontendCode } from "./messages.ts";

const NOTHING = new Uint8Array(0);

/** What `next` answers when the bytes of a whole message are not there yet. */
export const INCOMPLETE = -1;

/** A type byte and a length. */
const HEADER_BYTES = 5;

/** The smallest buffer for a message that came in pieces; it doubles as bytes really arrive. */
const SMALLEST_BUFFER_BYTES = 4096;

/**
 * Cuts messages out of chunks that end anywhere. An announced length is judged before a byte of
 * the body is kept, and buffers grow with what arrived, never with what was announced.
 *
 * A chunk handed to `push` belongs to the reader.
 */
export class MessageReader {
  /** The fields of the message that `next` or `nextStartup` found; valid until the next call. */
  readonly body: FieldReader = new FieldReader();
  #bytes: Uint8Array = NOTHING;
  #start = 0;
  #end = 0;
  /** Whether `#bytes` is our own buffer, with room that nobody else sees. */
  #owned = false;

  /** Bytes that no message has taken yet. */
  get unread(): number {
    return this.#end - this.#start;
  }

  push(chunk: Uint8Array): void {
    if (this.unread === 0) {
      this.#bytes = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      this.#owned = false;
      return;
    }
    if (!this.#owned || this.#end + chunk.length > this.#bytes.length) this.#grow(chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Finds a packet without a type byte, as they come before the session starts. */
  nextStartup(maxBytes: number): boolean {
    if (this.unread < 4) {
      this.#starve();
      return false;
    }
    const length = this.#lengthAt(this.#start);
    if (length < 8 || length > maxBytes) {
      throw new DosqlError("protocol", "invalid length of startup packet");
    }
    if (this.unread < length) return false;
    this.body.reset(this.#bytes, this.#start + 4, this.#start + length);
    this.#start += length;
    return true;
  }

  /**
   * Finds the next message and answers its type, or `INCOMPLETE`. `limitOf` says how long a
   * message of a type may be, and throws for a type that may not come now.
   */
  next(limitOf: (type: number) => number): number {
    if (this.unread < HEADER_BYTES) return this.#starve();
    const type = this.#bytes[this.#start] ?? 0;
    const limit = limitOf(type);
    const length = this.#lengthAt(this.#start + 1);
    if (length < 4) throw new DosqlError("protocol", "invalid message length");
    if (length > limit) {
      throw new DosqlError("protocol", `message of ${length} bytes is longer than ${limit}`);
    }
    if (this.unread < length + 1) return INCOMPLETE;
    this.body.reset(this.#bytes, this.#start + HEADER_BYTES, this.#start + length + 1);
    this.#start += length + 1;
    return type;
  }

  /**
   * Whether nothing but Close and Flush stands between here and a Sync that has arrived: then
   * the statement that runs now is alone in its implicit transaction.
   */
  syncFollows(): boolean {
    let at = this.#start;
    while (this.#end - at >= HEADER_BYTES) {
      const type = this.#bytes[at];
      if (type === FrontendCode.sync) return true;
      if (type !== FrontendCode.close && type !== FrontendCode.flush) return false;
      const length = this.#lengthAt(at + 1);
      if (length < 4) return false;
      at += length + 1;
    }
    return false;
  }

  /** There is no message; when there is nothing at all, the last chunk is let go. */
  #starve(): typeof INCOMPLETE {
    if (this.unread === 0) {
      this.#bytes = NOTHING;
      this.#start = 0;
      this.#end = 0;
      this.body.release();
    }
    return INCOMPLETE;
  }

  #lengthAt(at: number): number {
    const bytes = this.#bytes;
    const high = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const low = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    return (high << 16) | low;
  }

  /** Moves what is unread to a buffer of our own with room; the old one stays as it was. */
  #grow(count: number): void {
    const wanted = this.unread + count;
    let sizeBytes = SMALLEST_BUFFER_BYTES;
    while (sizeBytes < wanted) sizeBytes *= 2;
    const grown = new Uint8Array(sizeBytes);
    grown.set(this.#bytes.subarray(this.#start, this.#end));
    this.#end = this.unread;
    this.#start = 0;
    this.#bytes = grown;
    this.#owned = true;
  }
}
