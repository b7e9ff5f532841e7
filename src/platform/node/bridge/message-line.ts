import { closeSync, read, readSync, writeSync } from "node:fs";
import { Deserializer, Serializer } from "node:v8";
import type { MessageLine } from "../../../ports/database-process.ts";

const HEAD_BYTES = 4;
const FIRST_BYTES = 64 * 1024;
/** A larger buffer is not kept behind the message that needed it. */
const KEPT_BYTES = 1024 * 1024;

/**
 * Messages through two pipes whose reads and writes block. Each is a length (32 bits, little
 * endian) and that many bytes of V8's serialization format.
 */
export class PipeLine implements MessageLine {
  readonly #input: number;
  readonly #output: number;
  #bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Of the bytes, what was read and is no message's yet. */
  #begin = 0;
  #end = 0;
  #open = true;

  constructor(input: number, output: number) {
    this.#input = input;
    this.#output = output;
  }

  send(message: unknown): void {
    const writer = new ValueWriter();
    writer.writeRawBytes(new Uint8Array(HEAD_BYTES));
    writer.writeHeader();
    writer.writeValue(message);
    const bytes = writer.releaseBuffer();
    bytes.writeUInt32LE(bytes.length - HEAD_BYTES, 0);
    if (!this.#open) return;
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#output, bytes, at);
    } catch (error) {
      // Nobody reads it any more: that is seen when the answer is waited for.
      if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
    }
  }

  receive(): unknown {
    if (!this.#fill(HEAD_BYTES)) return null;
    const size = this.#bytes.readUInt32LE(this.#begin);
    this.#begin += HEAD_BYTES;
    if (!this.#fill(size)) return null;
    const reader = new ValueReader(this.#bytes.subarray(this.#begin, this.#begin + size));
    this.#begin += size;
    if (this.#begin === this.#end && this.#bytes.length > KEPT_BYTES) {
      this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
      this.#begin = 0;
      this.#end = 0;
    }
    reader.readHeader();
    return reader.readValue();
  }

  /** As `receive`, while the event loop turns: the message comes at once where its beginning is. */
  async receiveLater(): Promise<unknown> {
    if (this.#begin === this.#end) {
      this.#begin = 0;
      this.#end = await this.#arrival();
      if (this.#end === 0) return null;
    }
    return this.receive();
  }

  /** Says that nothing more will be sent. */
  finish(): void {
    if (this.#open) closeSync(this.#output);
    this.#open = false;
  }

  close(): void {
    this.finish();
    closeSync(this.#input);
  }

  /** Whether so many bytes are there now. */
  #fill(size: number): boolean {
    if (this.#end - this.#begin >= size) return true;
    if (this.#begin > 0) {
      const kept = this.#bytes.subarray(this.#begin, this.#end);
      const larger = size > this.#bytes.length;
      const bytes = larger ? Buffer.allocUnsafeSlow(size + FIRST_BYTES) : this.#bytes;
      bytes.set(kept);
      this.#bytes = bytes;
      this.#end = kept.length;
      this.#begin = 0;
    }
    while (this.#end < size) {
      const count = this.#read();
      if (count === 0) return false;
      this.#end += count;
    }
    return true;
  }

  /** How many bytes came into the empty buffer; 0 at the end. */
  #arrival(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    read(this.#input, this.#bytes, 0, this.#bytes.length, null, (error, count) => {
      if (error === null) resolve(count);
      else reject(error);
    });
    return promise;
  }

  /** How many bytes came; 0 at the end. */
  #read(): number {
    const bytes = this.#bytes;
    for (;;) {
      try {
        return readSync(this.#input, bytes, this.#end, bytes.length - this.#end, null);
      } catch (error) {
        // A signal that is handled came in between.
        if ((error as NodeJS.ErrnoException).code !== "EINTR") throw error;
      }
    }
  }
}

/** Writes bytes as their number and themselves, whatever kind of view they come in. */
class ValueWriter extends Serializer {
  constructor() {
    super();
    (this as unknown as ViewsByHand)._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view: ArrayBufferView): void {
    this.writeUint32(view.byteLength);
    this.writeRawBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }
}

interface ViewsByHand {
  _setTreatArrayBufferViewsAsHostObjects(flag: boolean): void;
}

/** Reads them into memory of their own, where nothing else keeps them or is kept by them. */
class ValueReader extends Deserializer {
  _readHostObject(): Uint8Array {
    return new Uint8Array(this.readRawBytes(this.readUint32()));
  }
}
