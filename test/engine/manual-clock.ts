import type { Clock } from "../../src/ports/clock.ts";

/** A clock that stands still until told to move. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  #timers: { due: number; fire: () => void }[] = [];

  nowMs(): number {
    return this.#now;
  }

  monotonicMs(): number {
    return this.#now;
  }

  after(delayMs: number, fire: () => void): () => void {
    const timer = { due: this.#now + delayMs, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((t) => t !== timer);
    };
  }

  advance(byMs: number): void {
    const end = this.#now + byMs;
    for (;;) {
      const next = this.#timers.filter((t) => t.due <= end).toSorted((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((t) => t !== next);
      this.#now = Math.max(this.#now, next.due);
      next.fire();
    }
    this.#now = end;
  }
}
