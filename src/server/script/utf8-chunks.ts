/** A piece of a script: text, or the first byte that is no UTF-8 behind the text before it. */
export type TextChunk =
  | { readonly kind: "text"; readonly text: string; readonly bytesRead: number }
  | { readonly kind: "invalid"; readonly text: string; readonly byteOffset: number };

const REPLACEMENT = "\u{fffd}";

/**
 * Decodes UTF-8 that arrives cut anywhere, and says exactly where it is none. A byte order mark
 * at the start is dropped.
 */
export async function* utf8Chunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextChunk> {
  let carried: Uint8Array = new Uint8Array(0);
  let decodedBytes = 0;
  let bytesRead = 0;
  for await (const chunk of chunks) {
    bytesRead += chunk.length;
    const bytes = carried.length === 0 ? chunk : concat(carried, chunk);
    const end = bytes.length - unfinishedTail(bytes);
    const decoded = decode(bytes.subarray(0, end), decodedBytes);
    if (decoded.kind === "invalid") {
      yield decoded;
      return;
    }
    carried = bytes.slice(end);
    decodedBytes += end;
    yield { kind: "text", text: decoded.text, bytesRead };
  }
  if (carried.length > 0) yield { kind: "invalid", text: "", byteOffset: decodedBytes };
}

type Decoded = { readonly kind: "text"; readonly text: string } | (TextChunk & { kind: "invalid" });

function decode(bytes: Uint8Array, offset: number): Decoded {
  const text = new TextDecoder("utf-8", { ignoreBOM: offset !== 0 }).decode(bytes);
  if (!text.includes(REPLACEMENT)) return { kind: "text", text };
  // The replacement character is legal in a text; everywhere else it stands for a bad byte.
  const utf8 = new TextEncoder();
  const markBytes = offset === 0 && startsWith(bytes, 0, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  let at = -1;
  let byte = markBytes;
  let before = 0;
  while ((at = text.indexOf(REPLACEMENT, at + 1)) >= 0) {
    byte += utf8.encode(text.slice(before, at)).length;
    if (!startsWith(bytes, byte, [0xef, 0xbf, 0xbd])) {
      return { kind: "invalid", text: text.slice(0, at), byteOffset: offset + byte };
    }
    before = at;
  }
  return { kind: "text", text };
}

function startsWith(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, i) => bytes[at + i] === byte);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Bytes at the end that begin a character and do not finish it. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? back : 0;
  }
  return 0;
}
