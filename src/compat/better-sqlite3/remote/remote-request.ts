import type { Row, SqlValue } from "../../../base/value.ts";
import { TAGGED_FORMAT, ValueTag } from "../../../engine/value-tag.ts";

const FIRST_BYTES = 8 * 1024;
/** Texts up to this length are written by a loop, which beats the encoder there. */
const SHORT_UNITS = 48;
const INT32_LEAST = -(2n ** 31n);
const INT32_MOST = 2n ** 31n - 1n;
const ENCODER = new TextEncoder();

const Code = {
  bind: 0x42,
  close: 0x43,
  describe: 0x44,
  execute: 0x45,
  functionCall: 0x46,
  parse: 0x50,
  query: 0x51,
  sync: 0x53,
} as const;

const STATEMENT = 0x53;
const PORTAL = 0x50;

/** Builds the messages of one exchange. Its buffer is used again for the next. */
export class RequestWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;

  begin(): void {
    this.#size = 0;
  }

  /** What was written; valid until the next `begin`. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  parse(name: string, sql: string): void {
    const at = this.#open(Code.parse);
    this.#cstring(name);
    this.#cstring(sql);
    this.#int16(0);
    this.#close(at);
  }

  describe(statement: string): void {
    this.#target(Code.describe, STATEMENT, statement);
  }

  bind(portal: string, statement: string, values: Row): void {
    const at = this.#open(Code.bind);
    this.#cstring(portal);
    this.#cstring(statement);
    this.#int16(1);
    this.#int16(TAGGED_FORMAT);
    this.#int16(values.length);
    for (const value of values) this.#value(value);
    this.#int16(1);
    this.#int16(TAGGED_FORMAT);
    this.#close(at);
  }

  /** @param maxRows 0 for all */
  execute(portal: string, maxRows: number): void {
    const at = this.#open(Code.execute);
    this.#cstring(portal);
    this.#int32(maxRows);
    this.#close(at);
  }

  closePortal(name: string): void {
    this.#target(Code.close, PORTAL, name);
  }

  closeStatement(name: string): void {
    this.#target(Code.close, STATEMENT, name);
  }

  query(script: string): void {
    const at = this.#open(Code.query);
    this.#cstring(script);
    this.#close(at);
  }

  /** See `engine/copy-message.ts`. Ends with a Sync, as `query` needs none. */
  copy(action: number, numbers: readonly number[], name: string): void {
    const at = this.#open(Code.functionCall);
    this.#need(1);
    this.#bytes[this.#size++] = action;
    for (const number of numbers) this.#int32(number);
    this.#cstring(name);
    this.#close(at);
    this.sync();
  }

  sync(): void {
    this.#close(this.#open(Code.sync));
  }

  #target(code: number, kind: number, name: string): void {
    const at = this.#open(code);
    this.#need(1);
    this.#bytes[this.#size++] = kind;
    this.#cstring(name);
    this.#close(at);
  }

  #open(code: number): number {
    this.#need(5);
    this.#bytes[this.#size] = code;
    this.#size += 5;
    return this.#size - 4;
  }

  #close(at: number): void {
    this.#view.setInt32(at, this.#size - at);
  }

  #value(value: SqlValue): void {
    if (value === null) {
      this.#int32(-1);
      return;
    }
    const at = this.#size;
    this.#need(13);
    this.#size += 5;
    if (typeof value === "string") {
      this.#bytes[at + 4] = ValueTag.text;
      this.#text(value);
    } else if (typeof value === "number") {
      this.#bytes[at + 4] = ValueTag.real;
      this.#view.setFloat64(this.#size, value);
      this.#size += 8;
    } else if (typeof value === "bigint") {
      this.#integer(value, at + 4);
    } else {
      this.#bytes[at + 4] = ValueTag.blob;
      this.#need(value.length);
      this.#bytes.set(value, this.#size);
      this.#size += value.length;
    }
    this.#view.setInt32(at, this.#size - at - 4);
  }

  #integer(value: bigint, tagAt: number): void {
    const short = value <= INT32_MOST && value >= INT32_LEAST;
    this.#bytes[tagAt] = short ? ValueTag.int32 : ValueTag.int64;
    if (short) this.#view.setInt32(this.#size, Number(value));
    else this.#view.setBigInt64(this.#size, value);
    this.#size += short ? 4 : 8;
  }

  #text(text: string): void {
    this.#need(text.length * 3);
    if (text.length > SHORT_UNITS || !this.#ascii(text)) {
      this.#size += ENCODER.encodeInto(text, this.#bytes.subarray(this.#size)).written;
    }
  }

  #ascii(text: string): boolean {
    const bytes = this.#bytes;
    const start = this.#size;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      bytes[start + i] = unit;
    }
    this.#size = start + text.length;
    return true;
  }

  #cstring(text: string): void {
    this.#text(text);
    this.#need(1);
    this.#bytes[this.#size++] = 0;
  }

  #int16(value: number): void {
    this.#need(2);
    this.#view.setInt16(this.#size, value);
    this.#size += 2;
  }

  #int32(value: number): void {
    this.#need(4);
    this.#view.setInt32(this.#size, value);
    this.#size += 4;
  }

  #need(count: number): void {
    if (this.#size + count <= this.#bytes.length) return;
    let length = this.#bytes.length * 2;
    while (length < this.#size + count) length *= 2;
    const grown = new Uint8Array(length);
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
