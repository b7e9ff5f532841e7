// Definitions of tables, indexes and views, for both dialects. A clause that only one dialect has
// says so; in the other it is empty, null or false.
import type { ConflictAction, NumberLiteral, TypeName } from "./leaf.ts";
import type { Name, ObjectName, Operator, Span } from "./name.ts";
import type { Option } from "./option.ts";
import type { Expr, OrderTerm, Query } from "./query.ts";

/** DEFERRABLE and INITIALLY; empty where not written. */
export interface Deferral {
  readonly deferrable: "" | "DEFERRABLE" | "NOT DEFERRABLE";
  readonly initially: "" | "DEFERRED" | "IMMEDIATE";
}

/** What every constraint has. `name` is the CONSTRAINT name, or null. */
interface ConstraintBase extends Span, Deferral {
  readonly name: Name | null;
  /** NOT VALID, NO INHERIT, [NOT] ENFORCED of Postgres: those written, in their order. */
  readonly marks: readonly ConstraintMark[];
}

/** A word behind a Postgres constraint. INHERIT: only of ALTER CONSTRAINT. */
export interface ConstraintMark extends Span {
  readonly kind: "mark";
  readonly mark: "NOT VALID" | "NO INHERIT" | "ENFORCED" | "NOT ENFORCED" | "INHERIT";
}

/** `NOT NULL` or `NULL` of a column; in Postgres `NOT NULL column` of a table, too. */
export interface NullConstraint extends ConstraintBase {
  readonly kind: "null-constraint";
  readonly not: boolean;
  readonly column: Name | null;
  readonly onConflict: ConflictAction;
}

/** `PRIMARY KEY` or `UNIQUE`, of a column (then without columns) or of a table. */
export interface KeyConstraint extends ConstraintBase {
  readonly kind: "key";
  readonly primary: boolean;
  readonly columns: readonly OrderTerm[];
  /** Of a column constraint. */
  readonly direction: "" | "ASC" | "DESC";
  readonly autoincrement: boolean;
  readonly onConflict: ConflictAction;
  readonly nullsNotDistinct: boolean;
  readonly withoutOverlaps: boolean;
  readonly include: readonly Name[];
  readonly options: readonly Option[];
  readonly tablespace: Name | null;
  /** `USING INDEX name` of ALTER TABLE. */
  readonly usingIndex: Name | null;
}

/** `CHECK (condition)`. */
export interface CheckConstraint extends ConstraintBase {
  readonly kind: "check";
  readonly condition: Expr;
  readonly onConflict: ConflictAction;
}

/** `DEFAULT value`; `parenthesised` where SQLite demands it for all but literals, else false. */
export interface DefaultConstraint extends ConstraintBase {
  readonly kind: "default";
  readonly value: Expr;
  readonly parenthesised: boolean;
}

/** `COLLATE name` of a column. */
export interface CollateConstraint extends ConstraintBase {
  readonly kind: "column-collation";
  readonly collation: ObjectName;
}

/** What a foreign key does when its parent changes. */
export type ReferentialAction =
  | ""
  | "NO ACTION"
  | "RESTRICT"
  | "CASCADE"
  | "SET NULL"
  | "SET DEFAULT";

/** `REFERENCES` of a column (without columns), `FOREIGN KEY (columns) REFERENCES` of a table. */
export interface ForeignKey extends ConstraintBase {
  readonly kind: "foreign-key";
  readonly columns: readonly Name[];
  readonly table: ObjectName;
  readonly parents: readonly Name[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  /** The columns of Postgres' `SET NULL (columns)`. */
  readonly deleteColumns: readonly Name[];
  readonly updateColumns: readonly Name[];
  /** The name behind MATCH: any in SQLite. */
  readonly match: Name | null;
  /** PERIOD of Postgres 18 before the last column, and before the last of `parents`. */
  readonly period: boolean;
  readonly parentPeriod: boolean;
}

/** `GENERATED ALWAYS AS (value) STORED`. */
export interface GeneratedConstraint extends ConstraintBase {
  readonly kind: "generated";
  readonly value: Expr;
  readonly storage: "" | "STORED" | "VIRTUAL";
  /** Whether the words GENERATED ALWAYS were there. */
  readonly long: boolean;
}

/** `GENERATED … AS IDENTITY (options)`. */
export interface IdentityConstraint extends ConstraintBase {
  readonly kind: "identity";
  readonly when: "ALWAYS" | "BY DEFAULT";
  readonly options: readonly SequenceOption[];
}

/** `EXCLUDE USING method (element WITH operator) WHERE (…)`. */
export interface ExcludeConstraint extends ConstraintBase {
  readonly kind: "exclude";
  readonly method: Name | null;
  readonly elements: readonly ExcludeElement[];
  readonly include: readonly Name[];
  readonly options: readonly Option[];
  readonly tablespace: Name | null;
  readonly where: Expr | null;
}

/** One element of an EXCLUDE. */
export interface ExcludeElement extends Span {
  readonly kind: "exclude-element";
  readonly term: OrderTerm;
  readonly operator: Operator;
}

/** SQLite's `CONSTRAINT name` with nothing behind it, and Postgres' bare deferral words. */
export interface EmptyConstraint extends ConstraintBase {
  readonly kind: "empty-constraint";
}

/** A constraint of a column or of a table. */
export type Constraint =
  | NullConstraint
  | KeyConstraint
  | CheckConstraint
  | DefaultConstraint
  | CollateConstraint
  | ForeignKey
  | GeneratedConstraint
  | IdentityConstraint
  | ExcludeConstraint
  | EmptyConstraint;

/** One column of a table. */
export interface ColumnDefinition extends Span {
  readonly kind: "column-definition";
  readonly name: Name;
  /** Null where SQLite has none, and in `OF type` and PARTITION OF columns. */
  readonly type: TypeName | null;
  readonly constraints: readonly Constraint[];
  /** STORAGE and COMPRESSION of Postgres. */
  readonly storage: Name | null;
  readonly compression: Name | null;
}

/** `LIKE table INCLUDING ALL`. */
export interface LikeTable extends Span {
  readonly kind: "like-table";
  readonly table: ObjectName;
  readonly options: readonly LikeOption[];
}

/** One INCLUDING or EXCLUDING of a LIKE. Upper case. */
export interface LikeOption extends Span {
  readonly kind: "like-option";
  readonly including: boolean;
  readonly what: string;
}

/** One option of a sequence or identity. GENERATED: only of ALTER COLUMN … SET. */
export interface SequenceOption extends Span {
  readonly kind: "sequence-option";
  readonly option:
    | "AS"
    | "INCREMENT"
    | "MINVALUE"
    | "NO MINVALUE"
    | "MAXVALUE"
    | "NO MAXVALUE"
    | "START"
    | "CACHE"
    | "CYCLE"
    | "NO CYCLE"
    | "OWNED BY"
    | "SEQUENCE NAME"
    | "RESTART"
    | "LOGGED"
    | "UNLOGGED"
    | "GENERATED ALWAYS"
    | "GENERATED BY DEFAULT";
  /** Of OWNED BY a column, or NONE as a bare name. */
  readonly value: NumberLiteral | TypeName | ObjectName | null;
}

/** How long a relation lives. TEMP is also TEMPORARY and Postgres' LOCAL and GLOBAL forms. */
export type Persistence = "" | "TEMP" | "UNLOGGED";

/** `CREATE TABLE`. */
export interface CreateTable extends Span {
  readonly kind: "create-table";
  readonly persistence: Persistence;
  readonly ifNotExists: boolean;
  readonly name: ObjectName;
  readonly elements: readonly (ColumnDefinition | Constraint | LikeTable)[];
  /** SQLite only. */
  readonly withoutRowid: boolean;
  readonly strict: boolean;
  /** `AS query`; then `columns` are the names before AS. */
  readonly query: Query | ExecutePrepared | null;
  readonly columns: readonly Name[];
  /** WITH [NO] DATA of Postgres, empty where not written. */
  readonly data: "" | "DATA" | "NO DATA";
  /** All below: Postgres only. */
  readonly ofType: ObjectName | null;
  readonly inherits: readonly ObjectName[];
  readonly partitionBy: PartitionBy | null;
  readonly partitionOf: PartitionOf | null;
  readonly method: Name | null;
  readonly options: readonly Option[];
  readonly onCommit: "" | "PRESERVE ROWS" | "DELETE ROWS" | "DROP";
  readonly tablespace: Name | null;
}

/** `EXECUTE name (arguments)`. */
export interface ExecutePrepared extends Span {
  readonly kind: "execute";
  readonly name: Name;
  readonly arguments: readonly Expr[];
}

/** `PARTITION BY strategy (terms)`. */
export interface PartitionBy extends Span {
  readonly kind: "partition-by";
  readonly strategy: Name;
  readonly terms: readonly OrderTerm[];
}

/** `PARTITION OF parent FOR VALUES …`; the bounds of a default partition are empty. */
export interface PartitionOf extends Span {
  readonly kind: "partition-of";
  readonly parent: ObjectName;
  readonly bound: PartitionBound;
}

/** `DEFAULT`, `IN (…)`, `FROM (…) TO (…)`, `WITH (MODULUS m, REMAINDER r)`. */
export interface PartitionBound extends Span {
  readonly kind: "partition-bound";
  readonly form: "DEFAULT" | "IN" | "RANGE" | "HASH";
  /** Values of IN, lower values of RANGE, modulus of HASH. */
  readonly lower: readonly Expr[];
  /** Upper values of RANGE, remainder of HASH. */
  readonly upper: readonly Expr[];
}

/** `CREATE INDEX`. */
export interface CreateIndex extends Span {
  readonly kind: "create-index";
  readonly unique: boolean;
  readonly ifNotExists: boolean;
  /** In SQLite always, and there alone with a schema. */
  readonly name: ObjectName | null;
  readonly table: ObjectName;
  readonly terms: readonly OrderTerm[];
  readonly where: Expr | null;
  /** All below: Postgres only. */
  readonly concurrently: boolean;
  readonly only: boolean;
  readonly method: Name | null;
  readonly include: readonly OrderTerm[];
  readonly nullsNotDistinct: boolean;
  readonly options: readonly Option[];
  readonly tablespace: Name | null;
}

/** `CREATE [MATERIALIZED] VIEW`. */
export interface CreateView extends Span {
  readonly kind: "create-view";
  readonly persistence: Persistence;
  readonly ifNotExists: boolean;
  readonly name: ObjectName;
  readonly columns: readonly Name[];
  readonly query: Query;
  /** All below: Postgres only. */
  readonly orReplace: boolean;
  readonly recursive: boolean;
  readonly materialized: boolean;
  readonly method: Name | null;
  readonly options: readonly Option[];
  readonly tablespace: Name | null;
  readonly check: "" | "LOCAL" | "CASCADED";
  readonly data: "" | "DATA" | "NO DATA";
}
