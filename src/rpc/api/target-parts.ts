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

/** UTF-16 units of calls that wait on a connection, together. */
const MAX_WAITING_LENGTH = 67_108_864;

/** Counts what a connection holds. */
export class OpenObjects {
  #count = 0;
  #waitingLength = 0;

  /**
   * A call waits for its turn.
   *
   * @throws DosqlError `limit`
   */
  wait(length: number): void {
    if (this.#waitingLength + length > MAX_WAITING_LENGTH) {
      throw new DosqlError("limit", "too many large calls wait on the connection", {
        hint: "wait for answers before sending more",
      });
    }
    this.#waitingLength += length;
  }

  waited(length: number): void {
    this.#waitingLength -= length;
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
