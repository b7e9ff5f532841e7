import { DosqlError } from "../base/errors.ts";
import { findHiddenIdentifier, hideEngineObjects } from "../sql/hidden.ts";

/** Schema tables by all their names; a text without them needs no rewriting. */
const SCHEMA_TABLE = /\bsqlite_(?:temp_)?(?:master|schema)\b|\bpragma_|\bpragma\b/i;

/**
 * What SQLite gets instead of a user's text, in a file that holds the engine's own tables: they
 * do not show in the schema, and naming them is refused as if they did not exist.
 */
export function guardSql(sql: string, prefix: string): string {
  const hidden = findHiddenIdentifier(sql, prefix);
  if (hidden !== null) {
    throw new DosqlError("sqlite", `no such table: ${hidden.name}`, {
      sqlite: "SQLITE_ERROR",
      at: hidden.at,
      hint: `names that begin with ${prefix} belong to DoSQL`,
    });
  }
  return SCHEMA_TABLE.test(sql) ? hideEngineObjects(sql, prefix) : sql;
}
