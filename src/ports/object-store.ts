/** A stored object, or the range of it that was asked for. */
export interface StoredObject {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Changes with the contents. Opaque. */
  readonly etag: string;
  /** Of the whole object. */
  readonly sizeBytes: number;
}

/** Bytes from `offset` on; without a length all that follow. */
export interface ByteRange {
  readonly offset: number;
  readonly length?: number;
}

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
}

/** One page of a listing. */
export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  /** More keys follow the last one of `objects`. */
  readonly more: boolean;
}

/** What must hold for a `put` to happen: nothing under the key, or exactly that version. */
export type PutCondition = { readonly ifAbsent: true } | { readonly ifMatch: string };

/** A condition that does not hold is an outcome, not an error. */
export type PutOutcome =
  | { readonly stored: true; readonly etag: string }
  | { readonly stored: false };

/**
 * Whole objects under keys: a folder, R2, S3. A `put` that returned is durable, and is seen by
 * every later call.
 *
 * Keys are non-empty texts whose parts are separated by `/`. No part is empty, and no object's
 * key is another one's folder. Failures of the store are `DosqlError` `io`.
 *
 * @example
 * const put = await store.put("wal/1.seg", bytes, { ifAbsent: true });
 * if (!put.stored) throw conflict();
 */
export interface ObjectStore {
  /** Null when there is no such object. A range beyond its end yields the bytes that are there. */
  get(key: string, range?: ByteRange): Promise<StoredObject | null>;
  /** Keys that begin with `prefix` and sort after `after`, in the order of their UTF-8 bytes. */
  list(prefix: string, after?: string): Promise<ObjectPage>;
  /** Objects that do not exist are left out silently. */
  delete(keys: readonly string[]): Promise<void>;
  put(key: string, body: Uint8Array, condition?: PutCondition): Promise<PutOutcome>;
}
