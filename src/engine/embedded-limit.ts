import { DosqlError } from "../base/errors.ts";

/**
 * UPDATE and DELETE take ORDER BY and LIMIT only where SQLite was built for it, which a stock
 * build answers with a bare syntax error: say what is missing.
 */
export function explainLimit(error: unknown, sql: string): unknown {
  if (!(error instanceof DosqlError) || error.sqlite !== "SQLITE_ERROR") return error;
  if (!/^near "(?:limit|order)": syntax error$/i.test(error.message)) return error;
  if (!/\b(?:update|delete)\b/i.test(sql)) return error;
  return new DosqlError(
    "sqlite",
    `${error.message} (UPDATE and DELETE with ORDER BY or LIMIT need an SQLite that is compiled ` +
      "with SQLITE_ENABLE_UPDATE_DELETE_LIMIT, and the one in this runtime is not)",
    { sqlite: error.sqlite, cause: error },
  );
}
