/**
 * How values go between a server and a program that has SQLite's values, not Postgres' types:
 * a byte that says the storage class, then the value. NULL is the protocol's own. Integers and
 * numbers are big-endian.
 */
export const ValueTag = {
  /** An INTEGER in four bytes. */
  int32: 0x69,
  /** An INTEGER in eight bytes. */
  int64: 0x49,
  /** A REAL in eight bytes. */
  real: 0x72,
  /** UTF-8. */
  text: 0x74,
  /** Bytes as they are. */
  blob: 0x62,
} as const;

/** The format code of such values in Bind, beside the protocol's 0 (text) and 1 (binary). */
export const TAGGED_FORMAT = 2;

/**
 * The protocol option by which a client asks for a session as SQLite has it: an error undoes its
 * statement only, savepoints nest by SQLite's names, values are tagged, and each answer says the
 * last inserted rowid. A server that does not know it answers so, by NegotiateProtocolVersion.
 */
export const SESSION_OPTION = "_pq_.dosql_session";

/** The letter of an error's field that says its code: `sqlite/SQLITE_BUSY`, `unsupported`. */
export const CODE_FIELD = 0x78;
