/** The object ids of Postgres' built-in types that are spoken here. */
export const Oid = {
  unspecified: 0,
  bool: 16,
  bytea: 17,
  name: 19,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  xml: 142,
  float4: 700,
  float8: 701,
  unknown: 705,
  bpchar: 1042,
  varchar: 1043,
} as const;

/** Types whose binary form is their text in UTF-8. */
const TEXT_LIKE: ReadonlySet<number> = new Set([
  Oid.text,
  Oid.varchar,
  Oid.bpchar,
  Oid.name,
  Oid.unknown,
  Oid.json,
  Oid.xml,
]);

export function isTextLike(oid: number): boolean {
  return TEXT_LIKE.has(oid);
}

/** Types that results are advertised with: nothing else ever stands in a RowDescription. */
export type ResultOid =
  | typeof Oid.bool
  | typeof Oid.bytea
  | typeof Oid.int8
  | typeof Oid.float8
  | typeof Oid.text;

/** `typlen` of a type: bytes of a fixed-size one, -1 for the others. */
export function typeSizeBytes(oid: ResultOid): number {
  if (oid === Oid.bool) return 1;
  return oid === Oid.int8 || oid === Oid.float8 ? 8 : -1;
}

/** The names that Postgres' messages use. */
export function typeName(oid: number): string {
  switch (oid) {
    case Oid.bool:
      return "boolean";
    case Oid.bytea:
      return "bytea";
    case Oid.int8:
      return "bigint";
    case Oid.int4:
      return "integer";
    case Oid.int2:
      return "smallint";
    case Oid.oid:
      return "oid";
    case Oid.float8:
      return "double precision";
    case Oid.float4:
      return "real";
    default:
      return isTextLike(oid) ? "text" : `type ${oid}`;
  }
}
