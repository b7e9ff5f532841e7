import { DosqlError } from "../../base/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Entropy } from "../../ports/entropy.ts";
import type { RemoteRoot } from "../api/remote-api.ts";
import { FIRST_WAIT_MS, LONGEST_WAIT_MS, PING_TIMEOUT_MS } from "./delays.ts";
import type { Link } from "./link.ts";
import type { Stub } from "./remote-stub.ts";
import { receivedError } from "./remote-stub.ts";

export interface CallerParts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly open: () => Promise<Link>;
  /** Each call has a connection of its own: HTTP. */
  readonly single: boolean;
  readonly requestTimeoutMs: number;
  readonly retryForMs: number;
}

/** What a call does on a connection. `ageMs` is 0 the first time. */
export type CallBody<T> = (root: Stub<RemoteRoot>, ageMs: number) => PromiseLike<T>;

/** Makes calls on a connection, and a new connection when the old one was lost. */
export class Caller {
  readonly #parts: CallerParts;
  #link: Promise<Link> | null = null;
  #closed = false;

  constructor(parts: CallerParts) {
    this.#parts = parts;
  }

  /** @throws DosqlError `unsupported` over HTTP */
  needSocket(what: string): void {
    if (!this.#parts.single) return;
    throw new DosqlError("unsupported", `${what} are not served over HTTP`, {
      hint: "connect to the same address with ws: or wss:",
    });
  }

  /** The connection, opened if there is none. */
  async link(): Promise<Link> {
    if (this.#closed) throw new DosqlError("misuse", "the database is closed");
    const { open, single } = this.#parts;
    if (single) return open();
    const last = this.#link;
    const known = await last?.catch(() => null);
    if (known?.lost() === null) return known;
    // Of several calls that lost it, the first one connects for all.
    if (this.#link === last) this.#link = open();
    return this.#link as Promise<Link>;
  }

  /**
   * Makes a call; sends it again after a lost connection, if it may.
   *
   * @param again whether it may be sent again although it may have been done
   * @param timeoutMs 0 is no limit
   * @throws DosqlError `connection` when that did not help in time, `statement-timeout`, and
   * whatever the server says
   */
  async call<T>(
    body: CallBody<T>,
    again = true,
    timeoutMs: number = this.#parts.requestTimeoutMs,
  ): Promise<T> {
    const { clock, retryForMs } = this.#parts;
    const began = stopwatch(clock);
    let sent: (() => number) | null = null;
    for (let attempt = 0; ; attempt++) {
      try {
        const { root } = await this.link();
        const ageMs = sent === null ? 0 : Math.max(1, sent());
        sent ??= stopwatch(clock);
        return await this.#within(body(root, ageMs), timeoutMs);
      } catch (thrown) {
        const error = receivedError(thrown);
        const mayRetry = error.code === "connection" && error.hint === undefined && !this.#closed;
        if (!mayRetry || (sent !== null && !again) || began() >= retryForMs) throw error;
        // Once at once: it may have been an object that slept, or a connection that idled too long.
        if (attempt > 0) await this.#pause(attempt - 1);
      }
    }
  }

  close(): void {
    this.#closed = true;
    this.#onLink((link) => link.close());
  }

  async #within<T>(answer: PromiseLike<T>, timeoutMs: number): Promise<T> {
    if (timeoutMs === 0) return await answer;
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = this.#parts.clock.after(timeoutMs, () => {
      reject(new DosqlError("statement-timeout", `no answer within ${timeoutMs} ms`));
      this.#checkAlive();
    });
    try {
      return await Promise.race([answer, promise]);
    } finally {
      stop();
    }
  }

  /** After a call that was not answered: a connection that is dead is given up. */
  #checkAlive(): void {
    this.#onLink((link) => {
      const stop = this.#parts.clock.after(PING_TIMEOUT_MS, () => link.close());
      link.root.ping().then(stop, stop);
    });
  }

  #onLink(body: (link: Link) => void): void {
    this.#link?.then(body, () => undefined);
  }

  /** Waits longer each time, and never as long as the others do. */
  #pause(attempt: number): Promise<void> {
    const { clock, entropy } = this.#parts;
    const [byte = 0] = entropy.randomBytes(1);
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
    return new Promise((resolve) => {
      clock.after(waitMs * (0.5 + byte / 512), resolve);
    });
  }
}

/**
 * The time since now, by whichever clock says more: the monotonic one may stand still while the
 * machine sleeps, and the other one may be set back. A server forgets keys of calls by the time
 * that really went by.
 */
function stopwatch(clock: Clock): () => number {
  const wallMs = clock.nowMs();
  const steadyMs = clock.monotonicMs();
  return () => Math.max(clock.nowMs() - wallMs, clock.monotonicMs() - steadyMs);
}
