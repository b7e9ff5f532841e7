import { DosqlError } from "../../base/errors.ts";
import type { Row } from "../../base/value.ts";
import { ENTRY } from "../../engine/log/layout.ts";
import type { LogEntry } from "../../engine/log/log-entry.ts";
import type { Relation } from "../../engine/log/relation.ts";
import type { Image } from "../../engine/log/to-transaction.ts";
import { imageAt } from "../../engine/log/to-transaction.ts";
import { quoteIdentifier } from "../../sql/quote.ts";

/** Runs a statement as a session does; how many rows it changed. */
export type RunStatement = (sql: string, params?: Row) => number;

/**
 * Does to a virtual table what an entry says. By statements, each of which the engine logs: such a
 * table has no triggers.
 *
 * @throws DosqlError `bad-file` where the row is not there
 */
export function takeBackVirtual(entry: LogEntry, run: RunStatement): void {
  const { code, relation, values, lsn } = entry;
  if (relation === null) return;
  const [rowid, ...columns] = columnsOf(relation);
  const table = quoteIdentifier(relation.name);
  const first = imageAt(relation, values, 0);
  const put = (image: Image): void => {
    const names = [rowid, ...columns].join();
    const places = [rowid, ...columns].map((_, i) => `?${i + 1}`).join();
    run(`INSERT INTO ${table} (${names}) VALUES (${places})`, rowOf(relation, image));
  };
  const take = (image: Image): void => {
    const [id = null] = rowOf(relation, image);
    // Some sessions count what is written behind the table too.
    if (run(`DELETE FROM ${table} WHERE ${rowid} = ?1`, [id]) > 0) return;
    throw new DosqlError("bad-file", `entry ${lsn} of the log changes no row of ${relation.name}`);
  };
  if (code === ENTRY.insert) return put(first);
  take(first);
  if (code === ENTRY.update) put(imageAt(relation, values, first.end));
}

/** Where the rowid is a column, it is the first one. */
function columnsOf({ columns, rowid }: Relation): string[] {
  const names = columns.map(({ name }) => quoteIdentifier(name));
  return rowid ? ["rowid", ...names] : names;
}

function rowOf({ rowid: hasRowid }: Relation, { rowid, row }: Image): Row {
  return hasRowid ? [rowid, ...row] : [...row];
}
