// Nodes that hold no expression but names and literals.
import type { Name, ObjectName, Span } from "./name.ts";

/** `NULL`. */
export interface NullLiteral extends Span {
  readonly kind: "null";
}

/** `TRUE` or `FALSE` of Postgres. In SQLite they are columns that fall back to a value. */
export interface BooleanLiteral extends Span {
  readonly kind: "boolean";
  readonly value: boolean;
}

/**
 * A number without its sign, as it was written, `_` removed: `12`, `0x1F`, `1.5e3`. An `integer`
 * has no point and no exponent; its value may be beyond 64 bits, which makes it a REAL in SQLite
 * and a numeric in Postgres.
 */
export interface NumberLiteral extends Span {
  readonly kind: "integer" | "float";
  readonly text: string;
}

/** A string: the value it stands for, whichever of the dialect's spellings it had. */
export interface StringLiteral extends Span {
  readonly kind: "string";
  readonly value: string;
}

/** SQLite's `x'CAFE'`: its hexadecimal digits. */
export interface BlobLiteral extends Span {
  readonly kind: "blob";
  readonly hex: string;
}

/** Postgres' `B'101'` and `X'1F'`. */
export interface BitLiteral extends Span {
  readonly kind: "bits";
  readonly radix: "b" | "x";
  readonly digits: string;
}

/** A literal that a plan cache may turn into a parameter. */
export type Literal =
  | NullLiteral
  | BooleanLiteral
  | NumberLiteral
  | StringLiteral
  | BlobLiteral
  | BitLiteral;

/**
 * `?`, `?12`, `:a`, `@a`, `$a`. The name is what stands behind the sigil. Postgres' `$12` is what
 * SQLite writes `?12`, and so it stands in the tree: to SQLite `$12` is a name.
 */
export interface Parameter extends Span {
  readonly kind: "parameter";
  readonly sigil: "?" | ":" | "@" | "$" | "#";
  readonly name: string;
}

/** A column: `a`, `t.a`, `s.t.a`. What stands before the last dot is `table`. */
export interface Column extends Span {
  readonly kind: "column";
  readonly table: ObjectName | null;
  readonly name: Name;
}

/** `*` or `t.*` of a select list, a RETURNING, or `count(*)`. */
export interface Star extends Span {
  readonly kind: "star";
  readonly table: ObjectName | null;
}

/** `DEFAULT` as a value to insert or set. */
export interface DefaultValue extends Span {
  readonly kind: "default-value";
}

/** A value with a keyword for a name: `CURRENT_TIMESTAMP(3)`, `SESSION_USER`. Upper case. */
export interface KeywordValue extends Span {
  readonly kind: "keyword-value";
  readonly keyword: string;
  /** The digits of seconds, or null. Postgres only. */
  readonly precision: NumberLiteral | null;
}

/** `WHERE CURRENT OF cursor`. */
export interface CurrentOf extends Span {
  readonly kind: "current-of";
  readonly cursor: Name;
}

/** What a `Test` asks for. `NULL` is also `ISNULL`, `NOTNULL` and `NOT NULL`. */
export type TestName =
  | "NULL"
  | "TRUE"
  | "FALSE"
  | "UNKNOWN"
  | "DOCUMENT"
  | "NORMALIZED"
  | "NFC NORMALIZED"
  | "NFD NORMALIZED"
  | "NFKC NORMALIZED"
  | "NFKD NORMALIZED"
  | "JSON"
  | "JSON VALUE"
  | "JSON OBJECT"
  | "JSON ARRAY"
  | "JSON SCALAR"
  | "JSON WITH UNIQUE"
  | "JSON VALUE WITH UNIQUE"
  | "JSON OBJECT WITH UNIQUE"
  | "JSON ARRAY WITH UNIQUE"
  | "JSON SCALAR WITH UNIQUE";

/** A type, as a cast or a column names it. */
export interface TypeName extends Span {
  readonly kind: "type";
  /**
   * In SQLite the words as written, one blank between them (`UNSIGNED BIG INT`). In Postgres the
   * built-in spellings are canonical (`character varying` is `varchar`) and `builtin` is true.
   */
  readonly name: ObjectName;
  readonly builtin: boolean;
  /** `(10, 2)`: numbers with their sign; in Postgres also strings and names. */
  readonly modifiers: readonly (Literal | Column)[];
  /** How many `[]` follow. Postgres only, as all below. */
  readonly dimensions: number;
  readonly setOf: boolean;
  /** The fields of `INTERVAL YEAR TO MONTH`, upper case; else empty. */
  readonly fields: string;
  /** `table.column%TYPE`. */
  readonly ofColumn: boolean;
}

/** A name with its type: of an alias, a composite type. */
export interface TypedName extends Span {
  readonly kind: "typed-name";
  readonly name: Name;
  readonly type: TypeName;
  readonly collation: ObjectName | null;
}

/** `AS name (columns)`. A Postgres function may have typed `definitions` instead. */
export interface Alias extends Span {
  readonly kind: "alias";
  readonly name: Name | null;
  readonly columns: readonly Name[];
  readonly definitions: readonly TypedName[];
}

/** `INTO [TEMP] TABLE name` of a Postgres SELECT. */
export interface Into extends Span {
  readonly kind: "into";
  readonly persistence: "" | "TEMP" | "UNLOGGED";
  readonly name: ObjectName;
}

/** `FOR UPDATE OF t NOWAIT`. */
export interface Locking extends Span {
  readonly kind: "locking";
  readonly strength: "UPDATE" | "NO KEY UPDATE" | "SHARE" | "KEY SHARE";
  readonly of: readonly ObjectName[];
  readonly wait: "" | "NOWAIT" | "SKIP LOCKED";
}

/** `SEARCH DEPTH FIRST BY columns SET column`. */
export interface Search extends Span {
  readonly kind: "search";
  readonly order: "DEPTH" | "BREADTH";
  readonly by: readonly Name[];
  readonly column: Name;
}

/** `CYCLE columns SET mark TO value DEFAULT other USING path`. */
export interface Cycle extends Span {
  readonly kind: "cycle";
  readonly columns: readonly Name[];
  readonly mark: Name;
  readonly value: Literal | null;
  readonly otherwise: Literal | null;
  readonly path: Name;
}

/** How a change answers a conflict in SQLite. */
export type ConflictAction = "" | "ROLLBACK" | "ABORT" | "FAIL" | "IGNORE" | "REPLACE";

/** One end of a frame. */
export type FrameSide =
  | "UNBOUNDED PRECEDING"
  | "PRECEDING"
  | "CURRENT ROW"
  | "FOLLOWING"
  | "UNBOUNDED FOLLOWING";

/** An expression without expressions inside. */
export type Atom = Literal | Parameter | Column | Star | DefaultValue | KeywordValue | CurrentOf;
