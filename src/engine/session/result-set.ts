import type { Row } from "../../base/value.ts";
import type { ColumnInfo } from "../../ports/sql-driver.ts";

/** Some rows of a result that comes in parts. */
export interface RowPart {
  readonly columns: readonly ColumnInfo[];
  readonly rows: Row[];
}

/** What one statement answered. */
export interface ResultSet {
  readonly columns: readonly ColumnInfo[];
  readonly rows: Row[];
  /** Rows inserted, updated or deleted by the statement itself; 0 for reads. */
  readonly changes: number;
  /** The session's last inserted rowid after the statement. */
  readonly lastRowid: bigint;
  /**
   * The statement's head word in upper case, as in a Postgres command tag: `SELECT`, `INSERT`,
   * `CREATE TABLE`.
   */
  readonly command: string;
  /** Rows SQLite read and wrote, where the home counts them (Durable Objects). */
  readonly rowsRead?: number;
  readonly rowsWritten?: number;
  /** Size of the database after the statement, in bytes, where it is free to know. */
  readonly sizeBytes?: number;
  /** Time inside SQLite, in milliseconds. */
  readonly durationMs?: number;
}
