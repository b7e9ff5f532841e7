import type { ColumnInfo } from "../../../ports/sql-driver.ts";
import { Oid } from "./oids.ts";
import type { ResultOid } from "./oids.ts";

/** Type names that contain INT and hold text (see SQLite's affinity rule 1). */
const NOT_INTEGERS = /INTERVAL|POINT/;

/**
 * The Postgres type for a declared SQLite type: what SQLite's affinity rules make of the name,
 * with BOOLEAN and BYTEA known besides. NUMERIC, dates and all other names are text, because
 * SQLite may hold anything under them.
 */
export function oidOfDeclaredType(declaredType: string | null): ResultOid {
  if (declaredType === null) return Oid.text;
  const name = declaredType.toUpperCase();
  if (name.startsWith("BOOL")) return Oid.bool;
  if (name.includes("INT")) return NOT_INTEGERS.test(name) ? Oid.text : Oid.int8;
  if (name.includes("CHAR") || name.includes("CLOB") || name.includes("TEXT")) return Oid.text;
  if (name.includes("BLOB") || name.startsWith("BYTEA")) return Oid.bytea;
  if (name.includes("REAL") || name.includes("FLOA") || name.includes("DOUB")) return Oid.float8;
  return Oid.text;
}

const COUNT_CALL = /^count\s*\([^()]*\)$/i;

/**
 * The Postgres type of a result column. An expression has no declared type and its values are
 * not known before it runs, so it is text, but for a column still named `count(…)`: SQLite
 * names a column after its expression, and drivers expect a number there.
 */
export function oidOfColumn(column: ColumnInfo): ResultOid {
  if (column.declaredType === null && column.column === null && COUNT_CALL.test(column.name)) {
    return Oid.int8;
  }
  return oidOfDeclaredType(column.declaredType);
}
