import type { TableUse } from "./mentions.ts";
import type { PragmaStatement } from "./pragma.ts";
import type { TransactionStatement } from "./transaction.ts";

/** What a statement is for. */
export type StatementKind =
  | "read"
  | "write"
  | "ddl"
  | "transaction"
  | "pragma"
  | "maintenance"
  | "attach"
  /** Of Postgres: settings, cursors, prepared statements, locks. */
  | "session"
  | "unknown"
  | "empty";

/** What a statement names that needs more than passing it to SQLite. */
export interface StatementMentions {
  /** Calls changes(), total_changes() or last_insert_rowid(). */
  readonly rowidState: boolean;
  /** Names something of SQLite's that tells of the engine's objects: see `Mentions`. */
  readonly schemaTable: boolean;
  /** Calls random(), a date function or the like: may answer differently when asked again. */
  readonly volatile: boolean;
}

/** What can be said of a statement without its schema. */
export interface StatementClass {
  /**
   * The head of the statement as in a Postgres command tag: `SELECT` (also for VALUES), `INSERT`
   * (also for REPLACE), `CREATE TABLE`, `COMMIT` (also for END), …; for an unknown word that word
   * in upper case; empty for an empty text.
   */
  readonly command: string;
  readonly kind: StatementKind;
  /**
   * Nothing in the database file changes by running it: what sqlite3_stmt_readonly() says, with
   * three differences: EXPLAIN is always readonly, REINDEX and PRAGMA optimize never.
   */
  readonly readonly: boolean;
  /** An INSERT, UPDATE or DELETE with RETURNING. */
  readonly returning: boolean;
  /** Behind EXPLAIN or EXPLAIN QUERY PLAN. */
  readonly explain: boolean;
  /** Names the temp schema: CREATE TEMP, `temp.x`, sqlite_temp_master. */
  readonly temp: boolean;
  /** Present for transaction statements whose form is right. */
  readonly transaction?: TransactionStatement;
  /** Present for PRAGMA with a name, also behind EXPLAIN: most act when they are compiled. */
  readonly pragma?: PragmaStatement;
  readonly mentions: StatementMentions;
  /** The tables that it names; none where it is no statement of SQLite's grammar. */
  readonly tables: readonly TableUse[];
}
