import type { StringLiteral } from "../../ast/leaf.ts";
import type { Name, ObjectName, Operator } from "../../ast/name.ts";
import { POSTGRES } from "../../lex/dialect-postgres.ts";
import { AS_LABELS, POSTGRES_KEYWORDS } from "../../lex/keywords-postgres.ts";
import { postgresName } from "../../lex/name-postgres.ts";
import { stringValue } from "../../lex/string-value.ts";
import { isUnicodeEscape } from "../../lex/unicode-escape.ts";
import { Changes } from "../changes.ts";

const { uses } = POSTGRES_KEYWORDS;

/** How `U&'…'` begins, in either case. */
const SMALL_U = 117;

/** Postgres' names: four classes of keywords, and names that are folded to lower case. */
export abstract class PostgresNames extends Changes {
  constructor(sql: string, at: number) {
    super(sql, POSTGRES, at);
  }

  /** A column or table (ColId): no reserved word, none of a type or function. */
  protected override isName(): boolean {
    const { kind, word } = this;
    if (kind !== "identifier") return kind === "quoted";
    if (word === "") return true;
    const use = uses.get(word);
    return use === "free" || use === "column";
  }

  /** A type or function: no reserved word, none of a column. */
  protected isTypeOrFunction(): boolean {
    const { kind, word } = this;
    if (kind !== "identifier") return kind === "quoted";
    if (word === "") return true;
    const use = uses.get(word);
    return use === "free" || use === "type";
  }

  /** A label (ColLabel): any word. */
  protected isLabel(): boolean {
    return this.kind === "identifier" || this.kind === "quoted";
  }

  /** A label without AS (BareColLabel). */
  protected isBareLabel(): boolean {
    const { kind, word } = this;
    if (kind !== "identifier") return kind === "quoted";
    return word === "" || !AS_LABELS.has(word);
  }

  protected override takeName(): Name {
    const { sql, kind, start, end } = this;
    if (kind !== "quoted") return this.named(postgresName(sql, this), "");
    if (sql.charAt(start) === '"') return this.named(postgresName(sql, this), '"');
    this.advance();
    const text = postgresName(sql, { kind, start, end }, this.escapeCharacter());
    return { kind: "name", start, end: this.last, text, quote: '"' };
  }

  /** `name`, `name.name` or `name.name.name`. */
  protected objectName(expected: string): ObjectName {
    return this.objectNameFrom(this.name(expected), expected);
  }

  /** The rest of an object name behind its first name. */
  protected objectNameFrom(first: Name, expected: string): ObjectName {
    let catalog: Name | null = null;
    let schema: Name | null = null;
    let name = first;
    while (this.word === "." && catalog === null) {
      this.advance();
      catalog = schema;
      schema = name;
      name = this.memberName(expected);
    }
    return { kind: "object-name", start: first.start, end: name.end, catalog, schema, name };
  }

  /** `UESCAPE 'c'` behind a `U&'…'` or `U&"…"`; undefined when there is none. */
  private escapeCharacter(): string | undefined {
    if (this.word !== "UESCAPE") return undefined;
    this.advance();
    const { start, end } = this;
    const near = ` at or near "${this.sql.slice(start, end)}"`;
    if (this.kind !== "string") {
      this.refuse(`UESCAPE must be followed by a simple string literal${near}`);
    }
    const escape = stringValue(this.sql, start, end);
    if (!isUnicodeEscape(escape)) this.refuse(`invalid Unicode escape character${near}`);
    this.advance();
    return escape;
  }

  protected memberName(expected: string): Name {
    return this.columnLabel(expected);
  }

  protected columnLabel(expected: string = "a name"): Name {
    if (!this.isLabel()) this.fail(expected);
    return this.takeName();
  }

  protected typeOrFunctionName(expected: string): Name {
    if (!this.isTypeOrFunction()) this.fail(expected);
    return this.takeName();
  }

  /** A name without a schema as an object name. */
  protected bareObjectName(name: Name): ObjectName {
    const { start, end } = name;
    return { kind: "object-name", start, end, catalog: null, schema: null, name };
  }

  /** A name of Postgres' own catalog that a keyword stands for. */
  protected builtinName(text: string, start: number, end: number): ObjectName {
    return this.bareObjectName({ kind: "name", start, end, text, quote: "" });
  }

  protected stringConstant(): StringLiteral {
    const { start, end } = this;
    if (this.kind !== "string") this.fail("a string");
    this.advance();
    if ((this.sql.charCodeAt(start) | 32) !== SMALL_U) {
      return { kind: "string", start, end, value: stringValue(this.sql, start, end) };
    }
    const value = stringValue(this.sql, start, end, this.escapeCharacter());
    return { kind: "string", start, end: this.last, value };
  }

  /** Whether the token is an operator of more than the arithmetic and comparing ones. */
  protected isCustomOperator(): boolean {
    if (this.kind !== "operator") return false;
    switch (this.word) {
      case "+":
      case "-":
      case "*":
      case "/":
      case "%":
      case "^":
      case "<":
      case ">":
      case "=":
      case "<=":
      case ">=":
      case "<>":
        return false;
      default:
        return true;
    }
  }

  /** The text of the operator at hand, `!=` as `<>`. */
  protected operatorSymbol(): string {
    const { word } = this;
    this.advance();
    return word;
  }

  /** Any operator, or `OPERATOR(schema.symbol)`. */
  protected anyOperator(): Operator {
    if (this.word === "OPERATOR") return this.qualifiedOperator();
    if (this.kind !== "operator") this.fail("an operator");
    return this.operatorSymbol();
  }

  /** Whether the word OPERATOR here begins `OPERATOR(schema.symbol)`; it is a name, too. */
  protected isQualifiedOperator(): boolean {
    return this.behind(() => {
      if (this.word !== "(") return false;
      this.next();
      while (this.isName()) {
        this.next();
        if (!this.is(".")) return false;
        this.next();
      }
      return this.kind === "operator";
    });
  }

  private isOperator(): boolean {
    return this.kind === "operator";
  }

  /** What stands before an operator: any number of names, of which two are kept. */
  protected operatorSchema(): { readonly catalog: Name | null; readonly schema: Name | null } {
    let catalog: Name | null = null;
    let schema: Name | null = null;
    while (this.isName()) {
      catalog = schema;
      schema = this.takeName();
      this.expect(".");
    }
    return { catalog, schema };
  }

  /** `OPERATOR(schema.symbol)`, at its word. */
  protected qualifiedOperator(): Operator {
    const start = this.start;
    this.advance();
    this.expect("(");
    const { catalog, schema } = this.operatorSchema();
    if (!this.isOperator()) this.fail("an operator");
    const symbol = this.operatorSymbol();
    this.expect(")");
    return { kind: "qualified-operator", start, end: this.last, catalog, schema, symbol };
  }
}
