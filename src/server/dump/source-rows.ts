import type { SqlClient } from "../../ports/sql-client.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { isTooBig, longLiteral, shortLiteral } from "./long-values.ts";
import type { SourceTable } from "./source-schema.ts";

/** What one page of rows should weigh: enough to amortise a round trip, little enough to hold. */
const PAGE_TEXT_LENGTH = 1_000_000;
const FIRST_PAGE_ROWS = 64;
const MAX_PAGE_ROWS = 2_000;
/** What a reader of UTF-8 makes of bytes that are none. */
const REPLACEMENT = "\u{fffd}";

/**
 * The rows of a table, each value as the SQL literal that makes exactly this value again. They
 * are written by SQLite itself, so that every storage class survives whatever carries them.
 */
export async function* tableRows(
  client: SqlClient,
  table: SourceTable,
  columns: readonly string[],
): AsyncGenerator<readonly string[]> {
  const page = pager(table, columns);
  let pageRows = FIRST_PAGE_ROWS;
  let read = 0;
  let after: readonly string[] | null = null;
  for (;;) {
    const rows = await readPage(client, page, { after, offset: read, limit: pageRows });
    let textLength = 0;
    for (const row of rows) {
      const values = row.slice(page.keyCount);
      for (const value of values) textLength += value.length;
      yield values;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = last.slice(0, page.keyCount);
    read += rows.length;
    const fitting = Math.floor((PAGE_TEXT_LENGTH * rows.length) / Math.max(1, textLength));
    pageRows = Math.min(MAX_PAGE_ROWS, Math.max(1, fitting));
  }
}

interface Place {
  readonly after: readonly string[] | null;
  readonly offset: number;
  readonly limit: number;
}

interface Pager {
  readonly keyCount: number;
  /** The key, then the columns. */
  readonly expressions: readonly string[];
  /** FROM and WHERE of one row. */
  from(key: readonly string[], offset: number): string;
  sql(place: Place, literal: (column: string) => string): string;
}

async function readPage(client: SqlClient, page: Pager, place: Place): Promise<string[][]> {
  const texts = await readLiterals(client, page, place, false);
  if (!texts.some((row) => row.some((value) => value.includes(REPLACEMENT)))) return texts;
  // TEXT need not be UTF-8 in SQLite. Where it may not be, its bytes travel as hex.
  return readLiterals(client, page, place, true);
}

async function readLiterals(
  client: SqlClient,
  page: Pager,
  place: Place,
  hex: boolean,
): Promise<string[][]> {
  const as = hex ? hexLiteral : literal;
  try {
    const { rows } = await client.run(page.sql(place, as));
    return rows.map((row) => row.map(String));
  } catch (error) {
    if (!isTooBig(error)) throw error;
  }
  const { rows } = await client.run(page.sql(place, (column) => shortLiteral(column, as(column))));
  const texts: string[][] = [];
  for (const [i, row] of rows.entries()) {
    const from = page.from(row.slice(0, page.keyCount).map(String), place.offset + i);
    const values: string[] = [];
    for (const [at, value] of row.entries()) {
      const column = page.expressions[at] ?? "";
      values.push(value === null ? await longLiteral(client, column, from, hex) : String(value));
    }
    texts.push(values);
  }
  return texts;
}

/** By rowid or primary key where there is one, so that a page costs its own rows only. */
function pager(table: SourceTable, columns: readonly string[]): Pager {
  const name = quoteIdentifier(table.name);
  const key = table.rowid === null ? table.primaryKey.map(binary) : [table.rowid];
  const expressions = [...key, ...columns.map(quoteIdentifier)];
  return {
    keyCount: key.length,
    expressions,
    from: (values, offset) =>
      key.length === 0
        ? `FROM ${name} LIMIT 1 OFFSET ${offset}`
        : `FROM ${name} WHERE (${key.join(", ")}) = (${values.join(", ")})`,
    sql(place, as) {
      const selected = expressions.map((column) => as(column)).join(", ");
      const order = key.length === 0 ? "" : ` ORDER BY ${key.join(", ")}`;
      const from =
        place.after === null || key.length === 0 ? "" : ` WHERE ${above(key, place.after)}`;
      const skip = key.length === 0 ? ` OFFSET ${place.offset}` : "";
      return `SELECT ${selected} FROM ${name}${from}${order} LIMIT ${place.limit}${skip}`;
    },
  };
}

function above(key: readonly string[], values: readonly string[]): string {
  return key.length === 1
    ? `${key[0] ?? ""} > ${values[0] ?? ""}`
    : `(${key.join(", ")}) > (${values.join(", ")})`;
}

/** A column's own collation may call two keys equal that its index keeps apart. */
function binary(column: string): string {
  return `${quoteIdentifier(column)} COLLATE BINARY`;
}

/** SQLite's `quote()` ends a text at its first NUL. */
function literal(column: string): string {
  return (
    `CASE WHEN typeof(${column}) = 'text' AND instr(${column}, char(0)) > 0 ` +
    `THEN ${hexText(column)} ELSE quote(${column}) END`
  );
}

function hexLiteral(column: string): string {
  return `CASE WHEN typeof(${column}) = 'text' THEN ${hexText(column)} ELSE quote(${column}) END`;
}

function hexText(column: string): string {
  return `'CAST(X''' || hex(${column}) || ''' AS TEXT)'`;
}
