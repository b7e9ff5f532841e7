import type { Awaitable } from "../../base/value.ts";

/**
 * What a conversation waits for: another message, room in the transport (between messages, or
 * in the middle of a result), or a promise of the engine.
 */
export type Wait = "input" | "room" | "room-for-rows" | Promise<unknown>;

/**
 * A conversation, or a part of one. It yields only when it cannot go on, so that a statement
 * which the engine answers at once is served without a promise.
 */
export type Work<T = void> = Generator<Wait, T, unknown>;

/** The value behind an answer that may be a promise. */
export function* settled<T>(value: Awaitable<T>): Work<T> {
  // The driver answers a yielded promise with what it resolved to.
  return value instanceof Promise ? ((yield value) as T) : value;
}
