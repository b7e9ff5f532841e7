import type { Hlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Row } from "../../base/value.ts";

declare const transactionId: unique symbol;

/**
 * Names a transaction for good: the hexadecimal commit time of one that was local to its shard,
 * the global id of a distributed one.
 */
export type TransactionId = string & { readonly [transactionId]: never };

/** What happened to a row, or to the schema. */
export type LogOp = "insert" | "update" | "delete" | "ddl" | "truncate";

/**
 * One change as it is in the log. Row images hold the stored columns in the order of `columns`:
 * generated columns are left out, because they follow from the others.
 *
 * @example
 * // UPDATE users SET name = 'B' WHERE id = 1
 * { lsn: 7, txn: "0193…", op: "update", table: "users", columns: ["id", "name"], key: [1n],
 *   before: [1n, "A"], after: [1n, "B"], commitTs, schemaVersion: 3 }
 */
export interface LogRecord {
  readonly lsn: Lsn;
  readonly txn: TransactionId;
  readonly op: LogOp;
  /** The table's name at that time; of `ddl` the name of what was created, altered or dropped. */
  readonly table: string;
  readonly columns: readonly string[];
  /**
   * The primary key's values, the rowid where the table declares none. Of an update those before
   * it. Empty for `ddl` and `truncate`.
   */
  readonly key: Row;
  /** Of `update` and `delete`. */
  readonly before?: Row;
  /** Of `insert` and `update`. */
  readonly after?: Row;
  /** The hidden rowid before and after, where the table has one that is no column of it. */
  readonly beforeRowid?: bigint;
  readonly afterRowid?: bigint;
  /** Of `ddl`: the statement as the user gave it. */
  readonly sql?: string;
  readonly commitTs: Hlc;
  /** The schema's version with which the record was written; a `ddl` makes a new one. */
  readonly schemaVersion: number;
}

/** Where a transaction came from. */
export type LogOrigin =
  /** A session of this engine. */
  | "local"
  /** Another program that wrote into the file. */
  | "foreign"
  /** The rows that a table had when its capture began. */
  | "snapshot";

/** All changes of one transaction, in the order in which they happened. */
export interface LogTransaction {
  readonly id: TransactionId;
  /** The first entry's; the transaction takes all numbers up to `lastLsn`. */
  readonly firstLsn: Lsn;
  /** The commit entry's: the position to confirm, and to go on from. */
  readonly lastLsn: Lsn;
  readonly commitTs: Hlc;
  readonly schemaVersion: number;
  readonly origin: LogOrigin;
  readonly records: readonly LogRecord[];
}
