import { describe, expect, test } from "vitest";
import { DosqlError } from "../../../src/base/errors.ts";
import { FieldReader } from "../../../src/compat/pgwire/codec/fields.ts";
import { INCOMPLETE, MessageReader } from "../../../src/compat/pgwire/codec/reader.ts";
import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from "../../../src/compat/pgwire/codec/utf8.ts";
import { Writer } from "../../../src/compat/pgwire/codec/writer.ts";
import { PgError } from "../../../src/compat/pgwire/errors.ts";

const LIMIT = 1000;
const anyType = (): number => LIMIT;

/** A typed message: letter, length, body. */
function message(letter: string, body: readonly number[], length = body.length + 4): Uint8Array {
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = letter.charCodeAt(0);
  new DataView(bytes.buffer).setInt32(1, length);
  bytes.set(body, 5);
  return bytes;
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function codeOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof DosqlError) return error.code;
    if (error instanceof PgError) return error.report.sqlState;
  }
  return "nothing";
}

describe("messages out of chunks", () => {
  const all = join(message("Q", [1, 2, 3]), message("S", []), message("B", [9]));

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 13, 14, all.length])("cut every %i bytes", (step) => {
    const reader = new MessageReader();
    const found: string[] = [];
    for (let at = 0; at < all.length; at += step) {
      reader.push(all.slice(at, at + step));
      for (;;) {
        const type = reader.next(anyType);
        if (type === INCOMPLETE) break;
        found.push(`${String.fromCharCode(type)}${[...reader.body.bytes(reader.body.remaining)]}`);
      }
    }
    expect(found).toEqual(["Q1,2,3", "S", "B9"]);
    expect(reader.unread).toBe(0);
  });

  test("a body that is being read survives the next chunk", () => {
    const reader = new MessageReader();
    reader.push(message("Q", [1, 2, 3]));
    reader.next(anyType);
    for (let count = 0; count < 100; count++) reader.push(new Uint8Array(1000).fill(7));
    expect([...reader.body.bytes(3)]).toEqual([1, 2, 3]);
  });

  test("a length beyond the limit is refused by its header alone", () => {
    const reader = new MessageReader();
    reader.push(message("Q", [], LIMIT + 1));
    expect(codeOf(() => reader.next(anyType))).toBe("protocol");
  });

  test("a length of the limit is taken", () => {
    const reader = new MessageReader();
    reader.push(
      message(
        "Q",
        Array.from({ length: LIMIT - 4 }, () => 1),
      ),
    );
    expect(reader.next(anyType)).toBe("Q".charCodeAt(0));
  });

  test.each([0, 3, -1, -2_147_483_648])("a length of %i is refused", (length) => {
    const reader = new MessageReader();
    reader.push(message("Q", [], length));
    expect(codeOf(() => reader.next(anyType))).toBe("protocol");
  });

  test("an announced length allocates nothing", () => {
    const reader = new MessageReader();
    reader.push(message("Q", [], 0x7fff_ffff).slice(0, 5));
    expect(reader.next(() => 0x7fff_ffff)).toBe(INCOMPLETE);
    reader.push(new Uint8Array(10));
    expect(reader.unread).toBe(15);
  });

  test("Sync is seen behind Close and Flush, and nothing else", () => {
    const [sync, close, flush] = [message("S", []), message("C", [80, 0]), message("H", [])];
    const follows = (...parts: readonly Uint8Array[]): boolean => {
      const reader = new MessageReader();
      reader.push(join(message("E", [0, 0, 0, 0, 0]), ...parts));
      reader.next(anyType);
      return reader.syncFollows();
    };
    expect(follows(sync)).toBe(true);
    expect(follows(close, flush, sync)).toBe(true);
    expect(follows()).toBe(false);
    expect(follows(sync.slice(0, 4))).toBe(false);
    expect(follows(message("B", [0]), sync)).toBe(false);
    expect(follows(message("C", [], 0), sync)).toBe(false);
  });
});

describe("startup packets", () => {
  const packet = (length: number, body: readonly number[]): Uint8Array => {
    const bytes = new Uint8Array(4 + body.length);
    new DataView(bytes.buffer).setInt32(0, length);
    bytes.set(body, 4);
    return bytes;
  };

  test("come without a type, cut anywhere", () => {
    const bytes = packet(9, [0, 3, 0, 0, 0]);
    const reader = new MessageReader();
    for (const byte of bytes.slice(0, -1)) {
      reader.push(new Uint8Array([byte]));
      expect(reader.nextStartup(LIMIT)).toBe(false);
    }
    reader.push(bytes.slice(-1));
    expect(reader.nextStartup(LIMIT)).toBe(true);
    expect(reader.body.int32()).toBe(0x0003_0000);
  });

  test.each([0, 7, -5, LIMIT + 1])("a length of %i is refused", (length) => {
    const reader = new MessageReader();
    reader.push(packet(length, []));
    expect(codeOf(() => reader.nextStartup(LIMIT))).toBe("protocol");
  });
});

describe("fields", () => {
  const over = (bytes: readonly number[], end = bytes.length): FieldReader => {
    const fields = new FieldReader();
    fields.reset(new Uint8Array(bytes), 0, end);
    return fields;
  };

  test("numbers are big-endian, with and without sign", () => {
    expect(over([0xff, 0xfe]).uint16()).toBe(0xfffe);
    expect(over([0xff, 0xff, 0xff, 0xfe]).int32()).toBe(-2);
    expect(over([0xff, 0xff, 0xff, 0xfe]).uint32()).toBe(0xffff_fffe);
  });

  test("nothing is read behind the end", () => {
    expect(codeOf(() => over([1]).uint16())).toBe("protocol");
    expect(codeOf(() => over([1, 2, 3]).int32())).toBe("protocol");
    expect(codeOf(() => over([1]).bytes(2))).toBe("protocol");
    expect(codeOf(() => over([1]).bytes(-1))).toBe("protocol");
    // The zero that would end it belongs to the next message.
    expect(codeOf(() => over([65, 66, 0], 2).cstring())).toBe("protocol");
    expect(codeOf(() => over([65]).finish())).toBe("protocol");
  });

  test("text is UTF-8 or an error that shows the bytes", () => {
    expect(over([...encodeUtf8("grün 💥"), 0]).cstring()).toBe("grün 💥");
    expect(codeOf(() => over([0xc3, 0x28, 0]).cstring())).toBe("22021");
  });
});

describe("UTF-8", () => {
  test.each(["", "a", "twelve bytes", "thirteen byte", "é", "é".repeat(40), "\ufeffx", "a\0b"])(
    "%j is itself again",
    (text) => {
      const bytes = encodeUtf8(`<${text}>`);
      expect(decodeUtf8(bytes, 1, bytes.length - 1)).toBe(text);
      expect(firstInvalidUtf8(bytes, 0, bytes.length)).toBe("");
    },
  );

  test.each([
    [[0xff], "0xff"],
    [[0x61, 0xc3, 0x28], "0xc3 0x28"],
    [[0xc0, 0x80], "0xc0 0x80"],
    [[0xe0, 0x80, 0x80], "0xe0 0x80 0x80"],
    [[0xed, 0xa0, 0x80], "0xed 0xa0 0x80"],
    [[0xf0, 0x80, 0x80, 0x80], "0xf0 0x80 0x80 0x80"],
    [[0xf4, 0x90, 0x80, 0x80], "0xf4 0x90 0x80 0x80"],
    [[0xe2, 0x82], "0xe2 0x82"],
    [[0x80], "0x80"],
  ])("%j is none", (bytes, shown) => {
    const all = new Uint8Array(bytes);
    expect(decodeUtf8(all, 0, all.length)).toBeNull();
    expect(firstInvalidUtf8(all, 0, all.length)).toBe(shown);
  });
});

describe("writing", () => {
  test("a message counts itself", () => {
    const writer = new Writer();
    writer.begin(0x5a);
    writer.byte(0x49);
    writer.end();
    expect([...writer.take()]).toEqual([0x5a, 0, 0, 0, 5, 0x49]);
    expect(writer.size).toBe(0);
  });

  test("what was taken is never written again", () => {
    const writer = new Writer();
    const taken: Uint8Array[] = [];
    for (let count = 0; count < 5000; count++) {
      writer.begin(1);
      writer.int32(count);
      writer.end();
      taken.push(writer.take());
    }
    const numbers = taken.map((bytes) => new DataView(bytes.buffer, bytes.byteOffset).getInt32(5));
    expect(numbers).toEqual(Array.from({ length: 5000 }, (_, index) => index));
  });

  test.each([0, 1, 63, 64, 65, 8191, 65_536, 70_000])("a text of %i units", (units) => {
    for (const letter of ["a", "ü", "💥"]) {
      const text = letter.repeat(units);
      const writer = new Writer();
      writer.begin(1);
      writer.lengthAndText(text);
      writer.end();
      const bytes = writer.take();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      expect(view.getInt32(1)).toBe(bytes.length - 1);
      expect(view.getInt32(5)).toBe(bytes.length - 9);
      expect(decodeUtf8(bytes, 9, bytes.length)).toBe(text);
    }
  });

  test("a message that grew the buffer keeps its length's place", () => {
    const writer = new Writer();
    writer.begin(1);
    writer.end();
    writer.begin(2);
    for (let count = 0; count < 10_000; count++) writer.int64(BigInt(count));
    writer.end();
    const bytes = writer.take();
    expect(bytes.length).toBe(5 + 5 + 80_000);
    expect(new DataView(bytes.buffer, bytes.byteOffset).getInt32(6)).toBe(80_004);
  });

  test("a buffer that ends inside of a message changes nothing in it", () => {
    const writer = new Writer();
    for (let count = 0; count < 3000; count++) {
      const text = "x".repeat(count % 97);
      writer.begin(1);
      writer.lengthAndText(text);
      writer.lengthAndHex(new Uint8Array(count % 5));
      writer.lengthAndText(text);
      writer.end();
      const bytes = writer.take();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      expect(view.getInt32(1)).toBe(bytes.length - 1);
      expect(view.getInt32(5)).toBe(text.length);
      expect(decodeUtf8(bytes, 9, 9 + text.length)).toBe(text);
      expect(decodeUtf8(bytes, bytes.length - text.length, bytes.length)).toBe(text);
    }
  });

  test("a discarded message leaves nothing", () => {
    const writer = new Writer();
    writer.begin(1);
    writer.end();
    writer.begin(2);
    writer.lengthAndText("x".repeat(20_000));
    writer.discard();
    expect([...writer.take()]).toEqual([1, 0, 0, 0, 4]);
  });

  test("bytes as hex, numbers, and a text that holds a zero", () => {
    const writer = new Writer();
    writer.lengthAndHex(new Uint8Array([0, 0xab, 0xff]));
    writer.cstring("a\0b");
    writer.float64(1.5);
    const bytes = writer.take();
    expect(decodeUtf8(bytes, 4, 12)).toBe("\\x00abff");
    expect([...bytes.slice(12, 14)]).toEqual([97, 0]);
    expect([...bytes.slice(14)]).toEqual([0x3f, 0xf8, 0, 0, 0, 0, 0, 0]);
  });
});
