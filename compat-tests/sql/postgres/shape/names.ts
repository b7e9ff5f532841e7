/** Names, types and literals of our tree as PostgreSQL's raw parse tree has them. */
import type {
  Alias,
  Column,
  Literal,
  Star,
  TypedName,
  TypeName,
} from "../../../../src/sql/ast/leaf.ts";
import type { Name, ObjectName, Operator } from "../../../../src/sql/ast/name.ts";
import type { Json, JsonObject } from "./canonical.ts";

/** PostgreSQL's bits of the fields of an INTERVAL. */
const FIELD_BITS: Readonly<Record<string, number>> = {
  MONTH: 1 << 1,
  YEAR: 1 << 2,
  DAY: 1 << 3,
  HOUR: 1 << 10,
  MINUTE: 1 << 11,
  SECOND: 1 << 12,
};
const FIELD_ORDER = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];
const ALL_FIELDS = 0x7fff;
const MAX_INTEGER = 2_147_483_647;

export function string(text: string): JsonObject {
  return { String: { sval: text } };
}

export function strings(names: readonly Name[]): Json[] {
  return names.map((name) => string(name.text));
}

export function text(name: Name | null): Json {
  return name === null ? null : name.text;
}

/** The parts of a dotted name, in order. */
export function parts(name: ObjectName): string[] {
  const all = [name.catalog, name.schema, name.name];
  return all.flatMap((part) => (part === null ? [] : [part.text]));
}

export function dotted(name: ObjectName): Json[] {
  return parts(name).map(string);
}

export function optionalDotted(name: ObjectName | null): Json {
  return name === null ? null : dotted(name);
}

export function operatorName(operator: Operator): Json[] {
  if (typeof operator === "string") return [string(operator)];
  const { catalog, schema, symbol } = operator;
  const names = [catalog, schema].flatMap((part) => (part === null ? [] : [part.text]));
  return [...names, symbol].map(string);
}

/** A RangeVar without its wrapper. */
export function relation(name: ObjectName, more: JsonObject = {}): JsonObject {
  return {
    catalogname: text(name.catalog),
    schemaname: text(name.schema),
    relname: name.name.text,
    inh: true,
    relpersistence: "p",
    ...more,
  };
}

export function constant(value: JsonObject): JsonObject {
  return { A_Const: value };
}

export function integer(value: number): JsonObject {
  return constant({ ival: { ival: value } });
}

/** A number as written: PostgreSQL keeps what is beyond 32 bits as text. */
export function number(written: string): JsonObject {
  const negative = written.startsWith("-");
  const digits = written.replace(/^[+-]/, "").replaceAll("_", "");
  const whole = /^(?:0x[\da-f]+|0o[0-7]+|0b[01]+|\d+)$/i.test(digits);
  const value = whole
    ? Number(/^0\d/.test(digits) ? digits.replace(/^0+(?=\d)/, "") : digits)
    : NaN;
  if (whole && value <= MAX_INTEGER) return integer(negative ? -value : value);
  return constant({ fval: { fval: `${negative ? "-" : ""}${digits}` } });
}

export function literal(node: Literal): JsonObject {
  switch (node.kind) {
    case "null":
      return constant({ isnull: true });
    case "boolean":
      return constant({ boolval: { boolval: node.value } });
    case "integer":
    case "float":
      return number(node.text);
    case "string":
      return constant({ sval: { sval: node.value } });
    case "bits":
      return constant({ bsval: { bsval: `${node.radix}${node.digits}` } });
    case "blob":
      return constant({ bsval: { bsval: `x${node.hex}` } });
  }
}

export function column(node: Column): JsonObject {
  const table = node.table === null ? [] : dotted(node.table);
  return { ColumnRef: { fields: [...table, string(node.name.text)] } };
}

export function star(node: Star): JsonObject {
  const table = node.table === null ? [] : dotted(node.table);
  return { ColumnRef: { fields: [...table, { A_Star: {} }] } };
}

/** A TypeName without its wrapper. */
export function typeName(type: TypeName): JsonObject {
  const names = dotted(type.name);
  const builtin = type.builtin && type.name.schema === null;
  return {
    names: builtin ? [string("pg_catalog"), ...names] : names,
    typmods: typeModifiers(type),
    typemod: -1,
    arrayBounds: Array.from({ length: type.dimensions }, () => -1),
    setof: type.setOf,
    pct_type: type.ofColumn,
  };
}

export function optionalType(type: TypeName | null): Json {
  return type === null ? null : typeName(type);
}

function typeModifiers(type: TypeName): Json[] {
  const written = type.modifiers.map((item) =>
    item.kind === "column" ? column(item) : literal(item),
  );
  const isInterval = type.builtin && type.name.name.text === "interval";
  if (!isInterval || (type.fields === "" && written.length === 0)) return written;
  return [integer(type.fields === "" ? ALL_FIELDS : fieldBits(type.fields)), ...written];
}

function fieldBits(fields: string): number {
  const [from = "", to = from] = fields.split(" TO ");
  // YEAR TO MONTH has no days between; a time field includes all between its ends.
  const span = FIELD_ORDER.slice(FIELD_ORDER.indexOf(from), FIELD_ORDER.indexOf(to) + 1);
  return span.reduce((bits, field) => bits | (FIELD_BITS[field] ?? 0), 0);
}

export function typedName(node: TypedName): JsonObject {
  return {
    ColumnDef: {
      colname: node.name.text,
      typeName: typeName(node.type),
      is_local: true,
      collClause: node.collation === null ? null : { collname: dotted(node.collation) },
    },
  };
}

/** An Alias without its wrapper; null where only column definitions were given. */
export function alias(node: Alias | null): Json {
  if (node === null || node.name === null) return null;
  return { aliasname: node.name.text, colnames: strings(node.columns) };
}
