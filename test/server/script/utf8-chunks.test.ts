import { describe, expect, test } from "vitest";
import { LineCounter, placeWithin } from "../../../src/server/script/line-counter.ts";
import { utf8Chunks } from "../../../src/server/script/utf8-chunks.ts";

async function* cut(bytes: Uint8Array, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += sizeBytes) yield bytes.subarray(i, i + sizeBytes);
}

async function decode(
  bytes: Uint8Array,
  sizeBytes: number,
): Promise<{ text: string; invalidAt: number | null; bytesRead: number }> {
  let text = "";
  let bytesRead = 0;
  for await (const chunk of utf8Chunks(cut(bytes, sizeBytes))) {
    text += chunk.text;
    if (chunk.kind === "invalid") return { text, invalidAt: chunk.byteOffset, bytesRead };
    bytesRead = chunk.bytesRead;
  }
  return { text, invalidAt: null, bytesRead };
}

const utf8 = new TextEncoder();

describe("decoding", () => {
  const text = "a äß € 日本 🙂 \ufffd x\ufeffy";

  test.each([1, 2, 3, 4, 5, 7, 1000])("cut into pieces of %d bytes nothing changes", async (n) => {
    const bytes = utf8.encode(text);
    const whole = { text, invalidAt: null, bytesRead: bytes.length };
    expect(await decode(bytes, n)).toEqual(whole);
  });

  test.each([1, 2, 3, 1000])(
    "a byte order mark in front is dropped, in pieces of %d",
    async (n) => {
      const bytes = utf8.encode(`\ufeff${text}`);
      expect((await decode(bytes, n)).text).toBe(text);
    },
  );

  test.each([
    ["a lone continuation", [0x80], 0],
    ["a lead without its rest", [0xc3, 0x28], 0],
    ["an overlong form", [0xc0, 0xaf], 0],
    ["a surrogate", [0xed, 0xa0, 0x80], 0],
    ["beyond Unicode", [0xf5, 0x80, 0x80, 0x80], 0],
    ["an end in the middle", [0xe2, 0x82], 0],
  ])("%s is found at its byte", async (_, bad, within) => {
    const before = utf8.encode("Grüße \ufffd ");
    const bytes = new Uint8Array([...before, ...bad]);
    for (const n of [1, 2, 3, 1000]) {
      const found = await decode(bytes, n);
      expect(found.invalidAt).toBe(before.length + within);
      expect(found.text).toBe("Grüße \ufffd ");
    }
  });

  test("the mark counts in the offset", async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff]);
    for (const n of [1, 3, 5]) expect((await decode(bytes, n)).invalidAt).toBe(4);
  });
});

describe("places", () => {
  test("lines and columns of rising offsets, whatever the pieces", () => {
    const text = "one\ntwo\r\n\nfour";
    for (const size of [1, 2, 5, 100]) {
      const counter = new LineCounter();
      const places: string[] = [];
      for (let i = 0; i < text.length; i += size) {
        counter.add(text.slice(i, i + size));
        const end = Math.min(text.length, i + size);
        for (let at = i; at < end; at++) {
          const { line, column } = counter.place(at);
          places.push(`${line}:${column}`);
        }
      }
      expect(places.join(" ")).toBe("1:1 1:2 1:3 1:4 2:1 2:2 2:3 2:4 2:5 3:1 4:1 4:2 4:3 4:4");
    }
  });

  test("many lines are forgotten as they pass", () => {
    const counter = new LineCounter();
    for (let i = 0; i < 5_000; i++) counter.add("x\n");
    expect(counter.place(0)).toEqual({ line: 1, column: 1 });
    expect(counter.place(4_000)).toEqual({ line: 2_001, column: 1 });
    expect(counter.place(9_999)).toEqual({ line: 5_000, column: 2 });
  });

  test("within a statement columns count characters", () => {
    expect(placeWithin({ line: 3, column: 5 }, "ab🙂c", 4)).toEqual({ line: 3, column: 8 });
    expect(placeWithin({ line: 3, column: 5 }, "a\nb🙂c", 5)).toEqual({ line: 4, column: 3 });
  });
});
