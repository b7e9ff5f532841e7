import { DosqlError } from "../../../base/errors.ts";
import type { Alias, TypedName } from "../../ast/leaf.ts";
import type { Name, ObjectName } from "../../ast/name.ts";
import type {
  FromItem,
  FunctionSource,
  Join,
  Query,
  TableFunction,
  TableRef,
  TableSample,
} from "../../ast/query.ts";
import { PostgresExpressions } from "./expressions.ts";

/** What joined tables in parentheses count for. */
const JOIN_LEVELS = 4;

/** What stands in FROM and USING. */
export abstract class PostgresFrom extends PostgresExpressions {
  protected override fromClause(): FromItem {
    const start = this.start;
    let left = this.joined();
    for (let length = 1; this.accept(","); length++) {
      this.limitChain(length);
      const right = this.joined();
      left = this.join(",", false, left, right, start);
    }
    return left;
  }

  private join(
    type: Join["type"],
    natural: boolean,
    left: FromItem,
    right: FromItem,
    start: number,
  ): Join {
    const end = this.last;
    return {
      kind: "join",
      start,
      end,
      type,
      natural,
      left,
      right,
      on: null,
      using: [],
      usingAlias: null,
    };
  }

  /** One item and what is joined to it. */
  protected joined(): FromItem {
    const start = this.start;
    return this.joinsBehind(this.fromItem(), start);
  }

  private joinsBehind(first: FromItem, start: number): FromItem {
    let left = first;
    for (let length = 1; this.isJoin(); length++) {
      this.limitChain(length);
      left = this.joinBehind(left, start);
    }
    return left;
  }

  private isJoin(): boolean {
    switch (this.word) {
      case "JOIN":
      case "CROSS":
      case "INNER":
      case "LEFT":
      case "RIGHT":
      case "FULL":
      case "NATURAL":
        return true;
      default:
        return false;
    }
  }

  private joinBehind(left: FromItem, start: number): FromItem {
    if (this.acceptPair("CROSS", "JOIN")) {
      return this.join("CROSS", false, left, this.fromItem(), start);
    }
    const natural = this.accept("NATURAL");
    const type = this.acceptOneOf(["INNER", "LEFT", "RIGHT", "FULL"]);
    if (type !== "" && type !== "INNER") this.accept("OUTER");
    this.expect("JOIN");
    if (natural) return this.join(type, true, left, this.fromItem(), start);
    const at = this.start;
    let right = this.fromItem();
    // `a JOIN b JOIN c ON … ON …`: the inner join comes first.
    this.enter();
    while (this.isJoin()) right = this.joinBehind(right, at);
    this.leave();
    if (this.accept("ON")) {
      const on = this.expression();
      return { ...this.join(type, false, left, right, start), on };
    }
    this.expect("USING");
    const using = this.parenthesised(() => this.name("a column"));
    const usingAlias = this.accept("AS") ? this.name("an alias") : null;
    return { ...this.join(type, false, left, right, start), using, usingAlias };
  }

  private fromItem(): FromItem {
    const start = this.start;
    const lateral = this.accept("LATERAL");
    if (this.is("(")) return this.bracketedItem(lateral, start);
    if (!lateral && (this.is("ONLY") || !this.isFunction())) return this.tableItem();
    return this.tableFunction(lateral, start);
  }

  /** Whether a parenthesis follows the dotted name at hand, or the word is a call without one. */
  private isFunction(): boolean {
    if (this.isPair("ROWS", "FROM")) return true;
    if (this.is("XMLTABLE") || this.is("JSON_TABLE")) {
      const message = `${this.word} is not supported`;
      throw new DosqlError("unsupported", message, { at: this.start });
    }
    if (!this.isName() && !this.isTypeOrFunction()) return this.isLabel();
    const next = this.peek();
    if (next === "(") return true;
    if (next !== ".") return !this.isName();
    return this.behind(() => {
      while (this.is(".")) {
        this.next();
        this.next();
      }
      return this.is("(");
    });
  }

  private tableItem(): TableRef {
    const start = this.start;
    const [name, only] = this.relation();
    const asOf = this.asOf();
    const alias = this.tableAlias();
    const sample = this.accept("TABLESAMPLE") ? this.sample() : null;
    return this.tableOfParts(name, only, alias, sample, asOf, start);
  }

  protected tableOfParts(
    name: ObjectName,
    only: boolean,
    alias: Alias | null,
    sample: TableSample | null,
    asOf: TableRef["asOf"],
    start: number,
  ): TableRef {
    return {
      kind: "table",
      start,
      end: this.last,
      name,
      alias,
      indexedBy: null,
      notIndexed: false,
      only,
      sample,
      asOf,
    };
  }

  /** `name`, `name *`, `ONLY name`, `ONLY (name)`. */
  protected relation(): [ObjectName, boolean] {
    if (!this.accept("ONLY")) {
      const name = this.objectName("a table");
      this.accept("*");
      return [name, false];
    }
    const bracketed = this.accept("(");
    const name = this.objectName("a table");
    if (bracketed) this.expect(")");
    return [name, true];
  }

  private sample(): TableSample {
    const start = this.start;
    const method = this.objectNameFrom(this.typeOrFunctionName("a method"), "a method");
    const values = this.parenthesised(() => this.expression());
    const repeatable = this.accept("REPEATABLE");
    if (repeatable) this.expect("(");
    const seed = repeatable ? this.expression() : null;
    if (repeatable) this.expect(")");
    return { kind: "sample", start, end: this.last, method, arguments: values, seed };
  }

  /** The name of an alias, with AS or without; null when there is none. */
  private aliasName(): Name | null {
    if (this.accept("AS")) return this.name("an alias");
    return this.isName() ? this.takeName() : null;
  }

  protected tableAlias(): Alias | null {
    const start = this.start;
    const name = this.aliasName();
    if (name === null) return null;
    const columns = this.nameList("a column");
    return { kind: "alias", start, end: this.last, name, columns, definitions: [] };
  }

  /** As a table's, or with the types of the columns. */
  private functionAlias(): Alias | null {
    const start = this.start;
    const bare = this.is("AS") && this.peek() === "(";
    if (bare) this.advance();
    const name = bare ? null : this.aliasName();
    if (name === null && !bare) return null;
    if (!this.is("(")) {
      return { kind: "alias", start, end: this.last, name, columns: [], definitions: [] };
    }
    const typed = bare || this.hasTypes();
    const definitions = typed ? this.definitions() : [];
    const columns = typed ? [] : this.nameList("a column");
    return { kind: "alias", start, end: this.last, name, columns, definitions };
  }

  /** Whether the list at hand is `(name type, …)`. */
  private hasTypes(): boolean {
    return this.behind(() => {
      this.next();
      return !this.is(",") && !this.is(")");
    });
  }

  private definitions(): TypedName[] {
    return this.parenthesised(() => {
      const start = this.start;
      const name = this.name("a column");
      const type = this.typeName();
      const collation = this.accept("COLLATE") ? this.objectName("a collation") : null;
      return { kind: "typed-name", start, end: this.last, name, type, collation };
    });
  }

  private tableFunction(lateral: boolean, start: number): TableFunction {
    const rowsFrom = this.isPair("ROWS", "FROM");
    let sources: FunctionSource[];
    if (rowsFrom) {
      this.advance();
      this.advance();
      sources = this.parenthesised(() => this.functionSource(true));
    } else {
      sources = [this.functionSource(false)];
    }
    const ordinality = this.isPair("WITH", "ORDINALITY");
    if (ordinality) {
      this.advance();
      this.advance();
    }
    const alias = this.functionAlias();
    return {
      kind: "table-function",
      start,
      end: this.last,
      lateral,
      rowsFrom,
      sources,
      ordinality,
      alias,
    };
  }

  /** One call, in ROWS FROM perhaps with the types of its columns. */
  private functionSource(typed: boolean): FunctionSource {
    const start = this.start;
    const call = this.functionCall();
    const definitions = typed && this.accept("AS") ? this.definitions() : [];
    return { kind: "function-source", start, end: this.last, call, definitions };
  }

  /** A call without FILTER, OVER and operators: in FROM and in an index. */
  protected functionCall(): FunctionSource["call"] {
    if (this.is("GROUPING")) this.fail("a function");
    this.windowlessAt = this.start;
    const call = this.is("OPERATOR") ? this.nameExpression() : this.operand();
    this.windowlessAt = -1;
    const plain =
      call.kind === "call" ||
      call.kind === "keyword-value" ||
      (call.kind === "cast" && call.form === "cast");
    if (!plain) this.refuse(`syntax error at or near "${this.sql.slice(call.start, call.end)}"`);
    return call;
  }

  /** A query or joined tables in parentheses. */
  private bracketedItem(lateral: boolean, start: number): FromItem {
    const found = this.queryOrJoin();
    if (found.kind === "query") return this.derived(found, lateral, start);
    if (lateral) this.fail("a query");
    const alias = this.tableAlias();
    return { kind: "nested", start, end: this.last, from: found, alias };
  }

  private derived(query: Query, lateral: boolean, start: number): FromItem {
    const alias = this.tableAlias();
    return { kind: "derived", start, end: this.last, lateral, query, alias };
  }

  /** What stands in parentheses in FROM: which, the inner ones tell. */
  private queryOrJoin(): Query | FromItem {
    this.enter(JOIN_LEVELS);
    this.advance();
    const found = this.queryOrJoinInside();
    this.expect(")");
    this.leave(JOIN_LEVELS);
    return found;
  }

  private queryOrJoinInside(): Query | FromItem {
    if (this.isQuery()) return this.query();
    const start = this.start;
    if (!this.is("(")) return this.onlyJoin(this.joined());
    const inner = this.queryOrJoin();
    if (inner.kind === "query") {
      if (this.continuesQuery()) return this.queryAround(inner, start);
      return this.onlyJoin(this.joinsBehind(this.derived(inner, false, start), start));
    }
    const alias = this.tableAlias();
    const nested: FromItem = { kind: "nested", start, end: this.last, from: inner, alias };
    if (alias === null && this.is(")")) return nested;
    return this.onlyJoin(this.joinsBehind(nested, start));
  }

  private onlyJoin(item: FromItem): FromItem {
    if (item.kind !== "join") this.fail("JOIN");
    return item;
  }
}
