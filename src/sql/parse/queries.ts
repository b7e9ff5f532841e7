import { QUERY_LEVELS } from "./cursor.ts";
import type { Cycle, Locking, Search, Star } from "../ast/leaf.ts";
import type { Name } from "../ast/name.ts";
import type {
  AsOf,
  CommonTable,
  Compound,
  DataChange,
  Expr,
  FromItem,
  GroupingSet,
  OrderTerm,
  Query,
  QueryBody,
  ResultColumn,
  RowValue,
  Select,
  Values,
  Window,
  With,
} from "../ast/query.ts";
import { Expressions } from "./expressions.ts";

/** What stands behind the body of a query. */
export interface QueryTail {
  readonly orderBy: readonly OrderTerm[];
  readonly limit: Expr | null;
  readonly offset: Expr | null;
  readonly offsetFirst: boolean;
  readonly withTies: boolean;
  readonly locking: readonly Locking[];
}

/** Queries as both dialects have them; what differs is abstract. */
export abstract class Queries extends Expressions {
  /** What follows FROM. */
  protected abstract fromClause(): FromItem;

  /** Whether WINDOW here begins the clause. */
  protected abstract isWindowClause(): boolean;

  /** ORDER BY, LIMIT and what a dialect has besides. */
  protected abstract queryTail(): QueryTail;

  /** What a WITH may hold. */
  protected abstract commonTableBody(): Query | DataChange;

  /** One expression of a select list or RETURNING, which may be `*` or `t.*`. */
  protected abstract starOrExpression(): Expr;

  /** The name behind a result column, with or without AS. */
  protected abstract resultAlias(): Name | null;

  /** One value to insert or set. */
  protected abstract value(): Expr;

  /** A sum: what binds more loosely (NOT INDEXED!) would take what follows the table. */
  protected abstract asOfValue(): Expr;

  /** `FOR SYSTEM_TIME AS OF value` behind a table's name: ours, in both dialects. */
  protected asOf(): AsOf | null {
    if (this.word !== "FOR" || !this.behind(() => this.isWord("SYSTEM_TIME"))) return null;
    const start = this.start;
    this.advance();
    this.advance();
    this.expect("AS");
    this.expect("OF");
    const value = this.asOfValue();
    return { kind: "as-of", start, end: this.last, value };
  }

  protected query(): Query {
    this.enter(QUERY_LEVELS);
    const start = this.start;
    const clause = this.word === "WITH" ? this.withClause() : null;
    const query = this.queryBehind(clause, start);
    this.leave(QUERY_LEVELS);
    return query;
  }

  /** A query whose WITH has been read. */
  protected queryBehind(clause: With | null, start: number): Query {
    const body = this.compound(1);
    const { orderBy, limit, offset, offsetFirst, withTies, locking } = this.queryTail();
    return {
      kind: "query",
      start,
      end: this.last,
      with: clause,
      body,
      orderBy,
      limit,
      offset,
      offsetFirst,
      withTies,
      locking,
    };
  }

  /** How tightly the operator of a compound binds; 0 when the token is none. */
  protected compoundLevel(): number {
    const { word } = this;
    return word === "UNION" || word === "EXCEPT" || word === "INTERSECT" ? 1 : 0;
  }

  protected compound(min: number): QueryBody {
    const start = this.start;
    let left = this.compoundOperand();
    for (let length = 1; ; length++) {
      const level = this.compoundLevel();
      if (level === 0 || level < min) return left;
      this.limitChain(length);
      const operator = this.word as Compound["operator"];
      this.advance();
      const all = this.compoundQuantifier();
      const right = this.compound(level + 1);
      left = { kind: "compound", start, end: this.last, operator, all, left, right };
    }
  }

  protected compoundQuantifier(): boolean {
    return this.accept("ALL");
  }

  protected compoundOperand(): QueryBody {
    if (this.word === "SELECT") return this.select();
    if (this.word === "VALUES") return this.values();
    return this.fail("SELECT or VALUES");
  }

  protected values(): Values {
    const start = this.start;
    this.advance();
    const rows: RowValue[] = [];
    do rows.push(this.valuesRow());
    while (this.accept(","));
    return { kind: "values", start, end: this.last, rows };
  }

  /** `(value, …)` */
  protected valuesRow(): RowValue {
    const start = this.start;
    this.expect("(");
    const items = [this.value()];
    while (this.word === ",") {
      this.advance();
      items.push(this.value());
    }
    this.expect(")");
    return { kind: "row", start, end: this.last, explicit: false, items };
  }

  /** ON (…) behind DISTINCT. */
  protected distinctOn(): readonly Expr[] {
    return [];
  }

  protected selectInto(): Select["into"] {
    return null;
  }

  /** Whether a select list follows SELECT. */
  protected hasColumns(): boolean {
    return true;
  }

  protected select(): Select {
    const start = this.start;
    this.advance();
    const quantifier = this.selectQuantifier();
    const distinctOn = quantifier === "DISTINCT" ? this.distinctOn() : [];
    const listed = quantifier === "DISTINCT" || this.hasColumns();
    const columns = listed ? this.resultColumns() : [];
    const into = this.selectInto();
    const from = this.accept("FROM") ? this.fromClause() : null;
    const where = this.accept("WHERE") ? this.expression() : null;
    let groupQuantifier: Select["groupQuantifier"] = "";
    let groupBy: Select["groupBy"] = [];
    if (this.acceptPair("GROUP", "BY")) {
      groupQuantifier = this.groupQuantifier();
      groupBy = this.list(() => this.groupItem());
    }
    const having = this.accept("HAVING") ? this.expression() : null;
    const windows = this.word === "WINDOW" && this.isWindowClause() ? this.windows() : [];
    return {
      kind: "select",
      start,
      end: this.last,
      quantifier,
      distinctOn,
      columns,
      into,
      from,
      where,
      groupBy,
      groupQuantifier,
      having,
      windows,
    };
  }

  private selectQuantifier(): Select["quantifier"] {
    if (this.accept("DISTINCT")) return "DISTINCT";
    return this.accept("ALL") ? "ALL" : "";
  }

  protected groupQuantifier(): Select["groupQuantifier"] {
    return "";
  }

  protected groupItem(): Expr | GroupingSet {
    return this.expression();
  }

  private windows(): Window[] {
    this.advance();
    return this.list(() => {
      const name = this.name("a window name");
      this.expect("AS");
      return this.window(name);
    });
  }

  protected resultColumns(): ResultColumn[] {
    const columns = [this.resultColumn()];
    while (this.word === ",") {
      this.advance();
      columns.push(this.resultColumn());
    }
    return columns;
  }

  private resultColumn(): ResultColumn {
    const start = this.start;
    const value = this.starOrExpression();
    const alias = value.kind === "star" ? this.starAlias(value) : this.resultAlias();
    return { kind: "result", start, end: this.last, value, alias };
  }

  /** The name behind `*` or `t.*`: only Postgres reads one, and forgets it. */
  protected starAlias(_star: Star): Name | null {
    return null;
  }

  protected withClause(): With {
    const start = this.start;
    this.advance();
    const recursive = this.isRecursive();
    if (recursive) this.advance();
    const tables = this.list(() => this.commonTable());
    return { kind: "with", start, end: this.last, recursive, tables };
  }

  /** Whether RECURSIVE here is no name. */
  protected isRecursive(): boolean {
    return this.word === "RECURSIVE";
  }

  private commonTable(): CommonTable {
    const start = this.start;
    const name = this.name("a table name");
    const columns = this.nameList("a column name");
    this.expect("AS");
    let materialized: CommonTable["materialized"] = "";
    if (this.accept("MATERIALIZED")) materialized = "MATERIALIZED";
    else if (this.acceptPair("NOT", "MATERIALIZED")) materialized = "NOT MATERIALIZED";
    this.expect("(");
    const query = this.commonTableBody();
    this.expect(")");
    const search = this.searchClause();
    const cycle = this.cycleClause();
    const end = this.last;
    return {
      kind: "common-table",
      start,
      end,
      name,
      columns,
      materialized,
      query,
      search,
      cycle,
    };
  }

  protected searchClause(): Search | null {
    return null;
  }

  protected cycleClause(): Cycle | null {
    return null;
  }
}
