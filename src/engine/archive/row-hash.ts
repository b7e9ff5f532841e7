/**
 * A hash of rows that does not depend on their order: the sum of 64-bit hashes of each row's
 * canonical bytes. It finds what a copy lost or changed, not what somebody forged.
 */
export class RowHash {
  #low = 0;
  #high = 0;
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  /** Adds a row, given as canonical bytes. */
  add(bytes: Uint8Array): void {
    let a = 0x9e3779b1 ^ bytes.length;
    let b = 0x85ebca77;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      a = Math.imul(a ^ byte, 0x9e3779b1);
      a ^= a >>> 15;
      b = Math.imul(b ^ byte, 0x5f356495);
      b ^= b >>> 13;
    }
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
    const low = this.#low + (a >>> 0);
    this.#low = low >>> 0;
    this.#high = (this.#high + (b >>> 0) + (low > 0xffff_ffff ? 1 : 0)) >>> 0;
    this.#rows += 1;
  }

  /** Sixteen hexadecimal digits. */
  toString(): string {
    const hex = (word: number): string => word.toString(16).padStart(8, "0");
    return hex(this.#high) + hex(this.#low);
  }
}
