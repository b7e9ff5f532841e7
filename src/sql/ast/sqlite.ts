// Statements that only SQLite has.
import type { Literal } from "./leaf.ts";
import type { Name, ObjectName, Span } from "./name.ts";
import type { DataChange, Expr, Query } from "./query.ts";
import type { Persistence } from "./schema.ts";

/** `CREATE TRIGGER`, its body parsed. */
export interface CreateTrigger extends Span {
  readonly kind: "create-trigger";
  readonly persistence: Persistence;
  readonly ifNotExists: boolean;
  readonly name: ObjectName;
  readonly timing: "" | "BEFORE" | "AFTER" | "INSTEAD OF";
  readonly event: "INSERT" | "UPDATE" | "DELETE";
  /** UPDATE OF these. */
  readonly columns: readonly Name[];
  readonly table: ObjectName;
  readonly forEachRow: boolean;
  readonly when: Expr | null;
  readonly body: readonly (Query | DataChange)[];
}

/** `CREATE VIRTUAL TABLE name USING module (arguments)`. */
export interface CreateVirtualTable extends Span {
  readonly kind: "create-virtual-table";
  readonly ifNotExists: boolean;
  readonly name: ObjectName;
  readonly module: Name;
  /** Each argument as it was written: only the module knows what it means. */
  readonly arguments: readonly ModuleArgument[];
}

/** One argument of a virtual table: its text between two commas, trimmed. */
export interface ModuleArgument extends Span {
  readonly kind: "module-argument";
  readonly text: string;
}

/** `PRAGMA name`, `PRAGMA name = value`, `PRAGMA name(value)`. */
export interface Pragma extends Span {
  readonly kind: "pragma";
  readonly name: ObjectName;
  readonly form: "" | "=" | "()";
  /** A word is a Name; a number has its sign in its text. */
  readonly value: Literal | Name | null;
}

/** `ATTACH file AS schema KEY key`. */
export interface Attach extends Span {
  readonly kind: "attach";
  readonly file: Expr;
  readonly schema: Expr;
  readonly key: Expr | null;
}

/** `DETACH schema`. */
export interface Detach extends Span {
  readonly kind: "detach";
  readonly schema: Expr;
}

/** SQLite's `VACUUM`, `ANALYZE` and `REINDEX`; `name` is what they are for, null for all. */
export interface Maintain extends Span {
  readonly kind: "maintain";
  readonly action: "VACUUM" | "ANALYZE" | "REINDEX";
  readonly name: ObjectName | null;
  /** VACUUM INTO. */
  readonly into: Expr | null;
}

/** A statement of SQLite alone. */
export type SqliteStatement =
  | CreateTrigger
  | CreateVirtualTable
  | Pragma
  | Attach
  | Detach
  | Maintain;
