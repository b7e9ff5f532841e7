import type { SqlDriver } from "../../ports/sql-driver.ts";
import { quoteIdentifier, quoteText } from "../../sql/quote.ts";

/** A table whose rowid is no column, and a name to ask for it. */
interface HiddenRowids {
  readonly name: string;
  readonly rowidName: string;
}

/**
 * Whether VACUUM will give the rows of a table new rowids: it does where no column is the rowid
 * and no index holds it (measured), counting from 1 in their order.
 */
export function losesRowids(driver: SqlDriver, { name, rowidName }: HiddenRowids): boolean {
  const indexes = driver
    .prepare(`SELECT 1 FROM pragma_index_list(${quoteText(name)})`)
    .all([], "number");
  if (indexes.length > 0) return false;
  const [row] = driver
    .prepare(`SELECT count(*), min(${rowidName}), max(${rowidName}) FROM ${quoteIdentifier(name)}`)
    .all([], "bigint");
  const [count, least, greatest] = row ?? [];
  return count !== 0n && !(least === 1n && greatest === count);
}

/**
 * Gives the rows the rowids that VACUUM would give them, one by one, so that triggers see it.
 * Without indexes rows have no keys, so nothing but their rowids can be in the way: those that
 * move down go first, from below, and then those that move up, from above.
 */
export function compactRowids(driver: SqlDriver, { name, rowidName }: HiddenRowids): void {
  const table = quoteIdentifier(name);
  const rows = driver
    .prepare(`SELECT ${rowidName} FROM ${table} ORDER BY ${rowidName}`)
    .all([], "bigint");
  const moves = rows.flatMap(([from], at) =>
    typeof from === "bigint" ? [{ from, to: BigInt(at + 1) }] : [],
  );
  const down = moves.filter(({ from, to }) => from > to);
  const up = moves.filter(({ from, to }) => from < to);
  const move = driver.prepare(`UPDATE ${table} SET ${rowidName} = ?2 WHERE ${rowidName} = ?1`);
  for (const { from, to } of [...down, ...up.reverse()]) move.run([from, to]);
}
