declare const databaseId: unique symbol;

/** A database's own number, as text in a UUID's form (version 8: made of a keyed hash). */
export type DatabaseId = string & { readonly [databaseId]: never };

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Bits that a UUID fixes, by byte: which to keep, and which to set. */
const VERSION_BYTE = 6;
const VARIANT_BYTE = 8;
const ID_BYTES = 16;

/**
 * The id that the first 16 bytes of a hash make.
 *
 * @example formatDatabaseId(new Uint8Array(32)) // "00000000-0000-8000-8000-000000000000"
 */
export function formatDatabaseId(hash: Uint8Array): DatabaseId {
  const bytes = hash.slice(0, ID_BYTES);
  bytes[VERSION_BYTE] = ((bytes[VERSION_BYTE] ?? 0) & 0x0f) | 0x80;
  bytes[VARIANT_BYTE] = ((bytes[VARIANT_BYTE] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") as DatabaseId;
}

/** Whether a text can be the id of a database. */
export function isDatabaseId(text: string): text is DatabaseId {
  return FORM.test(text);
}
