import type { Hlc } from "./hlc.ts";

declare const bookmark: unique symbol;

/**
 * A position in a database's history. Bookmarks compare as strings (also by `localeCompare`):
 * fixed-width lower-case hex of the hybrid time first, then an opaque part of fixed width.
 */
export type Bookmark = string & { readonly [bookmark]: never };

/** Hex digits of the wall clock (48 bits reach the year 10889) and of the counter (16 bits). */
const WALL_DIGITS = 12;
const COUNTER_DIGITS = 4;

/** The opaque part that will carry a shard vector; one shard needs none. */
const ONE_SHARD = "0".repeat(16);

/**
 * Writes a hybrid time as a bookmark.
 *
 * @example formatBookmark({ wallMs: 1, counter: 2 }) // "0000000000010002-0000000000000000"
 */
export function formatBookmark(time: Hlc): Bookmark {
  const wall = time.wallMs.toString(16).padStart(WALL_DIGITS, "0");
  const counter = time.counter.toString(16).padStart(COUNTER_DIGITS, "0");
  return `${wall}${counter}-${ONE_SHARD}` as Bookmark;
}
