import type { AlterAction, AlterTable } from "./alter.ts";
import type { Hint } from "../lex/hint.ts";
import type { Drop, Transaction, TransactionMode } from "./control.ts";
import type {
  Alias,
  Cycle,
  Into,
  Locking,
  Parameter,
  Search,
  TypedName,
  TypeName,
} from "./leaf.ts";
import type { Name, ObjectName, QualifiedOperator, Span } from "./name.ts";
import type { OperatorClass, Option, OptionList } from "./option.ts";
import type { PostgresCommand, PostgresCommandPart } from "./postgres-command.ts";
import type { PostgresDefinition, PostgresDefinitionPart } from "./postgres-schema.ts";
import type {
  AsOf,
  Assignment,
  CommonTable,
  DataChange,
  Expr,
  Frame,
  FromItem,
  FunctionSource,
  GroupingSet,
  MergeWhen,
  NamedArgument,
  OrderTerm,
  Query,
  QueryBody,
  ResultColumn,
  Returning,
  TableSample,
  Upsert,
  When,
  Window,
  With,
} from "./query.ts";
import type {
  ColumnDefinition,
  Constraint,
  ConstraintMark,
  CreateIndex,
  CreateTable,
  CreateView,
  ExcludeElement,
  ExecutePrepared,
  LikeOption,
  LikeTable,
  PartitionBound,
  PartitionBy,
  PartitionOf,
  SequenceOption,
} from "./schema.ts";
import type { ModuleArgument, SqliteStatement } from "./sqlite.ts";

/** `EXPLAIN statement`. */
export interface Explain extends Span {
  readonly kind: "explain";
  /** SQLite's EXPLAIN QUERY PLAN. */
  readonly queryPlan: boolean;
  /** Postgres: `EXPLAIN (ANALYZE, FORMAT json)`, also the words before it had parentheses. */
  readonly options: readonly Option[];
  readonly statement: Statement;
}

/** Any statement of either dialect. */
export type Statement =
  | Query
  | DataChange
  | CreateTable
  | CreateIndex
  | CreateView
  | AlterTable
  | Drop
  | Transaction
  | SqliteStatement
  | PostgresCommand
  | PostgresDefinition
  | Explain;

/** A node below a statement that is neither an expression nor a statement itself. */
type Part =
  | Name
  | ObjectName
  | QualifiedOperator
  | TypeName
  | TypedName
  | Alias
  | Cycle
  | Into
  | Locking
  | Search
  | AsOf
  | Assignment
  | CommonTable
  | Frame
  | FromItem
  | FunctionSource
  | GroupingSet
  | MergeWhen
  | NamedArgument
  | OrderTerm
  | QueryBody
  | ResultColumn
  | Returning
  | TableSample
  | Upsert
  | When
  | Window
  | With
  | AlterAction
  | PostgresCommandPart
  | PostgresDefinitionPart
  | ColumnDefinition
  | Constraint
  | ConstraintMark
  | ExcludeElement
  | ExecutePrepared
  | LikeOption
  | LikeTable
  | OperatorClass
  | Option
  | OptionList
  | PartitionBound
  | PartitionBy
  | PartitionOf
  | SequenceOption
  | ModuleArgument
  | TransactionMode;

/**
 * Any node. Each of its properties is a primitive, null, a node or a list of nodes, never a list
 * of lists: walking, rewriting and comparing (tree/) rest on that.
 */
export type Node = Statement | Expr | Part;

/** What a parser makes of one statement of a text. */
export interface Parsed {
  /** Null where the text holds only space and comments up to its end or the next `;`. */
  readonly statement: Statement | null;
  readonly hints: readonly Hint[];
  /** The statement's parameters in the order of the text; one that stands twice is listed twice. */
  readonly parameters: readonly Parameter[];
  /** Offset behind the statement and its `;`. */
  readonly end: number;
  /** Whether anything but space and comments follows. */
  readonly more: boolean;
}
