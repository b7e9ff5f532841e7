import type { TypeName } from "./leaf.ts";
import type { DropBehavior } from "./control.ts";
import type { Name, ObjectName, Span } from "./name.ts";
import type { Expr } from "./query.ts";
import type { ColumnDefinition, Constraint, SequenceOption } from "./schema.ts";

/** `ALTER TABLE name action, …`. SQLite takes one action. */
export interface AlterTable extends Span {
  readonly kind: "alter-table";
  readonly ifExists: boolean;
  readonly only: boolean;
  readonly name: ObjectName;
  readonly actions: readonly AlterAction[];
}

/** `RENAME TO name`. */
export interface RenameTable extends Span {
  readonly kind: "rename-table";
  readonly to: Name;
}

/** `RENAME [COLUMN] column TO name`. */
export interface RenameColumn extends Span {
  readonly kind: "rename-column";
  readonly column: Name;
  readonly to: Name;
}

/** `RENAME CONSTRAINT constraint TO name`. Postgres only. */
export interface RenameConstraint extends Span {
  readonly kind: "rename-constraint";
  readonly constraint: Name;
  readonly to: Name;
}

/** `ADD [COLUMN] definition`. */
export interface AddColumn extends Span {
  readonly kind: "add-column";
  readonly ifNotExists: boolean;
  readonly column: ColumnDefinition;
}

/** `DROP [COLUMN] name`. */
export interface DropColumn extends Span {
  readonly kind: "drop-column";
  readonly ifExists: boolean;
  readonly column: Name;
  readonly behavior: DropBehavior;
}

/** `ADD constraint`. */
export interface AddConstraint extends Span {
  readonly kind: "add-constraint";
  readonly constraint: Constraint;
}

/** `DROP CONSTRAINT name`. */
export interface DropConstraint extends Span {
  readonly kind: "drop-constraint";
  readonly ifExists: boolean;
  readonly constraint: Name;
  readonly behavior: DropBehavior;
}

/** `ALTER [COLUMN] name SET NOT NULL` and `… DROP NOT NULL`. */
export interface AlterNull extends Span {
  readonly kind: "alter-null";
  readonly column: Name;
  readonly not: boolean;
}

/** `ALTER [COLUMN] name SET DEFAULT value`; null is DROP DEFAULT. Postgres only, as all below. */
export interface AlterDefault extends Span {
  readonly kind: "alter-default";
  readonly column: Name;
  readonly value: Expr | null;
}

/** `ALTER [COLUMN] name TYPE type COLLATE collation USING value`. */
export interface AlterType extends Span {
  readonly kind: "alter-type";
  readonly column: Name;
  readonly type: TypeName;
  readonly collation: ObjectName | null;
  readonly using: Expr | null;
}

/** `ALTER [COLUMN] name ADD GENERATED … AS IDENTITY (options)`. */
export interface AddIdentity extends Span {
  readonly kind: "add-identity";
  readonly column: Name;
  readonly when: "ALWAYS" | "BY DEFAULT";
  readonly options: readonly SequenceOption[];
}

/** `ALTER [COLUMN] name DROP IDENTITY` and `… DROP EXPRESSION`. */
export interface DropGenerated extends Span {
  readonly kind: "drop-generated";
  readonly what: "IDENTITY" | "EXPRESSION";
  readonly column: Name;
  readonly ifExists: boolean;
}

/** One action of an ALTER TABLE. */
export type AlterAction =
  | RenameTable
  | RenameColumn
  | RenameConstraint
  | AddColumn
  | DropColumn
  | AddConstraint
  | DropConstraint
  | AlterNull
  | AlterDefault
  | AlterType
  | AddIdentity
  | DropGenerated;
