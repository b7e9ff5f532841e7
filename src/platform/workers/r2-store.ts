import { DosqlError } from "../../base/errors.ts";
import type {
  ByteRange,
  ObjectPage,
  ObjectStore,
  PutCondition,
  PutOutcome,
  StoredObject,
} from "../../ports/object-store.ts";

/**
 * What the store needs of an R2 binding: written down here, so that nothing of ours depends on
 * the runtime's own type package.
 */
export interface R2Bindable {
  get(
    key: string,
    options?: { range: { offset: number; length?: number } },
  ): Promise<R2Body | null>;
  head(key: string): Promise<R2Facts | null>;
  list(options: { prefix?: string; startAfter?: string }): Promise<{
    objects: readonly R2Facts[];
    truncated: boolean;
  }>;
  delete(keys: string[]): Promise<void>;
  put(
    key: string,
    body: Uint8Array,
    options?: { onlyIf: { etagMatches?: string; etagDoesNotMatch?: string } },
  ): Promise<R2Facts | null>;
}

interface R2Facts {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

interface R2Body extends R2Facts {
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Keys that one call of R2 deletes at most. */
const DELETED_AT_ONCE = 1_000;

/** Objects in an R2 bucket. */
export class R2Store implements ObjectStore {
  readonly #bucket: R2Bindable;

  constructor(bucket: R2Bindable) {
    this.#bucket = bucket;
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject | null> {
    checkKey(key);
    // R2 refuses a range that holds no byte.
    if (range !== undefined) {
      const facts = await attempt(() => this.#bucket.head(key));
      if (facts === null) return null;
      const length = Math.max(0, Math.min(range.length ?? Infinity, facts.size - range.offset));
      if (length === 0) return { bytes: new Uint8Array(), etag: facts.etag, sizeBytes: facts.size };
      return this.#read(key, { offset: range.offset, length });
    }
    return this.#read(key);
  }

  async list(prefix: string, after?: string): Promise<ObjectPage> {
    const page = await attempt(() =>
      this.#bucket.list({ prefix, ...(after === undefined ? {} : { startAfter: after }) }),
    );
    const objects = page.objects.map(({ key, size }) => ({ key, sizeBytes: size }));
    return { objects, more: page.truncated };
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) checkKey(key);
    for (let at = 0; at < keys.length; at += DELETED_AT_ONCE) {
      await attempt(() => this.#bucket.delete(keys.slice(at, at + DELETED_AT_ONCE)));
    }
  }

  async put(key: string, body: Uint8Array, condition?: PutCondition): Promise<PutOutcome> {
    checkKey(key);
    const stored = await attempt(() =>
      condition === undefined
        ? this.#bucket.put(key, body)
        : this.#bucket.put(key, body, { onlyIf: onlyIf(condition) }),
    );
    return stored === null ? { stored: false } : { stored: true, etag: stored.etag };
  }

  async #read(
    key: string,
    range?: { offset: number; length: number },
  ): Promise<StoredObject | null> {
    return attempt(async () => {
      const found = await this.#bucket.get(key, range === undefined ? undefined : { range });
      if (found === null) return null;
      const bytes = new Uint8Array(await found.arrayBuffer());
      return { bytes, etag: found.etag, sizeBytes: found.size };
    });
  }
}

/**
 * The bucket that is bound under a name; null where nothing is.
 *
 * @throws DosqlError `invalid-argument` where something else is bound
 */
export function bucketArchive(env: unknown, name: string): ObjectStore | null {
  const bound = (env as Readonly<Record<string, Partial<R2Bindable> | undefined>>)[name];
  if (bound === undefined) return null;
  if (typeof bound.put === "function" && typeof bound.head === "function") {
    return new R2Store(bound as R2Bindable);
  }
  throw new DosqlError("invalid-argument", `the binding ${name} is no R2 bucket`, {
    hint: "bind one under [[r2_buckets]], or call the binding otherwise",
  });
}

function onlyIf(condition: PutCondition): { etagMatches?: string; etagDoesNotMatch?: string } {
  return "ifAbsent" in condition ? { etagDoesNotMatch: "*" } : { etagMatches: condition.ifMatch };
}

/** R2 takes any key; what other stores refuse is refused here too. */
function checkKey(key: string): void {
  if (!key.split("/").includes("")) return;
  throw new DosqlError("invalid-argument", `${JSON.stringify(key)} is no key of an object`, {
    hint: "a key is parts of text separated by /, none of them empty",
  });
}

async function attempt<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new DosqlError("io", `the bucket refused: ${text}`, { cause: error });
  }
}
