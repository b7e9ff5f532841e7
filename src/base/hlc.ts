/**
 * A hybrid logical clock reading: wall milliseconds, then a counter that orders events within
 * the same millisecond or while the wall clock stands still or goes back.
 */
export interface Hlc {
  readonly wallMs: number;
  readonly counter: number;
}

/** The counter's size in a bookmark: 16 bits. */
const COUNTER_LIMIT = 0xffff;

/** The reading after `last`, never before `nowMs`. */
export function nextHlc(last: Hlc | null, nowMs: number): Hlc {
  if (last === null || nowMs > last.wallMs) return { wallMs: nowMs, counter: 0 };
  if (last.counter < COUNTER_LIMIT) return { wallMs: last.wallMs, counter: last.counter + 1 };
  return { wallMs: last.wallMs + 1, counter: 0 };
}
