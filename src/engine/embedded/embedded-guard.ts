import { DosqlError } from "../../base/errors.ts";
import { findHiddenIdentifier, hideEngineObjects } from "../../sql/change/hidden.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { splitScript } from "../../sql/script/split.ts";
import { parseStatements } from "../../sql/read/statements.ts";
import { readPastMark } from "../time/past-mark.ts";

/**
 * What SQLite gets instead of a user's statement, in a file that holds the engine's own tables:
 * they do not show in the schema, and naming them is refused as if they did not exist.
 */
export function guardStatement(sql: string, prefix: string): string {
  return guard(sql, prefix, 0);
}

/** The same for a text of several statements; returned unchanged when nothing is to hide. */
export function guardScript(sql: string, prefix: string): string {
  const statements = splitScript(sql);
  const guarded = statements.map(({ text, start }) => guard(text, prefix, start));
  const changed = guarded.some((text, index) => text !== statements[index]?.text);
  return changed ? guarded.join(";\n") : sql;
}

/** @param offset Where the text begins in what the user gave. */
function guard(given: string, prefix: string, offset: number): string {
  // SQLite stops reading at a NUL.
  const nul = given.indexOf("\0");
  const sql = nul < 0 ? given : given.slice(0, nul);
  refusePast(sql);
  const hidden = findHiddenIdentifier(sql, prefix);
  if (hidden !== null) {
    throw new DosqlError("sqlite", `no such table: ${hidden.name}`, {
      sqlite: "SQLITE_ERROR",
      at: offset + hidden.at,
      hint: `names that begin with ${prefix} belong to DoSQL`,
    });
  }
  const shown = hideEngineObjects(tableListQuery(sql) ?? sql, prefix);
  return shown === sql ? given : shown;
}

/** A program's own connection has no past, and a hint that asks for it must not be ignored. */
function refusePast(sql: string): void {
  if (!/system_time|dosql_as_of/i.test(sql)) return;
  if (readPastMark(sql, attemptSqlite(sql)) === null) return;
  throw new DosqlError("unsupported", "FOR SYSTEM_TIME AS OF is not supported here", {
    hint: "read the past with dosql(db).at(time)",
  });
}

/**
 * `PRAGMA table_list` of all tables as a query, which can leave rows out; with a table's name it
 * tells of that one only.
 */
function tableListQuery(sql: string): string | null {
  if (!/table_list/i.test(sql)) return null;
  const { statements, failure } = parseStatements(sql);
  const [statement] = statements;
  if (failure !== null || statements.length !== 1 || statement?.kind !== "pragma") return null;
  const { name, value } = statement;
  if (value !== null || name.name.text.toLowerCase() !== "table_list") return null;
  const query = "SELECT schema, name, type, ncol, wr, strict FROM pragma_table_list";
  const schema = name.schema?.text;
  return schema === undefined ? query : `${query} WHERE schema = '${schema.replaceAll("'", "''")}'`;
}
