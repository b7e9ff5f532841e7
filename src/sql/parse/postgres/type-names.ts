import type { Column, Literal, NumberLiteral, TypeName } from "../../ast/leaf.ts";
import type { ObjectName } from "../../ast/name.ts";
import { PostgresNames } from "./names.ts";

/** Types of one word: what they are in the catalog. */
const SINGLE_WORDS: Readonly<Record<string, string>> = {
  INT: "int4",
  INTEGER: "int4",
  SMALLINT: "int2",
  BIGINT: "int8",
  REAL: "float4",
  BOOLEAN: "bool",
  JSON: "json",
};

/** Types that take modifiers, and what they are in the catalog. */
const MODIFIED_WORDS: Readonly<Record<string, string>> = {
  DECIMAL: "numeric",
  DEC: "numeric",
  NUMERIC: "numeric",
};

const INTERVAL_FIELDS = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"] as const;

/** What a field of an interval may reach to. */
const INTERVAL_ENDS: Readonly<Record<string, readonly string[]>> = {
  YEAR: ["MONTH"],
  DAY: ["HOUR", "MINUTE", "SECOND"],
  HOUR: ["MINUTE", "SECOND"],
  MINUTE: ["SECOND"],
};

/** The widest float4: more bits make a float8. */
const FLOAT4_BITS = 24;

/** Types, with the spellings that SQL gives to the built-in ones. */
export abstract class PostgresTypes extends PostgresNames {
  protected override typeName(): TypeName {
    const start = this.start;
    const setOf = this.accept("SETOF");
    const type = this.simpleType(false);
    const dimensions = this.dimensions();
    if (!setOf && dimensions === 0) return type;
    return { ...type, start, end: this.last, dimensions, setOf };
  }

  /** `[]`, `[3]` and ARRAY behind a type. */
  private dimensions(): number {
    if (this.accept("ARRAY")) {
      if (this.accept("[")) {
        this.integer();
        this.expect("]");
      }
      return 1;
    }
    let count = 0;
    while (this.accept("[")) {
      if (!this.accept("]")) {
        this.integer();
        this.expect("]");
      }
      count++;
    }
    return count;
  }

  /** A number without a point. */
  protected integer(): NumberLiteral {
    if (this.kind !== "integer") this.fail("an integer");
    return this.number();
  }

  /**
   * A type without array bounds. As the type of a literal (`char 'x'`) a length that is not
   * written is none; elsewhere CHAR and BIT have length 1.
   */
  protected simpleType(literal: boolean): TypeName {
    const { start, word } = this;
    const single = SINGLE_WORDS[word];
    if (single !== undefined) {
      this.advance();
      return this.builtin(single, start, []);
    }
    const modified = MODIFIED_WORDS[word];
    if (modified !== undefined) {
      this.advance();
      return this.builtin(modified, start, this.modifiers());
    }
    switch (word) {
      case "FLOAT":
        return this.floatType();
      case "DOUBLE":
        if (this.peek() !== "PRECISION") break;
        this.advance();
        this.advance();
        return this.builtin("float8", start, []);
      case "BIT":
        return this.bitType(literal);
      case "CHAR":
      case "CHARACTER":
      case "NCHAR":
      case "NATIONAL":
      case "VARCHAR":
        return this.characterType(literal);
      case "TIME":
      case "TIMESTAMP":
        return this.timeType();
      case "INTERVAL":
        return this.intervalType();
      default:
    }
    return this.genericType();
  }

  private builtin(
    text: string,
    start: number,
    modifiers: TypeName["modifiers"],
    fields: string = "",
  ): TypeName {
    const end = this.last;
    return {
      kind: "type",
      start,
      end,
      name: this.builtinName(text, start, end),
      builtin: true,
      modifiers,
      dimensions: 0,
      setOf: false,
      fields,
      ofColumn: false,
    };
  }

  private genericType(): TypeName {
    const start = this.start;
    const first = this.typeOrFunctionName("a type");
    const name: ObjectName = this.objectNameFrom(first, "a type");
    return this.ofName(name, start, this.modifiers());
  }

  /** `(10, 2)`, or nothing. */
  private modifiers(): TypeName["modifiers"] {
    return this.word === "(" ? this.parenthesised(() => this.modifier()) : [];
  }

  private modifier(): Literal | Column {
    if (this.kind === "string") return this.stringConstant();
    if (!this.isName()) return this.signedNumber();
    const name = this.takeName();
    return { kind: "column", start: name.start, end: name.end, table: null, name };
  }

  /** One length in parentheses, or nothing. */
  private length(): NumberLiteral[] {
    if (!this.accept("(")) return [];
    const length = this.integer();
    this.expect(")");
    return [length];
  }

  private floatType(): TypeName {
    const start = this.start;
    this.advance();
    const [bits] = this.length();
    if (bits === undefined) return this.builtin("float8", start, []);
    const count = Number(bits.text);
    if (count < 1) this.refuse("precision for type float must be at least 1 bit", bits.start);
    if (count > 53) this.refuse("precision for type float must be less than 54 bits", bits.start);
    return this.builtin(count <= FLOAT4_BITS ? "float4" : "float8", start, []);
  }

  /** What CHAR and BIT have for a length when none is written. */
  private lengthOne(start: number): NumberLiteral[] {
    return [{ kind: "integer", start, end: this.last, text: "1" }];
  }

  private bitType(literal: boolean): TypeName {
    const start = this.start;
    this.advance();
    const varying = this.accept("VARYING");
    const written = this.modifiers();
    const bare = written.length === 0 && !varying && !literal;
    return this.builtin(varying ? "varbit" : "bit", start, bare ? this.lengthOne(start) : written);
  }

  private characterType(literal: boolean): TypeName {
    const { start, word } = this;
    this.advance();
    if (word === "NATIONAL") this.expectOneOf(["CHARACTER", "CHAR"]);
    const varying = word === "VARCHAR" || this.accept("VARYING");
    const written = this.length();
    const bare = written.length === 0 && !varying && !literal;
    const modifiers = bare ? this.lengthOne(start) : written;
    return this.builtin(varying ? "varchar" : "bpchar", start, modifiers);
  }

  private timeType(): TypeName {
    const { start, word } = this;
    this.advance();
    const modifiers = this.length();
    const zoned = this.timeZone();
    const name = word === "TIME" ? "time" : "timestamp";
    return this.builtin(zoned ? `${name}tz` : name, start, modifiers);
  }

  /** WITH TIME ZONE, WITHOUT TIME ZONE, or nothing. */
  private timeZone(): boolean {
    const zoned = this.isPair("WITH", "TIME");
    if (!zoned && !this.isPair("WITHOUT", "TIME")) return false;
    this.advance();
    this.advance();
    this.expect("ZONE");
    return zoned;
  }

  private intervalType(): TypeName {
    const start = this.start;
    this.advance();
    const precision = this.length();
    if (precision.length > 0) return this.builtin("interval", start, precision);
    const { fields, modifiers } = this.intervalFields();
    return this.builtin("interval", start, modifiers, fields);
  }

  /** `YEAR TO MONTH`, `SECOND(3)`, or nothing. */
  protected intervalFields(): { fields: string; modifiers: NumberLiteral[] } {
    const from = this.acceptOneOf(INTERVAL_FIELDS);
    let last: string = from;
    if (from !== "" && from !== "SECOND" && from !== "MONTH" && this.accept("TO")) {
      last = this.expectOneOf(INTERVAL_ENDS[from] ?? []);
    }
    const fields = last === from ? from : `${from} TO ${last}`;
    return { fields, modifiers: last === "SECOND" ? this.length() : [] };
  }
}
