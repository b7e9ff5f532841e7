/*
 * Canonical bytes: one and the same text of a value on every machine, for checksums and for files.
 * Numbers are big-endian.
 *
 *   null     0x00
 *   INTEGER  0x01, 8 bytes, two's complement
 *   REAL     0x02, 8 bytes, IEEE 754
 *   TEXT     0x03, length as u32, UTF-8, or what bytes the text has
 *   BLOB     0x04, length as u32, bytes
 *   row      number of values as u32, values
 */
import type { Row, SqlValue } from "../../base/value.ts";
import { bytesOfText } from "./raw-text.ts";

/** The byte in front of a value. */
export const VALUE_TAG = { null: 0, integer: 1, real: 2, text: 3, blob: 4 } as const;

/** Bytes at first; the buffer doubles. */
const FIRST_SIZE = 1024;
/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const UTF8_FACTOR = 3;
/** Up to here a loop over ASCII beats the call of an encoder. */
const SHORT_TEXT = 24;

/** Writes canonical bytes into one buffer that is used again after `reset`. */
export class CanonicalWriter {
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(FIRST_SIZE);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  reset(): void {
    this.#length = 0;
  }

  /** What was written from `start` on, valid until the next write. */
  view(start = 0): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(start, this.#length);
  }

  /** A copy of what was written. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
  }

  /** A whole number from 0 to 2^53, as eight bytes. */
  u64(value: number): void {
    this.#reserve(8);
    this.#view.setUint32(this.#length, Math.floor(value / 2 ** 32));
    this.#view.setUint32(this.#length + 4, value >>> 0);
    this.#length += 8;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Length and UTF-8. */
  text(text: string): void {
    this.#reserve(4 + text.length * UTF8_FACTOR);
    const start = this.#length + 4;
    let end = text.length <= SHORT_TEXT ? this.#ascii(text, start) : -1;
    if (end < 0) end = start + this.#encode(text, start);
    this.#view.setUint32(this.#length, end - start);
    this.#length = end;
  }

  row(values: Row): void {
    this.u32(values.length);
    for (const value of values) this.value(value);
  }

  value(value: SqlValue): void {
    if (value === null) this.u8(VALUE_TAG.null);
    else if (typeof value === "bigint") {
      this.#reserve(9);
      this.#bytes[this.#length] = VALUE_TAG.integer;
      this.#view.setBigInt64(this.#length + 1, value);
      this.#length += 9;
    } else if (typeof value === "number") {
      this.#reserve(9);
      this.#bytes[this.#length] = VALUE_TAG.real;
      this.#view.setFloat64(this.#length + 1, value);
      this.#length += 9;
    } else if (typeof value === "string") {
      this.u8(VALUE_TAG.text);
      this.text(value);
    } else {
      this.u8(VALUE_TAG.blob);
      this.u32(value.length);
      this.raw(value);
    }
  }

  #encode(text: string, start: number): number {
    if (text.isWellFormed()) {
      return this.#encoder.encodeInto(text, this.#bytes.subarray(start)).written;
    }
    const bytes = bytesOfText(text);
    this.#bytes.set(bytes, start);
    return bytes.length;
  }

  /** Writes a text of ASCII only and tells its end; -1 when there is something else in it. */
  #ascii(text: string, start: number): number {
    const bytes = this.#bytes;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return -1;
      bytes[start + i] = unit;
    }
    return start + text.length;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
