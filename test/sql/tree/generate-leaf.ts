import type {
  Alias,
  Column,
  Literal,
  NumberLiteral,
  Parameter,
  StringLiteral,
  TypedName,
  TypeName,
} from "../../../src/sql/ast/leaf.ts";
import type { Name, ObjectName, Operator } from "../../../src/sql/ast/name.ts";
import type { SeededRandom } from "../seeded-random.ts";

/** Where a node that no text holds stands. */
export const NOWHERE = { start: -1, end: -1 } as const;

/** Pieces of names and strings, each a trap for whoever prints or reads them. */
const PIECES: readonly string[] = [
  ...["a", "b", "Z9", "_", "$", "é", "日本", "\u{1f600}", "\ud800", "\udc00", "\ufeff"],
  ...["'", "''", '"', '""', "`", "[", "]", "\\", "\\'", "--", "/*", "*/", "/* */", ";", ","],
  ...["$tag$", "$$", "$1", "?1", ":a", "E'", "x'", "U&", "::", ".", "..", "*", "(", ")", "\n"],
  ...["\r\n", "\t", " ", "\u0001", "\u00a0", "select", "FROM", "null", "true", "0", "1e", "-"],
];

const WORDS: readonly string[] = [
  ...["a", "b", "c", "t", "u", "id", "name", "Rowid", "select", "from", "table", "order", "user"],
  ...["null", "default", "values", "left", "natural", "current_date", "excluded", "new", "old"],
  ...["cast", "case", "not", "exists", "row", "array", "interval", "collate", "window", "over"],
];

const FUNCTIONS: readonly string[] = [
  ...["count", "sum", "max", "lower", "f", "My Function", "like", "replace", "if", "left"],
];

/** Names, literals and types, as a parser of a dialect would make them. */
export class LeafGenerator {
  readonly random: SeededRandom;
  readonly postgres: boolean;
  /** Whether the last tree has what only our own grammar reads. */
  extended = false;

  constructor(random: SeededRandom, dialect: "sqlite" | "postgres") {
    this.random = random;
    this.postgres = dialect === "postgres";
  }

  chance(oneIn: number): boolean {
    return this.random.below(oneIn) === 0;
  }

  pick<Item>(...items: readonly Item[]): Item {
    return this.random.pick(items);
  }

  /** From `least` to `most` items. */
  some<Item>(least: number, most: number, item: () => Item): Item[] {
    return Array.from({ length: least + this.random.below(most - least + 1) }, item);
  }

  maybe<Item>(item: () => Item, oneIn = 3): Item | null {
    return this.chance(oneIn) ? item() : null;
  }

  text(): string {
    if (this.chance(40)) return "long ".repeat(2000);
    return this.some(0, 5, () => this.random.pick(PIECES)).join("");
  }

  /** A name. Postgres knows no empty one and cuts those of more than 63 bytes. */
  name(): Name {
    let text = this.chance(3) ? this.text() : this.random.pick(WORDS);
    if (this.postgres && (text === "" || Buffer.byteLength(text) > 63)) text = "x";
    return { kind: "name", ...NOWHERE, text, quote: '"' };
  }

  bareName(text: string): Name {
    return { kind: "name", ...NOWHERE, text, quote: "" };
  }

  /** A name of one, two and in Postgres three parts. */
  objectName(most = 2): ObjectName {
    const schema = most > 1 ? this.maybe(() => this.name(), 4) : null;
    const catalog = most > 2 && schema !== null ? this.maybe(() => this.name(), 4) : null;
    return { kind: "object-name", ...NOWHERE, catalog, schema, name: this.name() };
  }

  bareObject(text: string): ObjectName {
    const name = this.bareName(text);
    return { kind: "object-name", ...NOWHERE, catalog: null, schema: null, name };
  }

  names(least: number, most: number): Name[] {
    return this.some(least, most, () => this.name());
  }

  string(): StringLiteral {
    return { kind: "string", ...NOWHERE, value: this.text() };
  }

  integer(): NumberLiteral {
    const texts = ["0", "1", "42", "0x1F", "9223372036854775808", "00"];
    if (this.postgres) texts.push("0b101", "0o17");
    return { kind: "integer", ...NOWHERE, text: this.random.pick(texts) };
  }

  number(): NumberLiteral {
    if (this.chance(2)) return this.integer();
    const text = this.pick("1.5", ".5", "1.", "1e5", "1.5e-3", "9e999");
    return { kind: "float", ...NOWHERE, text };
  }

  literal(): Literal {
    switch (this.random.below(4)) {
      case 0:
        return { kind: "null", ...NOWHERE };
      case 1:
        return this.number();
      case 2:
        return this.string();
      default:
        if (!this.postgres) return { kind: "blob", ...NOWHERE, hex: this.pick("", "CAFE", "00") };
        if (this.chance(2)) return { kind: "boolean", ...NOWHERE, value: this.chance(2) };
        return {
          kind: "bits",
          ...NOWHERE,
          radix: this.pick("b", "x"),
          digits: this.pick("", "10"),
        };
    }
  }

  parameter(): Parameter {
    const number = String(1 + this.random.below(9));
    if (this.postgres) return { kind: "parameter", ...NOWHERE, sigil: "?", name: number };
    const sigil = this.pick("?", "?", ":", "@", "$", "#");
    const names = sigil === "?" ? ["", number] : ["a", "select", "_1", "é", "a$b"];
    const name = this.random.pick(sigil === "$" ? [...names, "a::b(c)", "1"] : names);
    return { kind: "parameter", ...NOWHERE, sigil, name };
  }

  /** A column. SQLite's bare `true` is one. */
  column(most = 3): Column {
    const table = most > 1 ? this.maybe(() => this.objectName(this.postgres ? most : 2), 3) : null;
    const name = this.name();
    if (this.postgres || table !== null) return { kind: "column", ...NOWHERE, table, name };
    if (this.chance(9)) {
      const value = this.bareName(this.pick("true", "FALSE"));
      return { kind: "column", ...NOWHERE, table, name: value };
    }
    const quote = this.pick("", "`", "[", '"') as Name["quote"];
    const plain = /^(?:true|false)$/i.test(name.text) ? '"' : quote;
    return { kind: "column", ...NOWHERE, table, name: { ...name, quote: plain } };
  }

  functionName(): ObjectName {
    if (this.postgres) {
      return this.chance(3) ? this.objectName(3) : this.bareObject(this.random.pick(FUNCTIONS));
    }
    return this.chance(4) ? this.objectName(1) : this.bareObject(this.random.pick(FUNCTIONS));
  }

  operator(): Operator {
    if (!this.postgres) {
      const operators = "= <> < <= > >= & | << >> + - * / % || -> ->>";
      return this.random.pick(operators.split(" "));
    }
    if (this.chance(8)) return this.qualifiedOperator();
    const operators = "= <> < <= > >= + - * / % ^ || -> ->> @> <@ && ~ !~* #>> |/ ~~ @-@ ?| <<=";
    return this.random.pick(operators.split(" "));
  }

  private qualifiedOperator(): Operator {
    const schema = this.maybe(() => this.name(), 2);
    const catalog = schema && this.maybe(() => this.name(), 4);
    const symbol = this.pick("+", "=", "@>", "||", "*", "!~");
    return { kind: "qualified-operator", ...NOWHERE, catalog, schema, symbol };
  }

  alias(): Alias {
    return { kind: "alias", ...NOWHERE, name: this.name(), columns: [], definitions: [] };
  }

  typedName(): TypedName {
    const collation = this.maybe(() => this.objectName());
    return { kind: "typed-name", ...NOWHERE, name: this.name(), type: this.type(), collation };
  }

  /** A type; as that of a literal without array bounds. */
  type(literal = false): TypeName {
    if (!this.postgres) return this.sqliteType();
    const type = this.chance(2) ? this.builtinType() : this.namedType();
    if (literal) return type;
    return { ...type, dimensions: this.pick(0, 0, 1, 2), setOf: this.chance(9) };
  }

  private plainType(name: ObjectName, builtin: boolean): TypeName {
    return {
      kind: "type",
      ...NOWHERE,
      name,
      builtin,
      modifiers: [],
      dimensions: 0,
      setOf: false,
      fields: "",
      ofColumn: false,
    };
  }

  private sqliteType(): TypeName {
    const words = ["INTEGER", "TEXT", "UNSIGNED BIG INT", "x", '"a b"', "[c d]", "`e`", "row"];
    const type = this.plainType(this.bareObject(this.random.pick(words)), false);
    return { ...type, modifiers: this.some(0, 2, () => this.signed()) };
  }

  private signed(): NumberLiteral {
    const number = this.number();
    return this.chance(3) ? { ...number, text: `-${number.text}` } : number;
  }

  private namedType(): TypeName {
    const type = this.plainType(this.objectName(3), false);
    const modifiers = this.some(0, 2, () => (this.chance(2) ? this.signed() : this.string()));
    return { ...type, modifiers };
  }

  private builtinType(): TypeName {
    const length = (): NumberLiteral => ({ kind: "integer", ...NOWHERE, text: "3" });
    const [text, least, most] = this.random.pick([
      ...["int2", "int4", "int8", "float4", "float8", "bool", "json"].map(
        (t) => [t, 0, 0] as const,
      ),
      ...["numeric", "varchar", "varbit", "time", "timetz"].map((t) => [t, 0, 1] as const),
      ...["timestamp", "timestamptz", "interval"].map((t) => [t, 0, 1] as const),
      ...["bpchar", "bit"].map((t) => [t, 1, 1] as const),
    ]);
    const type = this.plainType(this.bareObject(text), true);
    if (text === "interval" && this.chance(2)) {
      const fields = this.pick("YEAR", "YEAR TO MONTH", "DAY TO SECOND", "SECOND", "HOUR");
      const seconds = fields.endsWith("SECOND") ? this.some(0, 1, length) : [];
      return { ...type, fields, modifiers: seconds };
    }
    return { ...type, modifiers: this.some(least, most, length) };
  }
}
