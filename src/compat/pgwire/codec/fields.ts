import { DosqlError } from "../../../base/errors.ts";
import { invalidUtf8 } from "../errors.ts";
import { decodeUtf8, firstInvalidUtf8 } from "./utf8.ts";

const NOTHING = new Uint8Array(0);
const VIEW_OF_NOTHING = new DataView(NOTHING.buffer);

/**
 * Reads the fields of one message body, in order. Every read checks the end first, so that a
 * body that lies about its contents is a `protocol` error and nothing else.
 */
export class FieldReader {
  #bytes: Uint8Array = NOTHING;
  #view: DataView = VIEW_OF_NOTHING;
  #position = 0;
  #end = 0;

  /** Points at another body. */
  reset(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.#position = start;
    this.#end = end;
  }

  /** Lets go of the bytes: a silent connection holds none. */
  release(): void {
    this.#bytes = NOTHING;
    this.#view = VIEW_OF_NOTHING;
    this.#position = 0;
    this.#end = 0;
  }

  get remaining(): number {
    return this.#end - this.#position;
  }

  /** The bytes that `span` positions refer to. */
  get source(): Uint8Array {
    return this.#bytes;
  }

  get view(): DataView {
    return this.#view;
  }

  byte(): number {
    this.#need(1);
    return this.#view.getUint8(this.#position++);
  }

  uint16(): number {
    this.#need(2);
    const value = this.#view.getUint16(this.#position);
    this.#position += 2;
    return value;
  }

  int32(): number {
    this.#need(4);
    const value = this.#view.getInt32(this.#position);
    this.#position += 4;
    return value;
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  /** Skips `count` bytes and says where they began in `source`. */
  span(count: number): number {
    this.#need(count);
    const start = this.#position;
    this.#position += count;
    return start;
  }

  /** A copy of the next bytes. */
  bytes(count: number): Uint8Array {
    const start = this.span(count);
    return this.#bytes.slice(start, start + count);
  }

  /** Text up to a zero byte. */
  cstring(): string {
    const start = this.#position;
    const zero = this.#bytes.indexOf(0, start);
    if (zero < 0 || zero >= this.#end) {
      throw new DosqlError("protocol", "invalid string in message");
    }
    this.#position = zero + 1;
    const text = decodeUtf8(this.#bytes, start, zero);
    if (text === null) throw invalidUtf8(firstInvalidUtf8(this.#bytes, start, zero));
    return text;
  }

  /** The message holds nothing more than what was read. */
  finish(): void {
    if (this.#position !== this.#end) throw new DosqlError("protocol", "invalid message format");
  }

  #need(count: number): void {
    if (count < 0 || this.#position + count > this.#end) {
      throw new DosqlError("protocol", "insufficient data left in message");
    }
  }
}
