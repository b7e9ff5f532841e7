import { formatHlc } from "./hlc.ts";
import type { Hlc } from "./hlc.ts";

declare const bookmark: unique symbol;

/**
 * A position in a database's history. Bookmarks compare as strings (also by `localeCompare`):
 * fixed-width lower-case hex of the hybrid time first, then an opaque part of fixed width.
 */
export type Bookmark = string & { readonly [bookmark]: never };

/** The opaque part that will carry a shard vector; one shard needs none. */
const ONE_SHARD = "0".repeat(16);

/**
 * Writes a hybrid time as a bookmark.
 *
 * @example formatBookmark({ wallMs: 1, counter: 2 }) // "0000000000010002-0000000000000000"
 */
export function formatBookmark(time: Hlc): Bookmark {
  return `${formatHlc(time)}-${ONE_SHARD}` as Bookmark;
}

const FORM = /^([0-9a-f]{12})([0-9a-f]{4})-[0-9a-f]{16}$/;

/** The hybrid time of a bookmark; null for a text that is none. */
export function readBookmark(text: string): Hlc | null {
  const [, wall, counter] = FORM.exec(text) ?? [];
  if (wall === undefined || counter === undefined) return null;
  return { wallMs: parseInt(wall, 16), counter: parseInt(counter, 16) };
}
