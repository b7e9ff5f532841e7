/*
 * How a client fetches a copy of a database: by messages of the protocol's FunctionCall, which has
 * no other meaning here, so that no SQL leads there. A body is an action, three numbers of four
 * bytes (a copy's number, and two more), and a name that ends with NUL. An answer is one DataRow
 * of tagged values, or none.
 */

/** What is asked for. */
export const CopyAction = {
  /**
   * Begins a copy of the named schema: of what is committed at one moment before it is complete,
   * or with a second number of 1 of what the session sees in its transaction. Answers its number.
   */
  begin: 0x62,
  /** Answers its pages and their size, or nothing while it is not complete. */
  state: 0x73,
  /** The same when it is complete. */
  wait: 0x77,
  /** Answers the bytes of pages: which is the first, and how many at most. */
  read: 0x72,
  /** The copy may go. Answers nothing. */
  close: 0x63,
} as const;

/** The most that one answer carries: neither side holds more of a database at once. */
export const COPY_PIECE_BYTES: number = 1024 * 1024;
