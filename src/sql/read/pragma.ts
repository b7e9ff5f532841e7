import type { Pragma } from "../ast/sqlite.ts";

/** A PRAGMA statement. */
export interface PragmaStatement {
  readonly schema?: string;
  /** In lower case, as SQLite compares it. */
  readonly name: string;
  /** What follows `=` or stands in parentheses, unquoted; a number with its sign. */
  readonly value?: string;
  readonly hasValue: boolean;
}

/** Pragmas that write whether or not they have a value. */
const WRITERS: ReadonlySet<string> = new Set([
  "incremental_vacuum",
  "journal_mode",
  "optimize",
  "wal_checkpoint",
]);

/** Pragmas that write to the file when they have a value. */
const SETTERS: ReadonlySet<string> = new Set([
  "application_id",
  "auto_vacuum",
  "default_cache_size",
  "encoding",
  "schema_version",
  "user_version",
]);

/**
 * Whether the pragma leaves the database file as it is. It may still change its connection: SQLite
 * calls `PRAGMA foreign_keys=ON` read-only.
 */
export function isPragmaReadonly(pragma: PragmaStatement): boolean {
  if (WRITERS.has(pragma.name)) return false;
  return !(pragma.hasValue && SETTERS.has(pragma.name));
}

/** What a PRAGMA says, as SQLite compares it. */
export function readPragma({ name, value }: Pragma): PragmaStatement {
  const { schema } = name;
  const text = value === null ? null : valueText(value);
  return {
    ...(schema === null ? null : { schema: schema.text }),
    name: name.name.text.toLowerCase(),
    ...(text === null ? null : { value: text }),
    hasValue: text !== null,
  };
}

function valueText(value: NonNullable<Pragma["value"]>): string {
  switch (value.kind) {
    case "name":
    case "integer":
    case "float":
      return value.text;
    case "string":
      return value.value;
    case "null":
      return "NULL";
    case "boolean":
      return value.value ? "TRUE" : "FALSE";
    case "blob":
      return value.hex;
    case "bits":
      return value.digits;
  }
}
