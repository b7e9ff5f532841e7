/*
 * How long the client waits, in milliseconds, if it is not told otherwise. A file without imports:
 * bundlers put such numbers where they are used.
 */

/** For a connection. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** For the answer to a call. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** How long a call is tried again. */
export const RETRY_FOR_MS = 30_000;

/** The first wait before a connection is tried again; it doubles each time. */
export const FIRST_WAIT_MS = 50;
export const LONGEST_WAIT_MS = 5000;

/** A server that answers no ping for so long is gone. */
export const PING_TIMEOUT_MS = 5000;
/** Between heartbeats of a subscription, as the engine has it. */
export const HEARTBEAT_MS = 10_000;
/** Heartbeats that may be missing before a connection is looked at. */
export const MISSED_HEARTBEATS = 3;
