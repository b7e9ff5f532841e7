import type { ObjectName } from "../ast/name.ts";
import type { FrameSide, NumberLiteral, Parameter, TypeName } from "../ast/leaf.ts";
import type {
  Call,
  Case,
  Expr,
  Frame,
  NamedArgument,
  OrderTerm,
  Query,
  When,
  Window,
} from "../ast/query.ts";
import { Cursor } from "./cursor.ts";

const FRAME_UNITS = ["ROWS", "RANGE", "GROUPS"] as const;

/** What both dialects' expressions have in common. How operators bind is the dialect's. */
export abstract class Expressions extends Cursor {
  /** Any expression. */
  protected abstract expression(): Expr;

  /** A whole query, its WITH included. */
  protected abstract query(): Query;

  protected abstract typeName(): TypeName;

  /** One argument of a function. */
  protected abstract argument(): Expr | NamedArgument;

  /** Whether the token begins a query: SELECT, VALUES, WITH and in Postgres more. */
  protected abstract isQuery(): boolean;

  /** Whether `OVER` here begins a window of the call before it. */
  protected abstract isOver(): boolean;

  /** A type that ends here, of any name. */
  protected ofName(name: ObjectName, start: number, modifiers: TypeName["modifiers"]): TypeName {
    return {
      kind: "type",
      start,
      end: this.last,
      name,
      builtin: false,
      modifiers,
      dimensions: 0,
      setOf: false,
      fields: "",
      ofColumn: false,
    };
  }

  /** A call that ends here and has nothing but arguments. */
  protected callOf(name: ObjectName, start: number, items: Call["arguments"]): Call {
    return {
      kind: "call",
      start,
      end: this.last,
      name,
      quantifier: "",
      arguments: items,
      orderBy: [],
      withinGroup: false,
      nulls: "",
      filter: null,
      over: null,
    };
  }

  /** `USING operator` of Postgres, ASC, DESC, NULLS FIRST. */
  protected orderTerm(): OrderTerm {
    const start = this.start;
    const value = this.expression();
    const direction = this.acceptOneOf(["ASC", "DESC"]);
    const nulls = this.nullsOrder();
    const end = this.last;
    return { kind: "order", start, end, value, opclass: null, direction, nulls, using: null };
  }

  protected nullsOrder(): "" | "FIRST" | "LAST" {
    if (this.word !== "NULLS") return "";
    this.advance();
    return this.expectOneOf(["FIRST", "LAST"]);
  }

  /** `ORDER BY …`, or nothing. */
  protected orderBy(): readonly OrderTerm[] {
    if (!this.acceptPair("ORDER", "BY")) return [];
    return this.list(() => this.orderTerm());
  }

  protected expressions(): Expr[] {
    const items = [this.expression()];
    while (this.word === ",") {
      this.advance();
      items.push(this.expression());
    }
    return items;
  }

  protected number(): NumberLiteral {
    const { kind, start, end } = this;
    if (kind !== "integer" && kind !== "float") this.fail("a number");
    const written = this.sql.slice(start, end);
    const text = written.includes("_") ? written.replaceAll("_", "") : written;
    this.advance();
    return { kind, start, end, text };
  }

  /** A number with its sign, as types and options have it. */
  protected signedNumber(): NumberLiteral {
    const start = this.start;
    const sign = this.acceptOneOf(["-", "+"]);
    const { kind, end, text } = this.number();
    return { kind, start, end, text: sign === "-" ? `-${text}` : text };
  }

  protected sigil(): Parameter["sigil"] {
    return this.sql.charAt(this.start) as Parameter["sigil"];
  }

  protected parameter(): Parameter {
    const { start, end } = this;
    const name = this.sql.slice(start + 1, end);
    const sigil = this.sigil();
    this.advance();
    const parameter: Parameter = { kind: "parameter", start, end, sigil, name };
    this.parameters.push(parameter);
    return parameter;
  }

  protected caseExpression(): Case {
    const start = this.start;
    this.advance();
    const operand = this.word === "WHEN" ? null : this.expression();
    const whens: When[] = [];
    do {
      const whenStart = this.start;
      this.expect("WHEN");
      const condition = this.expression();
      this.expect("THEN");
      const result = this.expression();
      whens.push({ kind: "when", start: whenStart, end: this.last, condition, result });
    } while (this.word === "WHEN");
    const otherwise = this.accept("ELSE") ? this.expression() : null;
    this.expect("END");
    return { kind: "case", start, end: this.last, operand, whens, otherwise };
  }

  protected castExpression(): Expr {
    const start = this.start;
    this.advance();
    this.expect("(");
    const operand = this.expression();
    this.expect("AS");
    const type = this.typeName();
    this.expect(")");
    return { kind: "cast", start, end: this.last, form: "cast", operand, type };
  }

  /** A call behind its name, at the parenthesis. */
  protected call(name: ObjectName): Call {
    this.advance();
    let quantifier: Call["quantifier"] = "";
    let all: Call["arguments"] = [];
    let orderBy: readonly OrderTerm[] = [];
    if (this.word === "*") {
      all = [{ kind: "star", start: this.start, end: this.end, table: null }];
      this.advance();
    } else if (this.word !== ")") {
      quantifier = this.acceptOneOf(["DISTINCT", "ALL"]);
      all = this.callArguments();
      orderBy = this.orderBy();
    }
    this.expect(")");
    return this.callTail(name, quantifier, all, orderBy);
  }

  protected callArguments(): Call["arguments"] {
    return this.list(() => this.argument());
  }

  /** WITHIN GROUP, IGNORE NULLS, FILTER and OVER. */
  protected callTail(
    name: ObjectName,
    quantifier: Call["quantifier"],
    all: Call["arguments"],
    ordered: readonly OrderTerm[],
  ): Call {
    let orderBy = ordered;
    let withinGroup = false;
    if (this.isPair("WITHIN", "GROUP")) {
      this.advance();
      this.advance();
      this.expect("(");
      withinGroup = true;
      orderBy = this.orderBy();
      this.expect(")");
    }
    const nulls = this.nullTreatment();
    const filter = this.word === "FILTER" ? this.filter() : null;
    const over = this.isOver() ? this.over() : null;
    return {
      kind: "call",
      start: name.start,
      end: this.last,
      name,
      quantifier,
      arguments: all,
      orderBy,
      withinGroup,
      nulls,
      filter,
      over,
    };
  }

  /** IGNORE NULLS and RESPECT NULLS, where a dialect has them. */
  protected nullTreatment(): Call["nulls"] {
    return "";
  }

  /** Whether `FILTER` here belongs to the call before it: a parenthesis follows. */
  private filter(): Expr | null {
    if (this.peek() !== "(") return null;
    this.advance();
    this.expect("(");
    this.expect("WHERE");
    const filter = this.expression();
    this.expect(")");
    return filter;
  }

  private over(): Call["over"] {
    this.advance();
    return this.word === "(" ? this.window(null) : this.name("a window name");
  }

  /** A window definition at its parenthesis. */
  protected window(name: Window["name"]): Window {
    const start = name === null ? this.start : name.start;
    this.expect("(");
    const base = this.isWindowBase() ? this.name("a window name") : null;
    const partitionBy = this.acceptPair("PARTITION", "BY") ? this.expressions() : [];
    const orderBy = this.orderBy();
    const frame = this.frame();
    this.expect(")");
    const end = this.last;
    return { kind: "window", start, end, name, base, partitionBy, orderBy, frame };
  }

  private isWindowBase(): boolean {
    const { word } = this;
    if (word === "PARTITION" || word === "ROWS" || word === "RANGE" || word === "GROUPS") {
      return false;
    }
    return this.isName();
  }

  private frame(): Frame | null {
    const start = this.start;
    const unit = this.acceptOneOf(FRAME_UNITS);
    if (unit === "") return null;
    const between = this.accept("BETWEEN");
    const [from, fromOffset] = this.frameBound();
    let to: FrameSide | "" = "";
    let toOffset: Expr | null = null;
    if (between) {
      this.expect("AND");
      [to, toOffset] = this.frameBound();
    }
    this.checkFrame(from, to);
    const exclude = this.accept("EXCLUDE") ? this.exclusion() : "";
    const end = this.last;
    return { kind: "frame", start, end, unit, from, fromOffset, to, toOffset, exclude };
  }

  /** Fails on ends in an order that the dialect refuses while it parses. */
  protected abstract checkFrame(from: FrameSide, to: FrameSide | ""): void;

  private frameBound(): [FrameSide, Expr | null] {
    if (this.acceptPair("CURRENT", "ROW")) return ["CURRENT ROW", null];
    if (this.isPair("UNBOUNDED", "PRECEDING") || this.isPair("UNBOUNDED", "FOLLOWING")) {
      this.advance();
      const side = this.expectOneOf(["PRECEDING", "FOLLOWING"]);
      return [`UNBOUNDED ${side}`, null];
    }
    const offset = this.expression();
    return [this.expectOneOf(["PRECEDING", "FOLLOWING"]), offset];
  }

  private exclusion(): Frame["exclude"] {
    if (this.acceptPair("NO", "OTHERS")) return "NO OTHERS";
    if (this.acceptPair("CURRENT", "ROW")) return "CURRENT ROW";
    return this.expectOneOf(["GROUP", "TIES"]);
  }
}
