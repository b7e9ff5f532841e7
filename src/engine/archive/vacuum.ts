import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import { readTableShape } from "../capture/table-shape.ts";

/**
 * Runs VACUUM, which gives unused pages of the file back. The caller holds the write lease, and
 * no transaction is open.
 *
 * @returns false where the home has none
 */
export function reclaim(driver: SqlDriver): boolean {
  if (!driver.caps.transactionStatements) return false;
  keepRowids(driver, () => driver.exec("VACUUM"));
  return true;
}

/**
 * Runs a VACUUM that leaves hidden rowids alone. SQLite numbers the rows of a table anew if it has
 * neither an INTEGER PRIMARY KEY nor any index (measured); the change log names rows by that
 * number. So such a table has an index meanwhile, which is empty.
 */
function keepRowids<T>(driver: SqlDriver, vacuum: () => T): T {
  const prefix = `${driver.caps.hiddenPrefix}keep_`;
  const rows = readSchemaRows(driver);
  // A crash in the middle may have left some.
  for (const { type, name } of rows.engine) {
    if (type === "index" && name.startsWith(prefix)) drop(driver, name);
  }
  const names: string[] = [];
  for (const [place, { name, sql }] of rows.tables.entries()) {
    const { rowidAlias, withoutRowid, columns } = readTableShape(driver, name, sql ?? "");
    const [column] = columns;
    if (withoutRowid || rowidAlias !== null || column === undefined) continue;
    const index = prefix + String(place);
    driver.exec(
      `CREATE INDEX ${quoteIdentifier(index)} ON ${quoteIdentifier(name)} ` +
        `(${quoteIdentifier(column.name)}) WHERE 0`,
    );
    names.push(index);
  }
  try {
    return vacuum();
  } finally {
    for (const name of names) drop(driver, name);
  }
}

function drop(driver: SqlDriver, index: string): void {
  driver.exec(`DROP INDEX ${quoteIdentifier(index)}`);
}
