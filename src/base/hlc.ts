/**
 * A hybrid logical clock reading: wall milliseconds, then a counter that orders events within
 * the same millisecond or while the wall clock stands still or goes back.
 */
export interface Hlc {
  readonly wallMs: number;
  readonly counter: number;
}

/** The counter's highest value: a bookmark has 16 bits for it. */
export const LAST_COUNTER = 0xffff;

/** Hex digits of the wall clock (48 bits reach the year 10889) and of the counter (16 bits). */
const WALL_DIGITS = 12;
const COUNTER_DIGITS = 4;

/** The reading after `last`, never before `nowMs`. */
export function nextHlc(last: Hlc | null, nowMs: number): Hlc {
  if (last === null || nowMs > last.wallMs) return { wallMs: nowMs, counter: 0 };
  if (last.counter < LAST_COUNTER) return { wallMs: last.wallMs, counter: last.counter + 1 };
  return { wallMs: last.wallMs + 1, counter: 0 };
}

/** Negative when `a` is before `b`, 0 when they are the same reading. */
export function compareHlc(a: Hlc, b: Hlc): number {
  return a.wallMs === b.wallMs ? a.counter - b.counter : a.wallMs - b.wallMs;
}

/**
 * A reading as text of fixed width that sorts as the readings do.
 *
 * @example formatHlc({ wallMs: 1, counter: 2 }) // "0000000000010002"
 */
export function formatHlc(time: Hlc): string {
  const wall = time.wallMs.toString(16).padStart(WALL_DIGITS, "0");
  return wall + time.counter.toString(16).padStart(COUNTER_DIGITS, "0");
}

/**
 * Reads what `formatHlc` wrote; null for other texts. A reading before the year 2500 begins with
 * 0, which tells it from a number.
 */
export function readHlc(text: string): Hlc | null {
  if (!/^0[0-9a-f]{15}$/.test(text)) return null;
  const wallMs = parseInt(text.slice(0, WALL_DIGITS), 16);
  return { wallMs, counter: parseInt(text.slice(WALL_DIGITS), 16) };
}
