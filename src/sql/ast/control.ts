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

/** `DROP TABLE`, INDEX, VIEW, … of what has no more than a name. */
export interface Drop extends Span {
  readonly kind: "drop";
  readonly object:
    | "TABLE"
    | "INDEX"
    | "VIEW"
    | "TRIGGER"
    | "MATERIALIZED VIEW"
    | "FOREIGN TABLE"
    | "SEQUENCE"
    | "TYPE"
    | "DOMAIN"
    | "SCHEMA"
    | "EXTENSION"
    | "DATABASE"
    | "ROLE"
    | "USER"
    | "GROUP";
  readonly ifExists: boolean;
  /** In SQLite one. */
  readonly names: readonly ObjectName[];
  readonly concurrently: boolean;
  readonly behavior: DropBehavior;
}
