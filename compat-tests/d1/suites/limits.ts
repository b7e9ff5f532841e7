/* Why a test cannot be asked of any database here; by these words the runner knows it. */

/** It starts a Miniflare with options of its own. */
export const NEEDS_MINIFLARE = "needs a Miniflare of its own";

/** It asks its own backend what the binding sent. */
export const NEEDS_WIRE = "asks its own backend what the binding sent";

/**
 * At the end of a test's name: asked once more, with D1's `rows_read` in the place of ours for an
 * INSERT of rows, which is a known gap.
 */
export const COUNTED = ", rows_read apart";
