import type { Alias } from "../../ast/leaf.ts";
import type { Name } from "../../ast/name.ts";
import type {
  Expr,
  FromItem,
  Insert,
  OrderTerm,
  Query,
  Returning,
  TableRef,
  Target,
  Upsert,
} from "../../ast/query.ts";
import { PostgresSelects } from "./queries.ts";

/** Postgres' INSERT, UPDATE and DELETE. */
export abstract class PostgresQueries extends PostgresSelects {
  protected override insertTable(): TableRef {
    const start = this.start;
    const name = this.objectName("a table");
    const at = this.start;
    const alias = this.accept("AS") ? this.aliasFrom(this.name("an alias"), at) : null;
    return this.tableOfParts(name, false, alias, null, null, start);
  }

  private aliasFrom(name: Name, start: number): Alias {
    return { kind: "alias", start, end: this.last, name, columns: [], definitions: [] };
  }

  protected override changedTable(): TableRef {
    const start = this.start;
    const [name, only] = this.relation();
    const at = this.start;
    let alias: Alias | null = null;
    if (this.accept("AS")) alias = this.aliasFrom(this.name("an alias"), at);
    else if (this.isName() && !this.is("SET")) alias = this.aliasFrom(this.takeName(), at);
    return this.tableOfParts(name, only, alias, null, null, start);
  }

  protected override target(): Target {
    const name = this.name("a column");
    const { start, end } = name;
    let target: Target = { kind: "column", start, end, table: null, name };
    for (let length = 1; this.word === "[" || this.word === "."; length++) {
      this.limitChain(length);
      const part: Expr = this.accept("[")
        ? this.subscript(target, start)
        : this.field(target, start);
      const named = part.kind === "field" && part.name !== null;
      if (part.kind !== "subscript" && !named) return this.fail("a column");
      target = part;
    }
    return target;
  }

  /** A column, a call or `(expression)` with COLLATE, operator class and order: of an index. */
  protected indexTerm(): OrderTerm {
    const start = this.start;
    let value = this.indexValue();
    if (this.accept("COLLATE")) {
      const collation = this.objectName("a collation");
      value = { kind: "collate", start, end: this.last, operand: value, collation };
    }
    const opclass = this.isName() && !this.isNullsOrder() ? this.objectName("a class") : null;
    const direction = this.acceptOneOf(["ASC", "DESC"]);
    const nulls = this.nullsOrder();
    const end = this.last;
    return { kind: "order", start, end, value, opclass, direction, nulls, using: null };
  }

  private isNullsOrder(): boolean {
    return this.isPair("NULLS", "FIRST") || this.isPair("NULLS", "LAST");
  }

  private indexValue(): Expr {
    if (this.accept("(")) {
      const value = this.expression();
      this.expect(")");
      return value;
    }
    const column = this.isName() && this.peek() !== "(" && this.peek() !== ".";
    if (!column) return this.functionCall();
    const name = this.takeName();
    return { kind: "column", start: name.start, end: name.end, table: null, name };
  }

  protected override conflictTerm(): OrderTerm {
    return this.indexTerm();
  }

  /** `ON CONSTRAINT name`. */
  protected override conflictConstraint(): Upsert["constraint"] {
    return this.acceptPair("ON", "CONSTRAINT") ? this.name("a constraint") : null;
  }

  protected override upserts(): readonly Upsert[] {
    return this.acceptPair("ON", "CONFLICT") ? [this.upsert()] : [];
  }

  protected override isColumnList(): boolean {
    if (this.word !== "(") return false;
    switch (this.peek()) {
      case "VALUES":
        return this.behind(() => this.peek() !== "(");
      case "SELECT":
      case "WITH":
      case "TABLE":
      case "(":
        return false;
      default:
        return true;
    }
  }

  protected override overriding(): Insert["overriding"] {
    if (!this.accept("OVERRIDING")) return "";
    const which = this.expectOneOf(["SYSTEM", "USER"]);
    this.expect("VALUE");
    return which;
  }

  protected override usingClause(): FromItem | null {
    return this.accept("USING") ? this.fromClause() : null;
  }

  /** `WHERE CURRENT OF cursor` is one condition. */
  protected override changeCondition(): Expr | null {
    if (!this.accept("WHERE")) return null;
    if (!this.isPair("CURRENT", "OF")) return this.expression();
    const start = this.start;
    this.advance();
    this.advance();
    const cursor = this.name("a cursor");
    return { kind: "current-of", start, end: this.last, cursor };
  }

  protected override returningNames(): [Returning["old"], Returning["new"]] {
    if (!this.accept("WITH")) return [null, null];
    let old: Name | null = null;
    let fresh: Name | null = null;
    this.expect("(");
    do {
      const which = this.expectOneOf(["OLD", "NEW"]);
      this.expect("AS");
      const at = this.start;
      const name = this.name("an alias");
      // Postgres says so behind its grammar; a tree holds one of each.
      if ((which === "OLD" ? old : fresh) !== null) {
        this.refuse(`${which} cannot be specified multiple times`, at);
      }
      if (which === "OLD") old = name;
      else fresh = name;
    } while (this.accept(","));
    this.expect(")");
    return [old, fresh];
  }

  protected override insertSource(columns: readonly Target[]): Query | null {
    if (columns.length > 0) return this.query();
    return this.acceptPair("DEFAULT", "VALUES") ? null : this.query();
  }
}
