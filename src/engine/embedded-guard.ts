import { DosqlError } from "../base/errors.ts";
import { findHiddenIdentifier, hideEngineObjects } from "../sql/hidden.ts";
import { splitScript } from "../sql/split.ts";

/** `PRAGMA table_list` of all tables; with a table's name it tells of that one only. */
const TABLE_LIST = /^\s*pragma\s+(?:(?:"([^"]+)"|(\w+))\s*\.\s*)?table_list\s*;?\s*$/i;

/**
 * What SQLite gets instead of a user's statement, in a file that holds the engine's own tables:
 * they do not show in the schema, and naming them is refused as if they did not exist.
 */
export function guardStatement(sql: string, prefix: string): string {
  refuseHidden(sql, prefix);
  return hideEngineObjects(tableListQuery(sql) ?? sql, prefix);
}

/** The same for a text of several statements; returned unchanged when nothing is to hide. */
export function guardScript(sql: string, prefix: string): string {
  refuseHidden(sql, prefix);
  const statements = splitScript(sql);
  const guarded = statements.map(({ text }) => guardStatement(text, prefix));
  const changed = guarded.some((text, index) => text !== statements[index]?.text);
  return changed ? guarded.join(";\n") : sql;
}

function refuseHidden(sql: string, prefix: string): void {
  const hidden = findHiddenIdentifier(sql, prefix);
  if (hidden === null) return;
  throw new DosqlError("sqlite", `no such table: ${hidden.name}`, {
    sqlite: "SQLITE_ERROR",
    at: hidden.at,
    hint: `names that begin with ${prefix} belong to DoSQL`,
  });
}

/** The pragma as a query, which can leave rows out. */
function tableListQuery(sql: string): string | null {
  const found = TABLE_LIST.exec(sql);
  if (found === null) return null;
  const query = "SELECT schema, name, type, ncol, wr, strict FROM pragma_table_list";
  const schema = found[1] ?? found[2];
  return schema === undefined ? query : `${query} WHERE schema = '${schema.replaceAll("'", "''")}'`;
}
