import { DosqlError } from "../../base/errors.ts";
import type { Awaitable } from "../../base/value.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Access } from "./access.ts";
import type { IdleSessions } from "./idle-sessions.ts";
import type { StatementTexts } from "./statement-texts.ts";

/** What a connection's objects share. */
export interface TargetParts {
  readonly access: Access;
  readonly clock: Clock;
  readonly texts: StatementTexts;
  /** Where sessions come from that live for one request only; null for those of a connection. */
  readonly idle: IdleSessions | null;
  /** Whether objects outlive a request: not so over HTTP. */
  readonly lasting: boolean;
  /** Whether transactions are served at another address only. */
  readonly apart: boolean;
  readonly version: string;
  /** Sessions, cursors and subscriptions that are open. */
  readonly open: OpenObjects;
  /** Waits until the client has taken what it was sent, as far as it must. */
  room(): Awaitable<void>;
}

/** Sessions of one connection at most; what holds a result counts for many. */
const MAX_OBJECTS = 10_000;
const MOST_ROWS_WEIGHT = 4_400;

/** How much a connection may take, in UTF-16 units. */
export interface HeldLimits {
  /** Of calls that wait, together; one message at least. */
  readonly waitingLength: number;
  /**
   * Of answers that a client keeps here, together: the server has each of them until the client
   * lets it go, read or not. One that takes more by itself is let through.
   */
  readonly heldLength: number;
}

const HELD_LIMITS: HeldLimits = { waitingLength: 67_108_864, heldLength: 268_435_456 };

/** Where all connections together have the 128 MB of a Worker or an object. */
export const NARROW_LIMITS: HeldLimits = { waitingLength: 33_554_432, heldLength: 33_554_432 };

/** Counts what a connection holds. */
export class OpenObjects {
  readonly #limits: HeldLimits;
  #count = 0;
  #waitingLength = 0;
  #heldLength = 0;

  constructor(limits: HeldLimits = HELD_LIMITS) {
    this.#limits = limits;
  }

  /** An answer stays until it is let go. What is no text is counted as JSON. */
  answered<Answer extends string | object | null>(answer: Answer): Answer {
    if (answer !== null) {
      this.#heldLength += (typeof answer === "string" ? answer : JSON.stringify(answer)).length;
    }
    return answer;
  }

  /** @param length how long the answer was; Infinity for all of them */
  letGo(length: number): void {
    this.#heldLength = Math.max(0, this.#heldLength - length);
  }

  /** @throws DosqlError `limit` while there is no room for one more answer */
  refuseFull(): void {
    if (this.#heldLength <= this.#limits.heldLength) return;
    throw new DosqlError("limit", "the connection holds too many answers", {
      hint: "let go of results that are no longer used",
    });
  }

  /**
   * A call waits for its turn.
   *
   * @throws DosqlError `limit`
   */
  wait(length: number): void {
    if (this.#waitingLength + length > this.#limits.waitingLength) {
      throw new DosqlError("limit", "too many large calls wait on the connection", {
        hint: "wait for answers before sending more",
      });
    }
    this.#waitingLength += length;
  }

  waited(length: number): void {
    this.#waitingLength -= length;
  }

  /** Of rows that wait: as much as may be held at all counts for so much that two such fit. */
  weightOf(sizeBytes: number): number {
    return Math.min(MOST_ROWS_WEIGHT, (sizeBytes / this.#limits.heldLength) * MOST_ROWS_WEIGHT);
  }

  /** @throws DosqlError `limit` */
  enter(weight = 1): void {
    if (this.#count + weight > MAX_OBJECTS) {
      throw new DosqlError("limit", "the connection has too many open objects", {
        hint: "close sessions, results and subscriptions that are no longer used",
      });
    }
    this.#count += weight;
  }

  leave(weight = 1): void {
    this.#count -= weight;
  }
}
