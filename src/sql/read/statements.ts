import { DosqlError } from "../../base/errors.ts";
import type { Parsed, Statement } from "../ast/statement.ts";
import { attemptSqlite } from "./attempt.ts";

/** The statements of a text, up to the first that does not parse. */
export interface ParsedStatements {
  readonly statements: readonly Statement[];
  /** Why the reading ended before the text did, and from which offset on nothing was read. */
  readonly failure: DosqlError | null;
  readonly readUpTo: number;
}

/**
 * Parses all statements of a text; empty ones are left out.
 *
 * @param first What `attemptSqlite` made of the text, where that is known already.
 * @example
 * parseStatements("; SELECT 1; SELECT 2").statements.length; // 2
 */
export function parseStatements(
  sql: string,
  first: Parsed | DosqlError = attemptSqlite(sql),
): ParsedStatements {
  const statements: Statement[] = [];
  let readUpTo = 0;
  let parsed = first;
  while (!(parsed instanceof DosqlError)) {
    if (parsed.statement !== null) statements.push(parsed.statement);
    readUpTo = parsed.end;
    if (!parsed.more) return { statements, failure: null, readUpTo };
    parsed = attemptSqlite(sql, readUpTo);
  }
  return { statements, failure: parsed, readUpTo };
}
