import { DosqlError } from "../../base/errors.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import { applyEdits } from "../../sql/change/edit.ts";
import { exactReturning, namesQueries } from "../../sql/change/exact-returning.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import type { Handle, Plan } from "../handle.ts";
import { LONGEST_KEPT } from "./known-text.ts";

/** Named as the engine's own tables, so that it hides none of a user's. */
const WRAPPED = "returned";

/**
 * Rows of a RETURNING with exact INTEGERs, where the home would round them, and the plan they are
 * from; null where it has no other words. Nothing is changed then.
 */
export function exactlyReturned(
  sql: string,
  values: Row,
  handle: Handle,
): { readonly plan: Plan; readonly rows: Row[] } | null {
  let text = handle.returning.get(sql);
  if (text === undefined) {
    text = exactText(sql, handle);
    if (sql.length <= LONGEST_KEPT) handle.returning.set(sql, text);
  }
  if (text === null) return null;
  try {
    const plan = handle.plan(text);
    const rows = plan.statement.all(values, "number");
    return { plan, rows: rows.map((row) => row.map(untagged)) };
  } catch (error) {
    // What SQLite says of the text that was given has the right places. No row was changed, or all
    // of them back: only a constraint may leave some.
    if (error instanceof DosqlError && !error.sqlite?.startsWith("SQLITE_CONSTRAINT")) return null;
    throw error;
  }
}

function exactText(given: string, { driver }: Handle): string | null {
  const asGiven = statementOf(given);
  const queries = asGiven && namesQueries(given, asGiven);
  if (!queries) return null;
  const returned = columnNames(queries.returned, driver);
  const table = columnNames(queries.table, driver);
  if (returned === null || table === null) return null;
  const numbers = listParameters(given).map(({ start, end, number }) => {
    return { start, end, text: `?${number}` };
  });
  const sql = applyEdits(given, numbers);
  const statement = statementOf(sql);
  const wrapped = driver.caps.hiddenPrefix + WRAPPED;
  return statement && exactReturning(sql, statement, { returned, table }, wrapped);
}

function statementOf(sql: string): Statement | null {
  const parsed = attemptSqlite(sql);
  return parsed instanceof DosqlError ? null : parsed.statement;
}

/** As SQLite names them; null for what it refuses, which it says again when that runs. */
function columnNames(query: string, driver: SqlDriver): string[] | null {
  try {
    const statement = driver.prepare(query);
    const count = listParameters(query).reduce((most, { number }) => Math.max(most, number), 0);
    statement.all(new Array<null>(count).fill(null), "number");
    return statement.columns().map(({ name }) => name);
  } catch (error) {
    if (error instanceof DosqlError) return null;
    throw error;
  }
}

function untagged(value: SqlValue): SqlValue {
  if (typeof value !== "string") return value;
  return value.startsWith("i") ? BigInt(value.slice(1)) : value.slice(1);
}
