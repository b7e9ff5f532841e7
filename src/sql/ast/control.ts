import type { StringLiteral } from "./leaf.ts";
import type { Name, ObjectName, Span } from "./name.ts";

/** One mode of a transaction, upper case: `ISOLATION LEVEL SERIALIZABLE`, `READ ONLY`. */
export interface TransactionMode extends Span {
  readonly kind: "transaction-mode";
  readonly mode:
    | "ISOLATION LEVEL SERIALIZABLE"
    | "ISOLATION LEVEL REPEATABLE READ"
    | "ISOLATION LEVEL READ COMMITTED"
    | "ISOLATION LEVEL READ UNCOMMITTED"
    | "READ ONLY"
    | "READ WRITE"
    | "DEFERRABLE"
    | "NOT DEFERRABLE";
}

/** A statement that begins, ends or marks a transaction. END is COMMIT, ABORT is ROLLBACK. */
export interface Transaction extends Span {
  readonly kind: "transaction";
  readonly action:
    | "BEGIN"
    | "COMMIT"
    | "ROLLBACK"
    | "SAVEPOINT"
    | "RELEASE"
    | "ROLLBACK TO"
    | "PREPARE"
    | "COMMIT PREPARED"
    | "ROLLBACK PREPARED";
  /** Of a savepoint; SQLite takes one behind BEGIN TRANSACTION and its like, too. */
  readonly name: Name | null;
  /** Of a prepared transaction. */
  readonly id: StringLiteral | null;
  /** SQLite's kind of BEGIN. */
  readonly lock: "" | "DEFERRED" | "IMMEDIATE" | "EXCLUSIVE";
  /** Of a Postgres BEGIN. */
  readonly modes: readonly TransactionMode[];
  /** AND [NO] CHAIN of Postgres. */
  readonly chain: "" | "CHAIN" | "NO CHAIN";
}

/** CASCADE or RESTRICT; empty where not written. */
export type DropBehavior = "" | "CASCADE" | "RESTRICT";

/** A kind of object that a name alone refers to. */
export type NamedObject =
  | "TABLE"
  | "INDEX"
  | "VIEW"
  | "MATERIALIZED VIEW"
  | "FOREIGN TABLE"
  | "SEQUENCE"
  | "SCHEMA"
  | "EXTENSION"
  | "DATABASE"
  | "ROLE"
  | "USER"
  | "GROUP"
  | "ACCESS METHOD"
  | "COLLATION"
  | "CONVERSION"
  | "EVENT TRIGGER"
  | "FOREIGN DATA WRAPPER"
  | "LANGUAGE"
  | "PUBLICATION"
  | "SERVER"
  | "STATISTICS"
  | "SUBSCRIPTION"
  | "TABLESPACE"
  | "TEXT SEARCH CONFIGURATION"
  | "TEXT SEARCH DICTIONARY"
  | "TEXT SEARCH PARSER"
  | "TEXT SEARCH TEMPLATE";

/** `DROP TABLE`, INDEX, VIEW, … of what has no more than a name. */
export interface Drop extends Span {
  readonly kind: "drop";
  /** TRIGGER: only in SQLite, where it has no table. */
  readonly object: NamedObject | "TRIGGER";
  readonly ifExists: boolean;
  /** In SQLite one. */
  readonly names: readonly ObjectName[];
  /** All below: Postgres only. */
  readonly concurrently: boolean;
  readonly behavior: DropBehavior;
  /** WITH (FORCE) of a database. */
  readonly force: boolean;
}
