import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LeaseHolder, WriteLease } from "../session/write-lease.ts";

/** How often, and how long at first, another connection of the process is waited for. */
const BUSY_TRIES = 12;
const BUSY_DELAY_MS = 2;

/** Gives work its turn on the writer: between the transactions of sessions, never inside one. */
export class LeaseTurns {
  readonly #lease: WriteLease;
  readonly #clock: Clock;
  readonly #waiting = new Set<(error: DosqlError) => void>();
  #closed = false;

  constructor(lease: WriteLease, clock: Clock) {
    this.#lease = lease;
    this.#clock = clock;
  }

  /**
   * Runs `body` while nobody else writes.
   *
   * @throws DosqlError `misuse` when the database closes before its turn
   */
  async run<T>(body: () => T): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#runOnce(body);
      } catch (error) {
        if (!isBusy(error) || attempt === BUSY_TRIES) throw error;
      }
      await this.#pause(BUSY_DELAY_MS * 2 ** (attempt - 1));
    }
  }

  close(): void {
    this.#closed = true;
    for (const refuse of this.#waiting) refuse(closedError());
    this.#waiting.clear();
  }

  /** At once when the lease is free, else inside the call that frees it. */
  #runOnce<T>(body: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (this.#closed) throw closedError();
    const holder: LeaseHolder = { idleSinceMs: () => null, expire: () => undefined };
    const refuse = (error: DosqlError): void => {
      place.leave();
      reject(error);
    };
    this.#waiting.add(refuse);
    const place = this.#lease.acquire(holder, () => {
      this.#waiting.delete(refuse);
      try {
        resolve(body());
      } catch (error) {
        reject(error);
      } finally {
        this.#lease.release(holder);
      }
    });
    return promise;
  }

  async #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#clock.after(delayMs, () => {
      resolve(undefined);
    });
    await promise;
  }
}

/** A connection that does not take the lease is in a transaction: an embedded one. */
function isBusy(error: unknown): boolean {
  return error instanceof DosqlError && error.sqlite?.startsWith("SQLITE_BUSY") === true;
}

export function closedError(): DosqlError {
  return new DosqlError("misuse", "the database is closed");
}
