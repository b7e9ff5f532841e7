import type { FrameSide, TestName } from "../../ast/leaf.ts";
import type { Operator } from "../../ast/name.ts";
import type { Expr, In, Like, Logical } from "../../ast/query.ts";
import { PostgresOperands } from "./operands.ts";

// How tightly operators bind, loosest first.
const OR = 1;
const AND = 2;
const NOT = 3;
const IS = 4;
const COMPARISON = 5;
const MATCH = 6;
const CUSTOM = 7;
const SUM = 8;
const PRODUCT = 9;
const POWER = 10;
const AT = 11;
const COLLATE = 12;
const SIGN = 13;
const CAST = 14;
/** What an expression in another one counts for. */
const EXPRESSION_LEVELS = 2;
/** Of what is no operator. */
const NONE = 0;

const TRUTHS = ["NULL", "TRUE", "FALSE", "UNKNOWN", "DOCUMENT", "NORMALIZED"] as const;
const NORMAL_FORMS = ["NFC", "NFD", "NFKC", "NFKD"] as const;
const JSON_KINDS = ["VALUE", "OBJECT", "ARRAY", "SCALAR"] as const;

function wordLevel(word: string): number {
  switch (word) {
    case "AND":
      return AND;
    case "OR":
      return OR;
    case "IS":
    case "ISNULL":
    case "NOTNULL":
      return IS;
    case "BETWEEN":
    case "ILIKE":
    case "IN":
    case "LIKE":
    case "NOT":
    case "SIMILAR":
      return MATCH;
    case "OPERATOR":
    case "OVERLAPS":
      return CUSTOM;
    case "AT":
      return AT;
    case "COLLATE":
      return COLLATE;
    default:
      return NONE;
  }
}

function operatorLevel(word: string): number {
  switch (word) {
    case "=":
    case "<":
    case ">":
    case "<=":
    case ">=":
    case "<>":
    case "!=":
      return COMPARISON;
    case "+":
    case "-":
      return SUM;
    case "*":
    case "/":
    case "%":
      return PRODUCT;
    case "^":
      return POWER;
    case "=>":
    case ":=":
    case "..":
      return NONE;
    default:
      return CUSTOM;
  }
}

/** The `*` of a select list is no operand. */
function isBareStar(value: Expr): boolean {
  return value.kind === "star" && value.table === null;
}

/** Postgres' expressions, by precedence climbing over the levels of its grammar. */
export abstract class PostgresExpressions extends PostgresOperands {
  /** Inside an expression that may hold no AND, OR, NOT, LIKE, IN, BETWEEN, AT or COLLATE. */
  private restricted = false;
  /** The level of a non-associative operator whose right side has just been read. */
  private closed = NONE;

  protected override expression(): Expr {
    return this.climb(OR, false);
  }

  protected override asOfValue(): Expr {
    return this.climb(SUM, false);
  }

  protected override restrictedExpression(): Expr {
    return this.climb(IS, true);
  }

  protected override notOperand(): Expr {
    if (this.restricted) this.fail("an expression");
    return this.climb(NOT, false);
  }

  protected override signOperand(): Expr {
    return this.climb(SIGN, this.restricted);
  }

  protected override prefixOperand(): Expr {
    return this.climb(CUSTOM + 1, this.restricted);
  }

  private climb(min: number, restricted: boolean): Expr {
    this.enter(EXPRESSION_LEVELS);
    const outer = this.restricted;
    this.restricted = restricted;
    const start = this.start;
    const value = this.climbBehind(this.operand(), min, start);
    this.closed = NONE;
    this.restricted = outer;
    this.leave(EXPRESSION_LEVELS);
    return value;
  }

  protected override expressionBehind(left: Expr, start: number): Expr {
    const outer = this.restricted;
    this.restricted = false;
    const value = this.climbBehind(left, OR, start);
    this.closed = NONE;
    this.restricted = outer;
    return value;
  }

  private climbBehind(first: Expr, min: number, start: number): Expr {
    let left = first;
    let closed = NONE;
    for (let length = 1; ; length++) {
      const level = this.infixLevel();
      if (level === NONE || level < min || isBareStar(left)) return left;
      if (level === closed) this.fail("no second operator of this kind");
      this.limitChain(length);
      this.closed = NONE;
      left = this.infix(left, level, start);
      closed = this.closed;
    }
  }

  /** The level of the operator at hand; NONE when there is none, or it may not stand here. */
  private infixLevel(): number {
    const { kind, word } = this;
    if (kind === "operator") return operatorLevel(word);
    if (kind !== "identifier" || word === "") return word === "::" ? CAST : NONE;
    const level = wordLevel(word) === NONE ? NONE : this.keywordLevel(word);
    if (!this.restricted || level === CUSTOM || level === NONE) return level;
    if (level !== IS || word !== "IS") return NONE;
    return this.behind(() => {
      if (this.is("NOT")) this.next();
      return this.is("DISTINCT") || this.is("DOCUMENT");
    })
      ? IS
      : NONE;
  }

  /** The words of operators are labels elsewhere: what follows tells. */
  private keywordLevel(word: string): number {
    switch (word) {
      case "NOT":
        return wordLevel(this.peek()) === MATCH ? MATCH : NONE;
      case "SIMILAR":
        return this.peek() === "TO" ? MATCH : NONE;
      case "OPERATOR":
        return this.isQualifiedOperator() ? CUSTOM : NONE;
      case "AT": {
        const next = this.peek();
        return next === "TIME" || next === "LOCAL" ? AT : NONE;
      }
      case "ISNULL":
      case "NOTNULL":
        return IS;
      default:
        return this.behind(() => this.endsLabel()) ? NONE : wordLevel(word);
    }
  }

  /** Whether the token shows that the word before it, such as LIKE, was a label. */
  private endsLabel(): boolean {
    const { kind, word } = this;
    return kind === "end" || word === "," || word === ")" || word === ";" || word === "FROM";
  }

  private infix(left: Expr, level: number, start: number): Expr {
    switch (level) {
      case OR:
      case AND:
        return this.logical(left, level, start);
      case IS:
        return this.test(left, start);
      case MATCH:
        return this.match(left, start);
      case AT:
        return this.atTimeZone(left, start);
      case COLLATE: {
        this.advance();
        const collation = this.objectName("a collation");
        return { kind: "collate", start, end: this.last, operand: left, collation };
      }
      case CAST: {
        this.advance();
        const type = this.typeName();
        return { kind: "cast", start, end: this.last, form: "colons", operand: left, type };
      }
      default:
        return this.binary(left, level, start);
    }
  }

  private logical(first: Expr, level: number, start: number): Logical {
    const operator = level === AND ? "AND" : "OR";
    const operands = [first];
    while (this.word === operator) {
      this.advance();
      operands.push(this.climb(level + 1, false));
    }
    return { kind: "logical", start, end: this.last, operator, operands };
  }

  private binary(left: Expr, level: number, start: number): Expr {
    if (this.word === "OVERLAPS") return this.overlaps(left, start);
    const operator = this.anyOperator();
    const quantifier = this.restricted ? "" : this.quantifier();
    if (quantifier !== "") return this.quantified(left, operator, quantifier, start);
    const right = this.climb(level + 1, this.restricted);
    if (level === COMPARISON) this.closed = COMPARISON;
    return { kind: "binary", start, end: this.last, operator, left, right };
  }

  private quantifier(): "" | "ANY" | "ALL" {
    const { word } = this;
    if (word !== "ANY" && word !== "SOME" && word !== "ALL") return "";
    this.advance();
    return word === "ALL" ? "ALL" : "ANY";
  }

  private quantified(
    left: Expr,
    operator: Operator,
    quantifier: "ANY" | "ALL",
    start: number,
  ): Expr {
    if (!this.is("(")) this.fail("(");
    const found = this.queryOrExpressions();
    const source = Array.isArray(found) ? this.single(found) : found;
    const end = this.last;
    return {
      kind: "quantified",
      start,
      end,
      operator,
      quantifier,
      left,
      source,
    };
  }

  private single(items: readonly Expr[]): Expr {
    const [first] = items;
    if (first === undefined || items.length > 1) return this.fail("one array");
    return first;
  }

  private overlaps(left: Expr, start: number): Expr {
    if (left.kind !== "row") this.fail("an operator");
    if (left.items.length !== 2) {
      this.refuse("wrong number of parameters on left side of OVERLAPS expression", left.start);
    }
    this.advance();
    const at = this.start;
    const right = this.operand();
    if (right.kind !== "row") this.fail("a row");
    if (right.items.length !== 2) {
      this.refuse("wrong number of parameters on right side of OVERLAPS expression", at);
    }
    return this.plainCall("overlaps", start, [...left.items, ...right.items]);
  }

  private test(left: Expr, start: number): Expr {
    const { word } = this;
    this.advance();
    if (word !== "IS") return this.tested(left, "NULL", word === "NOTNULL", start);
    const not = this.accept("NOT");
    if (this.acceptPair("DISTINCT", "FROM")) {
      const right = this.climb(IS + 1, this.restricted);
      this.closed = IS;
      return { kind: "is", start, end: this.last, not, distinct: true, left, right };
    }
    const truth = this.acceptOneOf(TRUTHS);
    if (truth !== "") return this.tested(left, truth, not, start);
    const form = this.acceptOneOf(NORMAL_FORMS);
    if (form !== "") {
      this.expect("NORMALIZED");
      return this.tested(left, `${form} NORMALIZED`, not, start);
    }
    this.expect("JSON");
    return this.tested(left, this.jsonTest(), not, start);
  }

  private jsonTest(): TestName {
    const kind = this.acceptOneOf(JSON_KINDS);
    const name = kind === "" ? "JSON" : (`JSON ${kind}` as const);
    if (this.isPair("WITH", "UNIQUE")) {
      this.advance();
      this.advance();
      this.accept("KEYS");
      return `${name} WITH UNIQUE`;
    }
    if (this.isPair("WITHOUT", "UNIQUE")) {
      this.advance();
      this.advance();
      this.accept("KEYS");
    }
    return name;
  }

  private tested(operand: Expr, test: TestName, not: boolean, start: number): Expr {
    return { kind: "test", start, end: this.last, test, not, operand };
  }

  /** BETWEEN, IN, LIKE, ILIKE, SIMILAR TO, with or without NOT. */
  private match(left: Expr, start: number): Expr {
    const not = this.accept("NOT");
    const { word } = this;
    this.advance();
    switch (word) {
      case "BETWEEN":
        return this.between(left, not, start);
      case "IN":
        return this.in(left, not, start);
      case "SIMILAR":
        this.expect("TO");
        return this.like(left, "SIMILAR TO", not, start);
      case "LIKE":
      case "ILIKE":
        return this.like(left, word, not, start);
      default:
        return this.fail("BETWEEN, IN, LIKE, ILIKE or SIMILAR");
    }
  }

  private between(operand: Expr, not: boolean, start: number): Expr {
    const symmetric = this.accept("SYMMETRIC");
    if (!symmetric) this.accept("ASYMMETRIC");
    const low = this.restrictedExpression();
    this.expect("AND");
    const high = this.climb(MATCH + 1, false);
    this.closed = MATCH;
    const end = this.last;
    return { kind: "between", start, end, not, symmetric, operand, low, high };
  }

  private in(operand: Expr, not: boolean, start: number): In {
    const at = this.start;
    if (!this.is("(")) this.fail("(");
    const found = this.queryOrExpressions();
    const end = this.last;
    const source: In["source"] = Array.isArray(found)
      ? { kind: "row", start: at, end, explicit: false, items: found }
      : found;
    return { kind: "in", start, end, not, operand, source };
  }

  private like(left: Expr, operator: Like["operator"], not: boolean, start: number): Expr {
    const quantifier = operator === "SIMILAR TO" ? "" : this.quantifier();
    if (quantifier !== "") {
      return this.quantified(left, not ? `NOT ${operator}` : operator, quantifier, start);
    }
    const pattern = this.climb(MATCH + 1, false);
    const escape = this.accept("ESCAPE") ? this.climb(MATCH + 1, false) : null;
    this.closed = MATCH;
    return { kind: "like", start, end: this.last, operator, not, left, pattern, escape };
  }

  private atTimeZone(operand: Expr, start: number): Expr {
    this.advance();
    if (this.accept("LOCAL")) {
      return { kind: "at-time-zone", start, end: this.last, operand, zone: null };
    }
    this.expect("TIME");
    this.expect("ZONE");
    const zone = this.climb(AT + 1, false);
    return { kind: "at-time-zone", start, end: this.last, operand, zone };
  }

  protected override checkFrame(from: FrameSide, to: FrameSide | ""): void {
    const start = "frame start cannot be UNBOUNDED FOLLOWING";
    if (from === "UNBOUNDED FOLLOWING") this.refuse(start);
    if (to === "UNBOUNDED PRECEDING") this.refuse("frame end cannot be UNBOUNDED PRECEDING");
    if (from === "CURRENT ROW" && to === "PRECEDING") {
      this.refuse("frame starting from current row cannot have preceding rows");
    }
    if (from !== "FOLLOWING") return;
    if (to === "") this.refuse("frame starting from following row cannot end with current row");
    if (to === "PRECEDING" || to === "CURRENT ROW") {
      this.refuse("frame starting from following row cannot have preceding rows");
    }
  }
}
