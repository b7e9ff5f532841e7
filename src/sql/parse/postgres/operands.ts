import type { Column, Literal, Parameter, Star, TypeName } from "../../ast/leaf.ts";
import type { Name, ObjectName } from "../../ast/name.ts";
import type { Expr, NamedArgument, Query, RowValue, Subquery } from "../../ast/query.ts";
import { bitDigits } from "../../lex/string-value.ts";
import { PostgresFunctions } from "./functions.ts";

/** The modifier of a type that an argument reads as; null for what is none. */
function modifierOf(item: Expr | NamedArgument): Literal | Column | null {
  switch (item.kind) {
    case "integer":
    case "float":
    case "string":
    case "column":
      return item;
    case "unary": {
      const { start, end, operator, operand } = item;
      const number = operand.kind === "integer" || operand.kind === "float";
      if (!number || operator !== "-") return null;
      return { kind: operand.kind, start, end, text: `-${operand.text}` };
    }
    default:
      return null;
  }
}

/** What stands between Postgres' operators (c_expr of its grammar). */
export abstract class PostgresOperands extends PostgresFunctions {
  /** The operand of NOT. */
  protected abstract notOperand(): Expr;

  /** The operand of a sign. */
  protected abstract signOperand(): Expr;

  /** The operand of any other prefix operator. */
  protected abstract prefixOperand(): Expr;

  /** The rest of an expression whose first operand has been read. */
  protected abstract expressionBehind(left: Expr, start: number): Expr;

  /** The rest of a query whose first operand, in parentheses, has been read. */
  protected abstract queryAround(body: Query, start: number): Query;

  /** Whether the token can follow a query in parentheses inside of a larger query. */
  protected abstract continuesQuery(): boolean;

  protected override isQuery(): boolean {
    const { word } = this;
    return word === "SELECT" || word === "VALUES" || word === "WITH" || word === "TABLE";
  }

  protected override value(): Expr {
    return this.expression();
  }

  /** One operand with the prefix operators before it. */
  protected operand(): Expr {
    switch (this.kind) {
      case "identifier":
        return this.word === "" ? this.nameExpression() : this.keywordExpression();
      case "quoted":
        return this.nameExpression();
      case "parameter":
        return this.parameterValue();
      case "integer":
      case "float":
        return this.number();
      case "string":
        return this.stringConstant();
      case "blob":
        return this.bits();
      case "operator":
        return this.prefixOperator();
      case "punctuation":
        if (this.word === "(") return this.bracketed();
        break;
      default:
    }
    return this.fail("an expression");
  }

  /** `$1` is the first parameter. */
  protected override sigil(): Parameter["sigil"] {
    return "?";
  }

  private parameterValue(): Expr {
    const start = this.start;
    return this.indirection(this.parameter(), start);
  }

  private bits(): Expr {
    const { start, end } = this;
    const radix = (this.sql.charCodeAt(start) | 32) === 98 ? "b" : "x";
    const digits = bitDigits(this.sql, start, end);
    this.advance();
    return { kind: "bits", start, end, radix, digits };
  }

  private prefixOperator(): Expr {
    const { start, word } = this;
    if (word === "*") return this.star(start);
    if (word === "-" || word === "+") {
      this.advance();
      const operand = this.signOperand();
      return { kind: "unary", start, end: this.last, operator: word, operand };
    }
    if (!this.isCustomOperator()) this.fail("an expression");
    const operator = this.operatorSymbol();
    const operand = this.prefixOperand();
    return { kind: "unary", start, end: this.last, operator, operand };
  }

  /** `*` of a select list. */
  private star(start: number): Star {
    if (start !== this.starAt) this.fail("an expression");
    this.advance();
    return { kind: "star", start, end: this.last, table: null };
  }

  /** Where a select list may hold `*`: the start of one of its expressions. */
  private starAt = -1;

  protected override starOrExpression(): Expr {
    this.starAt = this.start;
    return this.expression();
  }

  private keywordExpression(): Expr {
    const { start, end, word } = this;
    switch (word) {
      case "NULL":
        this.advance();
        return { kind: "null", start, end };
      case "TRUE":
      case "FALSE":
        this.advance();
        return { kind: "boolean", start, end, value: word === "TRUE" };
      case "DEFAULT":
        this.advance();
        return { kind: "default-value", start, end };
      case "CASE":
        return this.caseExpression();
      case "CAST":
        return this.castExpression();
      case "NOT": {
        this.advance();
        const operand = this.notOperand();
        return { kind: "not", start, end: this.last, operand };
      }
      case "ARRAY":
        return this.arrayExpression();
      case "ROW":
        if (this.peek() === "(") return this.explicitRow();
        break;
      case "EXISTS":
        if (this.peek() === "(") return this.exists();
        break;
      case "OPERATOR":
        if (this.peek() === "(") return this.qualifiedPrefix();
        break;
      case "COLLATION":
        if (this.peek() === "FOR") return this.collationFor();
        break;
      default:
        return this.keywordValue() ?? this.typedOrSpecial();
    }
    return this.nameExpression();
  }

  private qualifiedPrefix(): Expr {
    const start = this.start;
    const operator = this.qualifiedOperator();
    const operand = this.prefixOperand();
    return { kind: "unary", start, end: this.last, operator, operand };
  }

  private collationFor(): Expr {
    const start = this.start;
    this.advance();
    this.advance();
    this.expect("(");
    const value = this.expression();
    this.expect(")");
    return this.plainCall("pg_collation_for", start, [value]);
  }

  /** CURRENT_DATE, CURRENT_USER, …; null for other words. */
  private keywordValue(): Expr | null {
    const { start, word } = this;
    switch (word) {
      case "CURRENT_SCHEMA":
        if (this.behind(() => this.is("(") || this.kind === "string")) return null;
        break;
      case "CURRENT_TIME":
      case "CURRENT_TIMESTAMP":
      case "LOCALTIME":
      case "LOCALTIMESTAMP": {
        this.advance();
        const precision = this.accept("(") ? this.integer() : null;
        if (precision !== null) this.expect(")");
        return { kind: "keyword-value", start, end: this.last, keyword: word, precision };
      }
      case "CURRENT_CATALOG":
      case "CURRENT_DATE":
      case "CURRENT_ROLE":
      case "CURRENT_USER":
      case "SESSION_USER":
      case "SYSTEM_USER":
      case "USER":
        break;
      default:
        return null;
    }
    this.advance();
    return { kind: "keyword-value", start, end: this.last, keyword: word, precision: null };
  }

  private typedOrSpecial(): Expr {
    if (this.isTypedLiteral()) return this.builtinLiteral();
    return this.specialFunction() ?? this.nameExpression();
  }

  /** Whether the keyword at hand begins a literal of a type that SQL names. */
  private isTypedLiteral(): boolean {
    switch (this.word) {
      case "INT":
      case "INTEGER":
      case "SMALLINT":
      case "BIGINT":
      case "REAL":
      case "BOOLEAN":
      case "JSON":
        return this.behind(() => this.kind === "string");
      case "DOUBLE":
        return this.peek() === "PRECISION";
      case "BIT":
      case "CHAR":
      case "CHARACTER":
      case "DEC":
      case "DECIMAL":
      case "FLOAT":
      case "INTERVAL":
      case "NATIONAL":
      case "NCHAR":
      case "NUMERIC":
      case "TIME":
      case "TIMESTAMP":
      case "VARCHAR":
        return this.behind(() => this.continuesType());
      default:
        return false;
    }
  }

  private continuesType(): boolean {
    switch (this.word) {
      case "(":
      case "VARYING":
      case "CHARACTER":
      case "CHAR":
        return true;
      case "WITH":
      case "WITHOUT":
        return this.peek() === "TIME";
      default:
        return this.kind === "string";
    }
  }

  /** `INTERVAL '1' DAY`, `TIMESTAMP WITH TIME ZONE '…'`, `INT '5'`. */
  private builtinLiteral(): Expr {
    const start = this.start;
    const type = this.simpleType(true);
    const operand = this.stringConstant();
    if (type.name.name.text !== "interval" || type.modifiers.length > 0) {
      return this.literal(type, operand, start);
    }
    const { fields, modifiers } = this.intervalFields();
    return this.literal({ ...type, fields, modifiers }, operand, start);
  }

  private literal(type: TypeName, operand: Expr, start: number): Expr {
    return { kind: "cast", start, end: this.last, form: "literal", operand, type };
  }

  private exists(): Expr {
    const start = this.start;
    this.advance();
    return this.subquery("exists", start);
  }

  /** A query in parentheses, at the first of them. */
  protected subquery(kind: Subquery["kind"], start: number): Subquery {
    const query = this.queryInBrackets();
    return { kind, start, end: this.last, query };
  }

  /** `(query)`, with any number of parentheses. */
  protected queryInBrackets(): Query {
    this.expect("(");
    const query = this.query();
    this.expect(")");
    return query;
  }

  private explicitRow(): RowValue {
    const start = this.start;
    this.advance();
    this.advance();
    const items = this.is(")") ? [] : this.expressions();
    this.expect(")");
    return { kind: "row", start, end: this.last, explicit: true, items };
  }

  private arrayExpression(): Expr {
    const start = this.start;
    this.advance();
    if (this.is("(")) return this.subquery("array-query", start);
    return this.arrayItems(start);
  }

  /** `[1, 2]` or `[[1], [2]]`. */
  private arrayItems(start: number): Expr {
    this.enter();
    this.expect("[");
    let items: Expr[] = [];
    if (this.is("[")) items = this.list(() => this.arrayItems(this.start));
    else if (!this.is("]")) items = this.expressions();
    this.expect("]");
    this.leave();
    return { kind: "array", start, end: this.last, items };
  }

  /** A parenthesis: a query, a row, or an expression. */
  private bracketed(): Expr {
    const start = this.start;
    const found = this.queryOrExpressions();
    if (!Array.isArray(found)) {
      return this.indirection({ kind: "subquery", start, end: this.last, query: found }, start);
    }
    return this.fromList(found, start);
  }

  /**
   * What stands in parentheses, at the first of them: a query, or one or more expressions. Which
   * one, `((SELECT 1) + 1)` tells only behind the inner parentheses.
   */
  protected queryOrExpressions(): Query | Expr[] {
    this.enter();
    this.advance();
    const found = this.queryOrExpressionsInside();
    this.expect(")");
    this.leave();
    return found;
  }

  private queryOrExpressionsInside(): Query | Expr[] {
    if (this.isQuery() && !this.isValuesColumn()) return this.query();
    if (!this.is("(")) return this.expressions();
    const start = this.start;
    const inner = this.queryOrExpressions();
    if (!Array.isArray(inner) && this.continuesQuery()) {
      return this.queryAround(inner, start);
    }
    const items = [this.expressionBehind(this.asOperand(inner, start), start)];
    while (this.accept(",")) items.push(this.expression());
    return items;
  }

  /** `values` is a name, too. */
  private isValuesColumn(): boolean {
    return this.word === "VALUES" && this.peek() !== "(";
  }

  private asOperand(found: Query | Expr[], start: number): Expr {
    const end = this.last;
    if (!Array.isArray(found)) {
      return this.indirection({ kind: "subquery", start, end, query: found }, start);
    }
    return this.fromList(found, start);
  }

  /** A row, or one expression, which alone may have subscripts and fields. */
  private fromList(items: readonly Expr[], start: number): Expr {
    const [first] = items;
    if (items.length === 1 && first !== undefined) return this.indirection(first, start);
    return { kind: "row", start, end: this.last, explicit: false, items };
  }

  /** A column, a call, or a literal of a named type. */
  protected nameExpression(): Expr {
    const { start } = this;
    if (!this.isLabel() || (!this.isName() && !this.isTypeOrFunction())) {
      this.fail("an expression");
    }
    const column = this.isName();
    const callable = this.isTypeOrFunction();
    const first = this.takeName();
    if (this.word === ".") return column || callable ? this.dotted(first, column) : this.fail("(");
    if (callable && this.word === "(") return this.callOrLiteral(this.bareObjectName(first));
    if (callable && this.kind === "string") return this.namedLiteral(this.bareObjectName(first));
    if (!column) this.fail("(");
    const { end } = first;
    const value: Column = { kind: "column", start, end, table: null, name: first };
    return this.word === "[" ? this.indirection(value, start) : value;
  }

  /** `a.b.c`, `a.*`, `a.b(…)`, `a.b 'x'`. */
  private dotted(first: Name, column: boolean): Expr {
    const { start } = first;
    const names = [first];
    while (this.word === "." && names.length < 4) {
      this.advance();
      if (this.is("*")) return column ? this.tableStar(names) : this.fail("(");
      names.push(this.columnLabel("a column"));
    }
    if (this.is("(") && names.length <= 3) return this.callOrLiteral(this.tableOf(names));
    if (this.kind === "string" && names.length <= 3) return this.namedLiteral(this.tableOf(names));
    if (!column) this.fail("(");
    const name = names.pop() ?? first;
    const table = this.tableOf(names);
    const value: Column = { kind: "column", start, end: name.end, table, name };
    return this.indirection(value, start);
  }

  private tableStar(names: readonly Name[]): Star {
    this.advance();
    const table = this.tableOf(names);
    if (this.is(".") || this.is("[")) this.refuse('improper use of "*"');
    return { kind: "star", start: table.start, end: this.last, table };
  }

  private tableOf(names: readonly Name[]): ObjectName {
    const [name, schema = null, catalog = null] = names.toReversed();
    if (name === undefined) return this.fail("a name");
    const start = names[0]?.start ?? name.start;
    return { kind: "object-name", start, end: name.end, catalog, schema, name };
  }

  /** A call; or, when a string follows it, a literal of a type with modifiers. */
  private callOrLiteral(name: ObjectName): Expr {
    const call = this.call(name);
    if (this.kind !== "string" || call.arguments.length === 0) return call;
    const modifiers = call.arguments.map((item) => modifierOf(item) ?? this.fail("an operator"));
    const { start } = name;
    const type = this.ofName(name, start, modifiers);
    return this.literal(type, this.stringConstant(), start);
  }

  private namedLiteral(name: ObjectName): Expr {
    const { start } = name;
    const type = this.ofName(name, start, []);
    return this.literal(type, this.stringConstant(), start);
  }

  /** Subscripts, slices and fields behind an operand. */
  protected indirection(operand: Expr, start: number): Expr {
    let object = operand;
    for (let length = 1; ; length++) {
      if (this.word !== "[" && this.word !== ".") return object;
      this.limitChain(length);
      object = this.accept("[") ? this.subscript(object, start) : this.field(object, start);
    }
  }

  /** A subscript or slice behind its bracket. */
  protected subscript(object: Expr, start: number): Expr {
    const lower = this.is(":") ? null : this.expression();
    const slice = this.accept(":");
    const upper = slice && !this.is("]") ? this.expression() : null;
    this.expect("]");
    return { kind: "subscript", start, end: this.last, object, slice, lower, upper };
  }

  protected field(object: Expr, start: number): Expr {
    this.advance();
    if (this.is("*")) {
      this.advance();
      if (this.is(".") || this.is("[")) this.refuse('improper use of "*"');
      return { kind: "field", start, end: this.last, object, name: null };
    }
    const name = this.columnLabel("a field");
    return { kind: "field", start, end: this.last, object, name };
  }
}
