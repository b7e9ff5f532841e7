/**
 * Time and timers. Core code never calls `Date.now` or `setTimeout`; the simulator replaces this.
 */
export interface Clock {
  /** Wall time, milliseconds since 1970. */
  nowMs(): number;
  /** A steady reading for durations, milliseconds with fractions. */
  monotonicMs(): number;
  /**
   * Calls `fire` once after `delayMs`, or after 24 days if that is longer; the returned function
   * cancels it. Never keeps a process alive, but for a delay of 0: that lets everything else run
   * that is ready, and goes on.
   */
  after(delayMs: number, fire: () => void): () => void;
}
