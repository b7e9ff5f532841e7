import type { SqlDriver } from "../../../src/ports/sql-driver.ts";

/** Counts the rows that a connection hands out from now on. */
export function spyOnReads(driver: SqlDriver): { rows: number } {
  const count = { rows: 0 };
  const prepare = driver.prepare.bind(driver);
  driver.prepare = (sql) => {
    const statement = prepare(sql);
    const all = statement.all.bind(statement);
    statement.all = (params, integers) => {
      const rows = all(params, integers);
      count.rows += rows.length;
      return rows;
    };
    return statement;
  };
  return count;
}
