import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";

/**
 * Somebody who can hold the lease. `expire` takes it away: the holder rolls back and forgets it.
 */
export interface LeaseHolder {
  /** When the holder's last statement ended (`Clock.monotonicMs`), or null while one runs. */
  idleSinceMs(): number | null;
  expire(): void;
  /** What others hear who cannot wait, where there is more to say than that it is taken. */
  readonly refusal?: DosqlError;
}

/**
 * How long an idle transaction may keep others waiting. DESIGN §6: no client freezes a shard for
 * longer.
 */
export const LEASE_IDLE_MS = 5_000;

interface Waiter {
  readonly holder: LeaseHolder;
  readonly grant: () => void;
}

/**
 * The right to write to one shard: one holder, everybody else in line, first come first served.
 * SQLite's own `busy_timeout` is never used, because the holder's COMMIT needs the thread that
 * would sit in it. A holder that idles in its transaction loses the lease.
 */
export class WriteLease {
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #waiters: Waiter[] = [];
  #holder: LeaseHolder | null = null;
  #cancelWatch: (() => void) | null = null;

  constructor(clock: Clock, idleMs: number = LEASE_IDLE_MS) {
    this.#clock = clock;
    this.#idleMs = idleMs;
  }

  heldBy(holder: LeaseHolder): boolean {
    return this.#holder === holder;
  }

  get free(): boolean {
    return this.#holder === null;
  }

  /** See `LeaseHolder`. */
  get refusal(): DosqlError | null {
    return this.#holder?.refusal ?? null;
  }

  /** Takes the lease if nobody has it. */
  tryAcquire(holder: LeaseHolder): boolean {
    if (this.#holder !== null) return this.#holder === holder;
    this.#holder = holder;
    return true;
  }

  /**
   * Waits in line. The returned `leave` gives the place up (cancel, timeout); leaving after the
   * grant does nothing.
   */
  acquire(holder: LeaseHolder, grant: () => void): { leave: () => void } {
    if (this.tryAcquire(holder)) {
      grant();
      return { leave: () => undefined };
    }
    const waiter: Waiter = { holder, grant };
    this.#waiters.push(waiter);
    return {
      leave: () => {
        const place = this.#waiters.indexOf(waiter);
        if (place >= 0) this.#waiters.splice(place, 1);
      },
    };
  }

  release(holder: LeaseHolder): void {
    if (this.#holder !== holder) {
      throw new DosqlError("bug", "a write lease was released by a session that does not hold it");
    }
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    const next = this.#waiters.shift();
    this.#holder = next?.holder ?? null;
    next?.grant();
  }

  /**
   * The holder lets another one have it. When that one releases it, it goes back to the holder,
   * before all who wait in line.
   */
  lend(holder: LeaseHolder, to: LeaseHolder): void {
    if (this.#holder !== holder) {
      throw new DosqlError("bug", "a write lease was lent by a session that does not hold it");
    }
    this.#holder = to;
    this.#waiters.unshift({ holder, grant: () => undefined });
  }

  /** The holder's statement ended inside its transaction: from now on it is idle. */
  noteIdle(): void {
    this.#watch(this.#idleMs);
  }

  #watch(forMs: number): void {
    this.#cancelWatch?.();
    this.#cancelWatch = this.#clock.after(forMs, () => {
      this.#cancelWatch = null;
      this.#expireIdle();
    });
  }

  /** A holder that works again is left alone; it notes its next pause itself. */
  #expireIdle(): void {
    const idleSince = this.#holder?.idleSinceMs() ?? null;
    if (idleSince === null) return;
    const leftMs = this.#idleMs - (this.#clock.monotonicMs() - idleSince);
    // A timer may come a moment before its time.
    if (leftMs > 0) this.#watch(leftMs);
    else this.#holder?.expire();
  }
}
