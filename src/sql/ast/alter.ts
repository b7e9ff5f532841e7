import type { DropBehavior } from "./control.ts";
import type { ConflictAction, NumberLiteral, TypedName, TypeName } from "./leaf.ts";
import type { Name, ObjectName, Span } from "./name.ts";
import type { Option } from "./option.ts";
import type { Role } from "./postgres-command.ts";
import type { Expr } from "./query.ts";
import type {
  ColumnDefinition,
  Constraint,
  ConstraintMark,
  Deferral,
  PartitionBound,
  SequenceOption,
} from "./schema.ts";

/** `ALTER TABLE name action, …`, and of Postgres' other relations. SQLite takes one action. */
export interface AlterTable extends Span {
  readonly kind: "alter-table";
  readonly object: "TABLE" | "INDEX" | "VIEW" | "MATERIALIZED VIEW" | "SEQUENCE" | "FOREIGN TABLE";
  readonly ifExists: boolean;
  readonly only: boolean;
  readonly name: ObjectName;
  readonly actions: readonly AlterAction[];
}

/** `RENAME TO name`, of any object. */
export interface RenameTable extends Span {
  readonly kind: "rename-table";
  readonly to: Name;
}

/** `RENAME [COLUMN] column TO name`; of a type `RENAME ATTRIBUTE`. */
export interface RenameColumn extends Span {
  readonly kind: "rename-column";
  readonly column: Name;
  readonly to: Name;
  /** Of an attribute. */
  readonly behavior: DropBehavior;
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

/** `DROP [COLUMN] name`; of a type `DROP ATTRIBUTE`. */
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

/** `ALTER [COLUMN] name SET NOT NULL` and `… DROP NOT NULL`; of a domain without a column. */
export interface AlterNull extends Span {
  readonly kind: "alter-null";
  readonly column: Name | null;
  readonly not: boolean;
  /** Behind SQLite's SET NOT NULL. */
  readonly onConflict: ConflictAction;
}

/**
 * `ALTER [COLUMN] name SET DEFAULT value`; null is DROP DEFAULT. Of a domain without a column.
 * Postgres only, as all below.
 */
export interface AlterDefault extends Span {
  readonly kind: "alter-default";
  readonly column: Name | null;
  readonly value: Expr | null;
}

/** `ALTER [COLUMN] name TYPE type COLLATE collation USING value`; of a type `ALTER ATTRIBUTE`. */
export interface AlterType extends Span {
  readonly kind: "alter-type";
  readonly column: Name;
  readonly type: TypeName;
  readonly collation: ObjectName | null;
  readonly using: Expr | null;
  /** Of an attribute. */
  readonly behavior: DropBehavior;
}

/** `ALTER [COLUMN] name ADD GENERATED … AS IDENTITY (options)`. */
export interface AddIdentity extends Span {
  readonly kind: "add-identity";
  readonly column: Name;
  readonly when: "ALWAYS" | "BY DEFAULT";
  readonly options: readonly SequenceOption[];
}

/** `ALTER [COLUMN] name SET GENERATED ALWAYS SET CACHE 5 RESTART …`: all but RESTART behind SET. */
export interface AlterIdentity extends Span {
  readonly kind: "alter-identity";
  readonly column: Name;
  readonly options: readonly SequenceOption[];
}

/** `ALTER [COLUMN] name DROP IDENTITY` and `… DROP EXPRESSION`. */
export interface DropGenerated extends Span {
  readonly kind: "drop-generated";
  readonly what: "IDENTITY" | "EXPRESSION";
  readonly column: Name;
  readonly ifExists: boolean;
}

/** `ALTER [COLUMN] name SET STATISTICS 100` and its like. */
export interface AlterColumn extends Span {
  readonly kind: "alter-column";
  /** A number: a column of an index. */
  readonly column: Name | NumberLiteral;
  readonly what: "STATISTICS" | "STORAGE" | "COMPRESSION" | "EXPRESSION";
  /** Null is DEFAULT. */
  readonly value: Expr | Name | null;
}

/** `SET (options)` and `RESET (options)`, behind ALTER COLUMN for a column. */
export interface AlterOptions extends Span {
  readonly kind: "alter-options";
  readonly reset: boolean;
  readonly column: Name | null;
  readonly options: readonly Option[];
}

/** `ALTER CONSTRAINT name DEFERRABLE …`. */
export interface AlterConstraint extends Span, Deferral {
  readonly kind: "alter-constraint";
  readonly constraint: Name;
  readonly marks: readonly ConstraintMark[];
}

/** `ATTACH PARTITION name bound`; of an index without a bound. */
export interface AttachPartition extends Span {
  readonly kind: "attach-partition";
  readonly partition: ObjectName;
  readonly bound: PartitionBound | null;
}

/** `DETACH PARTITION name`. */
export interface DetachPartition extends Span {
  readonly kind: "detach-partition";
  readonly partition: ObjectName;
  readonly mode: "" | "CONCURRENTLY" | "FINALIZE";
}

/** What an object becomes, or what it is put to or under, without any more to say. */
export interface AlterProperty extends Span {
  readonly kind: "alter-property";
  readonly property: AlterPropertyName;
  /** A role behind OWNER TO, a name behind the words that say so below, else null. */
  readonly value: ObjectName | Role | null;
}

/** The words of an `AlterProperty`. */
export type AlterPropertyName =
  | "OWNER TO"
  /** With a name. */
  | "SET SCHEMA"
  | "SET TABLESPACE"
  | "SET ACCESS METHOD"
  | "CLUSTER ON"
  | "VALIDATE CONSTRAINT"
  | "REPLICA IDENTITY USING INDEX"
  | "DEPENDS ON EXTENSION"
  | "NO DEPENDS ON EXTENSION"
  | "INHERIT"
  | "NO INHERIT"
  | "OF"
  | "ENABLE TRIGGER"
  | "ENABLE ALWAYS TRIGGER"
  | "ENABLE REPLICA TRIGGER"
  | "DISABLE TRIGGER"
  | "ENABLE RULE"
  | "ENABLE ALWAYS RULE"
  | "ENABLE REPLICA RULE"
  | "DISABLE RULE"
  /** Alone. */
  | "NOT OF"
  | "SET ACCESS METHOD DEFAULT"
  | "SET WITHOUT CLUSTER"
  | "SET WITHOUT OIDS"
  | "SET LOGGED"
  | "SET UNLOGGED"
  | "ENABLE TRIGGER ALL"
  | "ENABLE TRIGGER USER"
  | "DISABLE TRIGGER ALL"
  | "DISABLE TRIGGER USER"
  | "ENABLE ROW LEVEL SECURITY"
  | "DISABLE ROW LEVEL SECURITY"
  | "FORCE ROW LEVEL SECURITY"
  | "NO FORCE ROW LEVEL SECURITY"
  | "REPLICA IDENTITY NOTHING"
  | "REPLICA IDENTITY FULL"
  | "REPLICA IDENTITY DEFAULT"
  /** Of a collation, and of a database. */
  | "REFRESH VERSION"
  | "REFRESH COLLATION VERSION";

/** `ADD ATTRIBUTE definition` of a composite type. */
export interface AddAttribute extends Span {
  readonly kind: "add-attribute";
  readonly attribute: TypedName;
  readonly behavior: DropBehavior;
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
  | AlterIdentity
  | DropGenerated
  | AlterColumn
  | AlterOptions
  | AlterConstraint
  | AttachPartition
  | DetachPartition
  | AlterProperty;
