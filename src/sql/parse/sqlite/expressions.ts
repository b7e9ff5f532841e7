import type { ObjectName } from "../../ast/name.ts";
import type { Between, Expr, In, Is, Like, Logical } from "../../ast/query.ts";
import { AND, COLLATE, EQUALITY, levelOf, NONE, NOT, OR, SUM } from "./levels.ts";
import { SqliteOperands } from "./operands.ts";

/** SQLite's expressions, by precedence climbing over the levels of its grammar. */
export abstract class SqliteExpressions extends SqliteOperands {
  protected override asOfValue(): Expr {
    return this.expression(SUM);
  }

  /** An expression whose operators bind at least as tightly as `min`. */
  protected override expression(min: number = OR): Expr {
    this.enter();
    const start = this.start;
    let left = this.prefix();
    for (let length = 1; ; length++) {
      const level = levelOf(this.word);
      if (level === NONE || level < min || left.kind === "star") break;
      this.limitChain(length);
      left = this.infix(left, level, start);
    }
    this.leave();
    return left;
  }

  private infix(left: Expr, level: number, start: number): Expr {
    const { word } = this;
    switch (level) {
      case OR:
      case AND:
        return this.logical(left, level, start);
      case COLLATE: {
        this.advance();
        const collation = this.collation();
        return { kind: "collate", start, end: this.last, operand: left, collation };
      }
      default:
    }
    if (level > EQUALITY || word === "=") {
      this.advance();
      const right = this.expression(level + 1);
      return { kind: "binary", start, end: this.last, operator: word, left, right };
    }
    this.enter();
    const test = level === NOT ? this.negated(left, start) : this.relation(left, start, false);
    this.leave();
    return test;
  }

  protected collation(): ObjectName {
    if (!this.isBareAlias()) this.fail("a collation");
    return this.tableName(null, this.takeName());
  }

  private logical(first: Expr, level: number, start: number): Logical {
    const operator = level === AND ? "AND" : "OR";
    const operands = [first];
    while (this.word === operator) {
      this.advance();
      operands.push(this.expression(level + 1));
    }
    return { kind: "logical", start, end: this.last, operator, operands };
  }

  /** `NOT NULL`, `NOT IN`, `NOT LIKE`, … behind an operand. */
  private negated(left: Expr, start: number): Expr {
    this.advance();
    switch (this.word) {
      case "NULL":
        this.advance();
        return { kind: "test", start, end: this.last, test: "NULL", not: true, operand: left };
      case "IN":
      case "LIKE":
      case "GLOB":
      case "REGEXP":
      case "MATCH":
      case "BETWEEN":
        return this.relation(left, start, true);
      default:
        return this.fail("NULL, IN, LIKE, GLOB, REGEXP, MATCH or BETWEEN");
    }
  }

  /** An operator of the level of `=`, at its word. */
  private relation(left: Expr, start: number, not: boolean): Expr {
    const { word } = this;
    this.advance();
    switch (word) {
      case "IS":
        return this.comparison(left, start);
      case "IN":
        return this.in(left, start, not);
      case "BETWEEN":
        return this.between(left, start, not);
      case "LIKE":
      case "GLOB":
      case "REGEXP":
      case "MATCH":
        return this.like(left, word, start, not);
      case "ISNULL":
      case "NOTNULL": {
        const none = word === "NOTNULL";
        return { kind: "test", start, end: this.last, test: "NULL", not: none, operand: left };
      }
      default: {
        const operator = word === "==" ? "=" : word === "!=" ? "<>" : word;
        const right = this.expression(EQUALITY + 1);
        return { kind: "binary", start, end: this.last, operator, left, right };
      }
    }
  }

  private comparison(left: Expr, start: number): Expr {
    const not = this.accept("NOT");
    const distinct = this.acceptPair("DISTINCT", "FROM");
    const right = this.expression(EQUALITY + 1);
    if (right.kind === "null" && !distinct) {
      return { kind: "test", start, end: this.last, test: "NULL", not, operand: left };
    }
    const is: Is = { kind: "is", start, end: this.last, not, distinct, left, right };
    return is;
  }

  private between(operand: Expr, start: number, not: boolean): Between {
    const low = this.expression(NOT);
    this.expect("AND");
    const high = this.expression(EQUALITY + 1);
    const end = this.last;
    return { kind: "between", start, end, not, symmetric: false, operand, low, high };
  }

  private like(left: Expr, operator: Like["operator"], start: number, not: boolean): Like {
    const pattern = this.expression(EQUALITY + 1);
    const escape = this.accept("ESCAPE") ? this.expression(EQUALITY + 1) : null;
    return { kind: "like", start, end: this.last, operator, not, left, pattern, escape };
  }

  private in(operand: Expr, start: number, not: boolean): In {
    this.enter();
    const source = this.word === "(" ? this.inParentheses() : this.inTable();
    this.leave();
    return { kind: "in", start, end: this.last, not, operand, source };
  }

  private inParentheses(): In["source"] {
    const start = this.start;
    this.advance();
    if (this.isQuery()) {
      const query = this.query();
      this.expect(")");
      return query;
    }
    const items = this.word === ")" ? [] : this.expressions();
    this.expect(")");
    return { kind: "row", start, end: this.last, explicit: false, items };
  }

  /** `IN table` and `IN function(…)`. */
  private inTable(): In["source"] {
    const name = this.objectNameOfTable();
    return this.is("(") ? this.tableCall(name) : name;
  }
}
