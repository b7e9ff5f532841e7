import type { TestName } from "../../../src/sql/ast/leaf.ts";
import type {
  Call,
  Case,
  Cast,
  Expr,
  Field,
  Frame,
  In,
  Like,
  NamedArgument,
  OrderTerm,
  Quantified,
  Query,
  RowValue,
  Subscript,
  Window,
} from "../../../src/sql/ast/query.ts";
import { LeafGenerator, NOWHERE } from "./generate-leaf.ts";

const TESTS: readonly TestName[] = [
  ...(["NULL", "TRUE", "FALSE", "UNKNOWN", "DOCUMENT", "NORMALIZED", "NFKC NORMALIZED"] as const),
  ...(["JSON", "JSON ARRAY", "JSON SCALAR WITH UNIQUE", "JSON WITH UNIQUE"] as const),
];

/** The sides of a frame that both dialects take. */
const FRAMES: readonly (readonly [Frame["from"], Frame["to"]])[] = [
  ["UNBOUNDED PRECEDING", ""],
  ["PRECEDING", ""],
  ["CURRENT ROW", ""],
  ["PRECEDING", "FOLLOWING"],
  ["UNBOUNDED PRECEDING", "CURRENT ROW"],
  ["FOLLOWING", "UNBOUNDED FOLLOWING"],
];

/** Expressions of every kind, as a parser of a dialect would make them. */
export abstract class ExpressionGenerator extends LeafGenerator {
  abstract query(depth: number): Query;

  /** An expression of at most `depth` levels. */
  expression(depth: number): Expr {
    if (depth <= 0) return this.atom();
    const common = [
      () => this.atom(),
      () => this.unary(depth),
      () => this.binary(depth),
      () => this.binary(depth),
      () => this.logical(depth),
      () => this.negation(depth),
      () => this.is(depth),
      () => this.test(depth),
      () => this.like(depth),
      () => this.between(depth),
      () => this.in(depth),
      () => this.subquery(depth),
      () => this.row(depth),
      () => this.case(depth),
      () => this.cast(depth),
      () => this.collate(depth),
      () => this.call(depth),
    ];
    return this.random.pick([...common, ...(this.postgres ? this.ofPostgres(depth) : [])])();
  }

  private ofPostgres(depth: number): (() => Expr)[] {
    const operand = (): Expr => this.expression(depth - 1);
    return [
      () => this.quantified(depth),
      () => ({ kind: "array", ...NOWHERE, items: this.some(0, 3, operand) }),
      () => this.subscript(depth),
      () => this.field(depth),
      () => {
        const zone = this.maybe(operand, 2);
        return { kind: "at-time-zone", ...NOWHERE, operand: operand(), zone };
      },
    ];
  }

  expressions(least: number, most: number, depth: number): Expr[] {
    return this.some(least, most, () => this.expression(depth));
  }

  atom(): Expr {
    switch (this.random.below(6)) {
      case 0:
        return this.parameter();
      case 1:
      case 2:
        return this.literal();
      case 3:
        return this.keywordValue();
      default:
        return this.column();
    }
  }

  private keywordValue(): Expr {
    if (!this.postgres) {
      const keyword = this.pick("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP");
      return { kind: "keyword-value", ...NOWHERE, keyword, precision: null };
    }
    const keyword = this.pick("CURRENT_USER", "SESSION_USER", "LOCALTIME", "CURRENT_TIMESTAMP");
    const precise = keyword.includes("TIME");
    const three = { kind: "integer", ...NOWHERE, text: "3" } as const;
    const precision = precise && this.chance(2) ? three : null;
    return { kind: "keyword-value", ...NOWHERE, keyword, precision };
  }

  private unary(depth: number): Expr {
    const operand = this.expression(depth - 1);
    const own = this.postgres ? ["@", "|/", "!!", "@-@"] : [];
    const operator = this.random.pick(["-", "+", "~", "-", ...own]);
    return { kind: "unary", ...NOWHERE, operator, operand };
  }

  private binary(depth: number): Expr {
    const left = this.expression(depth - 1);
    const right = this.expression(depth - 1);
    return { kind: "binary", ...NOWHERE, operator: this.operator(), left, right };
  }

  private logical(depth: number): Expr {
    const operands = this.expressions(2, 4, depth - 1);
    return { kind: "logical", ...NOWHERE, operator: this.pick("AND", "OR"), operands };
  }

  private negation(depth: number): Expr {
    return { kind: "not", ...NOWHERE, operand: this.expression(depth - 1) };
  }

  /** IS NULL is a test. */
  private is(depth: number): Expr {
    const left = this.expression(depth - 1);
    const right = this.expression(depth - 1);
    const distinct = this.postgres || this.chance(3) || right.kind === "null";
    return { kind: "is", ...NOWHERE, not: this.chance(2), distinct, left, right };
  }

  private test(depth: number): Expr {
    const test = this.postgres ? this.random.pick(TESTS) : "NULL";
    const operand = this.expression(depth - 1);
    return { kind: "test", ...NOWHERE, test, not: this.chance(2), operand };
  }

  private like(depth: number): Expr {
    const operator: Like["operator"] = this.postgres
      ? this.pick("LIKE", "ILIKE", "SIMILAR TO")
      : this.pick("LIKE", "GLOB", "REGEXP", "MATCH");
    return {
      kind: "like",
      ...NOWHERE,
      operator,
      not: this.chance(3),
      left: this.expression(depth - 1),
      pattern: this.expression(depth - 1),
      escape: this.maybe(() => this.expression(depth - 1)),
    };
  }

  private between(depth: number): Expr {
    return {
      kind: "between",
      ...NOWHERE,
      not: this.chance(3),
      symmetric: this.postgres && this.chance(3),
      operand: this.expression(depth - 1),
      low: this.expression(depth - 1),
      high: this.expression(depth - 1),
    };
  }

  private in(depth: number): Expr {
    const operand = this.expression(depth - 1);
    return { kind: "in", ...NOWHERE, not: this.chance(3), operand, source: this.source(depth) };
  }

  private source(depth: number): In["source"] {
    switch (this.random.below(this.postgres ? 2 : 4)) {
      case 0:
        return this.query(depth - 1);
      case 1:
        return this.listOf(this.expressions(this.postgres ? 1 : 0, 3, depth - 1));
      case 2:
        return this.objectName();
      default:
        return this.sourceCall(depth);
    }
  }

  /** One query in parentheses behind IN is no list in Postgres. */
  private listOf(items: readonly Expr[]): RowValue {
    const one = this.postgres && items.length === 1 && items[0]?.kind === "subquery";
    const more = one ? [...items, ...items] : items;
    return { kind: "row", ...NOWHERE, explicit: false, items: more };
  }

  /** A call as the source of rows. */
  sourceCall(depth: number): Call {
    const name = this.postgres ? this.functionName() : this.objectName();
    return this.plainCall(name, this.expressions(0, 2, depth - 1));
  }

  private plainCall(name: Call["name"], items: Call["arguments"]): Call {
    return {
      kind: "call",
      ...NOWHERE,
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

  private subquery(depth: number): Expr {
    const kinds = ["subquery", "exists", ...(this.postgres ? ["array-query"] : [])] as const;
    const kind = this.random.pick(kinds) as "subquery";
    return { kind, ...NOWHERE, query: this.query(depth - 1) };
  }

  private row(depth: number): Expr {
    const explicit = this.postgres && this.chance(2);
    const items = this.expressions(explicit ? 0 : 2, 3, depth - 1);
    return { kind: "row", ...NOWHERE, explicit, items };
  }

  private case(depth: number): Expr {
    const whens = this.some(1, 3, (): Case["whens"][number] => ({
      kind: "when",
      ...NOWHERE,
      condition: this.expression(depth - 1),
      result: this.expression(depth - 1),
    }));
    const operand = this.maybe(() => this.expression(depth - 1), 2);
    const otherwise = this.maybe(() => this.expression(depth - 1), 2);
    return { kind: "case", ...NOWHERE, operand, whens, otherwise };
  }

  private cast(depth: number): Expr {
    const form: Cast["form"] = this.postgres ? this.pick("cast", "colons", "literal") : "cast";
    const literal = form === "literal";
    const operand = literal ? this.string() : this.expression(depth - 1);
    return { kind: "cast", ...NOWHERE, form, operand, type: this.type(literal) };
  }

  private collate(depth: number): Expr {
    const collation = this.objectName(this.postgres ? 2 : 1);
    return { kind: "collate", ...NOWHERE, operand: this.expression(depth - 1), collation };
  }

  private quantified(depth: number): Expr {
    const found = this.chance(2) ? this.query(depth - 1) : this.expression(depth - 1);
    // One query in double parentheses is that query.
    const source: Quantified["source"] = found.kind === "subquery" ? found.query : found;
    const operator = this.chance(3)
      ? this.pick("LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE")
      : this.operator();
    const left = this.expression(depth - 1);
    const quantifier = this.pick("ANY", "ALL");
    return { kind: "quantified", ...NOWHERE, operator, quantifier, left, source };
  }

  private subscript(depth: number): Subscript {
    const slice = this.chance(2);
    const bound = (): Expr => this.expression(depth - 1);
    return {
      kind: "subscript",
      ...NOWHERE,
      object: this.expression(depth - 1),
      slice,
      lower: slice ? this.maybe(bound, 2) : bound(),
      upper: slice ? this.maybe(bound, 2) : null,
    };
  }

  /** Nothing may follow `.*`. */
  private field(depth: number): Field {
    const object = this.expression(depth - 1);
    return { kind: "field", ...NOWHERE, object, name: this.name() };
  }

  private call(depth: number): Expr {
    const items = this.expressions(0, 3, depth - 1);
    if (this.postgres && this.chance(5)) return this.keywordCall(depth);
    if (this.chance(9)) items.splice(0, 9, { kind: "star", ...NOWHERE, table: null });
    const star = items[0]?.kind === "star";
    const plain = items.length === 0 || star;
    const withinGroup = this.postgres && !plain && this.chance(5);
    const sorted = withinGroup || (!plain && this.chance(3));
    const over = this.maybe(() => (this.chance(2) ? this.name() : this.window(depth - 1)));
    const distinct = this.postgres || over === null ? "DISTINCT" : "ALL";
    const quantifier = plain || withinGroup ? "" : this.pick("", "", distinct, "ALL");
    const variadic = quantifier === "" && !withinGroup;
    return {
      ...this.plainCall(this.functionName(), this.arguments(items, variadic)),
      quantifier,
      orderBy: sorted ? this.some(1, 2, () => this.orderTerm(depth - 1)) : [],
      withinGroup,
      filter: this.maybe(() => this.expression(depth - 1)),
      over,
    };
  }

  private keywordCall(depth: number): Expr {
    const name = this.pick("coalesce", "greatest", "least", "nullif", "merge_action");
    const counts = { coalesce: 1, greatest: 2, least: 1, nullif: 2, merge_action: 0 } as const;
    const count = counts[name];
    return this.plainCall(this.bareObject(name), this.expressions(count, count, depth - 1));
  }

  /** In Postgres the last ones may have names, and the very last may be VARIADIC. */
  private arguments(items: readonly Expr[], mayVary: boolean): Call["arguments"] {
    const last = items.length - 1;
    return items.map((value, at): Expr | NamedArgument => {
      if (!this.postgres || at < last || value.kind === "star" || this.chance(2)) return value;
      const variadic = mayVary && this.chance(2);
      const name = variadic ? this.maybe(() => this.name(), 2) : this.name();
      return { kind: "argument", ...NOWHERE, variadic, name, value };
    });
  }

  orderTerm(depth: number): OrderTerm {
    const using = this.postgres && this.chance(5) ? this.pick("<", ">", "@<") : null;
    return {
      kind: "order",
      ...NOWHERE,
      value: this.expression(depth),
      opclass: null,
      direction: using === null ? this.pick("", "ASC", "DESC") : "",
      nulls: this.pick("", "", "FIRST", "LAST"),
      using,
    };
  }

  /** A window without a name, as behind OVER. */
  window(depth: number): Window {
    return {
      kind: "window",
      ...NOWHERE,
      name: null,
      base: this.maybe(() => this.name(), 4),
      partitionBy: this.expressions(0, 2, depth),
      orderBy: this.some(0, 2, () => this.orderTerm(depth)),
      frame: this.maybe(() => this.frame(depth)),
    };
  }

  private frame(depth: number): Frame {
    const [from, to] = this.random.pick(FRAMES);
    const offset = (side: string): Expr | null =>
      side === "PRECEDING" || side === "FOLLOWING" ? this.expression(depth) : null;
    return {
      kind: "frame",
      ...NOWHERE,
      unit: this.pick("ROWS", "RANGE", "GROUPS"),
      from,
      fromOffset: offset(from),
      to,
      toOffset: offset(to),
      exclude: this.pick("", "", "NO OTHERS", "CURRENT ROW", "GROUP", "TIES"),
    };
  }
}
