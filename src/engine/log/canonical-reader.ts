import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import { VALUE_TAG } from "./canonical-writer.ts";
import { textOfBytes } from "./raw-text.ts";

/** Values that a row may have: twice the columns of SQLite's widest table, and a rowid each. */
const MAX_ROW_VALUES = 65_538;

/**
 * Reads canonical bytes (see canonical-writer.ts) that may be damaged: every length is held
 * against what is there before anything is allocated for it.
 */
export class CanonicalReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #at: number;
  #end: number;

  /** @param what names the file in errors */
  constructor(bytes: Uint8Array, what: string, start = 0, end: number = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
    this.#at = start;
    this.#end = end;
  }

  get at(): number {
    return this.#at;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#end - this.#at;
  }

  /** The error of bytes that cannot be right. */
  damage(why: string): DosqlError {
    return new DosqlError("bad-file", `${this.#what} is damaged: ${why} at byte ${this.#at}`, {
      hint: "nothing was changed; take the file from a backup",
    });
  }

  /** Reads the version of the format, which has to be the one that is known. */
  version(known: number): void {
    const version = this.u32();
    if (version === known) return;
    if (version === 0) throw this.damage("it has format 0");
    const message = `${this.#what} has format ${version}, this version reads ${known}`;
    throw new DosqlError("format-too-new", message, {
      hint: "read it with the version of dosql that wrote it, or a newer one",
    });
  }

  u8(): number {
    this.#need(1);
    return this.#bytes[this.#at++] ?? 0;
  }

  u32(): number {
    this.#need(4);
    const value = this.#view.getUint32(this.#at);
    this.#at += 4;
    return value;
  }

  /** A whole number up to 2^53. */
  u64(): number {
    this.#need(8);
    const value = this.#view.getUint32(this.#at) * 2 ** 32 + this.#view.getUint32(this.#at + 4);
    if (!Number.isSafeInteger(value)) throw this.damage("a number is too large");
    this.#at += 8;
    return value;
  }

  /** Bytes as they are, still in the file's memory. */
  raw(length: number): Uint8Array {
    this.#need(length);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    const length = this.u32();
    const bytes = this.raw(length);
    try {
      return this.#decoder.decode(bytes);
    } catch {
      throw this.damage("a text is not UTF-8");
    }
  }

  row(): Row {
    const count = this.u32();
    // A value takes a byte at least.
    if (count > MAX_ROW_VALUES || count > this.left) throw this.damage("a row is too long");
    const values: Row = [];
    for (let i = 0; i < count; i++) values.push(this.value());
    return values;
  }

  value(): SqlValue {
    const tag = this.u8();
    switch (tag) {
      case VALUE_TAG.null:
        return null;
      case VALUE_TAG.integer:
        this.#need(8);
        this.#at += 8;
        return this.#view.getBigInt64(this.#at - 8);
      case VALUE_TAG.real:
        this.#need(8);
        this.#at += 8;
        return this.#view.getFloat64(this.#at - 8);
      case VALUE_TAG.text:
        return textOfBytes(this.raw(this.u32()));
      case VALUE_TAG.blob:
        return this.raw(this.u32()).slice();
      default:
        throw this.damage(`a value has the unknown type ${tag}`);
    }
  }

  #need(count: number): void {
    if (count > this.#end - this.#at) throw this.damage("the file ends too early");
  }
}
