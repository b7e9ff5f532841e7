import type {
  ByteRange,
  ObjectPage,
  ObjectStore,
  PutCondition,
  PutOutcome,
  StoredObject,
} from "../../../src/ports/object-store.ts";

/** Objects in memory. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, { bytes: Uint8Array<ArrayBuffer>; etag: string }>();
  #versions = 0;

  async get(key: string, range: ByteRange = { offset: 0 }): Promise<StoredObject | null> {
    checkKey(key);
    const found = this.objects.get(key);
    if (found === undefined) return null;
    const { bytes, etag } = found;
    const end = range.length === undefined ? bytes.length : range.offset + range.length;
    return { bytes: bytes.slice(range.offset, end), etag, sizeBytes: bytes.length };
  }

  async list(prefix: string, after = ""): Promise<ObjectPage> {
    const keys = [...this.objects.keys()]
      .filter((key) => key.startsWith(prefix) && compareUtf8(key, after) > 0)
      .sort(compareUtf8);
    const objects = keys
      .slice(0, 1_000)
      .map((key) => ({ key, sizeBytes: this.objects.get(key)?.bytes.length ?? 0 }));
    return { objects, more: keys.length > objects.length };
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      checkKey(key);
      this.objects.delete(key);
    }
  }

  async put(key: string, body: Uint8Array, condition?: PutCondition): Promise<PutOutcome> {
    checkKey(key);
    const before = this.objects.get(key);
    if (condition !== undefined) {
      const holds =
        "ifAbsent" in condition ? before === undefined : before?.etag === condition.ifMatch;
      if (!holds) return { stored: false };
    }
    const etag = `v${++this.#versions}`;
    this.objects.set(key, { bytes: body.slice(), etag });
    return { stored: true, etag };
  }
}

function checkKey(key: string): void {
  if (key.split("/").includes("")) throw new TypeError(`${key} is no key`);
}

function compareUtf8(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => new TextEncoder().encode(text));
  for (let i = 0; ; i++) {
    const [x = -1, y = -1] = [left?.[i], right?.[i]];
    if (x !== y) return x - y;
    if (x === -1) return 0;
  }
}
