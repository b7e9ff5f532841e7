import { QUERY_LEVELS } from "../cursor.ts";
import { DosqlError } from "../../../base/errors.ts";
import type { Cycle, Into, Literal, Locking, Search, Star } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type {
  Compound,
  DataChange,
  Expr,
  GroupingSet,
  OrderTerm,
  Query,
  QueryBody,
  Select,
  With,
} from "../../ast/query.ts";
import type { QueryTail } from "../queries.ts";
import { PostgresFrom } from "./from.ts";

const GROUPING_TYPES = { ROLLUP: "ROLLUP", CUBE: "CUBE" } as const;

/** Postgres' queries: what SQLite's have not, or have otherwise. */
export abstract class PostgresSelects extends PostgresFrom {
  protected override commonTableBody(): Query | DataChange {
    this.enter(QUERY_LEVELS);
    const body = this.queryOrChange();
    this.leave(QUERY_LEVELS);
    return body;
  }

  protected override isWindowClause(): boolean {
    return true;
  }

  protected override resultAlias(): Name | null {
    if (this.accept("AS")) return this.columnLabel("a label");
    return this.isBareLabel() ? this.takeName() : null;
  }

  protected override starAlias({ table }: Star): Name | null {
    return table === null ? null : this.resultAlias();
  }

  protected override hasColumns(): boolean {
    switch (this.word) {
      case "":
        return !this.atEnd();
      case ")":
      case ";":
      case "FROM":
      case "WHERE":
      case "INTO":
      case "GROUP":
      case "HAVING":
      case "WINDOW":
      case "UNION":
      case "EXCEPT":
      case "INTERSECT":
      case "ORDER":
      case "LIMIT":
      case "OFFSET":
      case "FETCH":
      case "FOR":
      case "ON":
      case "RETURNING":
      case "WITH":
        return false;
      default:
        return true;
    }
  }

  protected override distinctOn(): readonly Expr[] {
    return this.accept("ON") ? this.parenthesised(() => this.expression()) : [];
  }

  protected override selectInto(): Into | null {
    if (this.word !== "INTO") return null;
    const start = this.start;
    this.advance();
    let persistence: Into["persistence"] = "";
    if (this.accept("UNLOGGED")) {
      persistence = "UNLOGGED";
    } else {
      const prefixed = this.accept("LOCAL") || this.accept("GLOBAL");
      if (this.accept("TEMP") || this.accept("TEMPORARY")) persistence = "TEMP";
      else if (prefixed) this.fail("TEMPORARY");
    }
    this.accept("TABLE");
    const name = this.objectName("a table");
    return { kind: "into", start, end: this.last, persistence, name };
  }

  protected override groupQuantifier(): Select["groupQuantifier"] {
    return this.acceptOneOf(["ALL", "DISTINCT"]);
  }

  protected override groupItem(): Expr | GroupingSet {
    const { start, word } = this;
    if (word === "(" && this.peek() === ")") {
      this.advance();
      this.advance();
      return { kind: "grouping-set", start, end: this.last, type: "EMPTY", items: [] };
    }
    if ((word === "ROLLUP" || word === "CUBE") && this.peek() === "(") {
      this.advance();
      const items = this.parenthesised(() => this.expression());
      const type = GROUPING_TYPES[word];
      return { kind: "grouping-set", start, end: this.last, type, items };
    }
    if (word !== "GROUPING" || this.peek() !== "SETS") return this.expression();
    this.advance();
    this.advance();
    this.enter();
    const items = this.parenthesised(() => this.groupItem());
    this.leave();
    return { kind: "grouping-set", start, end: this.last, type: "SETS", items };
  }

  protected override orderTerm(): OrderTerm {
    const start = this.start;
    const value = this.expression();
    const using = this.accept("USING") ? this.anyOperator() : null;
    const direction = using === null ? this.acceptOneOf(["ASC", "DESC"]) : "";
    const nulls = this.nullsOrder();
    const end = this.last;
    return { kind: "order", start, end, value, opclass: null, direction, nulls, using };
  }

  protected override compoundLevel(): number {
    const { word } = this;
    if (word === "INTERSECT") return 2;
    return word === "UNION" || word === "EXCEPT" ? 1 : 0;
  }

  protected override compoundQuantifier(): boolean {
    const all = this.accept("ALL");
    if (!all) this.accept("DISTINCT");
    return all;
  }

  protected override compoundOperand(): QueryBody {
    if (this.is("(")) return this.queryInBrackets();
    if (this.is("TABLE")) return this.tableQuery();
    return super.compoundOperand();
  }

  /** `TABLE t` is `SELECT * FROM t`. */
  private tableQuery(): Select {
    const start = this.start;
    this.advance();
    const at = this.start;
    const [name, only] = this.relation();
    const { last: end } = this;
    return {
      kind: "select",
      start,
      end,
      quantifier: "",
      distinctOn: [],
      columns: [
        {
          kind: "result",
          start,
          end,
          value: { kind: "star", start, end, table: null },
          alias: null,
        },
      ],
      into: null,
      from: this.tableOfParts(name, only, null, null, null, at),
      where: null,
      groupBy: [],
      groupQuantifier: "",
      having: null,
      windows: [],
    };
  }

  protected override queryBehind(clause: With | null, start: number): Query {
    return this.merged(super.queryBehind(clause, start));
  }

  /** A query in parentheses is one with the clauses around it, which it may not have itself. */
  private merged(query: Query): Query {
    const { body } = query;
    if (body.kind !== "query") return query;
    const twice = (what: string, a: boolean, b: boolean): boolean => {
      if (a && b) this.refuse(`multiple ${what} clauses not allowed`);
      return a || b;
    };
    twice("ORDER BY", query.orderBy.length > 0, body.orderBy.length > 0);
    twice("OFFSET", query.offset !== null, body.offset !== null);
    twice("LIMIT", query.limit !== null, body.limit !== null);
    twice("WITH", query.with !== null, body.with !== null);
    return {
      kind: "query",
      start: query.start,
      end: query.end,
      with: query.with ?? body.with,
      body: body.body,
      orderBy: query.orderBy.length > 0 ? query.orderBy : body.orderBy,
      limit: query.limit ?? body.limit,
      offset: query.offset ?? body.offset,
      offsetFirst: false,
      withTies: query.withTies || body.withTies,
      locking: [...body.locking, ...query.locking],
    };
  }

  protected override continuesQuery(): boolean {
    switch (this.word) {
      case ")":
      case "UNION":
      case "EXCEPT":
      case "INTERSECT":
      case "ORDER":
      case "LIMIT":
      case "OFFSET":
      case "FETCH":
      case "FOR":
        return true;
      default:
        return false;
    }
  }

  protected override queryAround(inner: Query, start: number): Query {
    this.enter(QUERY_LEVELS);
    let body: QueryBody = this.compoundBehind(inner, 2, start);
    body = this.compoundBehind(body, 1, start);
    const { orderBy, limit, offset, withTies, locking } = this.queryTail();
    const end = this.last;
    const query: Query = {
      kind: "query",
      start,
      end,
      with: null,
      body,
      orderBy,
      limit,
      offset,
      offsetFirst: false,
      withTies,
      locking,
    };
    this.leave(QUERY_LEVELS);
    return this.merged(query);
  }

  private compoundBehind(first: QueryBody, min: number, start: number): QueryBody {
    let left = first;
    for (let length = 1; this.compoundLevel() >= min; length++) {
      this.limitChain(length);
      const level = this.compoundLevel();
      const operator = this.word as Compound["operator"];
      this.advance();
      const all = this.compoundQuantifier();
      const right = this.compound(level + 1);
      left = { kind: "compound", start, end: this.last, operator, all, left, right };
    }
    return left;
  }

  /** The locking clauses stand before LIMIT and OFFSET or behind them. */
  protected override queryTail(): QueryTail {
    const orderBy = this.orderBy();
    const early = this.lockings();
    const { limit, offset, withTies } = this.limits();
    const locking = early.length > 0 ? early : this.lockings();
    if (withTies && orderBy.length === 0) {
      this.refuse("WITH TIES cannot be specified without ORDER BY clause");
    }
    if (withTies && locking.some(({ wait }) => wait === "SKIP LOCKED")) {
      this.refuse("SKIP LOCKED and WITH TIES options cannot be used together");
    }
    return { orderBy, limit, offset, offsetFirst: false, withTies, locking };
  }

  private lockings(): Locking[] {
    const locking: Locking[] = [];
    while (this.word === "FOR") {
      const found = this.locking();
      if (found !== null) locking.push(found);
    }
    return locking;
  }

  /** LIMIT or FETCH, and OFFSET, in either order. */
  private limits(): Pick<QueryTail, "limit" | "offset" | "withTies"> {
    let limit: Expr | null = null;
    let offset: Expr | null = null;
    let withTies = false;
    let limited = false;
    for (;;) {
      if (this.word === "OFFSET" && offset === null) {
        offset = this.offset();
      } else if (this.word === "LIMIT" && !limited) {
        limit = this.limit();
        limited = true;
      } else if (this.word === "FETCH" && !limited) {
        [limit, withTies] = this.fetch();
        limited = true;
      } else {
        return { limit, offset, withTies };
      }
    }
  }

  /** `LIMIT n`; ALL is no limit. */
  private limit(): Expr | null {
    this.advance();
    if (this.accept("ALL")) return null;
    const limit = this.expression();
    if (this.is(",")) this.refuse("LIMIT #,# syntax is not supported");
    return limit;
  }

  private offset(): Expr {
    this.advance();
    const offset = this.expression();
    if (this.is("ROW") || this.is("ROWS")) this.advance();
    return offset;
  }

  /** `FETCH FIRST n ROWS ONLY` and `… WITH TIES`. */
  private fetch(): [Expr, boolean] {
    const { start, end } = this;
    this.advance();
    this.expectOneOf(["FIRST", "NEXT"]);
    const one: Expr = { kind: "integer", start, end, text: "1" };
    const limit = this.is("ROW") || this.is("ROWS") ? one : this.operand();
    this.expectOneOf(["ROW", "ROWS"]);
    if (this.accept("ONLY")) return [limit, false];
    this.expect("WITH");
    this.expect("TIES");
    return [limit, true];
  }

  /** `FOR UPDATE OF t NOWAIT`; FOR READ ONLY is nothing. */
  private locking(): Locking | null {
    const start = this.start;
    this.advance();
    if (this.acceptPair("READ", "ONLY")) return null;
    const strength = this.lockStrength();
    const of = this.accept("OF") ? this.list(() => this.objectName("a table")) : [];
    let wait: Locking["wait"] = "";
    if (this.accept("NOWAIT")) wait = "NOWAIT";
    else if (this.acceptPair("SKIP", "LOCKED")) wait = "SKIP LOCKED";
    return { kind: "locking", start, end: this.last, strength, of, wait };
  }

  private lockStrength(): Locking["strength"] {
    if (this.accept("NO")) {
      this.expect("KEY");
      this.expect("UPDATE");
      return "NO KEY UPDATE";
    }
    if (this.acceptPair("KEY", "SHARE")) return "KEY SHARE";
    return this.expectOneOf(["UPDATE", "SHARE"]);
  }

  protected override isRecursive(): boolean {
    if (this.word !== "RECURSIVE") return false;
    const next = this.peek();
    return next !== "(" && next !== "AS";
  }

  protected override searchClause(): Search | null {
    if (this.word !== "SEARCH") return null;
    const start = this.start;
    this.advance();
    const order = this.expectOneOf(["DEPTH", "BREADTH"]);
    this.expect("FIRST");
    this.expect("BY");
    const by = this.list(() => this.name("a column"));
    this.expect("SET");
    const column = this.name("a column");
    return { kind: "search", start, end: this.last, order, by, column };
  }

  protected override cycleClause(): Cycle | null {
    if (this.word !== "CYCLE") return null;
    const start = this.start;
    this.advance();
    const columns = this.list(() => this.name("a column"));
    this.expect("SET");
    const mark = this.name("a column");
    const valued = this.accept("TO");
    const value = valued ? this.cycleMark() : null;
    if (valued) this.expect("DEFAULT");
    const otherwise = valued ? this.cycleMark() : null;
    this.expect("USING");
    const path = this.name("a column");
    const end = this.last;
    return { kind: "cycle", start, end, columns, mark, value, otherwise, path };
  }

  private cycleMark(): Literal {
    const at = this.start;
    const value = this.operand();
    switch (value.kind) {
      case "null":
      case "boolean":
      case "integer":
      case "float":
      case "string":
      case "bits":
        return value;
      default:
        throw new DosqlError(
          "unsupported",
          "CYCLE marks other than plain literals are not supported",
          { at },
        );
    }
  }
}
