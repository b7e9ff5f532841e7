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
