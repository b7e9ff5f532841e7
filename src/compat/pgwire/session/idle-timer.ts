import type { Clock } from "../../../ports/clock.ts";
import { pgFatal } from "../errors.ts";
import type { PgError } from "../errors.ts";
import { durationMs } from "../settings/values.ts";

/** Ends a session whose client is silent for too long between two statements. */
export class IdleTimer {
  readonly #clock: Clock;
  readonly #expired: (error: PgError) => void;
  #insideMs = 0;
  #outsideMs = 0;
  #stop: (() => void) | null = null;

  constructor(clock: Clock, expired: (error: PgError) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  /** A setting changed; others than the two timeouts are not ours. */
  changed(name: string, value: string): void {
    if (name === "idle_in_transaction_session_timeout") this.#insideMs = durationMs(value);
    if (name === "idle_session_timeout") this.#outsideMs = durationMs(value);
  }

  /** The session waits for its client. */
  start(inTransaction: boolean): void {
    const delayMs = inTransaction ? this.#insideMs : this.#outsideMs;
    if (delayMs === 0) return;
    this.#stop = this.#clock.after(delayMs, () => {
      this.#stop = null;
      this.#expired(
        inTransaction
          ? pgFatal("25P03", "terminating connection due to idle-in-transaction timeout")
          : pgFatal("57P05", "terminating connection due to idle-session timeout"),
      );
    });
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }
}
