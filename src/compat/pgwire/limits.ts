/** What one connection may cost before and after it has proved who it is. */
export interface PgLimits {
  /** Longest startup packet. */
  readonly startupBytes: number;
  /** Longest password or SASL message. */
  readonly passwordBytes: number;
  /** Longest message of a kind that carries no user data (Sync, Describe, Execute, …). */
  readonly smallMessageBytes: number;
  /** Longest Query, Parse or Bind. */
  readonly messageBytes: number;
  /** Time from the connection's start to its first ReadyForQuery. */
  readonly authenticationMs: number;
}

/** Postgres' own cap; a startup packet holds a few short settings. */
const MAX_STARTUP_BYTES = 10_000;

/** A SCRAM message is about 200 bytes; nobody types a longer password. */
const MAX_PASSWORD_BYTES = 10_000;

/** Postgres' cap for messages that hold at most a name and a number. */
const MAX_SMALL_MESSAGE_BYTES = 10_000;

/**
 * An authenticated client may send one long statement or value. SQLite's own cap for a value is
 * 10^9 bytes; a quarter of a gigabyte keeps one connection from taking the whole heap.
 */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** Postgres' `authentication_timeout`. */
const AUTHENTICATION_TIMEOUT_MS = 60_000;

/** So many bytes of finished messages go out at once, even in the middle of a result. */
export const OUTPUT_CHUNK_BYTES: number = 64 * 1024;

/**
 * Unread bytes behind a statement that still runs, after which the transport is asked to stop
 * reading: enough for a long pipeline, little enough for thousands of connections.
 */
export const INPUT_HIGH_WATER_BYTES: number = 1024 * 1024;

/** The limits a connection has when its server names none. */
export const DEFAULT_LIMITS: PgLimits = {
  startupBytes: MAX_STARTUP_BYTES,
  passwordBytes: MAX_PASSWORD_BYTES,
  smallMessageBytes: MAX_SMALL_MESSAGE_BYTES,
  messageBytes: MAX_MESSAGE_BYTES,
  authenticationMs: AUTHENTICATION_TIMEOUT_MS,
};
