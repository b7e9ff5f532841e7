import type { BeginOptions } from "../../../engine/session/session.ts";

/** How a transaction is asked for; what is absent comes from the session's defaults. */
export type TransactionModes = Pick<BeginOptions, "isolation" | "readOnly" | "immediate">;

/** Statements about the session or its transaction: the Postgres face answers them itself. */
export type Command =
  | { readonly kind: "begin"; readonly tag: "BEGIN" | "START TRANSACTION"; modes: TransactionModes }
  | { readonly kind: "commit"; readonly chain: boolean }
  | { readonly kind: "rollback"; readonly chain: boolean }
  | { readonly kind: "savepoint"; readonly name: string }
  | { readonly kind: "release"; readonly name: string }
  | { readonly kind: "rollback-to"; readonly name: string }
  | { readonly kind: "set-transaction"; readonly modes: TransactionModes }
  | { readonly kind: "set-defaults"; readonly modes: TransactionModes }
  /** A null value is DEFAULT. */
  | { readonly kind: "set"; readonly name: string; readonly value: string | null; local: boolean }
  | { readonly kind: "reset"; readonly name: string | null }
  | { readonly kind: "show"; readonly name: string | null }
  | { readonly kind: "discard-all" }
  | { readonly kind: "deallocate"; readonly name: string | null }
  /** A question about the session that SQLite cannot answer: `SELECT version()` and its like. */
  | { readonly kind: "constant"; readonly constant: SessionConstant };

export type SessionConstant =
  | "version"
  | "current_database"
  | "current_schema"
  | "current_user"
  | "session_user";
