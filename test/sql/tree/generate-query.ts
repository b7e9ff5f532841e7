import type { Alias, Locking } from "../../../src/sql/ast/leaf.ts";
import type { Name } from "../../../src/sql/ast/name.ts";
import type {
  CommonTable,
  Compound,
  DataChange,
  Derived,
  Expr,
  FromItem,
  GroupingSet,
  Join,
  Query,
  QueryBody,
  ResultColumn,
  RowValue,
  Select,
  TableFunction,
  TableRef,
  Values,
  With,
} from "../../../src/sql/ast/query.ts";
import { ExpressionGenerator } from "./generate-expression.ts";
import { NOWHERE } from "./generate-leaf.ts";

type Cut = Pick<Query, "orderBy" | "limit" | "offset" | "offsetFirst" | "withTies" | "locking">;

/** Queries of every kind, as a parser of a dialect would make them. */
export abstract class QueryGenerator extends ExpressionGenerator {
  abstract change(depth: number): DataChange;

  override query(depth: number): Query {
    const clause = depth > 0 ? this.maybe(() => this.with(depth - 1), 6) : null;
    const body = this.body(depth);
    return { kind: "query", ...NOWHERE, with: clause, body, ...this.cut(body, depth) };
  }

  /** Whether SQLite lets ORDER BY follow. */
  private isSortable(body: QueryBody): boolean {
    if (this.postgres) return true;
    return (body.kind === "compound" ? body.right : body).kind !== "values";
  }

  private cut(body: QueryBody, depth: number): Cut {
    const none = {
      orderBy: [],
      limit: null,
      offset: null,
      offsetFirst: false,
      withTies: false,
      locking: [],
    };
    if (!this.isSortable(body)) return none;
    const orderBy = this.some(0, 2, () => this.orderTerm(depth - 1));
    const limit = this.maybe(() => this.expression(depth - 1));
    const hasOffset = this.postgres || limit !== null;
    const offset = hasOffset ? this.maybe(() => this.expression(depth - 1)) : null;
    const withTies = this.postgres && orderBy.length > 0 && limit !== null && this.chance(3);
    const locking = this.postgres && !withTies && this.chance(5) ? [this.locking()] : [];
    const offsetFirst = !this.postgres && offset !== null && this.chance(3);
    return { orderBy, limit, offset, offsetFirst, withTies, locking };
  }

  private locking(): Locking {
    return {
      kind: "locking",
      ...NOWHERE,
      strength: this.pick("UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"),
      of: this.some(0, 2, () => this.objectName()),
      wait: this.pick("", "NOWAIT", "SKIP LOCKED"),
    };
  }

  with(depth: number): With {
    const tables = this.some(1, 2, () => this.commonTable(depth));
    return { kind: "with", ...NOWHERE, recursive: this.chance(3), tables };
  }

  private commonTable(depth: number): CommonTable {
    const changes = this.postgres && this.chance(3);
    const [first, second] = [this.name(), this.name()];
    const search = { kind: "search", ...NOWHERE, by: this.names(1, 2), column: first } as const;
    const cycle = { kind: "cycle", ...NOWHERE, columns: this.names(1, 2), path: second } as const;
    const [value, otherwise] = this.chance(2) ? [this.literal(), this.literal()] : [null, null];
    const mark = this.name();
    const own = this.postgres && !changes;
    return {
      kind: "common-table",
      ...NOWHERE,
      name: this.name(),
      columns: this.names(0, 2),
      materialized: this.pick("", "MATERIALIZED", "NOT MATERIALIZED"),
      query: changes ? this.change(depth - 1) : this.query(depth - 1),
      search: own && this.chance(5) ? { ...search, order: this.pick("DEPTH", "BREADTH") } : null,
      cycle: own && this.chance(5) ? { ...cycle, mark, value, otherwise } : null,
    };
  }

  private body(depth: number): QueryBody {
    if (depth > 0 && this.chance(4)) return this.compound(depth - 1);
    return this.chance(5) ? this.values(depth - 1) : this.select(depth - 1);
  }

  /** In SQLite all operators are equal, in Postgres INTERSECT binds more tightly. */
  private compound(depth: number): Compound {
    const level = ({ operator }: Compound): number =>
      this.postgres && operator === "INTERSECT" ? 2 : 1;
    const operator = this.pick("UNION", "INTERSECT", "EXCEPT");
    const all = (this.postgres || operator === "UNION") && this.chance(2);
    const node = { kind: "compound", ...NOWHERE, operator, all } as const;
    const own = this.postgres && operator === "INTERSECT" ? 2 : 1;
    const operand = (least: number): QueryBody => {
      const body = this.body(depth);
      if (body.kind !== "compound" || level(body) >= least) {
        return this.postgres && this.chance(4) ? this.query(depth) : body;
      }
      return this.postgres ? this.query(depth) : this.select(depth);
    };
    return { ...node, left: operand(own), right: operand(own + 1) };
  }

  private values(depth: number): Values {
    const rows = this.some(1, 3, (): RowValue => ({
      kind: "row",
      ...NOWHERE,
      explicit: false,
      items: this.some(1, 2, () => this.value(depth)),
    }));
    return { kind: "values", ...NOWHERE, rows };
  }

  /** A value to insert or set. */
  value(depth: number): Expr {
    if (this.postgres && this.chance(8)) return { kind: "default-value", ...NOWHERE };
    return this.expression(depth);
  }

  resultColumns(least: number, depth: number): ResultColumn[] {
    return this.some(least, 3, (): ResultColumn => {
      if (this.chance(5)) {
        const table = this.maybe(() => this.objectName(this.postgres ? 3 : 1), 2);
        const value = { kind: "star", ...NOWHERE, table } as const;
        return { kind: "result", ...NOWHERE, value, alias: null };
      }
      const alias = this.maybe(() => this.name());
      return { kind: "result", ...NOWHERE, value: this.expression(depth), alias };
    });
  }

  private select(depth: number): Select {
    const quantifier = this.pick("", "", "ALL", "DISTINCT");
    const on = this.postgres && quantifier === "DISTINCT" && this.chance(2);
    const least = this.postgres && quantifier !== "DISTINCT" && this.chance(9) ? 0 : 1;
    const groupBy = this.chance(4) ? this.groupBy(depth) : [];
    return {
      kind: "select",
      ...NOWHERE,
      quantifier,
      distinctOn: on ? this.expressions(1, 2, depth) : [],
      columns: this.resultColumns(least, depth),
      into: null,
      from: this.maybe(() => this.from(depth), 2),
      where: this.maybe(() => this.expression(depth)),
      groupBy,
      groupQuantifier: groupBy.length > 0 && this.postgres ? this.pick("", "DISTINCT", "ALL") : "",
      having: this.maybe(() => this.expression(depth), 5),
      windows: this.chance(6)
        ? this.some(1, 2, () => ({ ...this.window(depth), name: this.name() }))
        : [],
    };
  }

  private groupBy(depth: number): Select["groupBy"] {
    return this.some(1, 2, (): Expr | GroupingSet => {
      if (!this.postgres || this.chance(2)) return this.expression(depth);
      return this.groupingSet(depth);
    });
  }

  private groupingSet(depth: number): GroupingSet {
    const type = depth <= 0 ? "EMPTY" : this.pick("ROLLUP", "CUBE", "SETS", "EMPTY");
    const nested = type === "SETS";
    const item = (): Expr | GroupingSet =>
      nested && this.chance(2) ? this.groupingSet(depth - 1) : this.expression(depth - 1);
    const items = type === "EMPTY" ? [] : this.some(1, 2, item);
    return { kind: "grouping-set", ...NOWHERE, type, items };
  }

  /** What follows FROM: in Postgres commas stand outermost. */
  from(depth: number): FromItem {
    if (!this.postgres) return this.joined(depth);
    return this.some(0, 1, () => this.joined(depth)).reduce(
      (left, right): FromItem => this.join(",", left, right),
      this.joined(depth),
    );
  }

  private join(type: Join["type"], left: FromItem, right: FromItem): Join {
    return {
      kind: "join",
      ...NOWHERE,
      type,
      natural: false,
      left,
      right,
      on: null,
      using: [],
      usingAlias: null,
    };
  }

  /** An item and what is joined to it, without Postgres' commas. */
  joined(depth: number): FromItem {
    let left = this.item(depth);
    for (let more = depth > 0 ? this.random.below(3) : 0; more > 0; more--) {
      left = this.postgres ? this.joinOfPostgres(left, depth) : this.joinOfSqlite(left, depth);
    }
    return left;
  }

  private joinOfSqlite(left: FromItem, depth: number): Join {
    const type = this.pick(",", "", "CROSS", "INNER", "LEFT", "RIGHT", "FULL");
    const join = this.join(type, left, this.item(depth));
    const natural = type !== "," && this.chance(4);
    if (natural) return { ...join, natural };
    if (this.chance(2)) return { ...join, on: this.maybe(() => this.expression(depth), 2) };
    return { ...join, using: this.names(0, 2) };
  }

  private joinOfPostgres(left: FromItem, depth: number): Join {
    if (this.chance(4)) return this.join("CROSS", left, this.item(depth));
    const type = this.pick("", "INNER", "LEFT", "RIGHT", "FULL");
    if (this.chance(4)) return { ...this.join(type, left, this.item(depth)), natural: true };
    const right = this.chance(3) ? this.joined(depth - 1) : this.item(depth);
    const join = this.join(type, left, right);
    if (this.chance(2)) return { ...join, on: this.expression(depth) };
    const usingAlias = this.maybe(() => this.name());
    return { ...join, using: this.names(1, 2), usingAlias };
  }

  private item(depth: number): FromItem {
    if (depth <= 0) return this.table();
    switch (this.random.below(6)) {
      case 0:
        return this.derived(depth);
      case 1:
        return this.tableFunction(depth);
      case 2:
        return this.nested(depth);
      default:
        return this.table();
    }
  }

  private columnAlias(): Alias {
    const alias = this.alias();
    return this.postgres ? { ...alias, columns: this.names(0, 2) } : alias;
  }

  table(): TableRef {
    const alias = this.maybe(() => this.columnAlias());
    const asOf = this.maybe(() => ({ kind: "as-of", ...NOWHERE, value: this.atom() }) as const, 30);
    if (asOf !== null) this.extended = true;
    const indexing = !this.postgres && this.chance(4);
    const indexedBy = indexing ? this.maybe(() => this.name(), 2) : null;
    // NOT right behind an expression would belong to it.
    const mayNegate = asOf === null || alias !== null;
    const sample = {
      kind: "sample",
      ...NOWHERE,
      method: this.objectName(),
      arguments: this.expressions(1, 2, 0),
      seed: this.maybe(() => this.expression(0), 2),
    } as const;
    return {
      ...this.plainTable(alias),
      indexedBy,
      notIndexed: indexing && indexedBy === null && mayNegate,
      only: this.postgres && this.chance(6),
      sample: this.postgres && this.chance(6) ? sample : null,
      asOf,
    };
  }

  /** A table with no more than its alias. */
  plainTable(alias: Alias | null): TableRef {
    return {
      kind: "table",
      ...NOWHERE,
      name: this.objectName(this.postgres ? 3 : 2),
      alias,
      indexedBy: null,
      notIndexed: false,
      only: false,
      sample: null,
      asOf: null,
    };
  }

  private derived(depth: number): Derived {
    const lateral = this.postgres && this.chance(3);
    const alias = this.maybe(() => this.columnAlias(), 2);
    return { kind: "derived", ...NOWHERE, lateral, query: this.query(depth - 1), alias };
  }

  private nested(depth: number): FromItem {
    const inner = this.postgres ? this.joinOfPostgres(this.item(0), depth - 1) : null;
    const from = inner ?? this.joined(depth - 1);
    return { kind: "nested", ...NOWHERE, from, alias: this.maybe(() => this.columnAlias()) };
  }

  private tableFunction(depth: number): TableFunction {
    const rowsFrom = this.postgres && this.chance(3);
    const sources = this.some(1, rowsFrom ? 2 : 1, () => ({
      kind: "function-source" as const,
      ...NOWHERE,
      call: this.sourceCall(depth),
      definitions: rowsFrom ? this.some(0, 2, () => this.typedName()) : [],
    }));
    return {
      kind: "table-function",
      ...NOWHERE,
      lateral: this.postgres && this.chance(3),
      rowsFrom,
      sources,
      ordinality: this.postgres && this.chance(3),
      alias: this.maybe(() => this.functionAlias(), 2),
    };
  }

  private functionAlias(): Alias {
    if (!this.postgres || this.chance(2)) return this.columnAlias();
    const definitions = this.some(1, 2, () => this.typedName());
    const name: Name | null = this.maybe(() => this.name(), 2);
    return { kind: "alias", ...NOWHERE, name, columns: [], definitions };
  }
}
