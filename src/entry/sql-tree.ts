/**
 * What works on trees of the SQL front end, whichever dialect they came from. No subpath of the
 * package yet.
 *
 * @module
 */
export { equal } from "../sql/tree/equal.ts";
export { rewrite } from "../sql/tree/rewrite.ts";
export { walk } from "../sql/tree/walk.ts";
