import { availableParallelism } from "node:os";
import { WakefulPace } from "./wakeful-pace.ts";

/** How long the loop turns for the next question. */
const AWAKE_MS = 0.06;

/**
 * Keeps the event loop from falling asleep between an answer and the next question, while that
 * gives more answers ({@link WakefulPace}). Never with one processor, which the client needs.
 */
export class WakefulLoop {
  readonly #pace: WakefulPace | null = availableParallelism() > 1 ? new WakefulPace() : null;
  readonly #turn = (): void => {
    if (performance.now() < this.#untilMs) setImmediate(this.#turn);
    else this.#turning = false;
  };
  #turning = false;
  #untilMs = 0;

  /** Call when an answer has been written. */
  answered(): void {
    const nowMs = performance.now();
    if (this.#pace?.answered(nowMs) !== true) return;
    this.#untilMs = nowMs + AWAKE_MS;
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(this.#turn);
  }
}
