// Expressions hold queries, these hold expressions and changes: one recursion, hence one file.
import type {
  Alias,
  Atom,
  Column,
  ConflictAction,
  FrameSide,
  Cycle,
  Into,
  Locking,
  Search,
  TestName,
  TypedName,
  TypeName,
} from "./leaf.ts";
import type { Name, ObjectName, Operator, Span } from "./name.ts";
import type { OperatorClass } from "./option.ts";

/** A prefix operator: `-`, `+`, `~`, and any of Postgres' own. */
export interface Unary extends Span {
  readonly kind: "unary";
  readonly operator: Operator;
  readonly operand: Expr;
}

/** An infix operator that has no node of its own. `==` is `=`, `!=` is `<>`. */
export interface Binary extends Span {
  readonly kind: "binary";
  readonly operator: Operator;
  readonly left: Expr;
  readonly right: Expr;
}

/** A chain of AND or of OR, flat: `a AND b AND c` has three operands. Never fewer than two. */
export interface Logical extends Span {
  readonly kind: "logical";
  readonly operator: "AND" | "OR";
  readonly operands: readonly Expr[];
}

/** `NOT x`. */
export interface Not extends Span {
  readonly kind: "not";
  readonly operand: Expr;
}

/** `a IS b` of SQLite (`distinct` false), `a IS DISTINCT FROM b` of both (`distinct` true). */
export interface Is extends Span {
  readonly kind: "is";
  readonly not: boolean;
  readonly distinct: boolean;
  readonly left: Expr;
  readonly right: Expr;
}

/** `x IS [NOT] NULL` and its like. In SQLite only NULL: its `IS TRUE` is an `Is`. */
export interface Test extends Span {
  readonly kind: "test";
  readonly test: TestName;
  readonly not: boolean;
  readonly operand: Expr;
}

/** `LIKE` and its family, with its optional ESCAPE. */
export interface Like extends Span {
  readonly kind: "like";
  readonly operator: "LIKE" | "ILIKE" | "SIMILAR TO" | "GLOB" | "REGEXP" | "MATCH";
  readonly not: boolean;
  readonly left: Expr;
  readonly pattern: Expr;
  readonly escape: Expr | null;
}

/** `x BETWEEN low AND high`. */
export interface Between extends Span {
  readonly kind: "between";
  readonly not: boolean;
  readonly symmetric: boolean;
  readonly operand: Expr;
  readonly low: Expr;
  readonly high: Expr;
}

/** `x IN (1, 2)`, `x IN (SELECT …)`, and SQLite's `x IN table` and `x IN function(…)`. */
export interface In extends Span {
  readonly kind: "in";
  readonly not: boolean;
  readonly operand: Expr;
  readonly source: RowValue | Query | ObjectName | Call;
}

/** `x = ANY (…)`, `x LIKE ALL (…)`; SOME is ANY. */
export interface Quantified extends Span {
  readonly kind: "quantified";
  readonly operator: Operator;
  readonly quantifier: "ANY" | "ALL";
  readonly left: Expr;
  readonly source: Expr | Query;
}

/** A query in parentheses, an EXISTS, or `ARRAY(SELECT …)`. */
export interface Subquery extends Span {
  readonly kind: "subquery" | "exists" | "array-query";
  readonly query: Query;
}

/** `(a, b)`, and `ROW(a)` with `explicit` true. In SQLite never `explicit`. */
export interface RowValue extends Span {
  readonly kind: "row";
  readonly explicit: boolean;
  readonly items: readonly Expr[];
}

/** `ARRAY[1, 2]`; the inner brackets of `ARRAY[[1], [2]]` are arrays too. */
export interface ArrayValue extends Span {
  readonly kind: "array";
  readonly items: readonly Expr[];
}

/** `x[1]`, its index in `lower`; with `slice` true `x[1:2]`, either bound optional. */
export interface Subscript extends Span {
  readonly kind: "subscript";
  readonly object: Expr;
  readonly slice: boolean;
  readonly lower: Expr | null;
  readonly upper: Expr | null;
}

/** `(x).field`; null is `(x).*`. */
export interface Field extends Span {
  readonly kind: "field";
  readonly object: Expr;
  readonly name: Name | null;
}

/** One WHEN of a CASE. */
export interface When extends Span {
  readonly kind: "when";
  readonly condition: Expr;
  readonly result: Expr;
}

/** `CASE [operand] WHEN … END`. */
export interface Case extends Span {
  readonly kind: "case";
  readonly operand: Expr | null;
  readonly whens: readonly When[];
  readonly otherwise: Expr | null;
}

/** `CAST(x AS t)`, `x::t`, and the typed literal `t 'x'`. */
export interface Cast extends Span {
  readonly kind: "cast";
  readonly form: "cast" | "colons" | "literal";
  readonly operand: Expr;
  readonly type: TypeName;
}

/** `x COLLATE name`. */
export interface Collate extends Span {
  readonly kind: "collate";
  readonly operand: Expr;
  readonly collation: ObjectName;
}

/** `x AT TIME ZONE zone`; null is `AT LOCAL`. */
export interface AtTimeZone extends Span {
  readonly kind: "at-time-zone";
  readonly operand: Expr;
  readonly zone: Expr | null;
}

/** `name => value` and `VARIADIC value`. */
export interface NamedArgument extends Span {
  readonly kind: "argument";
  readonly variadic: boolean;
  readonly name: Name | null;
  readonly value: Expr;
}

/** A call. Functions with a syntax of their own (TRIM, …) are calls of what they stand for. */
export interface Call extends Span {
  readonly kind: "call";
  readonly name: ObjectName;
  readonly quantifier: "" | "ALL" | "DISTINCT";
  /** A single `Star` for `count(*)`. */
  readonly arguments: readonly (Expr | NamedArgument)[];
  /** Inside the parentheses, or behind WITHIN GROUP. */
  readonly orderBy: readonly OrderTerm[];
  readonly withinGroup: boolean;
  readonly nulls: "" | "IGNORE" | "RESPECT";
  readonly filter: Expr | null;
  readonly over: Name | Window | null;
}

/** SQLite's `RAISE(ABORT, message)`; IGNORE has no message. */
export interface Raise extends Span {
  readonly kind: "raise";
  readonly action: "IGNORE" | "ROLLBACK" | "ABORT" | "FAIL";
  readonly message: Expr | null;
}

/** An expression that is an operator with its operands. */
export type Operation =
  | Unary
  | Binary
  | Logical
  | Not
  | Is
  | Test
  | Like
  | Between
  | In
  | Quantified
  | AtTimeZone
  | Collate;

/** An expression that builds a value of parts or takes one apart. */
export type Composite = Subquery | RowValue | ArrayValue | Subscript | Field;

/** Any expression. */
export type Expr = Atom | Operation | Composite | Case | Cast | Call | Raise;

/** One term of ORDER BY, also of an index or a PRIMARY KEY (`opclass` is Postgres' there). */
export interface OrderTerm extends Span {
  readonly kind: "order";
  readonly value: Expr;
  readonly opclass: ObjectName | OperatorClass | null;
  readonly direction: "" | "ASC" | "DESC";
  readonly nulls: "" | "FIRST" | "LAST";
  /** `USING >` of Postgres. */
  readonly using: Operator | null;
}

/** `ROWS BETWEEN from AND to EXCLUDE …`; an empty `to` is the short form. */
export interface Frame extends Span {
  readonly kind: "frame";
  readonly unit: "ROWS" | "RANGE" | "GROUPS";
  readonly from: FrameSide;
  readonly fromOffset: Expr | null;
  readonly to: FrameSide | "";
  readonly toOffset: Expr | null;
  readonly exclude: "" | "NO OTHERS" | "CURRENT ROW" | "GROUP" | "TIES";
}

/** What stands in the parentheses of OVER, or behind `WINDOW name AS` (then with its `name`). */
export interface Window extends Span {
  readonly kind: "window";
  readonly name: Name | null;
  readonly base: Name | null;
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly OrderTerm[];
  readonly frame: Frame | null;
}

/** `FOR SYSTEM_TIME AS OF value`: the table as it was at a timestamp or LSN. */
export interface AsOf extends Span {
  readonly kind: "as-of";
  readonly value: Expr;
}

/** `TABLESAMPLE method (arguments) REPEATABLE (seed)`. */
export interface TableSample extends Span {
  readonly kind: "sample";
  readonly method: ObjectName;
  readonly arguments: readonly Expr[];
  readonly seed: Expr | null;
}

/** A table or view in FROM, or as the target of a change. */
export interface TableRef extends Span {
  readonly kind: "table";
  readonly name: ObjectName;
  readonly alias: Alias | null;
  /** `INDEXED BY name`; `notIndexed` is NOT INDEXED. SQLite only. */
  readonly indexedBy: Name | null;
  readonly notIndexed: boolean;
  /** `ONLY t`. Postgres only, as `sample`. */
  readonly only: boolean;
  readonly sample: TableSample | null;
  readonly asOf: AsOf | null;
}

/** One function of a `TableFunction`. */
export interface FunctionSource extends Span {
  readonly kind: "function-source";
  readonly call: Expr;
  readonly definitions: readonly TypedName[];
}

/** A function in FROM. More than one source is `ROWS FROM (…)`. */
export interface TableFunction extends Span {
  readonly kind: "table-function";
  readonly lateral: boolean;
  readonly rowsFrom: boolean;
  readonly sources: readonly FunctionSource[];
  readonly ordinality: boolean;
  readonly alias: Alias | null;
}

/** A query in FROM. */
export interface Derived extends Span {
  readonly kind: "derived";
  readonly lateral: boolean;
  readonly query: Query;
  readonly alias: Alias | null;
}

/** A FROM item in parentheses: they are kept, since SQLite plans by them. */
export interface Nested extends Span {
  readonly kind: "nested";
  readonly from: FromItem;
  readonly alias: Alias | null;
}

/** Two FROM items. In SQLite a comma binds as tightly as JOIN, in Postgres more loosely. */
export interface Join extends Span {
  readonly kind: "join";
  /** Empty is a plain JOIN. */
  readonly type: "," | "" | "CROSS" | "INNER" | "LEFT" | "RIGHT" | "FULL";
  readonly natural: boolean;
  readonly left: FromItem;
  readonly right: FromItem;
  readonly on: Expr | null;
  readonly using: readonly Name[];
  /** `USING (a) AS x`. */
  readonly usingAlias: Name | null;
}

/** What may stand in FROM. */
export type FromItem = TableRef | TableFunction | Derived | Nested | Join;

/** One column of a select list or of RETURNING. */
export interface ResultColumn extends Span {
  readonly kind: "result";
  readonly value: Expr;
  readonly alias: Name | null;
}

/** `ROLLUP (…)`, `CUBE (…)`, `GROUPING SETS (…)`, and `()` as SETS without items. */
export interface GroupingSet extends Span {
  readonly kind: "grouping-set";
  readonly type: "ROLLUP" | "CUBE" | "SETS" | "EMPTY";
  readonly items: readonly (Expr | GroupingSet)[];
}

/** One SELECT, without what a compound shares (WITH, ORDER BY, LIMIT). */
export interface Select extends Span {
  readonly kind: "select";
  readonly quantifier: "" | "ALL" | "DISTINCT";
  readonly distinctOn: readonly Expr[];
  readonly columns: readonly ResultColumn[];
  readonly into: Into | null;
  readonly from: FromItem | null;
  readonly where: Expr | null;
  readonly groupBy: readonly (Expr | GroupingSet)[];
  readonly groupQuantifier: "" | "ALL" | "DISTINCT";
  readonly having: Expr | null;
  readonly windows: readonly Window[];
}

/** `VALUES (…), (…)`. */
export interface Values extends Span {
  readonly kind: "values";
  readonly rows: readonly RowValue[];
}

/** `left UNION right`. A Query as an operand stood in parentheses. */
export interface Compound extends Span {
  readonly kind: "compound";
  readonly operator: "UNION" | "INTERSECT" | "EXCEPT";
  readonly all: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
}

/** What a query computes before its ORDER BY. */
export type QueryBody = Select | Values | Compound | Query;

/** What sorts and cuts rows. SQLite's `LIMIT offset, limit` has `offsetFirst` true. */
interface Cut extends Span {
  readonly orderBy: readonly OrderTerm[];
  readonly limit: Expr | null;
  readonly offset: Expr | null;
  readonly offsetFirst: boolean;
}

/** A whole query. Postgres' `TABLE t` is `SELECT * FROM t`. */
export interface Query extends Cut {
  readonly kind: "query";
  readonly with: With | null;
  readonly body: QueryBody;
  /** `FETCH FIRST … WITH TIES`. */
  readonly withTies: boolean;
  readonly locking: readonly Locking[];
}

/** `name (columns) AS (query)` of a WITH. Only Postgres allows changes there. */
export interface CommonTable extends Span {
  readonly kind: "common-table";
  readonly name: Name;
  readonly columns: readonly Name[];
  readonly materialized: "" | "MATERIALIZED" | "NOT MATERIALIZED";
  readonly query: Query | DataChange;
  readonly search: Search | null;
  readonly cycle: Cycle | null;
}

/** `WITH [RECURSIVE] …`. */
export interface With extends Span {
  readonly kind: "with";
  readonly recursive: boolean;
  readonly tables: readonly CommonTable[];
}

/** `a = 1`, or `(a, b) = (1, 2)` with `row` true. In Postgres a target may be `a.b[1]`. */
export interface Assignment extends Span {
  readonly kind: "assignment";
  readonly row: boolean;
  readonly targets: readonly Target[];
  readonly value: Expr;
}

/** What an assignment or a column list of INSERT names. */
export type Target = Column | Subscript | Field;

/** One ON CONFLICT. Without assignments it is DO NOTHING. */
export interface Upsert extends Span {
  readonly kind: "upsert";
  /** The conflict target; empty without one. */
  readonly target: readonly OrderTerm[];
  readonly targetWhere: Expr | null;
  /** `ON CONSTRAINT name`. */
  readonly constraint: Name | null;
  readonly assignments: readonly Assignment[];
  readonly where: Expr | null;
}

/** `RETURNING columns`, with the names that Postgres 18 lets one give to OLD and NEW. */
export interface Returning extends Span {
  readonly kind: "returning";
  readonly old: Name | null;
  readonly new: Name | null;
  readonly columns: readonly ResultColumn[];
}

/** What all statements that change rows have. */
interface Change extends Span {
  readonly with: With | null;
  readonly table: TableRef;
  readonly returning: Returning | null;
}

/** `INSERT` and `REPLACE`. A null source is DEFAULT VALUES. */
export interface Insert extends Change {
  readonly kind: "insert";
  readonly replace: boolean;
  readonly or: ConflictAction;
  readonly columns: readonly Target[];
  readonly overriding: "" | "SYSTEM" | "USER";
  readonly source: Query | null;
  readonly upserts: readonly Upsert[];
}

export interface Update extends Change, Cut {
  readonly kind: "update";
  readonly or: ConflictAction;
  readonly assignments: readonly Assignment[];
  readonly from: FromItem | null;
  readonly where: Expr | null;
}

export interface Delete extends Change, Cut {
  readonly kind: "delete";
  readonly using: FromItem | null;
  readonly where: Expr | null;
}

/** One WHEN of a MERGE. */
export interface MergeWhen extends Span {
  readonly kind: "merge-when";
  readonly matched: "MATCHED" | "NOT MATCHED" | "NOT MATCHED BY SOURCE" | "NOT MATCHED BY TARGET";
  readonly condition: Expr | null;
  readonly action: "INSERT" | "UPDATE" | "DELETE" | "NOTHING";
  readonly columns: readonly Target[];
  readonly overriding: "" | "SYSTEM" | "USER";
  /** Of an INSERT; null is DEFAULT VALUES, and of other actions always. */
  readonly values: RowValue | null;
  readonly assignments: readonly Assignment[];
}

export interface Merge extends Change {
  readonly kind: "merge";
  readonly using: FromItem;
  readonly on: Expr;
  readonly whens: readonly MergeWhen[];
}

/** A statement that changes rows. */
export type DataChange = Insert | Update | Delete | Merge;
