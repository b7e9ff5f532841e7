import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { readTableShape } from "../capture/table-shape.ts";

/**
 * While a table's columns take all names of the hidden rowid, nobody can read or write it, and a
 * copy has other ones. That shows when ALTER TABLE gives a name back.
 *
 * @param run runs the statement
 * @throws DosqlError `unsupported` then, if the table has rows
 */
export function watchNames(driver: SqlDriver, statement: Statement | null, run: () => void): void {
  if (statement?.kind !== "alter-table") return run();
  const name = statement.name.name.text;
  const wasNameless = isNameless(driver, name);
  run();
  if (!wasNameless || statement.actions[0]?.kind === "rename-table" || isNameless(driver, name)) {
    return;
  }
  const row = driver.prepare(`SELECT 1 FROM ${quoteIdentifier(name)} LIMIT 1`).all([], "number");
  if (row.length === 0) return;
  const message = `the rowids of table ${name} are not known: its columns had all names of them`;
  throw new DosqlError("unsupported", message, {
    hint: "restore to a time before that was changed, or after a later snapshot",
  });
}

function isNameless(driver: SqlDriver, table: string): boolean {
  const { rowidName, rowidAlias, withoutRowid } = readTableShape(driver, table, "");
  return rowidName === null && rowidAlias === null && !withoutRowid;
}
