import { QUERY_LEVELS } from "../cursor.ts";
import { DosqlError } from "../../../base/errors.ts";
import type {
  Column,
  FrameSide,
  Literal,
  NumberLiteral,
  Parameter,
  Star,
  TypeName,
} from "../../ast/leaf.ts";
import type { Name, ObjectName } from "../../ast/name.ts";
import type { Call, Expr, OrderTerm, Raise, Window } from "../../ast/query.ts";
import { SQLITE } from "../../lex/dialect.ts";
import { keywordUse } from "../../lex/keywords.ts";
import { identifierName } from "../../lex/lexer.ts";
import { Changes } from "../changes.ts";
import { NOT, PREFIX } from "./levels.ts";

/** SQLite's own limit, as built by default. */
const MAX_PARAMETER = 32_766;

/** What stands between SQLite's operators: names, literals, calls, types. */
export abstract class SqliteOperands extends Changes {
  /** Where a select list may hold `*`: the start of one of its expressions. */
  private starAt = -1;

  constructor(sql: string, at: number) {
    super(sql, SQLITE, at);
  }

  protected override isName(): boolean {
    const { kind, word } = this;
    if (kind === "identifier") return word === "" || keywordUse(word) !== "reserved";
    return kind === "quoted" || kind === "string";
  }

  /** Whether the token can name an alias without AS. */
  protected isBareAlias(): boolean {
    const { kind, word } = this;
    if (kind === "identifier") return word === "" || keywordUse(word) === "free";
    return kind === "quoted" || kind === "string";
  }

  protected override takeName(): Name {
    if (this.kind === "identifier") return this.named(this.sql.slice(this.start, this.end), "");
    return this.named(identifierName(this.sql, this), this.sql.charAt(this.start) as Name["quote"]);
  }

  protected override fail(expected: string): never {
    const { kind, start: at } = this;
    const hint = `expected ${expected}`;
    const text = this.sql.slice(at, this.end);
    if (kind === "end") throw new DosqlError("syntax", "incomplete input", { at, hint });
    // `#1` is a register of SQLite's own: a token, but of no text that it is given.
    if (kind === "illegal" && !/^#\d/.test(text)) {
      throw new DosqlError("syntax", `unrecognized token: "${text}"`, { at });
    }
    throw new DosqlError("syntax", `near "${text}": syntax error`, { at, hint });
  }

  /** `==` is `=`, wherever the grammar has one. */
  protected override expect(word: string): void {
    if (this.word !== word && (word !== "=" || this.word !== "==")) this.fail(word);
    this.advance();
  }

  protected override isQuery(): boolean {
    const { word } = this;
    return word === "SELECT" || word === "VALUES" || word === "WITH";
  }

  protected override checkFrame(from: FrameSide, to: FrameSide | ""): void {
    const end = to === "" ? "CURRENT ROW" : to;
    const impossible =
      from === "UNBOUNDED FOLLOWING" ||
      end === "UNBOUNDED PRECEDING" ||
      (from === "CURRENT ROW" && end === "PRECEDING") ||
      (from === "FOLLOWING" && (end === "PRECEDING" || end === "CURRENT ROW"));
    if (impossible) this.refuse("unsupported frame specification");
  }

  /** OVER is a keyword only behind a call and before a name or a parenthesis. */
  protected override isOver(): boolean {
    if (this.word !== "OVER") return false;
    return this.behind(() => this.word === "(" || this.isName());
  }

  /** An expression whose operators bind at least as tightly as `min`; without it any. */
  protected abstract override expression(min?: number): Expr;

  protected override argument(): Expr {
    return this.expression();
  }

  /** DISTINCT and ORDER BY may stand without arguments. */
  protected override callArguments(): Expr[] {
    return this.word === ")" || this.word === "ORDER" ? [] : this.expressions();
  }

  /** The rest of a function that stands for a table. */
  protected tableCall(name: ObjectName): Call {
    this.expect("(");
    const items = this.callArguments();
    this.expect(")");
    return this.callOf(name, name.start, items);
  }

  /** A definition is as far from the expressions in it as a query is. */
  protected override window(name: Name | null): Window {
    this.enter(QUERY_LEVELS);
    const window = super.window(name);
    this.leave(QUERY_LEVELS);
    return window;
  }

  protected override orderBy(): OrderTerm[] {
    const terms: OrderTerm[] = [];
    if (!this.acceptPair("ORDER", "BY")) return terms;
    do terms.push(this.orderTerm());
    while (this.accept(","));
    return terms;
  }

  protected override parameter(): Parameter {
    const parameter = super.parameter();
    if (parameter.sigil === "?" && parameter.name !== "") this.checkNumber(parameter);
    return parameter;
  }

  private checkNumber(parameter: Parameter): void {
    const number = Number(parameter.name);
    if (number >= 1 && number <= MAX_PARAMETER) return;
    this.refuse(`variable number must be between ?1 and ?${MAX_PARAMETER}`, parameter.start);
  }

  /** `plus` stands for a plus: a type keeps it, since SQLite shows the type as it was written. */
  protected override signedNumber(plus: string = ""): NumberLiteral {
    const start = this.start;
    const sign = this.acceptOneOf(["-", "+"]);
    const separated = this.sql.slice(this.start, this.end).includes("_");
    if (separated) this.fail("a number without separators");
    const { kind, end, text } = this.number();
    return { kind, start, end, text: (sign === "+" ? plus : sign) + text };
  }

  protected override value(): Expr {
    return this.expression();
  }

  protected override starOrExpression(): Expr {
    const { start, end } = this;
    if (this.word === "*") {
      this.advance();
      return { kind: "star", start, end, table: null };
    }
    this.starAt = start;
    return this.expression();
  }

  protected prefix(): Expr {
    switch (this.kind) {
      case "identifier": {
        if (this.word === "") return this.columnOrCall();
        this.enter();
        const value = this.keywordExpression();
        this.leave();
        return value;
      }
      case "parameter":
        return this.parameter();
      case "integer":
      case "float":
        return this.number();
      case "string":
        return this.stringOrColumn();
      case "quoted":
        return this.columnOrCall();
      case "blob":
        return this.blob();
      case "operator":
        return this.prefixOperator();
      case "punctuation":
        if (this.word === "(") return this.inBrackets();
        break;
      default:
    }
    return this.fail("an expression");
  }

  private prefixOperator(): Expr {
    const { start, word } = this;
    if (word !== "-" && word !== "+" && word !== "~") this.fail("an expression");
    this.advance();
    const operand = this.expression(PREFIX);
    return { kind: "unary", start, end: this.last, operator: word, operand };
  }

  private stringOrColumn(): Expr {
    const { start, end } = this;
    const name = this.takeName();
    if (this.word === ".") return this.columnBehind(name);
    return { kind: "string", start, end, value: name.text };
  }

  private blob(): Literal {
    const { start, end } = this;
    this.advance();
    return { kind: "blob", start, end, hex: this.sql.slice(start + 2, end - 1) };
  }

  private keywordExpression(): Expr {
    const { start, end, word } = this;
    switch (word) {
      case "NULL":
        this.advance();
        return { kind: "null", start, end };
      case "NOT": {
        this.advance();
        const operand = this.expression(NOT);
        return { kind: "not", start, end: this.last, operand };
      }
      case "CASE":
        return this.caseExpression();
      case "CAST":
        return this.castExpression();
      case "EXISTS": {
        this.advance();
        this.expect("(");
        return this.subquery("exists", start);
      }
      case "CURRENT_DATE":
      case "CURRENT_TIME":
      case "CURRENT_TIMESTAMP":
        this.advance();
        return { kind: "keyword-value", start, end, keyword: word, precision: null };
      case "RAISE":
        return this.raise();
      default:
        return this.isName() ? this.columnOrCall() : this.fail("an expression");
    }
  }

  private raise(): Raise {
    const start = this.start;
    this.advance();
    this.expect("(");
    const action = this.expectOneOf(["IGNORE", "ROLLBACK", "ABORT", "FAIL"]);
    let message: Expr | null = null;
    if (action !== "IGNORE") {
      this.expect(",");
      message = this.expression();
    }
    this.expect(")");
    return { kind: "raise", start, end: this.last, action, message };
  }

  /** A parenthesis: a query, a row, or an expression. */
  private inBrackets(): Expr {
    const start = this.start;
    this.advance();
    if (this.isQuery()) return this.subquery("subquery", start);
    const first = this.expression();
    if (this.word !== ",") {
      this.expect(")");
      return first;
    }
    const items = [first];
    while (this.accept(",")) items.push(this.expression());
    this.expect(")");
    return { kind: "row", start, end: this.last, explicit: false, items };
  }

  /** A query behind its opening parenthesis. */
  private subquery(kind: "subquery" | "exists", start: number): Expr {
    const query = this.query();
    this.expect(")");
    return { kind, start, end: this.last, query };
  }

  private columnOrCall(): Expr {
    const name = this.takeName();
    if (this.word === ".") return this.columnBehind(name);
    const { start, end } = name;
    if (this.word !== "(") return { kind: "column", start, end, table: null, name };
    this.enter();
    const call = this.call(this.tableName(null, name));
    this.leave();
    if (call.quantifier === "DISTINCT" && call.over !== null) {
      this.refuse("DISTINCT is not supported for window functions", start);
    }
    return call;
  }

  /** `.column`, `.table.column` and, in a select list, `.*` behind a name. */
  private columnBehind(first: Name): Column | Star {
    this.advance();
    const { start } = first;
    if (this.word === "*" && start === this.starAt) {
      this.advance();
      return { kind: "star", start, end: this.last, table: this.tableName(null, first) };
    }
    const second = this.name("a column");
    if (this.word !== ".") {
      const table = this.tableName(null, first);
      return { kind: "column", start, end: second.end, table, name: second };
    }
    this.advance();
    const name = this.name("a column");
    return { kind: "column", start, end: name.end, table: this.tableName(first, second), name };
  }

  /** `name` or `schema.name`. */
  protected objectNameOfTable(): ObjectName {
    const first = this.name("a table");
    if (!this.accept(".")) return this.tableName(null, first);
    return this.tableName(first, this.name("a table"));
  }

  protected tableName(schema: Name | null, name: Name): ObjectName {
    const start = schema === null ? name.start : schema.start;
    return { kind: "object-name", start, end: name.end, catalog: null, schema, name };
  }

  /** The type of a column, or null. */
  protected optionalType(): TypeName | null {
    return this.isTypeWord() ? this.typeName() : null;
  }

  /** Words up to a parenthesis or the next clause, then numbers in parentheses; or nothing. */
  protected override typeName(): TypeName {
    let { start } = this;
    let text = "";
    while (this.isTypeWord()) {
      const word = this.sql.slice(this.start, this.end);
      text = text === "" ? word : `${text} ${word}`;
      this.advance();
    }
    if (text === "") start = this.last;
    const end = this.last;
    const modifiers: Literal[] = [];
    if (text !== "" && this.accept("(")) {
      modifiers.push(this.signedNumber("+"));
      if (this.accept(",")) modifiers.push(this.signedNumber("+"));
      this.expect(")");
    }
    const word: Name = { kind: "name", start, end, text, quote: "" };
    return this.ofName(this.tableName(null, word), start, modifiers);
  }

  /** A type ends where GENERATED ALWAYS AS begins; without the AS they are words of the type. */
  private isTypeWord(): boolean {
    if (this.word === "GENERATED" && this.behind(() => this.isPair("ALWAYS", "AS"))) return false;
    return this.isBareAlias();
  }
}
