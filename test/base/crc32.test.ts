import { expect, it } from "vitest";
import { crc32 } from "../../src/base/crc32.ts";

/** One bit at a time, as the definition has it. */
function slowly(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const bytes = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 131 + (i >> 3)) & 255);

it("answers the check of the CRC catalogue", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

it("agrees with the definition at every length, also within a larger buffer", () => {
  for (let length = 0; length < 70; length++) {
    expect(crc32(bytes(length)), String(length)).toBe(slowly(bytes(length)));
    expect(crc32(bytes(100).subarray(3, 3 + length))).toBe(slowly(bytes(100).slice(3, 3 + length)));
  }
});

it("goes on from a checksum", () => {
  const all = bytes(100);
  for (let cut = 0; cut <= 100; cut += 7) {
    expect(crc32(all.subarray(cut), crc32(all.subarray(0, cut)))).toBe(crc32(all));
  }
});
