/**
 * The normal form in which two parsers' trees are compared: PostgreSQL's raw parse tree as the
 * JSON that libpg-query gives, without positions, without values that mean "not written", and
 * without the few differences that our tree does not keep, each named below.
 */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/**
 * Positions; whether a function was called by its own syntax (`TRIM(a FROM b)`); what follows from
 * other fields or from the form of a SET.
 */
const DROPPED_KEYS: ReadonlySet<string> = new Set([
  "location",
  "name_location",
  "stmt_location",
  "stmt_len",
  "list_start",
  "list_end",
  "rexpr_list_start",
  "rexpr_list_end",
  "funcformat",
  "jumble_args",
  "initially_valid",
]);

/** Enum values that mean the clause was not written or says what is so anyway. */
const DEFAULTS: ReadonlySet<Json> = new Set<Json>([
  "",
  0,
  false,
  null,
  "CTEMaterializeDefault",
  "DEFELEM_UNSPEC",
  "DROP_RESTRICT",
  "LIMIT_OPTION_COUNT",
  "LIMIT_OPTION_DEFAULT",
  "LockWaitBlock",
  "ONCOMMIT_NOOP",
  "OVERRIDING_NOT_SET",
  "SETOP_NONE",
  "SORTBY_DEFAULT",
  "SORTBY_NULLS_DEFAULT",
]);

/** The first value of an enum where it stands for "none". */
const KEY_DEFAULTS: Readonly<Record<string, Json>> = {
  relationType: "OBJECT_ACCESS_METHOD",
  withCheckOption: "NO_CHECK_OPTION",
};

const TRUE_ARGUMENT = '{"Boolean":{"boolval":true}}';

/** Keys whose text is a user's: there no value is a default. */
const TEXT_KEYS: ReadonlySet<string> = new Set(["sval", "str"]);

/** The normal form of a tree. */
export function canonical(value: Json): Json {
  if (isList(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  const entries: [string, Json][] = [];
  for (const [key, raw] of Object.entries(plainFunction(withoutNullLimit(value)))) {
    if (DROPPED_KEYS.has(key)) continue;
    // The types alone follow from the parameters.
    if (key === "objargs" && value["objfuncargs"] !== undefined) continue;
    const kept = canonicalField(key, raw);
    if (isDefault(key, kept)) continue;
    entries.push([key, kept]);
  }
  return mergeIndirection(sortedKeys(Object.fromEntries(entries)));
}

/** LIMIT ALL is no LIMIT, and LIMIT NULL is the same to PostgreSQL. */
function withoutNullLimit(value: JsonObject): JsonObject {
  const limit = value["limitCount"] as JsonObject | undefined;
  const constant = limit?.["A_Const"] as JsonObject | undefined;
  if (constant?.["isnull"] !== true) return value;
  return { ...value, limitCount: null };
}

/** `TRIM(a)` is `pg_catalog.btrim(a)` to PostgreSQL and `btrim(a)` to us. */
function plainFunction(node: JsonObject): JsonObject {
  const name = node["funcname"];
  if (node["funcformat"] !== "COERCE_SQL_SYNTAX" || name === undefined) return node;
  return isList(name) && name.length === 2 ? { ...node, funcname: name.slice(1) } : node;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isDefault(key: string, value: Json): boolean {
  if (isList(value)) return value.length === 0;
  if (KEY_DEFAULTS[key] === value) return true;
  return TEXT_KEYS.has(key) ? value === "" : DEFAULTS.has(value);
}

function canonicalField(key: string, value: Json): Json {
  // How long an array is declared has no meaning; `_` and case of a number neither.
  if (key === "arrayBounds" && isList(value)) return value.map(() => -1);
  if (key === "fval" && typeof value === "string") return value.replaceAll("_", "").toLowerCase();
  if (key === "constraints" && isList(value)) return sortedAttributes(value.map(canonical));
  if (key === "IndexElem" || key === "PartitionElem") {
    return plainElement(canonical(value) as JsonObject);
  }
  if (key === "DefElem") return wordArgument(canonical(value) as JsonObject);
  if (key === "options" && isList(value)) return sortedReturning(value.map(canonical));
  // START TRANSACTION is BEGIN.
  if (value === "TRANS_STMT_START") return "TRANS_STMT_BEGIN";
  return canonical(value);
}

/** `RETURNING WITH (OLD AS o, NEW AS n)`: in either order. */
function sortedReturning(items: readonly Json[]): readonly Json[] {
  const isReturning = items.some((item) => JSON.stringify(item).startsWith('{"ReturningOption"'));
  return isReturning
    ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    : items;
}

/** `((a COLLATE c))` of an index or a partition is `a COLLATE c`, `((a))` is `a`. */
function plainElement(element: JsonObject): JsonObject {
  const value = element["expr"] as JsonObject | undefined;
  const collate = value?.["CollateClause"] as JsonObject | undefined;
  if (collate !== undefined && element["collation"] === undefined) {
    const { arg, collname } = collate;
    return plainElement({ ...element, expr: arg ?? null, collation: collname ?? null });
  }
  const column = value?.["ColumnRef"] as JsonObject | undefined;
  const fields = (column?.["fields"] ?? []) as readonly JsonObject[];
  const name = fields[0]?.["String"] as JsonObject | undefined;
  const { expr, ...rest } = element;
  const plain = fields.length === 1 && name !== undefined && expr !== undefined;
  return sortedKeys(plain ? { ...rest, name: name["sval"] ?? null } : element);
}

function sortedKeys(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The word `x` of an option `a = x` is a type to PostgreSQL, unless it is a keyword. */
function wordArgument(element: JsonObject): Json {
  // `HEADER` is `HEADER true`.
  if (JSON.stringify(element["arg"]) === TRUE_ARGUMENT) {
    return Object.fromEntries(Object.entries(element).filter(([key]) => key !== "arg"));
  }
  const type = (element["arg"] as JsonObject | undefined)?.["TypeName"] as JsonObject | undefined;
  const names = type?.["names"];
  if (names === undefined || !isList(names) || names.length !== 1) return element;
  const plain = Object.keys(type ?? {}).every((key) => key === "names" || key === "typemod");
  return plain ? { ...element, arg: names[0] ?? null } : element;
}

/** DEFERRABLE, INITIALLY and ENFORCED stand in any order behind their constraint. */
function sortedAttributes(constraints: readonly Json[]): Json[] {
  const typeOf = (node: Json | undefined): string => {
    const inner = (node as JsonObject | undefined)?.["Constraint"] as JsonObject | undefined;
    return String(inner?.["contype"] ?? "");
  };
  const sorted = [...constraints];
  for (let at = 1; at < sorted.length; at++) {
    for (let to = at; to > 0 && typeOf(sorted[to]).startsWith("CONSTR_ATTR"); to--) {
      if (typeOf(sorted[to - 1]) <= typeOf(sorted[to])) break;
      if (!typeOf(sorted[to - 1]).startsWith("CONSTR_ATTR")) break;
      [sorted[to - 1], sorted[to]] = [sorted[to] as Json, sorted[to - 1] as Json];
    }
  }
  return sorted;
}

/** `(a[1])[2]` is `a[1][2]`. */
function mergeIndirection(node: JsonObject): Json {
  const outer = node["A_Indirection"] as JsonObject | undefined;
  const inner = (outer?.["arg"] as JsonObject | undefined)?.["A_Indirection"];
  if (outer === undefined || inner === undefined) return node;
  const { arg, indirection } = inner as JsonObject;
  const both = [...(indirection as Json[]), ...(outer["indirection"] as Json[])];
  return { A_Indirection: { arg: arg ?? null, indirection: both } };
}

/** One text for one normal form. */
export function canonicalText(value: Json): string {
  return JSON.stringify(canonical(value));
}

/** Where two texts part, with what stands around it. */
export function difference(expected: string, found: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at++;
  const from = Math.max(0, at - 60);
  return `…${expected.slice(from, at + 100)}… but …${found.slice(from, at + 100)}…`;
}
