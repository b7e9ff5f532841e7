import type { Clock } from "../../ports/clock.ts";
import { closedError } from "../feed/lease-turns.ts";
import { Pacer } from "../feed/pacer.ts";

/** Ends work between two of its steps when nobody wants it any more. */
export class StoppablePacer extends Pacer {
  readonly #isStopped: () => boolean;

  constructor(clock: Clock, isStopped: () => boolean) {
    super(clock);
    this.#isStopped = isStopped;
  }

  /** @throws DosqlError `misuse` when it is stopped */
  override worked(entries: number): boolean {
    if (this.#isStopped()) throw closedError();
    return super.worked(entries);
  }
}
