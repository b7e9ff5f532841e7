import type { Clock } from "../../ports/clock.ts";

/** How long others on the thread may have to wait for one who reads much. */
const SLICE_MS = 10;

/**
 * The same where the clock stands still during work (a Durable Object): about as many entries as
 * are read in that time.
 */
const SLICE_ENTRIES = 5_000;

/** Lets a reader that always finds more give the thread away now and then. */
export class Pacer {
  readonly #clock: Clock;
  #sinceMs: number;
  #entries = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sinceMs = clock.monotonicMs();
  }

  /** Notes work that was done; true when the thread should be given away by `rest`. */
  worked(entries: number): boolean {
    this.#entries += entries;
    return this.#entries >= SLICE_ENTRIES || this.#clock.monotonicMs() - this.#sinceMs >= SLICE_MS;
  }

  /** Everything else that is ready runs first. */
  async rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#clock.after(0, () => {
      resolve(undefined);
    });
    await promise;
    this.restart();
  }

  /** After a pause for another reason. */
  restart(): void {
    this.#entries = 0;
    this.#sinceMs = this.#clock.monotonicMs();
  }
}
