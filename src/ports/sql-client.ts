import type { Row } from "../base/value.ts";

/** What one statement answered. */
export interface SqlReply {
  readonly columns: readonly string[];
  readonly rows: Row[];
  readonly changes: number;
  /** Head word of the statement, as in a Postgres command tag. */
  readonly command: string;
  readonly durationMs: number;
}

/**
 * One conversation with a database, wherever it lives: an embedded shard or a server at the
 * end of a connection. This is all that the command line knows of a database.
 */
export interface SqlClient {
  /** Where it is, for messages: a path, or a URL without its password. */
  readonly label: string;
  /**
   * An error inside a transaction leaves nothing to commit (Postgres), or only undoes its
   * statement (SQLite).
   */
  readonly errorEndsTransaction: boolean;
  readonly inTransaction: boolean;
  /** Runs exactly one statement. INTEGERs come as bigint, REALs as number. */
  run(sql: string): Promise<SqlReply>;
  begin(kind: "read" | "write"): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Ends the statement that runs now with `canceled`, where that is possible. */
  cancel(): void;
  close(): Promise<void>;
}
