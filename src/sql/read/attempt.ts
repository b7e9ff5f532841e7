import { DosqlError } from "../../base/errors.ts";
import type { Parsed } from "../ast/statement.ts";
import { parseSqlite } from "../parse/sqlite.ts";

/**
 * Parses a text that SQLite will judge anyway: what this parser refuses comes back as its error,
 * for SQLite to say it in the end.
 */
export function attemptSqlite(sql: string, at: number = 0): Parsed | DosqlError {
  try {
    return parseSqlite(sql, at);
  } catch (error) {
    if (error instanceof DosqlError && error.code !== "bug") return error;
    throw error;
  }
}
