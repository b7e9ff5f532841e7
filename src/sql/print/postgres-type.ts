import type { TypeName } from "../ast/leaf.ts";
import type { Cast } from "../ast/query.ts";
import type { Print } from "./rule.ts";

/**
 * How SQL spells the types that Postgres' catalog names otherwise. The catalog's name would find
 * a type of that name in another schema first.
 */
const SPELLINGS: Readonly<Partial<Record<string, string>>> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  bool: "boolean",
  bpchar: "char",
  varbit: "bit varying",
  timetz: "time with time zone",
  timestamptz: "timestamp with time zone",
};

/** Types whose bare word means a length of 1. */
function hasLengthOne(text: string): boolean {
  return text === "bpchar" || text === "bit";
}

/** The name of a type with its modifiers, which stand before WITH TIME ZONE. */
function nameText(type: TypeName, print: Print, literal: boolean): string {
  const { name, builtin, modifiers, fields } = type;
  const { text } = name.name;
  const inside = modifiers.length > 0 ? `(${print(modifiers)})` : "";
  if (!builtin || (inside === "" && hasLengthOne(text) && !literal)) return print(name) + inside;
  if (fields !== "") return literal ? text : `${text} ${fields}${inside}`;
  const spelling = SPELLINGS[text] ?? text;
  const [first = "", rest] = spelling.split(" with ");
  return first + inside + (rest === undefined ? "" : ` with ${rest}`);
}

/** A type as a cast or a column names it. */
export function typeText(type: TypeName, print: Print): string {
  const { setOf, dimensions, ofColumn } = type;
  return (
    (setOf ? "SETOF " : "") +
    nameText(type, print, false) +
    (ofColumn ? "%TYPE" : "") +
    "[]".repeat(dimensions)
  );
}

/** A literal with its type before it: `interval '1' DAY`. */
export function literalText({ operand, type }: Cast, print: Print): string {
  const { fields, modifiers } = type;
  const text = `${nameText(type, print, true)} ${print(operand)}`;
  if (fields === "") return text;
  return `${text} ${fields}${modifiers.length > 0 ? `(${print(modifiers)})` : ""}`;
}
