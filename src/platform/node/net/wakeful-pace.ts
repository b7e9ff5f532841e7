/** Answers of one trial. */
const TRIAL = 128;
/** Answers until the next trial, at first and at most. */
const STAY = 512;
const STAY_MOST = 8_192;
/** Who asks less often than this, in milliseconds, does not notice a wake-up. */
const SELDOM_MS = 0.5;
/** So much of the time of answers must remain that being awake is worth a processor's time. */
const WORTH = 0.9;

/**
 * Decides whether a server should stay awake for the next question: it tries both in turn and
 * takes what gives more answers. Waking a thread on an idle virtual processor may take longer than
 * a point select; on a busy one it takes next to nothing, and a thread that stays awake takes the
 * processor from who would ask.
 */
export class WakefulPace {
  #phase: "asleep" | "awake" | "settled" = "asleep";
  #awake = false;
  /** What was decided last. */
  #last = false;
  #left = TRIAL;
  #stay = STAY;
  #startedMs = -1;
  #asleepMs = 0;

  /**
   * Call after each answer.
   *
   * @returns whether to stay awake for the next question
   */
  answered(nowMs: number): boolean {
    if (this.#startedMs < 0) this.#startedMs = nowMs;
    else if (--this.#left === 0) this.#next(nowMs);
    return this.#awake;
  }

  #next(nowMs: number): void {
    const tookMs = nowMs - this.#startedMs;
    this.#startedMs = nowMs;
    this.#left = TRIAL;
    if (this.#phase === "settled") {
      this.#phase = "asleep";
      this.#awake = false;
    } else if (this.#phase === "awake") {
      this.#settle(tookMs < this.#asleepMs * WORTH);
    } else if (tookMs > TRIAL * SELDOM_MS) {
      this.#settle(false);
    } else {
      this.#asleepMs = tookMs;
      this.#phase = "awake";
      this.#awake = true;
    }
  }

  #settle(awake: boolean): void {
    this.#phase = "settled";
    this.#awake = awake;
    this.#stay = awake === this.#last ? Math.min(this.#stay * 2, STAY_MOST) : STAY;
    this.#last = awake;
    this.#left = this.#stay;
  }
}
