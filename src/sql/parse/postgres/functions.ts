import { DosqlError } from "../../../base/errors.ts";
import type { Name } from "../../ast/name.ts";
import type { Call, Expr, NamedArgument, OrderTerm, Window } from "../../ast/query.ts";
import { PostgresTypes } from "./type-names.ts";

const TRIM_FUNCTIONS = { BOTH: "btrim", LEADING: "ltrim", TRAILING: "rtrim", "": "btrim" } as const;
/** What a call or a window counts for. */
const CALL_LEVELS = 5;

const NORMAL_FORMS = ["NFC", "NFD", "NFKC", "NFKD"] as const;

/** Functions with a syntax of their own. They become calls of what Postgres makes of them. */
export abstract class PostgresFunctions extends PostgresTypes {
  /** An expression without AND, OR, NOT, LIKE, IN, BETWEEN (Postgres' b_expr). */
  protected abstract restrictedExpression(): Expr;

  /** A call of a function whose arguments are known. */
  protected plainCall(name: string, start: number, items: Call["arguments"]): Call {
    return this.callOf(this.builtinName(name, start, this.last), start, items);
  }

  protected override call(name: Call["name"]): Call {
    this.enter(CALL_LEVELS);
    const call = super.call(name);
    this.leave(CALL_LEVELS);
    return call;
  }

  protected override window(name: Window["name"]): Window {
    this.enter(CALL_LEVELS);
    const window = super.window(name);
    this.leave(CALL_LEVELS);
    return window;
  }

  protected override isOver(): boolean {
    return this.word === "OVER";
  }

  protected override argument(): Expr | NamedArgument {
    const start = this.start;
    const variadic = this.accept("VARIADIC");
    const found = this.namedArgument(start);
    if (variadic && this.word === ",") this.fail(")");
    if (!variadic) return found;
    if (found.kind === "argument") return { ...found, start, variadic };
    const end = this.last;
    return { kind: "argument", start, end, variadic, name: null, value: found };
  }

  private namedArgument(start: number): Expr | NamedArgument {
    const value = this.isTypeOrFunction() ? this.labelledArgument() : null;
    if (value === null) return this.expression();
    this.advance();
    const given = this.expression();
    const end = this.last;
    return { kind: "argument", start, end, variadic: false, name: value, value: given };
  }

  /** The name before `=>` or `:=`. */
  private labelledArgument(): Name | null {
    const sign = this.peek();
    return sign === "=>" || sign === ":=" ? this.takeName() : null;
  }

  /** Where a call begins that may have neither FILTER nor OVER behind it; -1 for none. */
  protected windowlessAt = -1;

  protected override callTail(
    name: Call["name"],
    quantifier: Call["quantifier"],
    all: Call["arguments"],
    ordered: readonly OrderTerm[],
  ): Call {
    const last = all.at(-1);
    const variadic = last?.kind === "argument" && last.variadic;
    if (variadic && quantifier !== "") {
      this.refuse('syntax error at or near "VARIADIC"', last.start);
    }
    if (name.start === this.windowlessAt) {
      return { ...this.plainCall("", name.start, all), name, quantifier, orderBy: ordered };
    }
    if (this.isPair("WITHIN", "GROUP")) {
      if (ordered.length > 0) {
        this.refuse("cannot use multiple ORDER BY clauses with WITHIN GROUP");
      }
      if (quantifier === "DISTINCT") this.refuse("cannot use DISTINCT with WITHIN GROUP");
      if (variadic) this.refuse("cannot use VARIADIC with WITHIN GROUP");
    }
    return super.callTail(name, quantifier, all, ordered);
  }

  /** A function with a syntax of its own, at its word; null when the word begins none. */
  protected specialFunction(): Expr | null {
    const { start, word } = this;
    if (this.peek() !== "(") return null;
    switch (word) {
      case "COALESCE":
      case "GREATEST":
      case "LEAST":
      case "GROUPING":
        this.advance();
        return this.listedCall(word.toLowerCase(), start);
      case "NULLIF":
        return this.nullIf();
      case "EXTRACT":
        return this.extract();
      case "NORMALIZE":
        return this.normalize();
      case "OVERLAY":
        return this.overlay();
      case "POSITION":
        return this.position();
      case "SUBSTRING":
        return this.substring();
      case "TRIM":
        return this.trim();
      case "TREAT":
        return this.treat();
      case "MERGE_ACTION":
        this.advance();
        this.advance();
        this.expect(")");
        return this.plainCall("merge_action", start, []);
      default:
        return this.refusedFunction(word);
    }
  }

  private refusedFunction(word: string): null {
    if (word.startsWith("XML") || word.startsWith("JSON_") || word === "JSON") {
      const message = `${word} with its own syntax is not supported`;
      throw new DosqlError("unsupported", message, { at: this.start });
    }
    return null;
  }

  private listedCall(name: string, start: number): Call {
    const items = this.parenthesised(() => this.expression());
    return this.plainCall(name, start, items);
  }

  private nullIf(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    const first = this.expression();
    this.expect(",");
    const second = this.expression();
    this.expect(")");
    return this.plainCall("nullif", start, [first, second]);
  }

  private extract(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    const at = this.start;
    const end = this.end;
    let value = "";
    if (this.kind === "string") value = this.stringConstant().value;
    else if (this.isExtractField()) value = this.takeName().text;
    else this.fail("a field");
    const field: Expr = { kind: "string", start: at, end, value };
    this.expect("FROM");
    const source = this.expression();
    this.expect(")");
    return this.plainCall("extract", start, [field, source]);
  }

  private isExtractField(): boolean {
    if (this.kind === "quoted") return true;
    if (this.kind !== "identifier") return false;
    switch (this.word) {
      case "":
      case "YEAR":
      case "MONTH":
      case "DAY":
      case "HOUR":
      case "MINUTE":
      case "SECOND":
        return true;
      default:
        return false;
    }
  }

  private normalize(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    const items = [this.expression()];
    if (this.accept(",")) {
      const at = this.start;
      const value = this.expectOneOf(NORMAL_FORMS);
      items.push({ kind: "string", start: at, end: this.last, value });
    }
    this.expect(")");
    return this.plainCall("normalize", start, items);
  }

  /** The arguments of a function that may also be called plainly; `(` has been read. */
  private plainArguments(first: Expr | NamedArgument): (Expr | NamedArgument)[] {
    const items = [first];
    while (this.accept(",")) items.push(this.argument());
    return items;
  }

  private overlay(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    if (this.accept(")")) return this.plainCall("overlay", start, []);
    const first = this.argument();
    let items = [first];
    if (first.kind !== "argument" && this.accept("PLACING")) {
      items.push(this.expression());
      this.expect("FROM");
      items.push(this.expression());
      if (this.accept("FOR")) items.push(this.expression());
    } else {
      items = this.plainArguments(first);
    }
    this.expect(")");
    return this.plainCall("overlay", start, items);
  }

  /** `position(needle IN haystack)`: the function takes them the other way round. */
  private position(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    const needle = this.restrictedExpression();
    this.expect("IN");
    const haystack = this.restrictedExpression();
    this.expect(")");
    return this.plainCall("position", start, [haystack, needle]);
  }

  private substring(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    if (this.accept(")")) return this.plainCall("substring", start, []);
    const first = this.argument();
    const items = first.kind === "argument" ? null : this.substringClauses(first);
    const all = items ?? this.plainArguments(first);
    this.expect(")");
    return this.plainCall("substring", start, all);
  }

  /** FROM, FOR and SIMILAR behind the text of a SUBSTRING; null when none is there. */
  private substringClauses(text: Expr): Expr[] | null {
    if (this.accept("SIMILAR")) {
      const pattern = this.expression();
      this.expect("ESCAPE");
      return [text, pattern, this.expression()];
    }
    if (this.accept("FROM")) {
      const from = this.expression();
      return this.accept("FOR") ? [text, from, this.expression()] : [text, from];
    }
    if (!this.accept("FOR")) return null;
    const count = this.expression();
    if (this.accept("FROM")) return [text, this.expression(), count];
    const { start, end } = count;
    const one: Expr = { kind: "integer", start, end, text: "1" };
    const type = this.ofName(this.builtinName("int4", start, end), start, []);
    const cast = { ...type, builtin: true };
    return [text, one, { kind: "cast", start, end, form: "colons", operand: count, type: cast }];
  }

  private trim(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    const side = this.acceptOneOf(["BOTH", "LEADING", "TRAILING"]);
    let items: Expr[] = [];
    if (this.accept("FROM")) {
      items = this.expressions();
    } else {
      items = this.expressions();
      if (items.length === 1 && this.accept("FROM")) items = [...this.expressions(), ...items];
    }
    this.expect(")");
    return this.plainCall(TRIM_FUNCTIONS[side], start, items);
  }

  private treat(): Call {
    const start = this.start;
    this.advance();
    this.expect("(");
    const value = this.expression();
    this.expect("AS");
    const type = this.typeName();
    this.expect(")");
    const call = this.plainCall(type.name.name.text, start, [value]);
    const schema = type.builtin ? this.builtinName("pg_catalog", start, this.last).name : null;
    return { ...call, name: { ...type.name, schema: type.name.schema ?? schema } };
  }
}
