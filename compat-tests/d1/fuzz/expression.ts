import type { SeededRandom } from "../../../test/sql/seeded-random.ts";
import type { Bound } from "./call.ts";

/** What a statement in the making binds: each `?` adds a value. */
export class Values {
  readonly list: Bound[] = [];

  bind(random: SeededRandom): string {
    this.list.push(anyBound(random));
    return "?";
  }
}

const TEXTS = [
  "",
  "a",
  "A ",
  "bad",
  "skip",
  "7",
  "7.0",
  " 8",
  "it's",
  "ä💡",
  "1e2",
  "x'61'",
  "%",
  "NULL",
];

export function anyBound(random: SeededRandom): Bound {
  switch (random.below(10)) {
    case 0:
      return null;
    case 1:
      return random.below(2) === 0;
    case 2:
    case 3:
    case 4:
      return random.below(12);
    case 5:
      return random.pick([0.5, -1.25, 1e20, 2 ** 53, -7, 1e-5]);
    case 6:
    case 7:
      return random.pick(TEXTS);
    case 8:
      return Array.from({ length: random.below(4) }, () => random.below(256));
    default:
      return random.pick<Bound>([
        { number: "NaN" },
        { number: "Infinity" },
        { number: "-Infinity" },
        { number: "-0" },
        "plain",
      ]);
  }
}

const LITERALS = [
  "NULL",
  "0",
  "1",
  "-3",
  "2.5",
  "'a'",
  "'A'",
  "''",
  "x'61'",
  "x''",
  "9007199254740993",
  "1e999",
  "'7'",
];
const OPERATORS = "+ - * / % || = <> < >= IS AND OR & | << LIKE GLOB".split(" ").concat("IS NOT");
const FUNCTIONS_1 =
  "abs length lower upper typeof hex quote trim unicode round json_quote sign".split(" ");
const FUNCTIONS_2 = "coalesce ifnull nullif instr max min substr".split(" ");

/** An expression over columns. */
export function expression(
  random: SeededRandom,
  columns: readonly string[],
  values: Values,
  depth: number = 2,
): string {
  const inner = (): string => expression(random, columns, values, depth - 1);
  if (depth === 0 || random.below(4) === 0) {
    switch (random.below(5)) {
      case 0:
        return random.pick(LITERALS);
      case 1:
        return values.bind(random);
      default:
        return columns.length === 0 ? "1" : random.pick(columns);
    }
  }
  switch (random.below(12)) {
    case 0:
      return `${random.pick(FUNCTIONS_1)}(${inner()})`;
    case 1:
      return `${random.pick(FUNCTIONS_2)}(${inner()}, ${inner()})`;
    case 2:
      return `CAST(${inner()} AS ${random.pick(["INTEGER", "TEXT", "REAL", "NUMERIC", "BLOB"])})`;
    case 3:
      return `CASE WHEN ${inner()} THEN ${inner()} ELSE ${inner()} END`;
    case 4:
      return `(${inner()}) ${random.pick(["IN", "NOT IN"])} (${inner()}, ${inner()})`;
    case 5:
      return `(${inner()}) BETWEEN ${inner()} AND ${inner()}`;
    case 6:
      return `${random.pick(["NOT", "-", "+", "~"])} (${inner()})`;
    case 7:
      return `(${inner()}) COLLATE ${random.pick(["NOCASE", "BINARY", "RTRIM"])}`;
    default:
      return `(${inner()}) ${random.pick(OPERATORS)} (${inner()})`;
  }
}
