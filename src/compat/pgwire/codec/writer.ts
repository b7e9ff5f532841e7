import { encodeUtf8, encodeUtf8Into } from "./utf8.ts";

/** Size of a first buffer: a point read's answer is about 100 bytes, so this serves many. */
const SMALLEST_BUFFER_BYTES = 8 * 1024;

/** The largest buffer to start with: two output chunks, so that a stream of rows seldom regrows. */
const LARGEST_FIRST_BUFFER_BYTES = 128 * 1024;

/** Up to this length a loop beats `encodeInto` (measured: they meet at about 70 units). */
const SHORT_UNITS = 64;

/** Beyond this length three bytes a unit are too much room: such a text is encoded apart. */
const LONG_UNITS = 64 * 1024;

const NOTHING = new Uint8Array(0);

/**
 * Builds messages in one growing buffer: a type byte, a length that counts itself, the fields.
 * What `take` hands out is never written again, so that a transport may keep it; the rest of
 * the buffer serves the next messages.
 */
export class Writer {
  #buffer: Uint8Array = NOTHING;
  #view: DataView = new DataView(NOTHING.buffer);
  #start = 0;
  #position = 0;
  /** Where the open message began. */
  #message = 0;
  #firstBufferBytes = SMALLEST_BUFFER_BYTES;

  /** Bytes written and not yet taken. */
  get size(): number {
    return this.#position - this.#start;
  }

  /** Opens a message. */
  begin(type: number): void {
    this.#need(5);
    this.#message = this.#position;
    this.#buffer[this.#position] = type;
    this.#position += 5;
  }

  /** Closes the open message: its length is known now. */
  end(): void {
    this.#view.setInt32(this.#message + 1, this.#position - this.#message - 1);
  }

  /** Drops the open message, and all that was written to it. */
  discard(): void {
    this.#position = this.#message;
  }

  byte(value: number): void {
    this.#need(1);
    this.#buffer[this.#position++] = value;
  }

  int16(value: number): void {
    this.#need(2);
    this.#view.setInt16(this.#position, value);
    this.#position += 2;
  }

  int32(value: number): void {
    this.#need(4);
    this.#view.setInt32(this.#position, value);
    this.#position += 4;
  }

  int64(value: bigint): void {
    this.#need(8);
    this.#view.setBigInt64(this.#position, value);
    this.#position += 8;
  }

  float64(value: number): void {
    this.#need(8);
    this.#view.setFloat64(this.#position, value);
    this.#position += 8;
  }

  bytes(value: Uint8Array): void {
    this.#need(value.length);
    this.#buffer.set(value, this.#position);
    this.#position += value.length;
  }

  /** UTF-8 without a length or an end. */
  text(value: string): void {
    const units = value.length;
    if (units > LONG_UNITS) {
      this.bytes(encodeUtf8(value));
      return;
    }
    this.#need(units * 3);
    if (units > SHORT_UNITS || !this.#ascii(value)) {
      this.#position = encodeUtf8Into(value, this.#buffer, this.#position);
    }
  }

  /** UTF-8 and a zero byte. A zero inside would end it early, so the text is cut there. */
  cstring(value: string): void {
    const zero = value.indexOf("\0");
    this.text(zero < 0 ? value : value.slice(0, zero));
    this.byte(0);
  }

  /** A length in bytes, then UTF-8: a value of a row. */
  lengthAndText(value: string): void {
    const place = this.#openLength();
    this.text(value);
    this.#closeLength(place);
  }

  /** A length in bytes, then a byte and UTF-8. */
  taggedText(tag: number, value: string): void {
    const place = this.#openLength();
    this.byte(tag);
    this.text(value);
    this.#closeLength(place);
  }

  /** A length in bytes, then bytes as Postgres prints them: `\x` and two digits a byte. */
  lengthAndHex(value: Uint8Array): void {
    const size = 2 + value.length * 2;
    this.#need(4 + size);
    this.#view.setInt32(this.#position, size);
    const buffer = this.#buffer;
    let at = this.#position + 4;
    buffer[at++] = 0x5c;
    buffer[at++] = 0x78;
    for (const byte of value) {
      buffer[at++] = hexDigit(byte >> 4);
      buffer[at++] = hexDigit(byte & 15);
    }
    this.#position = at;
  }

  /** Hands out what was written since the last time. */
  take(): Uint8Array {
    const taken = this.#buffer.subarray(this.#start, this.#position);
    this.#start = this.#position;
    if (this.#buffer.length > LARGEST_FIRST_BUFFER_BYTES) this.#release();
    this.#firstBufferBytes = Math.min(
      Math.max(taken.length * 2, SMALLEST_BUFFER_BYTES),
      LARGEST_FIRST_BUFFER_BYTES,
    );
    return taken;
  }

  /** Leaves room for a length. Growing moves the message, so its place counts from there. */
  #openLength(): number {
    this.#need(4);
    const place = this.#position - this.#message;
    this.#position += 4;
    return place;
  }

  #closeLength(place: number): void {
    const lengthAt = this.#message + place;
    this.#view.setInt32(lengthAt, this.#position - lengthAt - 4);
  }

  #ascii(value: string): boolean {
    const buffer = this.#buffer;
    const start = this.#position;
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit >= 0x80) return false;
      buffer[start + index] = unit;
    }
    this.#position = start + value.length;
    return true;
  }

  /** Lets go of a buffer that one long message made: its size is not kept for the next. */
  #release(): void {
    this.#buffer = NOTHING;
    this.#start = 0;
    this.#position = 0;
  }

  #need(count: number): void {
    if (this.#position + count > this.#buffer.length) this.#grow(count);
  }

  #grow(count: number): void {
    const pending = this.#buffer.subarray(this.#start, this.#position);
    let sizeBytes = this.#firstBufferBytes;
    while (sizeBytes < pending.length + count) sizeBytes *= 2;
    const grown = new Uint8Array(sizeBytes);
    grown.set(pending);
    this.#message -= this.#start;
    this.#position = pending.length;
    this.#start = 0;
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}

function hexDigit(nibble: number): number {
  return nibble < 10 ? 0x30 + nibble : 0x57 + nibble;
}
