/**
 * Where a node stands in its source: UTF-16 offsets, 0-based, `end` behind the last unit. A node
 * that a rewrite made has -1 in both.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * How a name was written: bare, `"x"`, `[x]`, `` `x` ``, or `'x'` where SQLite takes a string for
 * a name. It matters: `"x"` may mean a string in SQLite, and a bare `true` is no column.
 */
export type Quote = "" | '"' | "[" | "`" | "'";

/**
 * One identifier. `text` is the name it stands for: without quotes, and in Postgres folded to
 * lower case when it was bare.
 */
export interface Name extends Span {
  readonly kind: "name";
  readonly text: string;
  readonly quote: Quote;
}

/** `name`, `schema.name` or `catalog.schema.name` of a table, function, type, collation, …. */
export interface ObjectName extends Span {
  readonly kind: "object-name";
  readonly catalog: Name | null;
  readonly schema: Name | null;
  readonly name: Name;
}

/**
 * An operator written `OPERATOR(schema.+)`. Elsewhere an operator is its text: of SQLite's closed
 * set, and in Postgres any run of operator characters.
 */
export interface QualifiedOperator extends Span {
  readonly kind: "qualified-operator";
  readonly catalog: Name | null;
  readonly schema: Name | null;
  readonly symbol: string;
}

/** An operator: its symbol, or in Postgres its qualified name. */
export type Operator = string | QualifiedOperator;
